using System;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using Microsoft.Identity.Client;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Signs in with a certificate, a device code, a browser or the machine's own identity. Tokens live in memory; a person's sign-in outlives
/// the process only where the system protects it.
/// </summary>
internal sealed class MsalTokenSource : ITokenSource
{
    // What may pass between asking for a token and Graph's looking at it.
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_expiryNotice = TimeSpan.FromDays(30);

    private readonly TenantSettings _settings;
    private readonly CloudEndpoints _endpoints;
    private readonly Uri _authority;
    private readonly string[] _scopes;
    private readonly bool _isKnownCloud;
    private readonly SecureString? _certificatePassword;
    private readonly GraphHttp _http;
    private readonly ISignInCache _cache;
    private readonly ISyncConsole _console;
    private readonly TimeProvider _time;
    private readonly SignInErrors _errors;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private X509Certificate2? _certificate;
    private IConfidentialClientApplication? _application;
    private IPublicClientApplication? _person;
    private MachineIdentity? _machine;
    private AuthenticationResult? _current;

    /// <summary>Prepares signing in; nothing is sent or loaded yet.</summary>
    /// <param name="settings">The tenant and who signs in.</param>
    /// <param name="endpoints">Its addresses.</param>
    /// <param name="certificatePassword">Password of the certificate's file; null for none.</param>
    /// <param name="http">What sends.</param>
    /// <param name="console">Is told what a person must do.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cache">Where a person's sign-in is kept.</param>
    public MsalTokenSource(
        TenantSettings settings,
        CloudEndpoints endpoints,
        SecureString? certificatePassword,
        GraphHttp http,
        ISyncConsole console,
        TimeProvider time,
        ISignInCache cache)
    {
        if (settings.Method != SignInMethod.ManagedIdentity && string.IsNullOrWhiteSpace(settings.ClientId))
        {
            throw new ConnectorException(ErrorIds.InvalidParameter, ErrorKind.InvalidInput, "ClientId", "The application's id is missing.", "Pass -ClientId.");
        }

        _settings = settings;
        _endpoints = endpoints;
        _cache = cache;
        _authority = Https(endpoints.Authority(settings.TenantId));
        _scopes = [endpoints.Scope];
        _isKnownCloud = endpoints.IsKnownCloud;
        _certificatePassword = certificatePassword?.Copy();
        _http = http;
        _console = console;
        _time = time;
        _errors = new SignInErrors(settings, endpoints, new CloudDiscovery(http.Questions, settings, endpoints), http.Clock);
    }

    /// <inheritdoc/>
    public async Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Lists are read side by side: one of them may have renewed the token that another was refused.
            if (_current is { } current && current.AccessToken != refused && current.ExpiresOn - s_margin > _time.GetUtcNow()) return current.AccessToken;
            _current = await AcquireAsync(renew: _current is not null, cancellationToken).ConfigureAwait(false);
            _http.Clock.Warn(_console);
            return _current.AccessToken;
        }
        catch (Exception e) when (SignInErrors.Covers(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw await _errors.OfAsync(e, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate?.Dispose();
        _certificatePassword?.Dispose();
        _gate.Dispose();
    }

    // The library takes https authorities only; GraphHttp puts the scheme of a server on this computer back.
    private static Uri Https(Uri authority) =>
        authority.Scheme == Uri.UriSchemeHttps ? authority : new UriBuilder(authority) { Scheme = Uri.UriSchemeHttps, Port = authority.Port }.Uri;

    private Task<AuthenticationResult> AcquireAsync(bool renew, CancellationToken cancellationToken) => _settings.Method switch
    {
        SignInMethod.CertificateStore or SignInMethod.CertificateFile => ByCertificateAsync(renew, cancellationToken),
        SignInMethod.DeviceCode => ByPersonAsync(renew, ByDeviceCodeAsync, cancellationToken),
        SignInMethod.Interactive => ByPersonAsync(renew, ByBrowserAsync, cancellationToken),
        SignInMethod.ManagedIdentity => (_machine ??= new MachineIdentity(_settings, _endpoints, _http.Machine)).AcquireAsync(renew, cancellationToken),
        _ => throw FixedTokenSource.Required(),
    };

    private Task<AuthenticationResult> ByCertificateAsync(bool renew, CancellationToken cancellationToken)
    {
        _application ??= Application();
        return _application.AcquireTokenForClient(_scopes).WithForceRefresh(renew).ExecuteAsync(cancellationToken);
    }

    private IConfidentialClientApplication Application()
    {
        var now = _time.GetUtcNow();
        _certificate = SigningCertificate.Load(_settings, _certificatePassword, now);
        var end = new DateTimeOffset(_certificate.NotAfter.ToUniversalTime());
        if (end - now < s_expiryNotice)
        {
            _console.Warning(string.Format(
                CultureInfo.InvariantCulture,
                "The certificate {0} that the connector signs in with expires at {1:yyyy-MM-dd HH:mm} UTC.",
                _certificate.Thumbprint,
                end));
        }

        return ConfidentialClientApplicationBuilder.Create(_settings.ClientId)
            .WithCertificate(_certificate)
            .WithAuthority(_authority, validateAuthority: _isKnownCloud)
            .WithInstanceDiscovery(_isKnownCloud)
            .WithHttpClientFactory(_http, retryOnceOn5xx: false)
            .Build();
    }

    private IPublicClientApplication Person()
    {
        var person = PublicClientApplicationBuilder.Create(_settings.ClientId)
            .WithAuthority(_authority, validateAuthority: _isKnownCloud)
            .WithInstanceDiscovery(_isKnownCloud)
            .WithHttpClientFactory(_http, retryOnceOn5xx: false)
            .WithRedirectUri("http://localhost")
            .Build();
        _cache.Attach(person.UserTokenCache, _settings);
        return person;
    }

    private async Task<AuthenticationResult> ByPersonAsync(
        bool renew,
        Func<IPublicClientApplication, CancellationToken, Task<AuthenticationResult>> signIn,
        CancellationToken cancellationToken)
    {
        _person ??= Person();
        if ((await _person.GetAccountsAsync().ConfigureAwait(false)).FirstOrDefault() is { } account)
        {
            try
            {
                return await _person.AcquireTokenSilent(_scopes, account).WithForceRefresh(renew).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MsalUiRequiredException)
            {
                // The session ended; only the person can begin another.
            }
        }

        return await signIn(_person, cancellationToken).ConfigureAwait(false);
    }

    private Task<AuthenticationResult> ByDeviceCodeAsync(IPublicClientApplication person, CancellationToken cancellationToken) =>
        person.AcquireTokenWithDeviceCode(_scopes, code =>
        {
            _console.Prompt(ServerText.Clean(code.Message, 500));
            return Task.CompletedTask;
        }).ExecuteAsync(cancellationToken);

    private Task<AuthenticationResult> ByBrowserAsync(IPublicClientApplication person, CancellationToken cancellationToken)
    {
        _console.Prompt("Sign in to the tenant in the browser window that opens.");
        return person.AcquireTokenInteractive(_scopes).WithUseEmbeddedWebView(false).ExecuteAsync(cancellationToken);
    }
}
