using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>
/// A cmdlet that waits for the engine. This is the only place where synchronous code waits for asynchronous code:
/// <code>
///   pipeline thread   RunEngine ──► pump: output, progress, lent actions ──► result or error record
///                        │              ▲
///   thread pool          └─► engine ────┘
/// </code>
/// Ctrl+C cancels the engine's token; the command ends when the engine has ended, so that nothing goes on behind the prompt.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private PipelineThread? _pipeline;

    /// <summary>Ends when the command is stopped.</summary>
    private protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C met a command that had just ended.
        }
    }

    /// <summary>Runs engine work on the thread pool and speaks for it meanwhile.</summary>
    /// <typeparam name="T">What it returns; a domain type.</typeparam>
    /// <param name="sessions">Sessions that the caller lends; empty for none.</param>
    /// <param name="work">The work.</param>
    /// <returns>What it returned.</returns>
    private protected T RunEngine<T>(IReadOnlyList<object> sessions, Func<CallerShell, ISyncConsole, CancellationToken, Task<T>> work)
    {
        var pipeline = new PipelineThread();
        _pipeline = pipeline;
        using var console = new CmdletConsole(this, pipeline, ModuleClock.System);
        var shell = new CallerShell(sessions, pipeline.RunAsync) { Version = ShellVersionOf(this) };
        var token = _stopping.Token;

        // Started on the pool, so that the host's synchronization context is captured nowhere.
        var worker = Task.Run(() => work(shell, console, token), CancellationToken.None);
        worker.ContinueWith(
            (_, state) => ((PipelineThread)state!).Complete(),
            pipeline,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        try
        {
            pipeline.Pump();
        }
        catch
        {
            // Whoever reads our output has gone away. The engine is told, and waited for.
            StopProcessing();
            pipeline.Abandon();
            Outcome(worker);
            throw;
        }

        console.Finish();
        return Outcome(worker) is { } failure ? throw Translate(failure) : worker.GetAwaiter().GetResult();
    }

    /// <summary>Runs engine work that returns nothing.</summary>
    /// <param name="sessions">Sessions that the caller lends; empty for none.</param>
    /// <param name="work">The work.</param>
    private protected void RunEngine(IReadOnlyList<object> sessions, Func<CallerShell, ISyncConsole, CancellationToken, Task> work) =>
        RunEngine(sessions, async (shell, console, token) =>
        {
            await work(shell, console, token).ConfigureAwait(false);
            return true;
        });

    /// <summary>Writes an object while the engine works; any thread. What goes wrong further down the pipeline is the pipeline's failure, not the engine's.</summary>
    /// <param name="value">The object.</param>
    /// <returns>Completes when the pipeline has taken it; is cancelled when nobody takes it any more.</returns>
    private protected async Task EmitAsync(object value)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (StopToken.Register(() => taken.TrySetCanceled()))
        {
            _pipeline!.Post(() =>
            {
                WriteObject(value);
                taken.TrySetResult(true);
            });
            await taken.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Runs engine work that returns at once, on the calling thread.</summary>
    /// <typeparam name="T">What it returns; a domain type.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>What it returned.</returns>
    private protected T AskEngine<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (!Errors.IsControlFlow(e))
        {
            throw Translate(e);
        }
    }

    // Never returns normally for what people are told about: ThrowTerminatingError throws by itself.
    private Exception Translate(Exception failure)
    {
        if (failure is OperationCanceledException && _stopping.IsCancellationRequested) return new PipelineStoppedException();
        if (Errors.IsControlFlow(failure)) return failure;
        ThrowTerminatingError(Errors.From(failure));
        return failure;
    }

    private static ShellVersion? ShellVersionOf(PSCmdlet cmdlet) =>
        cmdlet.GetVariableValue("PSVersionTable") is Hashtable table && table["PSVersion"]?.ToString() is { } version
            ? new ShellVersion(version, table["PSEdition"]?.ToString() ?? "Desktop")
            : null;

    private static Exception? Outcome(Task worker)
    {
        try
        {
            worker.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
