using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>What a command left in the caller's own streams.</summary>
public sealed record CallerStreams(IReadOnlyList<string> Warnings, IReadOnlyList<string> Errors, IReadOnlyList<object> Output);

/// <summary>A command as the module's are: work runs elsewhere, and what needs the shell comes back to the thread that owns it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "InShell")]
public sealed class InvokeInShellCommand : PSCmdlet
{
    private readonly CancellationTokenSource _stopping = new();

    [Parameter(Mandatory = true)]
    public Func<CallerShell, CancellationToken, Task> Work { get; set; } = null!;

    protected override void ProcessRecord()
    {
        BlockingCollection<Action> queue = [];
        CallerShell shell = new([], action =>
        {
            TaskCompletionSource ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Add(() =>
            {
                action();
                ran.SetResult();
            });
            return ran.Task;
        });
        var work = Task.Run(() => Work(shell, _stopping.Token));
        work.ContinueWith(_ => queue.CompleteAdding(), TaskScheduler.Default);
        foreach (var action in queue.GetConsumingEnumerable()) action();
        work.GetAwaiter().GetResult();
    }

    protected override void StopProcessing() => _stopping.Cancel();
}

/// <summary>Runs work inside a command of a shell that holds fake Exchange cmdlets.</summary>
public static class CallerShellHarness
{
    public static async Task<CallerStreams> RunAsync(FakeExchange exchange, Func<CallerShell, CancellationToken, Task> work, string? prologue = null, Action<PowerShell>? started = null)
    {
        var state = exchange.SessionState();
        state.Commands.Add(new SessionStateCmdletEntry("Invoke-InShell", typeof(InvokeInShellCommand), null));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        if (prologue is not null) shell.AddScript(prologue).AddStatement();
        ExceptionDispatchInfo? failure = null;
        Func<CallerShell, CancellationToken, Task> watched = async (caller, token) =>
        {
            try
            {
                await work(caller, token);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        };
        shell.AddCommand("Invoke-InShell").AddParameter("Work", watched);
        var running = shell.InvokeAsync();
        started?.Invoke(shell);
        var output = await running;
        failure?.Throw();
        return new(
            [.. shell.Streams.Warning.Select(warning => warning.Message)],
            [.. shell.Streams.Error.Select(error => error.ToString())],
            [.. output]);
    }
}
