using System;
using System.Net;
using System.Security;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Puts the way to a tenant together.</summary>
internal static class ManagedDeviceSourceFactory
{
    /// <summary>Creates a source; nothing is sent before it connects.</summary>
    /// <param name="settings">The tenant and who signs in to it.</param>
    /// <param name="accessToken">A token that the caller passed; it goes before the configured way of signing in. Null for none.</param>
    /// <param name="certificatePassword">Password of the certificate's file; null for none.</param>
    /// <param name="console">Is told of waits, and of what a person must do to sign in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="policy">The policy whose groups are proven when connecting; null to prove devices and users only.</param>
    /// <param name="proxyAccount">Account of the configured proxy; null for the identity of the process.</param>
    /// <param name="cache">Where a person's sign-in is kept; null for memory.</param>
    /// <returns>The source.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">The settings cannot be right.</exception>
    public static IManagedDeviceSource Create(
        TenantSettings settings,
        SecureString? accessToken,
        SecureString? certificatePassword,
        ISyncConsole console,
        TimeProvider time,
        AccessPolicy? policy = null,
        NetworkCredential? proxyAccount = null,
        ISignInCache? cache = null) =>
        Create(
            settings,
            accessToken,
            certificatePassword,
            console,
            time,
            policy,
            new GraphRetryOptions(),
            plainLogin => new GraphHttp(time, plainLogin, null, settings.Proxy is { } proxy ? new TenantProxy(proxy, proxyAccount) : null),
            cache);

    /// <summary>Creates a source that sends through something else than the system's network, or with another patience.</summary>
    /// <param name="settings">The tenant and who signs in to it.</param>
    /// <param name="accessToken">A token that the caller passed.</param>
    /// <param name="certificatePassword">Password of the certificate's file.</param>
    /// <param name="console">Is told of waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="policy">The policy whose groups are proven when connecting.</param>
    /// <param name="patience">How patient it is.</param>
    /// <param name="open">Opens the way out, given the login server where that one speaks plain http.</param>
    /// <param name="cache">Where a person's sign-in is kept; null for memory.</param>
    /// <returns>The source.</returns>
    internal static GraphDeviceSource Create(
        TenantSettings settings,
        SecureString? accessToken,
        SecureString? certificatePassword,
        ISyncConsole console,
        TimeProvider time,
        AccessPolicy? policy,
        GraphRetryOptions patience,
        Func<Uri?, GraphHttp> open,
        ISignInCache? cache = null)
    {
        var endpoints = CloudEndpoints.Of(settings);
        var http = open(endpoints.Login is { } login && login.Scheme == Uri.UriSchemeHttp ? login : null);
        try
        {
            ITokenSource tokens = (accessToken, settings.Method) switch
            {
                ({ } token, _) => new FixedTokenSource(token, time, settings),
                (null, SignInMethod.AccessToken) => throw FixedTokenSource.Required(),
                _ => new MsalTokenSource(settings, endpoints, certificatePassword, http, console, time, cache ?? MemorySignInCache.Instance),
            };
            var advice = new TenantAdvice(settings, endpoints, new CloudDiscovery(http.Questions, settings, endpoints), http.Clock);
            var chance = new SeededChance(time.GetUtcNow().Ticks.GetHashCode());
            var retry = new GraphRetry(patience, time, chance, console);
            var client = new GraphClient(http.Client, tokens, retry, patience, time, chance, advice);
            return new GraphDeviceSource(http, tokens, client, new GraphAddresses(endpoints.GraphRoot), policy, settings.TenantId, time);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }
}
