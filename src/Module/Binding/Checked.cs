using System;
using IntuneExchangeConnector.Domain.Settings;
using System.Linq;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Parameter values that have to make sense before the engine sees them. What does not is an <c>InvalidParameter</c> failure.</summary>
internal static class Checked
{
    private const int LongestGroupName = 256;

    /// <summary>A DNS name.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value.</returns>
    public static string HostName(string parameter, string value) =>
        Uri.CheckHostName(value) == UriHostNameType.Dns
            ? value
            : throw Errors.InvalidParameter(parameter, value, Strings.NotHostName, Strings.PassHostName);

    /// <summary>The endpoint of a server on premises: plain http, whose payload Kerberos and Negotiate seal, and https for Basic.</summary>
    /// <param name="server">The server's fully qualified name.</param>
    /// <param name="authentication">How a session signs in.</param>
    /// <returns>The address.</returns>
    public static Uri ServerAddress(string server, ExchangeAuthentication authentication) =>
        new($"{(authentication == ExchangeAuthentication.Basic ? "https" : "http")}://{server}/PowerShell/");

    /// <summary>A way to sign in to Exchange.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="uri">The endpoint that was given; null where it follows from the way.</param>
    /// <param name="hasAccount">Whether an account is known.</param>
    /// <returns>The value.</returns>
    public static ExchangeAuthentication Authentication(string parameter, ExchangeAuthentication value, Uri? uri, bool hasAccount)
    {
        if (value != ExchangeAuthentication.Basic) return value;
        if (uri is not null && uri.Scheme != "https") throw Errors.InvalidParameter(parameter, value, Strings.BasicOverHttp, Strings.PassHttps);
        return hasAccount ? value : throw Errors.InvalidParameter(parameter, value, Strings.BasicWithoutAccount, Strings.PassCredential);
    }

    /// <summary>An Exchange PowerShell endpoint.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value.</returns>
    public static Uri ExchangeEndpoint(string parameter, Uri value) =>
        value.IsAbsoluteUri && value.Scheme is "https" or "http" or "pipe" && value.UserInfo.Length == 0
            ? value
            : throw Errors.InvalidParameter(parameter, Shown(value), Strings.NotExchangeEndpoint, Strings.PassExchangeEndpoint);

    /// <summary>An https address; plain http on this machine.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value.</returns>
    public static Uri SecureEndpoint(string parameter, Uri value) =>
        value.IsAbsoluteUri && value.UserInfo.Length == 0 && (value.Scheme == "https" || (value.Scheme == "http" && value.IsLoopback))
            ? value
            : throw Errors.InvalidParameter(parameter, Shown(value), Strings.NotSecureEndpoint, Strings.PassSecureEndpoint);

    /// <summary>A web proxy's address.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value.</returns>
    public static Uri ProxyAddress(string parameter, Uri value) =>
        value.IsAbsoluteUri && value.Scheme is "http" or "https" && value.UserInfo.Length == 0 && value.PathAndQuery == "/"
            ? value
            : throw Errors.InvalidParameter(parameter, Shown(value), Strings.NotProxyAddress, Strings.PassProxyAddress);

    // An address may carry an account, and a wrong one may be anything: where an account could be, nothing is repeated.
    private static string Shown(Uri value) => value.OriginalString.Contains("@") ? string.Empty : value.OriginalString;

    /// <summary>A certificate's thumbprint as people copy it: with blanks, and with the invisible mark that a dialogue puts before it.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Forty hexadecimal digits in upper case.</returns>
    public static string Thumbprint(string parameter, string value)
    {
        var digits = string.Concat(value.Where(Uri.IsHexDigit)).ToUpperInvariant();
        return digits.Length == 40 && !value.Any(c => char.IsLetterOrDigit(c) && !Uri.IsHexDigit(c))
            ? digits
            : throw Errors.InvalidParameter(parameter, value, Strings.NotThumbprint, Strings.PassThumbprint);
    }

    /// <summary>An SMTP address.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value.</returns>
    public static string SmtpAddress(string parameter, string value)
    {
        var at = value.LastIndexOf('@');
        return at > 0 && at < value.Length - 1 && PlainText.IsHarmless(value) && !value.Any(char.IsWhiteSpace)
            ? value
            : throw Errors.InvalidParameter(parameter, value, Strings.NotSmtpAddress, Strings.PassSmtpAddress);
    }

    /// <summary>Groups by id or name, and the word for everybody where it has a meaning.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="values">Its values.</param>
    /// <param name="everybodyAllowed">Whether <c>AllUsers</c> may be among them.</param>
    /// <returns>The values, ids in one form, without repetition.</returns>
    public static string[] Groups(string parameter, string[] values, bool everybodyAllowed)
    {
        return values.Select(Group).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

        string Group(string value)
        {
            if (Guid.TryParse(value, out var id)) return id.ToString("D");
            if (string.Equals(value, AccessPolicy.AllUsers, StringComparison.OrdinalIgnoreCase))
            {
                return everybodyAllowed
                    ? AccessPolicy.AllUsers
                    : throw Errors.InvalidParameter(parameter, value, Strings.ExcludesEverybody, Strings.PassExcludedGroups);
            }

            var name = (value ?? string.Empty).Trim();
            return name.Length is > 0 and <= LongestGroupName && PlainText.IsHarmless(name)
                ? name
                : throw Errors.InvalidParameter(parameter, value, Strings.NotGroup, Strings.PassGroup);
        }
    }

    /// <summary>Whether a group is given by name.</summary>
    /// <param name="value">The group.</param>
    /// <returns>False for an id and for everybody.</returns>
    public static bool IsGroupName(string value) => !Guid.TryParse(value, out _) && !string.Equals(value, AccessPolicy.AllUsers, StringComparison.OrdinalIgnoreCase);

    /// <summary>A text that Exchange puts into its own mails.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">Its value; null for none.</param>
    public static void MailInsert(string parameter, string? value)
    {
        if (value is { Length: > 256 }) throw Errors.InvalidParameter(parameter, value.Length, Strings.InsertTooLong, Strings.PassInsert);
    }
}
