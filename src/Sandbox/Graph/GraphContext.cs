using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What every request shares.</summary>
internal sealed record GraphContext(string BaseAddress, WorldState State, GraphEndpointOptions Options, TokenIssuer Issuer, GraphFaults Faults, GraphRequestLog Requests)
{
    public GroupMembers Members { get; } = new(State);

    /// <summary>Links to changes that were given out by then are good no longer.</summary>
    public System.DateTimeOffset DeltasFrom { get; set; } = System.DateTimeOffset.MinValue;
}
