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
    /// <summary>Opens a runspace.</summary>
    /// <param name="create">Makes the runspace.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The open runspace.</returns>
    /// <exception cref="ExchangeFaultException">It could not be opened.</exception>
    public static async Task<Runspace> OpenAsync(Func<Runspace> create, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Runspace? runspace = null;
        try
        {
            runspace = create();
            await OpenedAsync(runspace, cancellationToken).ConfigureAwait(false);
            return runspace;
        }
        catch (Exception exception)
        {
            if (runspace is not null) CloseInBackground(runspace);
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

    private static async Task OpenedAsync(Runspace runspace, CancellationToken cancellationToken)
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
            await opened.Task.ConfigureAwait(false);
        }
    }

    private static void CloseInBackground(Runspace runspace) => _ = CloseAsync(runspace);
}
