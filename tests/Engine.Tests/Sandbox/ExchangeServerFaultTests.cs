using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>Servers that fail, come back and slow down, each on its own and by count.</summary>
public sealed class ExchangeServerFaultTests
{
    private const string Refused = "The client cannot connect to the destination specified in the request.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_down_refuses_at_once_loses_its_sessions_and_leaves_the_others_alone()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions());
        ExchangeEndpoint second = await host.StartServerAsync(WorldNames.SecondServer, Cancellation);
        using Runspace open = await host.OpenRunspaceAsync(Cancellation);
        using Runspace other = await SandboxHost.OpenRunspaceAsync(second, Cancellation);

        host.SetServer("EX1", ServerState.Down);

        Assert.Throws<PSRemotingTransportException>(() => ExchangeSessionFixture.Run(open, "Get-ExchangeServer"));
        PSRemotingTransportException refused = await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));
        Assert.Contains(Refused, refused.Message);
        Assert.Contains("EX1", refused.Message);
        ExchangeSessionFixture.Run(other, "Get-ExchangeServer").Succeeds();
        Assert.Equal(["EX2"], host.Commands().Select(c => c.Server));

        host.SetServer("ex1", ServerState.Up);
        using Runspace back = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(back, "Get-ExchangeServer").Succeeds();
    }

    [Fact]
    public async Task A_server_that_hangs_takes_connections_and_commands_and_answers_neither()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions());
        using Runspace open = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(open, "Get-ExchangeServer").Succeeds();
        host.SetServer("EX1", ServerState.Hanging);

        using PowerShell shell = PowerShell.Create(open);
        Task<PSDataCollection<PSObject>> waiting = shell.AddCommand("Set-CASMailbox").AddParameter("Identity", WorldNames.Ordinary).AddParameter("ActiveSyncEnabled", false).InvokeAsync();
        Runspace late = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(host.Exchange.PipeName));
        TaskCompletionSource connecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        late.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is not RunspaceState.Opening)
                connecting.TrySetResult();
        };
        late.OpenAsync();

        // One that was asked first and one that was connected first have had their turn when a stopped command comes back.
        await Task.Run(shell.Stop, Cancellation);
        await Assert.ThrowsAnyAsync<RuntimeException>(() => waiting);
        Assert.False(connecting.Task.IsCompleted);
        host.State.Refresh();
        Assert.Equal(0, host.State.Version);

        host.SetServer("EX1", ServerState.Up);
        ExchangeSessionFixture.Run(open, "Get-ExchangeServer").Succeeds();
        _ = Task.Run(late.Dispose, CancellationToken.None);
    }

    [Fact]
    public async Task A_server_goes_down_with_a_command_and_is_back_after_so_many_refused_connections()
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.ServerDown, Server = "EX1", Call = 2, UpAfterConnections = 2 }));
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(first, "Get-ExchangeServer").Succeeds();

        Assert.Throws<PSRemotingTransportException>(() => Enable(first, false));
        Assert.Throws<PSRemotingTransportException>(() => ExchangeSessionFixture.Run(second, "Get-ExchangeServer"));
        await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));
        await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));

        using Runspace back = await host.OpenRunspaceAsync(Cancellation);
        Assert.Equal(true, Enabled(back));
    }

    [Fact]
    public async Task A_server_is_back_after_so_many_commands_of_the_others_and_goes_down_again_by_its_schedule()
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.ServerDown, Server = "EX1", Call = 2, Every = 2, UpAfterCommands = 3 }));
        ExchangeEndpoint other = await host.StartServerAsync(WorldNames.SecondServer, Cancellation);
        using Runspace elsewhere = await SandboxHost.OpenRunspaceAsync(other, Cancellation);
        for (int round = 0; round < 2; round++)
        {
            using Runspace here = await host.OpenRunspaceAsync(Cancellation);
            ExchangeSessionFixture.Run(here, "Get-ExchangeServer").Succeeds();
            Assert.Throws<PSRemotingTransportException>(() => ExchangeSessionFixture.Run(here, "Get-ExchangeServer"));
            for (int command = 0; command < 3; command++)
            {
                await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));
                ExchangeSessionFixture.Run(elsewhere, "Get-ExchangeServer").Succeeds();
            }
        }

        using Runspace last = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(last, "Get-ExchangeServer").Succeeds();
    }

    [Fact]
    public async Task Connections_are_served_and_refused_in_turn()
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.RefuseConnection, Call = 2, Times = 2, Every = 3 }));
        List<bool> served = [];
        for (int i = 0; i < 7; i++)
        {
            try
            {
                using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);
                served.Add(true);
            }
            catch (PSRemotingTransportException)
            {
                served.Add(false);
            }
        }

        Assert.Equal([true, false, false, true, false, false, true], served);
    }

    [Fact]
    public async Task The_next_connections_can_be_refused_for_too_many_sessions()
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.RefuseSession, Times = 2 }));
        for (int i = 0; i < 2; i++)
        {
            PSRemotingTransportException refused = await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));
            Assert.Contains("exceeded the maximum number of connections allowed : 18 for the policy party : MaxConcurrency", refused.Message);
        }

        using Runspace third = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(third, "Get-ExchangeServer").Succeeds();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_session_drops_before_or_after_its_command_took_effect(bool afterEffect, bool enabled)
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.DropSession, Command = "Set-CASMailbox", AfterEffect = afterEffect }));
        using Runspace dropped = await host.OpenRunspaceAsync(Cancellation);

        Assert.Throws<PSRemotingTransportException>(() => Enable(dropped, false));

        using Runspace next = await host.OpenRunspaceAsync(Cancellation);
        Assert.Equal(enabled, Enabled(next));
    }

    [Fact]
    public async Task A_read_drops_when_so_many_objects_have_left()
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.DropSession, Command = "Get-MobileDevice", AfterObjects = 7 }));
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);
        using PowerShell shell = PowerShell.Create(runspace);
        using PSDataCollection<PSObject> received = [];

        Assert.Throws<PSRemotingTransportException>(() => shell.AddCommand("Get-MobileDevice").Invoke(null, received));

        Assert.InRange(received.Count, 0, 7);
        Assert.True(host.State.World.Partnerships.Count > 7);
    }

    [Fact]
    public async Task A_command_can_take_effect_and_never_answer()
    {
        await using SandboxHost host = await StartAsync(Fault(new() { Kind = ExchangeFaultKind.Hang, Command = "Set-CASMailbox", AfterEffect = true }));
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);
        using PowerShell shell = PowerShell.Create(runspace);
        Task<PSDataCollection<PSObject>> waiting = shell.AddCommand("Set-CASMailbox").AddParameter("Identity", WorldNames.Ordinary).AddParameter("ActiveSyncEnabled", false).InvokeAsync();

        using Runspace second = await host.OpenRunspaceAsync(Cancellation);
        while (Enabled(second) is true)
            Cancellation.ThrowIfCancellationRequested();

        Assert.False(waiting.IsCompleted);
        await Task.Run(shell.Stop, Cancellation);
        await Assert.ThrowsAnyAsync<RuntimeException>(() => waiting);
    }

    [Fact]
    public async Task A_session_ends_after_so_many_commands_or_when_nobody_asks_it_anything()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions { SessionCommandLimit = 2 });
        using (Runspace busy = await host.OpenRunspaceAsync(Cancellation))
        {
            ExchangeSessionFixture.Run(busy, "Get-ExchangeServer").Succeeds();
            ExchangeSessionFixture.Run(busy, "Get-ExchangeServer").Succeeds();
            Assert.Throws<PSRemotingTransportException>(() => ExchangeSessionFixture.Run(busy, "Get-ExchangeServer"));
        }

        Assert.Equal(2, host.CountOf("Get-ExchangeServer"));
        using Runspace idle = await host.OpenRunspaceAsync(Cancellation);
        TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        idle.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Broken)
                broken.TrySetResult();
        };
        host.Configure(o => o with { SessionIdleMilliseconds = 1_500 });
        ExchangeSessionFixture.Run(idle, "Get-ExchangeServer").Succeeds();

        await broken.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Latency_rises_with_the_sessions_that_work_at_once()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions { LatencyPerActiveSessionMilliseconds = 1_000_000, FreeActiveSessions = 1 });
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(first, "Get-ExchangeServer").Succeeds();

        host.Configure(o => o with { FreeActiveSessions = 0 });
        using PowerShell held = PowerShell.Create(first);
        Task<PSDataCollection<PSObject>> holding = held.AddCommand("Get-ExchangeServer").InvokeAsync();
        while (host.CountOf("Get-ExchangeServer") < 2)
            await Task.Yield();

        // One session works: another one that is free of charge when alone is not any more.
        host.Configure(o => o with { FreeActiveSessions = 1 });
        using PowerShell slowed = PowerShell.Create(second);
        Task<PSDataCollection<PSObject>> slow = slowed.AddCommand("Get-ExchangeServer").InvokeAsync();
        while (host.CountOf("Get-ExchangeServer") < 3)
            await Task.Yield();
        await Task.Run(held.Stop, Cancellation);
        Assert.False(slow.IsCompleted);
        await Task.Run(slowed.Stop, Cancellation);
        await Assert.ThrowsAnyAsync<RuntimeException>(() => holding);
        await Assert.ThrowsAnyAsync<RuntimeException>(() => slow);

        ExchangeSessionFixture.Run(first, "Get-ExchangeServer").Succeeds();
    }

    [Fact]
    public async Task A_mailbox_of_a_newer_server_cannot_be_reached_where_proxying_fails()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions { FailProxying = true });
        ExchangeEndpoint older = await host.StartServerAsync(WorldNames.ThirdServer, Cancellation);
        using Runspace here = await host.OpenRunspaceAsync(Cancellation);
        using Runspace there = await SandboxHost.OpenRunspaceAsync(older, Cancellation);
        string own = host.State.World.Mailboxes.First(m => m.ServerName == WorldNames.ThirdServer).Guid.ToString();
        string newer = host.State.World.Mailboxes.First(m => m.ServerName == WorldNames.FirstServer).Guid.ToString();

        ErrorRecord error = ExchangeSessionFixture.Run(there, "Set-CASMailbox", ("Identity", newer), ("ActiveSyncEnabled", true)).Fails("CmdletProxyException");
        Assert.StartsWith("Error on proxy command 'Set-CASMailbox -Identity:'", error.Exception.Message);
        Assert.Contains("ex1.contoso.com: Server version 15.02.2562.000, Proxy method RPS", error.Exception.Message);
        ExchangeSessionFixture.Run(there, "Set-CASMailbox", ("Identity", own), ("ActiveSyncEnabled", true)).Succeeds();
        ExchangeSessionFixture.Run(there, "Get-CASMailbox", ("Identity", newer)).Succeeds();
        ExchangeSessionFixture.Run(here, "Set-CASMailbox", ("Identity", own), ("ActiveSyncEnabled", true)).Succeeds();
    }

    [Fact]
    public async Task An_ordinary_user_sees_one_mailbox_only()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions { SelfScope = WorldNames.Ordinary, HiddenCommands = ["Get-ExchangeServer"] });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        Assert.Equal([WorldNames.Ordinary + "@contoso.com"], ExchangeSessionFixture.Run(runspace, "Get-CASMailbox").Column("PrimarySmtpAddress"));
        Assert.Single(ExchangeSessionFixture.Run(runspace, "Get-Recipient").Objects);
        Assert.Single(ExchangeSessionFixture.Run(runspace, "Get-MobileDevice").Objects);
        ExchangeSessionFixture.Run(runspace, "Get-CASMailbox", ("Identity", WorldNames.NotEnrolled)).Fails("ManagementObjectNotFoundException");
        ExchangeSessionFixture.Run(runspace, "Get-MobileDevice", ("Identity", host.State.World.Partnerships[^1].Guid)).Fails("ManagementObjectNotFoundException");
        ExchangeSessionFixture.Run(runspace, "Get-MobileDeviceStatistics", ("Mailbox", WorldNames.NotEnrolled)).Fails("ManagementObjectNotFoundException");
        Enable(runspace, false).Succeeds();
    }

    [Fact]
    public async Task Mailboxes_outside_the_write_scope_are_seen_and_not_changed()
    {
        await using SandboxHost host = await StartAsync(new ExchangeOptions { WriteScope = "contoso.com/Elsewhere" });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        ErrorRecord error = Enable(runspace, false).Fails("InvalidOperationException");
        Assert.Contains("'contoso.com/Users/Jane Doe' isn't within your current write scopes. Can't perform save operation.", error.Exception.Message);
        Assert.Equal(true, Enabled(runspace));
        ExchangeSessionFixture.Run(runspace, "Remove-MobileDevice", ("Identity", host.State.World.Partnerships[0].Guid), ("Confirm", false)).Fails("InvalidOperationException");

        host.Configure(o => o with { WriteScope = "CN=Users,DC=contoso,DC=com" });
        Enable(runspace, false).Succeeds();
    }

    private static ExchangeOptions Fault(ExchangeFault fault) => new() { Faults = [fault] };

    private static Task<SandboxHost> StartAsync(ExchangeOptions options) => SandboxHost.StartAsync(
        new SandboxOptions { World = new WorldOptions { Partnerships = 40 }, Exchange = options },
        Cancellation);

    private static ExchangeAnswer Enable(Runspace runspace, bool enabled) =>
        ExchangeSessionFixture.Run(runspace, "Set-CASMailbox", ("Identity", WorldNames.Ordinary), ("ActiveSyncEnabled", enabled));

    private static object? Enabled(Runspace runspace) =>
        ExchangeSessionFixture.Run(runspace, "Get-CASMailbox", ("Identity", WorldNames.Ordinary)).Single.Properties["ActiveSyncEnabled"].Value;
}
