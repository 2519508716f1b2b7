using System;
using System.Threading;

namespace IntuneExchangeConnector.Engine.Timing;

/// <summary>
/// Ends an attempt in which nothing has arrived for a while. It measures silence and not length: a large answer on a slow line is well as
/// long as it keeps coming.
/// </summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeSpan _limit;

    /// <summary>Starts watching.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">Silence that ends the attempt.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    public IdleWatch(TimeProvider time, TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(static state => ((IdleWatch)state!).Expire(), this, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the attempt has to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Something arrived.</summary>
    public void Touch() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Expire()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in the same moment.
        }
    }
}
