using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_nth_call_fails_whichever_session_makes_it_and_only_that_one()
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.Error, Command = "Set-CASMailbox", Call = 2, Error = ExchangeErrorKind.ADTransient });
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await host.OpenRunspaceAsync(Cancellation);

        Enable(first).Succeeds();
        ExchangeSessionFixture.Run(second, "Get-ExchangeServer").Succeeds();
        ErrorRecord error = Enable(second).Fails("ADTransientException");
        Enable(first).Succeeds();

        Assert.Contains("Deserialized.Microsoft.Exchange.Data.Directory.ADTransientException", ((RemoteException)error.Exception).SerializedRemoteException.TypeNames);
        Assert.Equal(3, host.CountOf("set-casmailbox"));
        host.State.Refresh();
        Assert.Equal(2, host.State.Version);
    }

    [Theory]
    [InlineData(ExchangeErrorKind.ManagementObjectNotFound, "ManagementObjectNotFoundException")]
    [InlineData(ExchangeErrorKind.ManagementObjectAmbiguous, "ManagementObjectAmbiguousException")]
    [InlineData(ExchangeErrorKind.ADConstraintViolation, "ADConstraintViolationException")]
    [InlineData(ExchangeErrorKind.ADOperation, "ADOperationException")]
    [InlineData(ExchangeErrorKind.CmdletProxy, "CmdletProxyException")]
    public async Task Each_known_error_can_be_asked_for(ExchangeErrorKind kind, string exception)
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.Error, Error = kind });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Fails(exception);
        ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Succeeds();
    }

    [Fact]
    public async Task A_dropped_session_is_gone_and_the_next_one_goes_on()
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Call = 2 });
        using Runspace dropped = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(dropped, "Get-ExchangeServer").Succeeds();

        Assert.Throws<PSRemotingTransportException>(() => ExchangeSessionFixture.Run(dropped, "Get-ExchangeServer"));

        // The command learns it first, the session itself a moment later.
        while (dropped.RunspaceStateInfo.State == RunspaceState.Opened)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(RunspaceState.Broken, dropped.RunspaceStateInfo.State);

        using Runspace next = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(next, "Get-ExchangeServer").Succeeds();
        Assert.Equal(3, host.CountOf("Get-ExchangeServer"));
    }

    [Fact]
    public async Task An_answer_can_break_off_in_the_middle()
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Command = "Get-MobileDevice", AfterObjects = 10 });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);
        using PowerShell shell = PowerShell.Create(runspace);
        using PSDataCollection<PSObject> received = [];

        Assert.Throws<PSRemotingTransportException>(() => shell.AddCommand("Get-MobileDevice").Invoke(null, received));

        Assert.InRange(received.Count, 0, 10);
    }

    [Fact]
    public async Task A_throttled_command_says_how_long_it_was_held()
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.MicroDelay, DelayMilliseconds = 5 });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        ExchangeAnswer answer = ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer");

        Assert.NotEmpty(answer.Objects);
        Assert.StartsWith("Micro delay applied. Actual delayed: 5 msecs,", Assert.Single(answer.Warnings));
    }

    [Fact]
    public async Task What_access_control_hides_is_not_there()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                World = new WorldOptions { Partnerships = 20 },
                Exchange = new ExchangeOptions
                {
                    HiddenCommands = ["Get-ExchangeServer"],
                    HiddenParameters = new Dictionary<string, string[]> { ["set-casmailbox"] = ["ActiveSyncBlockedDeviceIDs"] },
                },
            },
            Cancellation);
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        Assert.Equal("CommandNotFoundException", ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Failure!.FullyQualifiedErrorId);
        ErrorRecord unbound = ExchangeSessionFixture.Run(runspace, "Set-CASMailbox", ("Identity", "x"), ("ActiveSyncBlockedDeviceIDs", "y")).Failure!;
        Assert.StartsWith("NamedParameterNotFound", unbound.FullyQualifiedErrorId);
        Assert.DoesNotContain("Get-ExchangeServer", ExchangeSessionFixture.Run(runspace, "Get-Command").Column("Name"));
        string syntax = ExchangeAnswer.List(ExchangeSessionFixture.Run(runspace, "Get-Command", ("Name", "Set-CASMailbox")).Single, "ParameterSets")[0];
        Assert.Contains("ActiveSyncAllowedDeviceIDs", syntax);
        Assert.DoesNotContain("ActiveSyncBlockedDeviceIDs", syntax);
    }

    [Fact]
    public async Task A_stopped_command_does_not_sit_out_its_delay()
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.MicroDelay, DelayMilliseconds = int.MaxValue });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);
        using PowerShell shell = PowerShell.Create(runspace);
        TaskCompletionSource delayed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Warning.DataAdded += (_, _) => delayed.TrySetResult();

        Task<PSDataCollection<PSObject>> waiting = shell.AddCommand("Get-ExchangeServer").InvokeAsync();
        await delayed.Task.WaitAsync(Cancellation);
        await Task.Run(shell.Stop, Cancellation);

        await Assert.ThrowsAnyAsync<RuntimeException>(() => waiting);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Succeeds();
    }

    [Fact]
    public async Task Latency_and_faults_act_from_the_next_command_on()
    {
        await using SandboxHost host = await StartAsync(new ExchangeFault { Kind = ExchangeFaultKind.Error, Command = "Get-Recipient" });
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Succeeds();

        host.Configure(o => o with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.Error, Command = "Get-ExchangeServer", Times = int.MaxValue }] });

        ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Fails("ADTransientException");
        ExchangeSessionFixture.Run(runspace, "Get-Recipient").Succeeds();
    }

    [Fact]
    public void Options_survive_the_file_and_a_misspelt_one_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("sandbox-options-").FullName;
        try
        {
            ExchangeOptions written = new()
            {
                LatencyMilliseconds = 3,
                SessionLimit = 4,
                DefaultResultSize = 5,
                HiddenCommands = ["Get-Recipient"],
                CommandLatencyMilliseconds = new Dictionary<string, int> { ["Get-CASMailbox"] = 9 },
                Faults = [new ExchangeFault { Kind = ExchangeFaultKind.Error, Command = "x", Call = 7, Times = 2, Error = ExchangeErrorKind.CmdletProxy }],
            };
            written.Save(folder);

            ExchangeOptions read = ExchangeOptions.Load(folder);
            Assert.Equal((3, 4, 5), (read.LatencyMilliseconds, read.SessionLimit, read.DefaultResultSize));
            Assert.Equal(9, read.CommandLatencyMilliseconds["get-casmailbox"]);
            Assert.Equal(written.HiddenCommands, read.HiddenCommands);
            Assert.Equal(written.Faults, read.Faults);

            File.WriteAllText(Path.Combine(folder, "exchange.json"), """{ "sesionLimit": 3 }""");
            Assert.Throws<JsonException>(() => ExchangeOptions.Load(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<SandboxHost> StartAsync(ExchangeFault fault) => SandboxHost.StartAsync(
        new SandboxOptions { World = new WorldOptions { Partnerships = 40 }, Exchange = new ExchangeOptions { Faults = [fault] } },
        Cancellation);

    // Alternates, so that each success is a change.
    private static ExchangeAnswer Enable(Runspace runspace)
    {
        PSObject mailbox = ExchangeSessionFixture.Run(runspace, "Get-CASMailbox", ("Identity", WorldNames.Ordinary)).Single;
        return ExchangeSessionFixture.Run(runspace, "Set-CASMailbox", ("Identity", WorldNames.Ordinary), ("ActiveSyncEnabled", !(bool)mailbox.Properties["ActiveSyncEnabled"].Value));
    }
}
