using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>
/// The thread that owns the caller's runspace, as a queue of actions. PowerShell accepts output only on that thread, so the engine's
/// threads queue what they have to say and the cmdlet pumps it in the order in which it came.
/// </summary>
internal sealed class PipelineThread
{
    private readonly object _gate = new();
    private readonly Queue<Item> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _completed;
    private bool _abandoned;

    private readonly record struct Item(Action Run, TaskCompletionSource<bool>? Done);

    /// <summary>Queues an action whose end nobody waits for; on the pipeline thread it runs at once.</summary>
    /// <param name="action">The action.</param>
    public void Post(Action action)
    {
        if (IsCurrent)
        {
            action();
        }
        else
        {
            Enqueue(new Item(action, null));
        }
    }

    /// <summary>Queues an action; on the pipeline thread it runs at once.</summary>
    /// <param name="action">The action.</param>
    /// <returns>Completes when it has ended, fails as it failed, and is cancelled when the command stopped before.</returns>
    public Task RunAsync(Action action)
    {
        // Without this option the engine would continue on the pipeline thread, inside the pump.
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var item = new Item(action, done);
        if (IsCurrent)
        {
            Run(item);
        }
        else if (!Enqueue(item))
        {
            done.TrySetCanceled();
        }

        return done.Task;
    }

    /// <summary>Runs what is queued until <see cref="Complete"/>; only on the pipeline thread.</summary>
    public void Pump()
    {
        while (Dequeue() is { } item) Run(item);
    }

    /// <summary>Ends the pump when the queue is empty.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Drops what is queued and what is still to come: nobody listens any more.</summary>
    public void Abandon()
    {
        Item[] dropped;
        lock (_gate)
        {
            _abandoned = true;
            dropped = _queue.ToArray();
            _queue.Clear();
        }

        foreach (var item in dropped) item.Done?.TrySetCanceled();
    }

    private bool IsCurrent => Environment.CurrentManagedThreadId == _thread;

    // A lent action's failure belongs to whoever lent it; a posted one's is the pipeline's own, as when downstream has stopped.
    private static void Run(Item item)
    {
        if (item.Done is null)
        {
            item.Run();
            return;
        }

        try
        {
            item.Run();
            item.Done.TrySetResult(true);
        }
        catch (Exception e)
        {
            item.Done.TrySetException(e);
        }
    }

    private bool Enqueue(Item item)
    {
        lock (_gate)
        {
            if (_abandoned || _completed) return false;
            _queue.Enqueue(item);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private Item? Dequeue()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_completed) return null;
                Monitor.Wait(_gate);
            }

            return _queue.Dequeue();
        }
    }
}
