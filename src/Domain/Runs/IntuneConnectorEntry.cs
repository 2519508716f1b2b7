using System;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>The entry of an Exchange connector that Intune still lists for the organisation. Nothing of a run depends on it.</summary>
public sealed record IntuneConnectorEntry
{
    /// <summary>Its id in the tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Computer that the entry says the connector runs on; empty where it does not say.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Exchange server of the entry; empty where it does not say.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>Exchange organisation of the entry; empty where it does not say.</summary>
    public string Organization { get; init; } = string.Empty;

    /// <summary>What Intune calls its state: <c>connected</c>, <c>disconnected</c> and others.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>Version of the connector that made it; empty where it does not say.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>When Intune says that it was synchronised last, UTC; null for never.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>When the entry was read, UTC.</summary>
    public DateTimeOffset AsOf { get; init; }
}
