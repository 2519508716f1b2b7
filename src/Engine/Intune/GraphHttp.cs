using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// The one way out: Graph and the login server share its connections, its proxy and its count of requests. Redirects are not followed,
/// because a token must not travel to an address that an answer names.
/// </summary>
internal sealed class GraphHttp : IMsalHttpClientFactory, IDisposable
{
    private const long LargestLoginAnswer = 1024 * 1024;

    // What stands on this machine answers at once or is not there; and a question that only words a failure better must not hold it up.
    private static readonly TimeSpan s_shortly = TimeSpan.FromSeconds(10);

    private readonly Counter _counter;
    private readonly Counter _nearby;
    private readonly HttpClient _login;
    private readonly HttpClient _machine;

    /// <summary>Opens the way.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="plainLogin">The login server when it is reached over plain http on this computer; otherwise null.</param>
    /// <param name="transport">What sends; null for the system's network.</param>
    /// <param name="proxy">The proxy that was named; null for the system's.</param>
    /// <param name="machine">What reaches the machine's own identity; null for <paramref name="transport"/>, and without one for the network without a proxy.</param>
    public GraphHttp(TimeProvider time, Uri? plainLogin = null, HttpMessageHandler? transport = null, IWebProxy? proxy = null, HttpMessageHandler? machine = null)
    {
        Clock = new ServerClock(time);
        _counter = new Counter(transport ?? SystemTransport(proxy), Clock);
        _nearby = new Counter(machine ?? transport ?? Direct(), null);
        // Time limits are kept per attempt, by the injected clock.
        Client = new HttpClient(_counter, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _login = new HttpClient(new BusyLogin(plainLogin is null ? _counter : new PlainLoopback(plainLogin, _counter), time), disposeHandler: false)
        {
            MaxResponseContentBufferSize = LargestLoginAnswer,
        };
        Questions = new HttpClient(_counter, disposeHandler: false) { MaxResponseContentBufferSize = LargestLoginAnswer, Timeout = s_shortly };
        _machine = new HttpClient(new BusyLogin(_nearby, time), disposeHandler: false) { MaxResponseContentBufferSize = LargestLoginAnswer, Timeout = s_shortly };
        Machine = new MachineFactory(_machine);
    }

    /// <summary>For requests to Graph.</summary>
    public HttpClient Client { get; }

    /// <summary>For questions without a token, whose answers only help to word a failure.</summary>
    public HttpClient Questions { get; }

    /// <summary>For requests to the machine's own identity, which no proxy may see.</summary>
    public IMsalHttpClientFactory Machine { get; }

    /// <summary>The servers' clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>Requests sent so far, to Graph, to the login server and to the machine's own identity.</summary>
    public int RequestsSent => _counter.Count + _nearby.Count;

    /// <summary>For requests to the login server.</summary>
    /// <returns>Always the same client.</returns>
    public HttpClient GetHttpClient() => _login;

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Questions.Dispose();
        _login.Dispose();
        _machine.Dispose();
        _counter.Dispose();
        _nearby.Dispose();
    }

    private static HttpClientHandler Direct() => new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

    private static HttpClientHandler SystemTransport(IWebProxy? proxy)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            // Servers of an organisation leave it through a proxy that knows their accounts.
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
            MaxConnectionsPerServer = 8,
        };
#if !NET
        // Windows PowerShell on older systems still offers TLS 1.0 first; Microsoft's clouds take 1.2 and newer only.
        if (ServicePointManager.SecurityProtocol != 0) handler.SslProtocols = System.Security.Authentication.SslProtocols.Tls12;
#endif
        if (proxy is not null) handler.Proxy = proxy;
        return handler;
    }

    private sealed class MachineFactory(HttpClient client) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => client;
    }

    private sealed class Counter(HttpMessageHandler inner, ServerClock? clock) : DelegatingHandler(inner)
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            clock?.Observe(response);
            return response;
        }
    }

    // The sign-in library would remember that a server was busy and refuse by its own clock, without asking again. It is not told:
    // the failure passes through it to the one place that waits.
    private sealed class BusyLogin(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (408 or 429 or >= 500)) return response;
            using (response) throw SignInErrors.Busy(request.RequestUri!, (int)response.StatusCode, RetryAfter.Read(response.Headers, time.GetUtcNow()));
        }
    }

    // The sign-in library takes https authorities only. A login server on this very computer may speak plain http, so the scheme is put
    // back here, and only for that one address.
    private sealed class PlainLoopback(Uri login, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { IsLoopback: true } address && address.Port == login.Port)
            {
                request.RequestUri = new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = login.Port }.Uri;
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
