using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>The lanes that are free, handed out in turn. A lane whose session is lost for good leaves, unless it is the last.</summary>
internal sealed class LanePool
{
    private readonly Queue<ExchangeLane> _free = new();
    private readonly SemaphoreSlim _available = new(0);
    private int _lanes;

    /// <summary>Number of lanes.</summary>
    public int Count
    {
        get
        {
            lock (_free) return _lanes;
        }
    }

    /// <summary>Takes in a new lane.</summary>
    /// <param name="lane">The lane.</param>
    public void Add(ExchangeLane lane)
    {
        lock (_free)
        {
            _lanes++;
            _free.Enqueue(lane);
        }

        _available.Release();
    }

    /// <summary>Waits for a free lane.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lane; it is the caller's until it is returned.</returns>
    public async Task<ExchangeLane> RentAsync(CancellationToken cancellationToken)
    {
        await _available.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_free) return _free.Dequeue();
    }

    /// <summary>Gives a lane back.</summary>
    /// <param name="lane">The lane.</param>
    public void Return(ExchangeLane lane)
    {
        lock (_free)
        {
            if (lane.IsLost && _lanes > 1)
            {
                _lanes--;
                return;
            }

            _free.Enqueue(lane);
        }

        _available.Release();
    }
}
