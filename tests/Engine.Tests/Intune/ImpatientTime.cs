using System;
using System.Collections.Generic;
using System.Threading;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>
/// A clock on which every wait is over at once and is remembered. Time limits are set far beyond <see cref="LongestWait"/>, so they
/// never strike here.
/// </summary>
internal sealed class ImpatientTime(DateTimeOffset now) : TimeProvider
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);

    private readonly object _gate = new();
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = now;

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate) return [.. _waits];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > LongestWait) return new Still();
        lock (_gate)
        {
            _waits.Add(dueTime);
            _now += dueTime;
        }

        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Still();
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate) _now += by;
    }

    private sealed class Still : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public System.Threading.Tasks.ValueTask DisposeAsync() => default;
    }
}
