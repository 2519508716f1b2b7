using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Timing;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>One command in one runspace, awaited.</summary>
internal static class RemotePipeline
{
    // A server that hangs does not answer the request to stop either; nobody should wait for it longer than this.
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command.</summary>
    /// <param name="runspace">An open runspace that runs nothing else.</param>
    /// <param name="command">The command.</param>
    /// <param name="onRow">Receives each row as it arrives.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>What it left beside its rows.</returns>
    public static async Task<ExchangeReply> RunAsync(Runspace runspace, ExchangeCommand command, Action<PSObject> onRow, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var shell = PowerShell.Create();
        using var watch = new IdleWatch(time, command.Patience, cancellationToken);
        var rows = new RowStream(shell, onRow, watch.Touch);
        Task? running = null;
        try
        {
            shell.Runspace = runspace;
            command.AddTo(shell);
            running = Begin(shell, rows);
            await EndAsync(shell, running, time, watch.Token).ConfigureAwait(false);
            rows.ThrowRowFailure();

            // A pipeline that was stopped from outside ends as quietly as one that came to its end.
            return shell.InvocationStateInfo.State == PSInvocationState.Completed
                ? rows.Reply()
                : throw new ExchangeFaultException(new(ExchangeFaultKind.SessionLost, "The command was stopped on its way."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExchangeFaultException(new(ExchangeFaultKind.Silent, $"It gave no sign of life for {command.Patience.TotalMinutes:0} minutes."));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ExchangeFaultException))
        {
            rows.ThrowRowFailure();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ExchangeFaultException(FaultOf(exception, runspace), exception);
        }
        finally
        {
            Release(shell, rows, running);
        }
    }

    private static Task Begin(PowerShell shell, RowStream rows)
    {
        // PowerShell's thread must not run what follows the command: that may close the very connection which it serves.
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var input = new PSDataCollection<PSObject>();
        input.Complete();
        shell.BeginInvoke(input, rows.Output, null, result => End(shell, result, ended), null);
        return ended.Task;
    }

    private static void End(PowerShell shell, IAsyncResult result, TaskCompletionSource<bool> ended)
    {
        try
        {
            shell.EndInvoke(result);
            ended.TrySetResult(true);
        }
        catch (Exception exception)
        {
            ended.TrySetException(exception);
        }
    }

    private static async Task EndAsync(PowerShell shell, Task running, TimeProvider time, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            if (await Task.WhenAny(running, cancelled.Task).ConfigureAwait(false) != running)
            {
                ShellStop.Begin(shell);
                await Task.WhenAny(running, Clock.Delay(time, s_stopPatience, CancellationToken.None)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        await running.ConfigureAwait(false);
    }

    private static ExchangeFault FaultOf(Exception exception, Runspace runspace)
    {
        var fault = ExchangeFaults.Of(exception);
        return runspace.RunspaceStateInfo.State != RunspaceState.Opened && fault.Kind is ExchangeFaultKind.Other or ExchangeFaultKind.Transient
            ? fault with { Kind = ExchangeFaultKind.SessionLost }
            : fault;
    }

    private static void Release(PowerShell shell, RowStream rows, Task? running)
    {
        if (running is null || running.IsCompleted)
        {
            shell.Dispose();
            rows.Dispose();
            return;
        }

        // Disposing a pipeline that runs would wait for it; it is left to end by itself.
        rows.Abandon();
        running.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                shell.Dispose();
                rows.Dispose();
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
