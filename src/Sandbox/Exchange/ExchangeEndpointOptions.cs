namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>What an endpoint needs to know before its first session; everything else lies in the state folder.</summary>
public sealed record ExchangeEndpointOptions
{
    /// <summary>Folder with the world and <c>exchange.json</c>; every session process reads and writes there.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Name of the pipe that clients connect to; null makes one up.</summary>
    public string? PipeName { get; init; }

    /// <summary>Short name of the server that this endpoint stands for; null takes the organisation's first.</summary>
    public string? ServerName { get; init; }

    /// <summary>Session processes started ahead of the first connections, so that these need not wait for a start.</summary>
    public int PreparedSessions { get; init; } = 1;
}
