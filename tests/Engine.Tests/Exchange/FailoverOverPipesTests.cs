using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

/// <summary>Several servers, each session a process of its own behind PowerShell's remoting protocol.</summary>
public sealed class FailoverOverPipesTests
{
    private static readonly SandboxOptions s_small = new() { World = new WorldOptions { Partnerships = 40 }, PreparedSessions = 0 };

    private readonly BriskTime _time = new();
    private IReadOnlyList<KnownServer> _saved = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_drops_its_sessions_in_the_midst_of_a_read_costs_nothing_but_the_read()
    {
        await using var host = await StartAsync();
        await using var directory = Directory(host);
        Assert.Equal("ex1.contoso.com", (await directory.ConnectAsync(Cancellation)).Server);
        var before = (await directory.ReadPartnershipsAsync(null, Cancellation)).Rows.Count;

        host.Configure(options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Command = "Get-MobileDevice", Times = 3, AfterObjects = 7 }] });
        var read = await directory.ReadPartnershipsAsync(null, Cancellation);

        Assert.Null(read.Incomplete);
        Assert.Equal(before, read.Rows.Count);
        Assert.Equal("EX2", host.Commands().Last(static command => command.Name == "Get-MobileDevice" && command.Server != "EX1").Server);
    }

    [Fact]
    public async Task The_next_server_takes_over_and_the_dead_one_is_asked_for_a_session_once()
    {
        await using var host = await StartAsync();
        await using (var first = Directory(host)) await first.ConnectAsync(Cancellation);
        await host.Endpoints[0].DisposeAsync();

        await using var directory = Directory(host, lanes: 3);
        Assert.Equal("ex2.contoso.com", (await directory.ConnectAsync(Cancellation)).Server);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ => Assert.NotEmpty((await directory.ReadMailboxesAsync(null, Cancellation)).Rows)));

        Assert.Single(directory.Notes, static note => note.Text.StartsWith("ex1.contoso.com failed", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Commands(), static command => command.Server == "EX3");
        Assert.NotNull(_saved.Single(static known => known.Server.Fqdn == "ex1.contoso.com").FailedSince);
        Assert.True(_saved.Single(static known => known.Server.Fqdn == "ex2.contoso.com").InUse);
    }

    [Fact]
    public async Task Writes_over_several_sessions_all_arrive_once_while_sessions_break()
    {
        await using var host = await StartAsync();
        await using var directory = Directory(host, lanes: 4);
        await directory.ConnectAsync(Cancellation);
        var mailboxes = (await directory.ReadMailboxesAsync(null, Cancellation)).Rows.Where(static mailbox => !mailbox.IsSystem).Take(20).ToArray();
        host.Configure(options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Command = "Set-CASMailbox", Call = 5 }, new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Command = "Set-CASMailbox", Call = 11 }] });

        var lost = 0;
        await Task.WhenAll(mailboxes.Select(async mailbox =>
        {
            while (true)
            {
                var current = await directory.ReadMailboxAsync(mailbox.Id, null, Cancellation);
                if (current!.AllowedDeviceIds.Contains("FAILOVER1")) return;
                try
                {
                    await directory.WriteAsync(Allow(mailbox), current.DomainController, Cancellation);
                    return;
                }
                catch (ConnectorException failure) when (failure.ErrorId == ErrorIds.ExchangeSessionLost)
                {
                    Interlocked.Increment(ref lost);
                }
            }
        }));

        Assert.Equal(2, lost);
        Assert.Equal(mailboxes.Length, (await directory.ReadMailboxesAsync(null, Cancellation)).Rows.Count(static mailbox => mailbox.AllowedDeviceIds.Contains("FAILOVER1")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_under_which_a_server_hangs_is_looked_for_on_the_next_one(bool afterEffect)
    {
        await using var host = await StartAsync();
        await using var directory = Directory(host);
        await directory.ConnectAsync(Cancellation);
        var mailbox = (await directory.ReadMailboxesAsync(null, Cancellation)).Rows.First(static mailbox => !mailbox.IsSystem);
        var current = await directory.ReadMailboxAsync(mailbox.Id, null, Cancellation);
        host.Configure(options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.Hang, Command = "Set-CASMailbox", AfterEffect = afterEffect }] });

        var writing = directory.WriteAsync(Allow(mailbox), current!.DomainController, Cancellation);
        while (!writing.IsCompleted)
        {
            // Nobody loses patience before the server has come as far as the case says.
            host.State.Refresh();
            if (afterEffect ? host.State.Version > 0 : host.CountOf("Set-CASMailbox") > 0) _time.LosePatience();
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => writing);
        Assert.Equal((ErrorIds.ExchangeSessionLost, "ex1.contoso.com"), (failure.ErrorId, failure.Target));
        Assert.Contains("took Set-CASMailbox and did not answer", failure.Message, StringComparison.Ordinal);
        Assert.Contains(directory.Notes, static note => note.Text.StartsWith("ex1.contoso.com failed: It gave no sign of life", StringComparison.Ordinal));

        var found = await directory.ReadMailboxAsync(mailbox.Id, current.DomainController, Cancellation);
        Assert.Equal(afterEffect, found!.AllowedDeviceIds.Contains("FAILOVER1"));
        Assert.Equal("EX2", host.Commands()[^1].Server);
        Assert.Single(host.Commands(), static command => command.Name == "Set-CASMailbox");
    }

    [Fact]
    public async Task A_refused_session_leaves_the_others_at_work()
    {
        await using var host = await StartAsync();
        host.Configure(static options => options with { SessionLimit = 3, LatencyMilliseconds = 5 });
        await using var directory = Directory(host, lanes: 8);
        await directory.ConnectAsync(Cancellation);
        var mailbox = (await directory.ReadMailboxesAsync(null, Cancellation)).Rows[0];
        while (!directory.Notes.Any(static note => note.Kind == RunNoteKind.Lanes && note.Text.Contains("a session was refused", StringComparison.Ordinal)))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => directory.ReadMailboxAsync(mailbox.Id, null, Cancellation)));
        }

        Assert.InRange(directory.Lanes, 1, 3);
    }

    [Fact]
    public async Task With_failover_off_nothing_else_is_tried()
    {
        await using var host = await StartAsync();
        await using (var first = Directory(host)) await first.ConnectAsync(Cancellation);
        await host.Endpoints[0].DisposeAsync();
        await using var directory = Directory(host, failover: false);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(Cancellation));
        Assert.Contains("ex2.contoso.com, ex3.contoso.com would have been tried", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Commands(), static command => command.Server != "EX1");
    }

    private static MailboxChange Allow(Mailbox mailbox) => new()
    {
        MailboxId = mailbox.Id,
        Mailbox = mailbox.PrimarySmtpAddress,
        AllowedAdd = ["FAILOVER1"],
        AllowedBefore = mailbox.AllowedDeviceIds,
        BlockedBefore = mailbox.BlockedDeviceIds,
    };

    private static async Task<SandboxHost> StartAsync()
    {
        var host = await SandboxHost.StartAsync(s_small, Cancellation);
        await host.StartServersAsync(cancellationToken: Cancellation);
        return host;
    }

    private ExchangeDirectory Directory(SandboxHost host, int lanes = 1, bool failover = true)
    {
        ExchangeSettings settings = new() { Entrance = ExchangeEntrance.OwnSession, Uri = host.ExchangeUri };
        ServerRoster roster = new(new ServerChoice(host.ExchangeUri.Host, null, [], failover), _saved, saved => _saved = saved, _time);
        return new ExchangeDirectory(server => ExchangeSessionFactory.Create(settings, server, null, null, _time), roster, lanes, _time);
    }
}
