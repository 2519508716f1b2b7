using System.Collections.Concurrent;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What every request shares.</summary>
internal sealed record GraphContext(string BaseAddress, WorldState State, GraphEndpointOptions Options, TokenIssuer Issuer, GraphFaults Faults, GraphRequestLog Requests)
{
    public GroupMembers Members { get; } = new(State);

    public GraphThrottle Throttle { get; } = new(Options);

    public OverviewCounter Overview { get; } = new(Options);

    /// <summary>The syncs that were asked for, oldest first.</summary>
    public IReadOnlyCollection<GraphSyncRequest> SyncRequests => _syncRequests;

    private readonly ConcurrentQueue<GraphSyncRequest> _syncRequests = [];

    public void Note(GraphSyncRequest request) => _syncRequests.Enqueue(request);

    /// <summary>Links to changes that were given out by then are good no longer.</summary>
    public System.DateTimeOffset DeltasFrom { get; set; } = System.DateTimeOffset.MinValue;
}
