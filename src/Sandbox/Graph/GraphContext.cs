using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What every request shares.</summary>
internal sealed record GraphContext(string BaseAddress, WorldState State, GraphEndpointOptions Options, TokenIssuer Issuer, GraphFaults Faults, GraphRequestLog Requests)
{
    public GroupMembers Members { get; } = new(State);
}
