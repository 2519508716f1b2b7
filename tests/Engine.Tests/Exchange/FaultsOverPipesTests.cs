using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using IntuneExchangeConnector.Engine.Tests.Intune;
using IntuneExchangeConnector.Engine.Tests.Store;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

/// <summary>What servers do to sessions and commands, over PowerShell's remoting protocol.</summary>
public sealed class FaultsOverPipesTests
{
    private readonly BriskTime _time = new();
    private IReadOnlyList<KnownServer> _known = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_that_sees_only_its_own_mailbox_is_refused()
    {
        await using var host = await StartAsync(new ExchangeOptions { SelfScope = WorldNames.Ordinary });
        await using var directory = Directory(host);
        Assert.Equal(ErrorIds.ExchangeScopeTooNarrow, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(Cancellation))).ErrorId);
    }

    [Fact]
    public async Task A_session_that_stood_idle_is_opened_again_and_told_to_see_the_forest()
    {
        await using var host = await StartAsync();
        await using var directory = Directory(host);
        await directory.ConnectAsync(Cancellation);
        await directory.ReadSettingsAsync(Cancellation);
        Assert.Equal(1, host.CountOf("Set-ADServerSettings"));

        _time.Advance(TimeSpan.FromMinutes(13));
        await directory.ReadSettingsAsync(Cancellation);

        Assert.Equal(["Set-ADServerSettings", "Get-ActiveSyncOrganizationSettings"], host.Commands().TakeLast(2).Select(static command => command.Name));
        Assert.Equal(1, directory.Lanes);
        Assert.Empty(directory.Notes);
    }

    [Fact]
    public async Task A_session_that_was_not_told_to_see_the_forest_is_told_again_whether_it_is_the_first_a_further_or_a_renewed_one()
    {
        await using var host = await StartAsync(new ExchangeOptions { Faults = [ForestUnseen(1)] });
        await using var directory = Directory(host, lanes: 3);
        await directory.ConnectAsync(Cancellation);
        Assert.Equal(2, host.CountOf("Set-ADServerSettings"));

        host.Configure(static options => options with { Faults = [ForestUnseen(2)] });
        _time.Advance(TimeSpan.FromMinutes(13));
        await directory.ReadSettingsAsync(Cancellation);
        Assert.Equal(5, host.CountOf("Set-ADServerSettings"));
        Assert.Equal("Get-ActiveSyncOrganizationSettings", host.Commands()[^1].Name);

        host.Configure(static options => options with { Faults = [ForestUnseen(3)] });
        await GrowAsync(host, directory, 2);
        Assert.Equal(5 + 3 + directory.Lanes - 1, host.CountOf("Set-ADServerSettings"));
    }

    [Fact]
    public async Task Writes_that_a_server_holds_back_halve_the_number_of_sessions()
    {
        await using var host = await StartAsync();
        await using var directory = Directory(host, lanes: 4);
        await directory.ConnectAsync(Cancellation);
        var mailbox = await GrowAsync(host, directory, 2);
        host.Configure(static options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.MicroDelay, Command = "Set-CASMailbox", DelayMilliseconds = 5 }] });
        await directory.WriteAsync(Allow(mailbox), null, Cancellation);
        Assert.Contains(directory.Notes, static note => note.Text.Contains("the server holds commands back (5 ms)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_that_take_longer_with_each_session_halve_their_number()
    {
        await using var host = await StartAsync();
        await using var directory = Directory(host, lanes: 4);
        await directory.ConnectAsync(Cancellation);
        var mailbox = await GrowAsync(host, directory, 3);
        host.Configure(static options => options with { LatencyPerActiveSessionMilliseconds = 2_000 });
        while (!directory.Notes.Any(static note => note.Text.Contains("Get-CASMailbox takes", StringComparison.Ordinal))) await ReadSideBySideAsync(directory, mailbox);
    }

    [Fact]
    public async Task A_write_that_a_server_cannot_hand_on_to_a_newer_one_says_so()
    {
        await using var host = await StartAsync(new ExchangeOptions { FailProxying = true });
        var older = await host.StartServerAsync(WorldNames.ThirdServer, Cancellation);
        await using var directory = Directory(host, host.UriOf(older));
        await directory.ConnectAsync(Cancellation);
        var home = host.State.World.Mailboxes.First(static mailbox => mailbox.ServerName == WorldNames.FirstServer).Guid;
        var mailbox = await directory.ReadMailboxAsync(home, null, Cancellation);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.WriteAsync(Allow(mailbox!), null, Cancellation));
        Assert.Equal((ErrorIds.ExchangeProxyFailed, mailbox!.PrimarySmtpAddress), (failure.ErrorId, failure.Target));
    }

    [Fact]
    public async Task A_mailbox_is_read_again_at_the_domain_controller_that_took_the_write()
    {
        await using var host = await StartAsync(new ExchangeOptions { ReplicationCommands = 1_000 });
        var other = await host.StartServerAsync(WorldNames.SecondServer, Cancellation);
        await using var here = Directory(host);
        await using var there = Directory(host, host.UriOf(other));
        await here.ConnectAsync(Cancellation);
        await there.ConnectAsync(Cancellation);
        var mailbox = await AnyMailboxAsync(here);
        await here.WriteAsync(Allow(mailbox), mailbox.DomainController, Cancellation);
        Assert.DoesNotContain("FAULTS1", (await there.ReadMailboxAsync(mailbox.Id, null, Cancellation))!.AllowedDeviceIds);
        Assert.Contains("FAULTS1", (await there.ReadMailboxAsync(mailbox.Id, mailbox.DomainController, Cancellation))!.AllowedDeviceIds);
    }

    [Theory]
    [InlineData(ExchangeFaultKind.DropSession)]
    [InlineData(ExchangeFaultKind.ServerDown)]
    public async Task A_write_whose_answer_was_lost_is_confirmed_and_not_sent_twice(ExchangeFaultKind kind)
    {
        await using var host = await StartAsync(new ExchangeOptions { ReplicationCommands = 1_000 });
        await host.StartServersAsync(2, Cancellation);
        await using var directory = Directory(host);
        await directory.ConnectAsync(Cancellation);
        var mailbox = await AnyMailboxAsync(directory);
        host.Configure(options => options with { Faults = [new ExchangeFault { Kind = kind, Command = "Set-CASMailbox", AfterEffect = true }] });
        using TemporaryFolder folder = new();
        using var store = SqliteStateStore.Open(folder.File("state.db"));
        var run = Samples.Run(1);
        store.BeginRun(run);
        PlanApplier applier = new(directory, store, new RecordingConsole(), _time, run.RunId);

        await applier.ApplyAsync([Allow(mailbox)], Cancellation);

        Assert.Equal((1, 1), (applier.Writes, host.CountOf("Set-CASMailbox")));
        Assert.Equal("It was written; the answer was lost on the way.", Assert.Single(store.ReadRuns(1, null, true)[0].Changes).Message);
        Assert.Equal(kind == ExchangeFaultKind.ServerDown ? "EX2" : "EX1", host.Commands()[^1].Server);
    }

    [Fact]
    public async Task A_read_under_which_a_server_hangs_is_made_again_on_the_next_one()
    {
        await using var host = await StartAsync();
        await host.StartServersAsync(2, Cancellation);
        await using var directory = Directory(host);
        await directory.ConnectAsync(Cancellation);
        host.Configure(static options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.Hang, Command = "Get-MobileDevice" }] });

        var reading = directory.ReadPartnershipsAsync(null, Cancellation);
        for (var lost = false; !lost && !reading.IsCompleted; await Task.Yield()) lost = host.CountOf("Get-MobileDevice") > 0 && _time.LosePatience();
        var read = await reading;

        Assert.Null(read.Incomplete);
        Assert.Equal(host.State.World.Partnerships.Count, read.Rows.Count);
        Assert.Equal(["EX1", "EX2"], host.Commands().Where(static command => command.Name == "Get-MobileDevice").Select(static command => command.Server));
        Assert.Contains(directory.Notes, static note => note.Text.StartsWith("ex1.contoso.com failed: It gave no sign of life", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_hangs_is_passed_over()
    {
        await using var host = await StartAsync();
        await host.StartServersAsync(2, Cancellation);
        await using (var first = Directory(host)) await first.ConnectAsync(Cancellation);
        host.SetServer(WorldNames.FirstServer, ServerState.Hanging);
        await using var directory = Directory(host);

        var connecting = directory.ConnectAsync(Cancellation);
        for (var lost = false; !lost && !connecting.IsCompleted; await Task.Yield()) lost = _time.LosePatience();

        Assert.Equal("ex2.contoso.com", (await connecting).Server);
        Assert.Contains(directory.Notes, static note => note.Text.Contains("ex1.contoso.com failed: It took the connection and gave no session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_whose_opening_was_cancelled_is_gone_when_that_is_told()
    {
        await using var host = await StartAsync();
        var connection = ExchangeSessionFactory.ConnectionTo(new ExchangeSettings { Entrance = ExchangeEntrance.OwnSession, Uri = host.ExchangeUri }, null, null);
        using var runspace = RunspaceFactory.CreateRunspace(connection);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var session = RemoteSession.Own(() => runspace, "ex1", new FakeTimeProvider());

        var opening = session.OpenAsync(cancel.Token);
        while (host.Exchange.OpenSessions == 0 && !opening.IsCompleted) await Task.Yield();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.True(runspace.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken);
        while (host.Exchange.OpenSessions > 0) await Task.Yield();
    }

    private static ExchangeFault ForestUnseen(int times) => new() { Kind = ExchangeFaultKind.Error, Command = "Set-ADServerSettings", Times = times };

    private static MailboxChange Allow(Mailbox mailbox) => new()
    {
        MailboxId = mailbox.Id,
        Mailbox = mailbox.PrimarySmtpAddress,
        AllowedAdd = ["FAULTS1"],
        AllowedBefore = mailbox.AllowedDeviceIds,
        BlockedBefore = mailbox.BlockedDeviceIds,
    };

    private static async Task<Mailbox> AnyMailboxAsync(ExchangeDirectory directory)
    {
        var any = (await directory.ReadMailboxesAsync(null, Cancellation)).Rows.First(static mailbox => !mailbox.IsSystem);
        return (await directory.ReadMailboxAsync(any.Id, null, Cancellation))!;
    }

    private static async Task<Mailbox> GrowAsync(SandboxHost host, ExchangeDirectory directory, int lanes)
    {
        host.Configure(static options => options with { LatencyMilliseconds = 5 });
        var mailbox = await AnyMailboxAsync(directory);
        while (directory.Lanes < lanes) await ReadSideBySideAsync(directory, mailbox);
        return mailbox;
    }

    private static Task ReadSideBySideAsync(ExchangeDirectory directory, Mailbox mailbox) =>
        Task.WhenAll(Enumerable.Range(0, 12).Select(_ => directory.ReadMailboxAsync(mailbox.Id, null, Cancellation)));

    private static Task<SandboxHost> StartAsync(ExchangeOptions? exchange = null) => SandboxHost.StartAsync(
        new SandboxOptions { World = new WorldOptions { Partnerships = 40 }, PreparedSessions = 0, Exchange = exchange ?? new ExchangeOptions() }, Cancellation);

    private ExchangeDirectory Directory(SandboxHost host, Uri? uri = null, int lanes = 1)
    {
        ExchangeSettings settings = new() { Entrance = ExchangeEntrance.OwnSession, Uri = uri ?? host.ExchangeUri };
        ServerRoster roster = new(new ServerChoice(settings.Uri.Host, null, [], true), _known, servers => _known = servers, _time);
        return new ExchangeDirectory(server => ExchangeSessionFactory.Create(settings, server, null, null, _time), roster, lanes, _time);
    }
}
