using System;
using System.Threading;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>The process was killed: from here on nothing of it reaches the world or the disk.</summary>
internal sealed class KilledException : Exception;

/// <summary>Counts the moments at which a process can die and kills it at the chosen one.</summary>
internal sealed class KillSwitch(int? at)
{
    private readonly Lock _gate = new();
    private int _moments;
    private bool _dead;

    public int Moments => _moments;

    /// <summary>A moment between two effects. Dead processes pass none.</summary>
    public void Pass()
    {
        lock (_gate)
        {
            if (!_dead && _moments++ != at) return;
            _dead = true;
            throw new KilledException();
        }
    }
}
