using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>Opens and closes runspaces without blocking a thread of the caller.</summary>
internal static class RunspaceOpener
{
    /// <summary>How long a server may take to give a session, once it took the connection.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan s_closePatience = TimeSpan.FromSeconds(10);

    /// <summary>Opens a runspace.</summary>
    /// <param name="create">Makes the runspace.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The open runspace.</returns>
    /// <exception cref="ExchangeFaultException">It could not be opened.</exception>
    public static async Task<Runspace> OpenAsync(Func<Runspace> create, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Runspace? runspace = null;
        try
        {
            runspace = create();
            await OpenedAsync(runspace, time, cancellationToken).ConfigureAwait(false);
            return runspace;
        }
        catch (Exception exception)
        {
            // A session that nobody waits for any more would stay on the server until it has been idle for long enough.
            if (runspace is not null) await CloseAsync(runspace, time).ConfigureAwait(false);
            if (exception is OperationCanceledException or ExchangeFaultException) throw;
            throw new ExchangeFaultException(ExchangeFaults.OfOpening(exception), exception);
        }
    }

    /// <summary>Closes a runspace; how that ends interests nobody.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <returns>Completes when it is closed.</returns>
    public static Task CloseAsync(Runspace runspace) => Task.Run(() =>
    {
        try
        {
            runspace.Dispose();
        }
        catch (Exception gone) when (gone is RuntimeException or InvalidOperationException or System.IO.IOException or NotSupportedException)
        {
            // The other side is gone; there is nothing left to close.
        }
    });

    /// <summary>Closes a runspace and waits for that, but not for a server that hangs: it must not hold the connector's own end up.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Completes when it is closed, or after ten seconds.</returns>
    public static Task CloseAsync(Runspace runspace, TimeProvider time) => Task.WhenAny(CloseAsync(runspace), Clock.Delay(time, s_closePatience));

    private static async Task OpenedAsync(Runspace runspace, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State == RunspaceState.Opened) opened.TrySetResult(true);
            else if (change.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
            {
                opened.TrySetException(new ExchangeFaultException(ExchangeFaults.OfOpening(change.RunspaceStateInfo.Reason), change.RunspaceStateInfo.Reason));
            }
        };
        using (cancellationToken.Register(() => opened.TrySetCanceled(cancellationToken)))
        {
            runspace.OpenAsync();
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(opened.Task, Clock.Delay(time, Patience, late.Token)).ConfigureAwait(false) != opened.Task && !opened.Task.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ExchangeFaultException(new(ExchangeFaultKind.Unreachable, $"It took the connection and gave no session within {Patience.TotalSeconds:0} seconds."));
            }

            late.Cancel();
            await opened.Task.ConfigureAwait(false);
        }
    }
}
