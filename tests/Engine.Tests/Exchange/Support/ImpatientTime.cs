using System;
using System.Threading;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>A clock on which every wait is over at once: what waits between tries goes on trying.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
