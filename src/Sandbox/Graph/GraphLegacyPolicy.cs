using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// What a tenant still holds of the connector that was: the row of the connector, the switch with its groups, the default level
/// with its platform exceptions and the text of the notice. Null group lists stand for the world's own target and exempt groups.
/// </summary>
public sealed record GraphLegacyPolicy
{
    public bool Enabled { get; init; } = true;

    public bool OverrideDefaultRule { get; init; } = true;

    public IReadOnlyList<Guid>? IncludedGroups { get; init; }

    public IReadOnlyList<Guid>? ExcludedGroups { get; init; }

    /// <summary>none, allow, block or quarantine.</summary>
    public string DefaultAccessLevel { get; init; } = "quarantine";

    /// <summary>The notice as HTML; null for none.</summary>
    public string? NotificationContent { get; init; } = "<p>Enrol your device to read mail.</p>";

    /// <summary>Name, type (family or model) and level of every exception.</summary>
    public IReadOnlyList<(string Name, string Type, string Level)> AccessRules { get; init; } =
        [("WP8", "family", "block"), ("SM-G991B", "model", "allow")];
}
