using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Settings;

/// <summary>What is changed about the servers that take over. What is null stays as it is.</summary>
public sealed record FailoverChange
{
    /// <summary>On or off.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The server that is tried first; an empty text for the one that the connector was installed with.</summary>
    public string? PreferredServer { get; init; }

    /// <summary>Servers that are never tried; empty for none.</summary>
    public IReadOnlyList<string>? ExcludedServers { get; init; }
}
