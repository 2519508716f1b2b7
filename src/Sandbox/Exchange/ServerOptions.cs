namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>Whether a server answers.</summary>
public enum ServerState
{
    Up,

    /// <summary>Nobody listens: connecting fails at once, and sessions that were open are gone at their next command.</summary>
    Down,

    /// <summary>Connections are taken and never answered, and neither are commands of sessions that were open, until the server is up again.</summary>
    Hanging,
}

/// <summary>How one server differs from the others.</summary>
public sealed record ServerOptions
{
    internal static ServerOptions Default { get; } = new();

    public ServerState State { get; init; }

    /// <summary>Stands instead of <see cref="ExchangeOptions.LatencyMilliseconds"/>; null for no difference.</summary>
    public int? LatencyMilliseconds { get; init; }

    /// <summary>Stands instead of <see cref="ExchangeOptions.SessionLimit"/>; null for no difference.</summary>
    public int? SessionLimit { get; init; }
}
