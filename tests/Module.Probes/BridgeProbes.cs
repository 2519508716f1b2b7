using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Probes;

/// <summary>Speaks on every stream from the engine's threads, in a known order.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OrderProbe")]
public sealed class InvokeOrderProbeCommand : AsyncCmdlet
{
    protected override void ProcessRecord()
    {
        var pipelineThread = Environment.CurrentManagedThreadId;
        var answer = RunEngine([], async (shell, console, _) =>
        {
            console.Verbose("one");
            console.Warning("two");
            await shell.RunOnPipelineThread(() => WriteObject($"three, on the pipeline thread: {Environment.CurrentManagedThreadId == pipelineThread}"));
            var after = Environment.CurrentManagedThreadId == pipelineThread;
            await shell.RunOnPipelineThread(() => console.Verbose("four, from within"));
            console.Prompt("five");
            return $"six, back on the pipeline thread: {after}; context captured: {SynchronizationContext.Current is not null}";
        });
        WriteObject(answer);
    }
}

/// <summary>Works until it is stopped, then takes a while to end.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "EndlessProbe")]
public sealed class InvokeEndlessProbeCommand : AsyncCmdlet
{
    /// <summary>What became of the work.</summary>
    public static IList<string> Journal { get; } = [];

    protected override void ProcessRecord() => RunEngine([], async (shell, console, token) =>
    {
        console.Warning("under way");
        try
        {
            while (!token.IsCancellationRequested) await shell.RunOnPipelineThread(() => WriteObject("row"));
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            console.Verbose("nobody hears this");
            Journal.Add("ended");
        }
    });
}

/// <summary>Waits without saying anything until it is stopped.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SilentProbe")]
public sealed class InvokeSilentProbeCommand : AsyncCmdlet
{
    protected override void ProcessRecord() => RunEngine([], async (_, console, token) =>
    {
        console.Warning("under way");
        await Task.Delay(Timeout.Infinite, token);
    });
}

/// <summary>Fails as it is told.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FailureProbe")]
public sealed class InvokeFailureProbeCommand : AsyncCmdlet
{
    /// <summary>The failure.</summary>
    [Parameter(Mandatory = true)]
    public Exception Failure { get; set; } = null!;

    /// <summary>Fails on the pipeline thread, as an engine that asked for it.</summary>
    [Parameter]
    public SwitchParameter OnPipelineThread { get; set; }

    protected override void ProcessRecord() => RunEngine([], async (shell, _, _) =>
    {
        if (OnPipelineThread) await shell.RunOnPipelineThread(() => throw Failure);
        throw Failure;
    });
}
