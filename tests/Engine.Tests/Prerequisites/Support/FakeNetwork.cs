using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Prerequisites.Network;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;

/// <summary>A network on which every server answers as a test says.</summary>
internal sealed class FakeNetwork : INetworkProbe
{
    public Uri? Proxy { get; init; }

    public Func<string, IReadOnlyList<string>> OnResolve { get; init; } = static _ => ["192.0.2.10"];

    public Func<string, int, TimeSpan> OnConnect { get; init; } = static (_, _) => TimeSpan.FromMilliseconds(7);

    public Func<string, int, TlsAnswer> OnAgree { get; init; } = static (host, _) => new("Tls12", $"CN={host}", "CN=Issuer", new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), null);

    public Func<Uri, HttpAnswer> OnAsk { get; init; } = static _ => new(401, null);

    public List<string> Asked { get; } = [];

    public Uri? ProxyFor(Uri address) => Proxy;

    public Task<IReadOnlyList<string>> ResolveAsync(string host, CancellationToken cancellationToken) => Answer($"resolve {host}", () => OnResolve(host));

    public Task<TimeSpan> ConnectAsync(string host, int port, CancellationToken cancellationToken) => Answer($"connect {host}:{port}", () => OnConnect(host, port));

    public Task<TlsAnswer> AgreeAsync(string host, int port, CancellationToken cancellationToken) => Answer($"agree {host}:{port}", () => OnAgree(host, port));

    public Task<HttpAnswer> AskAsync(Uri address, CancellationToken cancellationToken) => Answer($"ask {address}", () => OnAsk(address));

    private async Task<T> Answer<T>(string question, Func<T> answer)
    {
        await Task.Yield();
        Asked.Add(question);
        return answer();
    }
}
