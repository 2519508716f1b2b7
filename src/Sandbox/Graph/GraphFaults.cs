using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// The schedule of faults. A fault for the n-th request of a route counts from the endpoint's start, from 1; where both say
/// something about a request, the scheduled fault wins over the standing one.
/// </summary>
public sealed class GraphFaults
{
    private readonly object _gate = new();
    private readonly Dictionary<GraphRoute, int> _seen = [];
    private readonly Dictionary<(GraphRoute Route, int Number), GraphFault> _scheduled = [];
    private readonly Dictionary<GraphRoute, GraphFault> _standing = [];

    /// <summary>The n-th request of the route goes wrong.</summary>
    public GraphFaults At(GraphRoute route, int number, GraphFault fault)
    {
        lock (_gate) _scheduled[(route, number)] = fault;
        return this;
    }

    /// <summary>The next requests of the route go wrong, one after the other; null lets one pass.</summary>
    public GraphFaults Next(GraphRoute route, params IReadOnlyList<GraphFault?> faults)
    {
        lock (_gate)
        {
            int seen = _seen.GetValueOrDefault(route);
            for (int i = 0; i < faults.Count; i++)
            {
                if (faults[i] is { } fault) _scheduled[(route, seen + 1 + i)] = fault;
            }
        }

        return this;
    }

    /// <summary>Every request of the route goes wrong until <see cref="Clear"/>.</summary>
    public GraphFaults Always(GraphRoute route, GraphFault fault)
    {
        lock (_gate) _standing[route] = fault;
        return this;
    }

    public void Clear()
    {
        lock (_gate)
        {
            _scheduled.Clear();
            _standing.Clear();
        }
    }

    internal GraphFault? Take(GraphRoute route)
    {
        lock (_gate)
        {
            int number = _seen[route] = _seen.GetValueOrDefault(route) + 1;
            return _scheduled.Remove((route, number), out GraphFault? fault) ? fault : _standing.GetValueOrDefault(route);
        }
    }
}
