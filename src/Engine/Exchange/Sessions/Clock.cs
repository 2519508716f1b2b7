using System;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>Waits by the injected clock, under the name that each framework gives it.</summary>
internal static class Clock
{
    /// <summary>Waits.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the time has passed.</returns>
    public static Task Delay(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken = default) =>
#if NET
        Task.Delay(delay, time, cancellationToken);
#else
        time.Delay(delay, cancellationToken);
#endif
}
