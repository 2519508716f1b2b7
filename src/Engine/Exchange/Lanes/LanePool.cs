using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Lanes;

/// <summary>
/// The lanes, handed out one command at a time. Where the connector opens its own sessions, a lane is opened when somebody waits and the width
/// allows one more; a lane that broke, or whose server failed or is no longer the one in use, is closed when it comes back. One that the width has no work for rests, unless
/// a refused session told that there are too many. Where none is left, one is opened alone: it tells whether there is a server, and whether the password is still right, before
/// anybody else tries; when it fails, so do all who wait.
/// </summary>
internal sealed class LanePool : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Queue<ExchangeLane> _free = new();
    private readonly LinkedList<TaskCompletionSource<ExchangeLane>> _waiting = new();
    private readonly HashSet<Task> _background = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<CancellationToken, Task<ExchangeLane>>? _open;
    private readonly Func<ExchangeLane, bool> _isWanted;
    private readonly LaneWidth _width;
    private int _busy;
    private int _opening;

    /// <summary>Creates a pool.</summary>
    /// <param name="width">How many lanes may work at once.</param>
    /// <param name="open">Opens one more lane; null where all there is was lent.</param>
    /// <param name="isWanted">Whether a lane may go on working.</param>
    public LanePool(LaneWidth width, Func<CancellationToken, Task<ExchangeLane>>? open, Func<ExchangeLane, bool> isWanted)
    {
        _width = width;
        _open = open;
        _isWanted = isWanted;
    }

    /// <summary>Number of lanes.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _free.Count + _busy;
        }
    }

    /// <summary>Whether somebody waits for a lane.</summary>
    public bool SomeoneWaits
    {
        get
        {
            lock (_gate) return _waiting.Count > 0;
        }
    }

    /// <summary>Takes in a lane that is open.</summary>
    /// <param name="lane">The lane.</param>
    public void Add(ExchangeLane lane)
    {
        lock (_gate)
        {
            _free.Enqueue(lane);
            Serve();
        }
    }

    /// <summary>Waits for a free lane.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lane; it is the caller's until it is returned.</returns>
    /// <exception cref="ExchangeFaultException">There is no lane, and none could be opened.</exception>
    public async Task<ExchangeLane> RentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var place = new TaskCompletionSource<ExchangeLane>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.AddLast(place);
            Serve();
        }

        using (cancellationToken.Register(() => Leave(place, cancellationToken)))
        {
            return await place.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Gives a lane back.</summary>
    /// <param name="lane">The lane.</param>
    public void Return(ExchangeLane lane)
    {
        lock (_gate)
        {
            _busy--;
            if (MayStay(lane)) _free.Enqueue(lane);
            else Retire(lane);
            Serve();
        }
    }

    /// <summary>Closes every lane, and waits for what is still under way in the background.</summary>
    /// <returns>Completes when nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
#if NET
        await _closing.CancelAsync().ConfigureAwait(false);
#else
        _closing.Cancel();
#endif

        // What was being opened when the end came is a session too, and arrives only now.
        while (TakeLeft() is { Length: > 0 } left)
        {
            foreach (var end in left)
            {
                // How what was broken off here ended interests nobody.
                await Task.WhenAny(end).ConfigureAwait(false);
            }
        }

        _closing.Dispose();
    }

    /// <summary>Does something beside the commands, until the pool is closed.</summary>
    /// <param name="work">The work; it fails for nobody.</param>
    public void RunBeside(Func<CancellationToken, Task> work)
    {
        lock (_gate) Track(Task.Run(() => work(_closing.Token)));
    }

    private Task[] TakeLeft()
    {
        lock (_gate)
        {
            while (_free.Count > 0) Retire(_free.Dequeue());
            return [.. _background];
        }
    }

    private void Serve()
    {
        while (_waiting.Count > 0 && Next() is { } lane)
        {
            var place = _waiting.First!.Value;
            _waiting.RemoveFirst();
            _busy++;
            if (place.TrySetResult(lane)) continue;
            _busy--;
            _free.Enqueue(lane);
        }

        if (_open is null) return;
        while (_opening < _waiting.Count && _opening < Room() && !_closing.IsCancellationRequested)
        {
            _opening++;
            Track(Task.Run(OpenAsync));
        }
    }

    // How many lanes may be on their way.
    private int Room() => _free.Count + _busy is > 0 and var open ? _width.Current - open : 1;

    private ExchangeLane? Next()
    {
        while (_free.Count > 0 && _busy < _width.Current)
        {
            var lane = _free.Dequeue();
            if (MayStay(lane)) return lane;
            Retire(lane);
        }

        return null;
    }

    // The last one that was lent stays, broken as it may be: its failure is what there is to tell.
    private bool MayStay(ExchangeLane lane) => _open is null
        ? !lane.IsLost || _free.Count + _busy == 0
        : !lane.IsBroken && _isWanted(lane) && _free.Count + _busy < _width.Ceiling;

    private async Task OpenAsync()
    {
        ExchangeLane? lane = null;
        Exception? failure = null;
        try
        {
            lane = await _open!(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_gate)
        {
            _opening--;
            if (lane is not null) _free.Enqueue(lane);
            else if (_free.Count + _busy > 0) Narrow(failure!);
            else if (_opening == 0 || IsRefusedSignIn(failure!)) Disappoint(failure!);
            Serve();
        }
    }

    // The others work on; opening one in place of each that failed would never end.
    private void Narrow(Exception failure)
    {
        if (_closing.IsCancellationRequested) return;
        var open = _free.Count + _busy;
        if (failure is ExchangeFaultException { Fault.Kind: ExchangeFaultKind.Throttled }) _width.Refused(open);
        else _width.NotOpened(open, forGood: IsRefusedSignIn(failure), failure.Message);
    }

    // Each further try is one more on the way to a locked account.
    private static bool IsRefusedSignIn(Exception failure) =>
        failure is ExchangeFaultException { Fault.Kind: ExchangeFaultKind.Authentication or ExchangeFaultKind.AccessDenied };

    private void Disappoint(Exception failure)
    {
        var places = _waiting.ToArray();
        _waiting.Clear();
        foreach (var place in places) place.TrySetException(failure);
    }

    private void Leave(TaskCompletionSource<ExchangeLane> place, CancellationToken cancellationToken)
    {
        lock (_gate) _waiting.Remove(place);
        place.TrySetCanceled(cancellationToken);
    }

    private void Retire(ExchangeLane lane)
    {
        if (_open is not null) Track(lane.DisposeAsync().AsTask());
    }

    private void Track(Task task)
    {
        if (task.IsCompleted) return;
        _background.Add(task);
        task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        void Ended(Task ended)
        {
            _ = ended.Exception;
            lock (_gate) _background.Remove(ended);
        }
    }
}
