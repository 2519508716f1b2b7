using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Prerequisites.Network;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

/// <summary>The real network of this computer, against an HTTPS server whose authority nobody trusts.</summary>
public sealed class NetworkProbeTests
{
    [Fact]
    public async Task A_server_is_resolved_connected_to_agreed_with_and_asked()
    {
        await using var server = await GraphEndpoint.StartAsync(WorldGenerator.Generate(new WorldOptions { Partnerships = 10 }), cancellationToken: TestContext.Current.CancellationToken);
        NetworkProbe probe = new(TimeProvider.System, static _ => true);
        var port = server.BaseUri.Port;

        Assert.Contains("127.0.0.1", await probe.ResolveAsync("localhost", TestContext.Current.CancellationToken));
        Assert.True(await probe.ConnectAsync("localhost", port, TestContext.Current.CancellationToken) > TimeSpan.Zero);
        var tls = await probe.AgreeAsync("localhost", port, TestContext.Current.CancellationToken);
        Assert.Matches("^Tls1[23]$", tls.Protocol);
        Assert.Null(tls.Fault);
        Assert.True(tls.Expires > TimeProvider.System.GetUtcNow());
        var answer = await probe.AskAsync(new Uri(server.BaseUri, "v1.0/users"), TestContext.Current.CancellationToken);
        Assert.Equal(401, answer.Status);
        Assert.True((TimeProvider.System.GetUtcNow() - answer.Date!.Value).Duration() < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_shown_with_the_reason_and_never_talked_to()
    {
        await using var server = await GraphEndpoint.StartAsync(WorldGenerator.Generate(new WorldOptions { Partnerships = 10 }), cancellationToken: TestContext.Current.CancellationToken);
        NetworkProbe probe = new(TimeProvider.System);

        var tls = await probe.AgreeAsync("localhost", server.BaseUri.Port, TestContext.Current.CancellationToken);
        Assert.NotEmpty(tls.Fault!);
        Assert.Equal("CN=localhost", tls.Subject);
        await Assert.ThrowsAsync<NetworkFault>(() => probe.AskAsync(server.BaseUri, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_nobody_answers_is_the_networks_own_failure()
    {
        NetworkProbe probe = new(TimeProvider.System);
        var port = FreePort();

        await Assert.ThrowsAsync<NetworkFault>(() => probe.ConnectAsync("localhost", port, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NetworkFault>(() => probe.AgreeAsync("localhost", port, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NetworkFault>(() => probe.AskAsync(new Uri($"http://localhost:{port}/"), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NetworkFault>(() => probe.ResolveAsync("no such name", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_on()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        FakeTimeProvider clock = new();
        NetworkProbe probe = new(clock);

        var asking = probe.AgreeAsync("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, TestContext.Current.CancellationToken);
        using (await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            clock.Advance(TimeSpan.FromSeconds(16));
            var fault = await Assert.ThrowsAsync<NetworkFault>(() => asking);
            Assert.Equal("No answer within 15 seconds.", fault.Message);
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
