using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Prerequisites.Network;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class NetworkChecksTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly NetworkTarget s_server = new(new("https://ex1.contoso.com/PowerShell/"), "Exchange", UsesProxy: false);

    [Fact]
    public async Task A_server_that_answers_passes_with_what_was_seen()
    {
        var rows = await ReachAsync(new FakeNetwork());

        Assert.Equal(
            ["NameResolution ex1.contoso.com: 192.0.2.10 (Exchange)", "TcpPort ex1.contoso.com:443: Answered in 7 ms.", "Tls ex1.contoso.com:443: Tls12; CN=ex1.contoso.com, valid until 2099-01-01"],
            rows.Select(row => $"{row.Id} {row.Target}: {row.Proof}"));
        Assert.All(rows, row => Assert.Equal(PrerequisiteStatus.Passed, row.Status));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_ends_the_way_there()
    {
        FakeNetwork network = new() { OnResolve = _ => throw new NetworkFault("No such host\u001b[2J is known.") };
        var rows = await ReachAsync(network);

        Assert.Equal(["Failed", "Skipped"], rows.Select(row => row.Status.ToString()));
        Assert.Equal(["resolve ex1.contoso.com"], network.Asked);
        Assert.DoesNotContain('\u001b', rows[0].Proof);
        Assert.Contains("Resolve-DnsName ex1.contoso.com", rows[0].Remedy);
    }

    [Fact]
    public async Task A_closed_port_leaves_no_certificate_to_look_at()
    {
        var rows = await ReachAsync(new FakeNetwork { OnConnect = (_, _) => throw new NetworkFault("Connection refused") });

        Assert.Equal(["Passed", "Failed", "Skipped"], rows.Select(row => row.Status.ToString()));
        Assert.Contains("Test-NetConnection ex1.contoso.com -Port 443", rows[1].Remedy);
    }

    [Theory]
    [InlineData("Tls13", 100, null, PrerequisiteStatus.Passed)]
    [InlineData("Tls12", 13, null, PrerequisiteStatus.Warning)]
    [InlineData("Tls11", 100, null, PrerequisiteStatus.Failed)]
    [InlineData("Tls", 100, null, PrerequisiteStatus.Failed)]
    [InlineData("Tls13", 100, "it is for another name", PrerequisiteStatus.Failed)]
    public async Task Old_versions_strange_names_and_certificates_near_their_end_are_told(string protocol, int days, string? fault, PrerequisiteStatus expected)
    {
        var rows = await ReachAsync(new FakeNetwork { OnAgree = (host, _) => new(protocol, $"CN={host}", "CN=Issuer", s_now.AddDays(days), fault) });

        Assert.Equal(expected, rows.Of(PrerequisiteIds.Tls).Status);
        Assert.Contains(fault ?? protocol, rows.Of(PrerequisiteIds.Tls).Proof);
    }

    [Fact]
    public async Task A_proxy_is_what_is_reached_where_one_leads_there()
    {
        FakeNetwork network = new() { Proxy = new("http://proxy.contoso.com:8080") };
        var rows = await new NetworkChecks(network, new FakeTimeProvider(s_now)).ReachAsync(s_server with { UsesProxy = true }, TestContext.Current.CancellationToken).ToListAsync();

        Assert.Equal(["resolve proxy.contoso.com", "connect proxy.contoso.com:8080"], network.Asked);
        Assert.Equal(PrerequisiteStatus.Skipped, rows.Of(PrerequisiteIds.Tls).Status);
    }

    [Theory]
    [InlineData(0, PrerequisiteStatus.Passed, "0 seconds ahead")]
    [InlineData(-60, PrerequisiteStatus.Passed, "60 seconds ahead")]
    [InlineData(61, PrerequisiteStatus.Warning, "61 seconds behind")]
    [InlineData(300, PrerequisiteStatus.Warning, "300 seconds behind")]
    [InlineData(-301, PrerequisiteStatus.Failed, "301 seconds ahead")]
    public async Task The_clock_says_how_far_it_is_off(int serverAhead, PrerequisiteStatus expected, string proof)
    {
        FakeNetwork network = new() { OnAsk = _ => new(401, s_now.AddSeconds(serverAhead)) };
        var row = await new NetworkChecks(network, new FakeTimeProvider(s_now)).ClockAsync(s_server.Address, TestContext.Current.CancellationToken);

        Assert.Equal(expected, row.Status);
        Assert.StartsWith(proof, row.Proof);
    }

    [Fact]
    public async Task A_server_without_a_clock_is_no_fault_of_ours()
    {
        NetworkChecks checks = new(new FakeNetwork(), new FakeTimeProvider(s_now));
        Assert.Equal(PrerequisiteStatus.Skipped, (await checks.ClockAsync(s_server.Address, TestContext.Current.CancellationToken)).Status);

        NetworkChecks dead = new(new FakeNetwork { OnAsk = _ => throw new NetworkFault("gone") }, new FakeTimeProvider(s_now));
        Assert.Equal(PrerequisiteStatus.Skipped, (await dead.ClockAsync(s_server.Address, TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task A_server_that_may_take_over_and_cannot_be_found_is_a_warning()
    {
        NetworkChecks checks = new(new FakeNetwork { OnResolve = _ => throw new NetworkFault("No such host") }, new FakeTimeProvider(s_now));
        Assert.Equal(PrerequisiteStatus.Warning, (await checks.FindAsync("ex2.contoso.com", "may take over", TestContext.Current.CancellationToken)).Status);
    }

    private static async Task<IReadOnlyList<PrerequisiteCheck>> ReachAsync(FakeNetwork network)
    {
        var rows = await new NetworkChecks(network, new FakeTimeProvider(s_now)).ReachAsync(s_server, TestContext.Current.CancellationToken).ToListAsync();
        rows.AssertComplete();
        return rows;
    }
}
