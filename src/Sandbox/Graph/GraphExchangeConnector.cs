using System;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The tenant's row of an old connector. What is null comes from the world.</summary>
public sealed record GraphExchangeConnector(string Id)
{
    /// <summary>none, connectionPending, connected or disconnected.</summary>
    public string Status { get; init; } = "disconnected";

    public DateTimeOffset LastSync { get; init; } = new(2024, 2, 19, 3, 0, 0, TimeSpan.Zero);

    public string? ServerName { get; init; }

    public string? ConnectorServerName { get; init; }

    public string? ExchangeAlias { get; init; }

    public string? ExchangeOrganization { get; init; }

    public string Version { get; init; } = "5.0.21972.0";

    /// <summary>onPremises, hosted, serviceToService or dedicated.</summary>
    public string Type { get; init; } = "onPremises";

    public string? PrimarySmtpAddress { get; init; }
}

/// <summary>A sync that a client asked an old connector for. Nobody carries it out.</summary>
/// <param name="Connector">Id of the connector.</param>
/// <param name="SyncType">fullSync or deltaSync.</param>
/// <param name="At">When.</param>
public sealed record GraphSyncRequest(string Connector, string SyncType, DateTimeOffset At);
