using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using Microsoft.Identity.Client;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Every failure of signing in, with what to do about it. The library's exceptions are never handed on as causes: they carry the login
/// server's whole answer.
/// </summary>
/// <param name="settings">The tenant and who signs in.</param>
/// <param name="endpoints">Its addresses.</param>
/// <param name="discovery">Finds out the tenant's cloud.</param>
/// <param name="clock">The servers' clock.</param>
internal sealed class SignInErrors(TenantSettings settings, CloudEndpoints endpoints, CloudDiscovery discovery, ServerClock clock)
{
    private const string SetClock = "Set this computer's clock (w32tm /resync); the login server takes assertions of the present only.";

    private static readonly Regex s_code = new(@"AADSTS(\d{4,8})", RegexOptions.CultureInvariant);

    private static readonly HashSet<string> s_unknownTenant = new(StringComparer.Ordinal) { "90002", "900023" };

    // The login server knows the tenant, and not what was asked for it: Graph of another cloud, or an application of another one.
    private static readonly HashSet<string> s_otherCloud = new(StringComparer.Ordinal) { "500011", "90051", "900382", "900432", "900439" };

    private static readonly HashSet<string> s_consent = new(StringComparer.Ordinal) { "65001", "65004", "90094", "90095", "650056", "650057" };

    private static readonly HashSet<string> s_clock = new(StringComparer.Ordinal) { "700024", "700021", "50013" };

    private static readonly Dictionary<string, string> s_remedies = new(StringComparer.Ordinal)
    {
        ["700016"] = "Check the application's id, and that the application is registered in this tenant.",
        ["700027"] = "Upload the public part of this certificate to the application: App registrations, Certificates & secrets.",
        ["7000112"] = "Enable the application in the tenant: Enterprise applications, Properties.",
        ["7000218"] = "Allow public client flows for the application: App registrations, Authentication.",
        ["7000222"] = "Upload the public part of a certificate that is valid to the application: App registrations, Certificates & secrets.",
        ["53003"] = "Let conditional access pass this sign-in, or sign in with a certificate.",
        ["50076"] = "Sign in again and answer the second factor, or sign in with a certificate.",
        ["50079"] = "Sign in again and register a second factor, or sign in with a certificate.",
        ["50105"] = "Assign the person to the application: Enterprise applications, Users and groups.",
    };

    private Uri Login => endpoints.Login!;

    private string Way => settings.Proxy is { } proxy ? $" through the proxy {proxy.Authority}" : string.Empty;

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
    /// <param name="cancellationToken">Ends the search for the tenant's cloud.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ConnectorException"/>.</returns>
    public Task<Exception> OfAsync(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        _ when ProxyRefusal.Is(exception) => Told(ProxyRefusal.Failure(Login.Authority, settings.Proxy, settings.ProxyUserName)),
        MsalServiceException { StatusCode: 407 } => Told(ProxyRefusal.Failure(Login.Authority, settings.Proxy, settings.ProxyUserName)),
        MsalServiceException { ErrorCode: MsalError.RequestTimeout } => Told(Silent()),
        MsalServiceException refusal when refusal.Message.IndexOf("AADSTS", StringComparison.Ordinal) < 0 => Told(Unexplained(refusal)),
        MsalServiceException refusal => RefusedAsync(refusal.Message, cancellationToken),
        MsalClientException { ErrorCode: MsalError.AuthenticationCanceledError or MsalError.CodeExpired } => RefusedAsync("Nobody finished the sign-in in time.", cancellationToken),
        MsalClientException { ErrorCode: MsalError.CryptographicError or MsalError.CertWithoutPrivateKey } or CryptographicException => Told(KeyFailure()),
        OperationCanceledException => Told(Silent()),
        _ when GraphErrors.IsTlsFailure(exception) => Told(Distrusted(exception)),
        HttpRequestException or IOException or WebException =>
            Told(new TransientFailure(Unreachable($"The login server {Login.Authority} cannot be reached{Way}: {GraphErrors.Deepest(exception)}"), isUnreachable: true)),
        _ => RefusedAsync(exception.Message, cancellationToken),
    };

    private static Task<Exception> Told(Exception failure) => Task.FromResult(failure);

    // The library puts advice of its own before the login server's words; the words are what can be looked up.
    private static string OwnWords(string message)
    {
        var start = message.IndexOf("AADSTS", StringComparison.Ordinal);
        return start > 0 ? message.Substring(start) : message;
    }

    private string Remedy(string code)
    {
        if (s_clock.Contains(code)) return SetClock;
        if (s_consent.Contains(code))
        {
            return endpoints.AdminConsent(settings) is { } address
                ? $"Let an administrator of the tenant consent to the application's permissions at {address}"
                : "Let an administrator of the tenant consent to the application's permissions: App registrations, API permissions.";
        }

        return s_remedies.TryGetValue(code, out var remedy) ? remedy : "Check the tenant, the application's id, and the credentials that were named.";
    }

    // A number of HTTP alone helps nobody: login servers always say why, so something between or a wrong address answered.
    private ConnectorException Unexplained(MsalServiceException refusal) => new(
        ErrorIds.TenantSignIn,
        ErrorKind.Authentication,
        Login.Authority,
        FormattableString.Invariant($"Signing in to the tenant {settings.TenantId} failed: {Login.Authority} answered HTTP {refusal.StatusCode} without a reason that login servers give ({ServerText.Clean(refusal.Message, 200)})."),
        "Check the login server's address (-Environment, -LoginEndpoint), the tenant's id, and that no proxy on the way changes answers.");

    private ConnectorException Distrusted(Exception exception)
    {
        var failure = Unreachable($"The connection to the login server {Login.Authority} is not trusted: {GraphErrors.Deepest(exception)}");
        return TlsClock.Of(failure, exception, clock.Now) ?? failure;
    }

    private TransientFailure Silent() => new(Unreachable($"The login server {Login.Authority} does not answer."), isUnreachable: true);

    private ConnectorException Unreachable(string message) => GraphErrors.Unreachable(Login.Authority, message, null);

    private async Task<Exception> RefusedAsync(string message, CancellationToken cancellationToken)
    {
        var said = ServerText.Clean(OwnWords(message), 400);
        var code = s_code.Match(said) is { Success: true } match ? match.Groups[1].Value : string.Empty;
        var isUnknown = s_unknownTenant.Contains(code);
        if (isUnknown || s_otherCloud.Contains(code))
        {
            var cloud = await discovery.FindOtherAsync(isKnownHere: !isUnknown, cancellationToken).ConfigureAwait(false);
            if (cloud is not null || (!isUnknown && endpoints.IsKnownCloud)) return CloudDiscovery.Mismatch(settings, $"The tenant {settings.TenantId}", cloud, $"({said})");
        }

        if (isUnknown)
        {
            return new ConnectorException(
                ErrorIds.TenantNotFound,
                ErrorKind.NotFound,
                settings.TenantId,
                $"The login server {Login.Authority} does not know the tenant {settings.TenantId} ({said}).",
                "Check the tenant's id or domain, and that it belongs to the cloud that was named (-Environment).");
        }

        var skew = (s_clock.Contains(code) || clock.IsOff) && clock.Describe() is { } described ? " " + described : string.Empty;
        return new ConnectorException(
            ErrorIds.TenantSignIn,
            ErrorKind.Authentication,
            settings.ClientId,
            $"Signing in to the tenant {settings.TenantId} failed: {said}{skew}",
            clock.IsOff ? SetClock : Remedy(code));
    }

    private ConnectorException KeyFailure() => new(
        ErrorIds.CertificateUnusable,
        ErrorKind.Authentication,
        settings.CertificateThumbprint ?? settings.CertificatePath ?? settings.ClientId,
        "The certificate's private key cannot sign.",
        "Give the account that runs the connector the right to use the private key, or import the certificate again with its key.");
}
