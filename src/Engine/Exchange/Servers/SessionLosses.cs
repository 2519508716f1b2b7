using System.Threading;

namespace IntuneExchangeConnector.Engine.Exchange.Servers;

/// <summary>
/// Counts how often in a row the server in use broke a session under a command. What takes several sessions at once, as an application pool that is recycled, happened once:
/// only a session that was opened after a loss can tell of the next one. Safe for several lanes.
/// </summary>
internal sealed class SessionLosses
{
    // A server that gives sessions and drops each under its first commands is no better than one that gives none.
    private const int Bearable = 3;

    private readonly object _gate = new();
    private int _inARow;
    private int _counted;

    /// <summary>Losses that were counted so far; whoever opens a session keeps the number.</summary>
    public int Counted => Volatile.Read(ref _counted);

    /// <summary>A command was answered.</summary>
    public void Forget()
    {
        lock (_gate) _inARow = 0;
    }

    /// <summary>A session broke under a command.</summary>
    /// <param name="openedAfter">The losses that were counted when it was opened.</param>
    /// <returns>True when these are as many as nobody should bear; the next server begins anew.</returns>
    public bool Add(int openedAfter)
    {
        lock (_gate)
        {
            if (openedAfter != _counted) return false;
            _counted++;
            if (++_inARow < Bearable) return false;
            _inARow = 0;
            return true;
        }
    }
}
