using System;
using System.Threading;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>A clock on which the pauses between tries are over at once, while patience with a real server lasts as long as it says.</summary>
internal sealed class BriskTime : TimeProvider
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(9);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= s_longestPause ? TimeSpan.Zero : dueTime, period);
}
