using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Prerequisites.Network;

/// <summary>The network of this computer.</summary>
/// <param name="time">The clock.</param>
/// <param name="isTrusted">Looks at a certificate; null for the system's own judgement.</param>
internal sealed class NetworkProbe(TimeProvider time, Func<X509Certificate2, bool>? isTrusted = null) : INetworkProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public Uri? ProxyFor(Uri address)
    {
#if NET
        var proxy = HttpClient.DefaultProxy;
#else
        var proxy = WebRequest.DefaultWebProxy;
#endif
        if (proxy is null || proxy.IsBypassed(address)) return null;
        var through = proxy.GetProxy(address);
        return through is null || through == address ? null : through;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ResolveAsync(string host, CancellationToken cancellationToken) => BoundedAsync(
        async token =>
        {
#if NET
            var found = await Dns.GetHostAddressesAsync(host, token).ConfigureAwait(false);
#else
            token.ThrowIfCancellationRequested();
            var found = await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
#endif
            return found.Length > 0 ? (IReadOnlyList<string>)[.. found.Select(static address => address.ToString())] : throw new NetworkFault("The name has no address.");
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<TimeSpan> ConnectAsync(string host, int port, CancellationToken cancellationToken) => BoundedAsync(
        async token =>
        {
            var started = time.GetTimestamp();
            using var client = await OpenAsync(host, port, token).ConfigureAwait(false);
            return time.GetElapsedTime(started);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<TlsAnswer> AgreeAsync(string host, int port, CancellationToken cancellationToken) => BoundedAsync(
        async token =>
        {
            using var client = await OpenAsync(host, port, token).ConfigureAwait(false);
            TlsAnswer? seen = null;
            using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, chain, errors) =>
            {
                if (certificate is not null) seen = Answer(certificate, chain, errors);
                return true;
            });
            using (token.Register(client.Dispose))
            {
                // What the system would agree on is what the connector's own requests will use.
                await tls.AuthenticateAsClientAsync(host, null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
            }

            return (seen ?? throw new NetworkFault("The server showed no certificate.")) with { Protocol = tls.SslProtocol.ToString() };
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<HttpAnswer> AskAsync(Uri address, CancellationToken cancellationToken) => BoundedAsync(
        async token =>
        {
            using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, DefaultProxyCredentials = CredentialCache.DefaultCredentials };
            if (isTrusted is not null) handler.ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || (certificate is not null && isTrusted(certificate));
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
            return new HttpAnswer((int)response.StatusCode, response.Headers.Date?.ToUniversalTime());
        },
        cancellationToken);

    private static async Task<TcpClient> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        try
        {
            using (cancellationToken.Register(client.Dispose)) await client.ConnectAsync(host, port).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private TlsAnswer Answer(X509Certificate certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var copy = new X509Certificate2(certificate);
        var faults = new List<string>();
        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0) faults.Add("it is for another name");
        if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0 && isTrusted?.Invoke(copy) is null or false)
        {
            faults.AddRange(chain?.ChainStatus.Select(static status => status.StatusInformation.Trim()).Where(static text => text.Length > 0).Distinct() ?? []);
            if (faults.Count == 0) faults.Add("its chain is not trusted");
        }

        return new(string.Empty, copy.Subject, copy.Issuer, copy.NotAfter.ToUniversalTime(), faults.Count == 0 ? null : string.Join("; ", faults));
    }

    private async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var alarm = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), patience, s_patience, Timeout.InfiniteTimeSpan);
        try
        {
            // Name resolution hears no token on every framework, so the wait ends without it.
            var working = work(patience.Token);
            var over = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (patience.Token.Register(() => over.TrySetResult(true)))
            {
                if (await Task.WhenAny(working, over.Task).ConfigureAwait(false) != working)
                {
                    _ = working.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                    throw new OperationCanceledException(patience.Token);
                }
            }

            return await working.ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is not NetworkFault && IsOfNetwork(cause))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw patience.IsCancellationRequested ? new NetworkFault($"No answer within {s_patience.TotalSeconds:0} seconds.", cause) : new NetworkFault(cause.GetBaseException().Message, cause);
        }
    }

    private static bool IsOfNetwork(Exception cause) => cause is SocketException or IOException or HttpRequestException or AuthenticationException
        or OperationCanceledException or ObjectDisposedException or InvalidOperationException or ArgumentException or WebException;
}
