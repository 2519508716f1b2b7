using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Setup;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

/// <summary>What may be said about servers, and how they are tried when somebody asks.</summary>
public sealed class FailoverRulesTests
{
    private static readonly KnownServer[] s_servers = [Known("ex1"), Known("ex2"), Known("ex3")];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(false, null, "ex1.contoso.com", false)]
    [InlineData(false, "ex2.contoso.com", "ex1.contoso.com", true)]
    [InlineData(true, null, "ex1.contoso.com", true)]
    [InlineData(false, null, "ex2.contoso.com", true)]
    public void With_failover_off_the_server_that_is_worked_with_cannot_be_excluded(bool failover, string? preferred, string excluded, bool allowed)
    {
        FailoverChange change = new() { Enabled = failover, PreferredServer = preferred, ExcludedServers = [excluded] };
        if (allowed)
        {
            Assert.Equal([excluded], FailoverRules.Apply(Settings(), change, s_servers).ExcludedServers);
            return;
        }

        var failure = Assert.Throws<ConnectorException>(() => FailoverRules.Apply(Settings(), change, s_servers));
        Assert.Equal((ErrorIds.InvalidParameter, excluded), (failure.ErrorId, failure.Target));
        Assert.Contains("failover off", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failover_is_not_switched_off_where_that_leaves_an_excluded_server_alone() => Assert.Throws<ConnectorException>(() =>
        FailoverRules.Apply(Settings() with { ExcludedServers = ["ex1.contoso.com"] }, new FailoverChange { Enabled = false }, s_servers));

    [Fact]
    public async Task A_password_that_is_refused_is_tried_at_one_server_only()
    {
        var (found, opened) = await ProbeAsync(static _ => ExchangeFaultKind.Authentication);
        Assert.Equal(["ex1.contoso.com"], opened);
        var report = new ServerReport(Settings(), found.Over(s_servers), _time, found.NotTried).All();
        Assert.Equal(ServerState.Failed, report.Single(static server => server.Server == "ex1.contoso.com").State);
        Assert.All(report.Where(static server => server.Server != "ex1.contoso.com"), static server =>
        {
            Assert.Equal(ServerState.Unknown, server.State);
            Assert.StartsWith("Not tried: ex1.contoso.com refused to sign in", server.Detail, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_server_that_gives_no_session_does_not_keep_the_others_from_being_tried()
    {
        var (found, opened) = await ProbeAsync(static server => server == "ex1.contoso.com" ? ExchangeFaultKind.Unreachable : null);
        Assert.Equal(["ex1.contoso.com", "ex2.contoso.com", "ex3.contoso.com"], opened);
        Assert.Equal([true, false, false], found.Over(s_servers).Select(static known => known.FailedSince is not null));
        Assert.Empty(found.NotTried);
    }

    [Fact]
    public void What_a_run_saved_while_servers_were_probed_stays()
    {
        var began = _time.GetUtcNow();
        KnownServer[] probed =
        [
            s_servers[0] with { LastProbe = began.AddMinutes(1), FailedSince = began.AddMinutes(1), Failure = "dead" },
            s_servers[1] with { LastProbe = began.AddMinutes(1), FailedSince = began.AddMinutes(1), Failure = "dead" },
            s_servers[2] with { LastProbe = began.AddMinutes(1) },
            Known("ex4") with { LastProbe = began.AddMinutes(1) },
        ];
        KnownServer[] now =
        [
            s_servers[0] with { LastProbe = began },
            s_servers[1] with { LastProbe = began.AddMinutes(2) },
            s_servers[2] with { InUse = true, LastProbe = began },
        ];
        var joined = new ProbeFindings(s_servers, probed, new Dictionary<string, string>()).Over(now);
        Assert.Equal([probed[0], now[1], probed[2] with { InUse = true }, probed[3]], joined);
    }

    [Fact]
    public void What_the_organisation_tells_anew_of_a_server_that_was_not_tried_is_kept_too()
    {
        var updated = s_servers[0] with { Server = s_servers[0].Server with { Site = "Rome" } };
        var failed = s_servers[0] with { LastProbe = _time.GetUtcNow(), FailedSince = _time.GetUtcNow(), Failure = "dead" };
        var joined = new ProbeFindings([s_servers[0]], [updated], new Dictionary<string, string>()).Over([failed]);
        Assert.Equal([failed with { Server = updated.Server }], joined);
        Assert.Equal([updated], new ProbeFindings([s_servers[0]], [s_servers[0]], new Dictionary<string, string>()).Over([updated]));
    }

    [Fact]
    public void A_server_that_the_organisation_lists_no_more_is_forgotten()
    {
        KnownServer[] probed = [s_servers[0], s_servers[1]];
        Assert.Equal(probed, new ProbeFindings(s_servers, probed, new Dictionary<string, string>()).Over(s_servers));
        Assert.Equal([s_servers[0]], new ProbeFindings(s_servers, probed, new Dictionary<string, string>()).Over([s_servers[0]]));
    }

    private static KnownServer Known(string name) => new()
    {
        Server = new ExchangeServer { Name = name.ToUpperInvariant(), Fqdn = name + ".contoso.com", Version = new ExchangeVersion(new Version(15, 2, 2562, 17)), IsMailboxServer = true },
    };

    private static ConnectorSettings Settings() => Ways.Of(new ExchangeSettings
    {
        Entrance = ExchangeEntrance.OwnSession,
        Server = "ex1.contoso.com",
        Uri = new Uri("http://ex1.contoso.com/PowerShell/"),
    }).Settings;

    private async Task<(ProbeFindings Found, IReadOnlyList<string> Opened)> ProbeAsync(Func<string, ExchangeFaultKind?> fault)
    {
        List<string> opened = [];
        ServerProbe probe = new(
            way => new ExchangeDirectory(
                server => new FakeSession
                {
                    Server = server,
                    IsOwn = true,
                    Servers = [.. s_servers.Select(static known => known.Server)],
                    OnOpen = () =>
                    {
                        lock (opened) opened.Add(server);
                        return fault(server) is { } kind ? throw FakeSession.Fault(kind) : Task.CompletedTask;
                    },
                },
                new ServerRoster(ServerChoice.Of(way.Settings), [], static _ => { }, _time), 1, _time),
            Settings(), CommandSecrets.None, _time);
        var found = await probe.RunAsync(s_servers, CancellationToken.None);
        return (found, [.. opened.Order(StringComparer.Ordinal)]);
    }
}
