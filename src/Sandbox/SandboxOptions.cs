using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox;

/// <summary>What a sandbox is made of.</summary>
public sealed record SandboxOptions
{
    public WorldOptions World { get; init; } = new();

    public ExchangeOptions Exchange { get; init; } = new();

    /// <summary>Folder to keep the state in; null takes a temporary one that goes with the sandbox.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Name that the addresses of this sandbox's servers share, at most 12 characters or so; null makes one up.</summary>
    public string? Instance { get; init; }

    /// <summary>Exchange sessions made ready ahead of the first connections.</summary>
    public int PreparedSessions { get; init; } = 1;
}
