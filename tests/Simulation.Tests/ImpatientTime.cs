using System;
using System.Threading;
using Microsoft.Extensions.Time.Testing;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>A clock that only tests move, but on which nobody waits: whoever asks to be woken later is woken at once, and it is later.</summary>
internal sealed class ImpatientTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromHours(1)) Advance(dueTime);
        return timer;
    }
}
