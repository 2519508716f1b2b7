using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using Microsoft.Identity.Client;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Every failure of signing in, with what to do about it. The library's exceptions are never handed on as causes: they carry the login
/// server's whole answer.
/// </summary>
internal sealed class SignInErrors(TenantSettings settings, Uri login)
{
    private const string UnknownAuthority = "90002";

    private static readonly Regex s_code = new(@"AADSTS(\d{4,8})", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> s_remedies = new(StringComparer.Ordinal)
    {
        ["700016"] = "Check the application's id, and that the application is registered in this tenant.",
        ["700027"] = "Upload the public part of this certificate to the application: App registrations, Certificates & secrets.",
        ["700024"] = "Set this computer's clock; the login server takes assertions of the present only.",
        ["700021"] = "Set this computer's clock; the login server takes assertions of the present only.",
        ["7000112"] = "Enable the application in the tenant: Enterprise applications, Properties.",
        ["7000218"] = "Allow public client flows for the application: App registrations, Authentication.",
        ["65001"] = "Grant admin consent to the application's permissions: App registrations, API permissions.",
        ["500011"] = "Check the environment: this tenant belongs to another cloud than the one that was named.",
        ["53003"] = "Let conditional access pass this sign-in, or sign in with a certificate.",
        ["50076"] = "Sign in again and answer the second factor, or sign in with a certificate.",
        ["50079"] = "Sign in again and register a second factor, or sign in with a certificate.",
    };

    /// <summary>The failure of a login server that cannot answer now.</summary>
    /// <param name="address">What was asked.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="retryAfter">How long it asks to wait; null when it does not say.</param>
    /// <returns>The failure.</returns>
    public static TransientFailure Busy(Uri address, int status, TimeSpan? retryAfter) => new(
        new ConnectorException(
            status == 429 ? ErrorIds.GraphThrottled : ErrorIds.TenantSignIn,
            status == 429 ? ErrorKind.Throttled : ErrorKind.ServerFault,
            address.Authority,
            FormattableString.Invariant($"The login server {address.Authority} {(status == 429 ? "asks to slow down" : "has a failure of its own")} (HTTP {status})."),
            "Run the command again later."),
        retryAfter);

    /// <summary>Whether an exception has to be told in other words: all but those that are in the right words already.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>True when it has.</returns>
    public static bool Covers(Exception exception) => exception is not (ConnectorException or TransientFailure);

    /// <summary>The failure that an exception stands for.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ConnectorException"/>.</returns>
    public Exception Of(Exception exception) => exception switch
    {
        MsalServiceException { ErrorCode: MsalError.RequestTimeout } => Silent(),
        MsalServiceException refusal => Refused(refusal.Message),
        MsalClientException { ErrorCode: MsalError.AuthenticationCanceledError or MsalError.CodeExpired } => Refused("Nobody finished the sign-in in time."),
        MsalClientException { ErrorCode: MsalError.CryptographicError or MsalError.CertWithoutPrivateKey } or CryptographicException => KeyFailure(),
        OperationCanceledException => Silent(),
        _ when GraphErrors.IsTlsFailure(exception) => Unreachable($"The connection to the login server {login.Authority} is not trusted: {GraphErrors.Deepest(exception)}"),
        HttpRequestException or IOException or WebException =>
            new TransientFailure(Unreachable($"The login server {login.Authority} cannot be reached: {GraphErrors.Deepest(exception)}"), isUnreachable: true),
        _ => Refused(exception.Message),
    };

    // The library puts advice of its own before the login server's words; the words are what can be looked up.
    private static string OwnWords(string message)
    {
        var start = message.IndexOf("AADSTS", StringComparison.Ordinal);
        return start > 0 ? message.Substring(start) : message;
    }

    private static string Remedy(string code) => s_remedies.TryGetValue(code, out var remedy)
        ? remedy
        : "Check the tenant, the application's id, and the credentials that were named.";

    private TransientFailure Silent() => new(Unreachable($"The login server {login.Authority} does not answer."), isUnreachable: true);

    private ConnectorException Unreachable(string message) => GraphErrors.Unreachable(login.Authority, message, null);

    private ConnectorException Refused(string message)
    {
        var said = ServerText.Clean(OwnWords(message), 400);
        var code = s_code.Match(said) is { Success: true } match ? match.Groups[1].Value : string.Empty;
        return code is UnknownAuthority or "900023"
            ? new ConnectorException(
                ErrorIds.TenantNotFound,
                ErrorKind.NotFound,
                settings.TenantId,
                $"The login server {login.Authority} does not know the tenant {settings.TenantId} ({said}).",
                "Check the tenant's id or domain, and that it belongs to the cloud that was named.")
            : new ConnectorException(
                ErrorIds.TenantSignIn,
                ErrorKind.Authentication,
                settings.ClientId,
                $"Signing in to the tenant {settings.TenantId} failed: {said}",
                Remedy(code));
    }

    private ConnectorException KeyFailure() => new(
        ErrorIds.CertificateUnusable,
        ErrorKind.Authentication,
        settings.CertificateThumbprint ?? settings.CertificatePath ?? settings.ClientId,
        "The certificate's private key cannot sign.",
        "Give the account that runs the connector the right to use the private key, or import the certificate again with its key.");
}
