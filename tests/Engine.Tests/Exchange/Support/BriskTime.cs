using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>
/// A clock on which the pauses between tries are over at once, while patience with a real server lasts as long as it says, or until a test loses it.
/// </summary>
internal sealed class BriskTime : TimeProvider
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Patience, byte> _patient = new();
    private long _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= s_longestPause ? TimeSpan.Zero : dueTime, period);
        return dueTime < s_patience ? timer : new Patience(this, timer);
    }

    /// <summary>Lets time pass for whoever looks how much of it did; nobody is woken.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

    /// <summary>Ends every wait of a minute or more that is under way; tells whether there was one.</summary>
    public bool LosePatience()
    {
        var any = false;
        foreach (var patience in _patient.Keys) any |= patience.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return any;
    }

    private sealed class Patience : ITimer
    {
        private readonly BriskTime _owner;
        private readonly ITimer _timer;

        public Patience(BriskTime owner, ITimer timer)
        {
            (_owner, _timer) = (owner, timer);
            owner._patient[this] = default;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer.Change(dueTime, period);

        public void Dispose()
        {
            _owner._patient.TryRemove(this, out _);
            _timer.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            _owner._patient.TryRemove(this, out _);
            await _timer.DisposeAsync();
        }
    }
}
