using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Policy.Import;

/// <summary>A part of the tenant's old policy that can be left out of an import.</summary>
public enum PolicyImportPart
{
    /// <summary>Included and excluded groups.</summary>
    Group,

    /// <summary>Whether compliant devices are allowed whatever the default level.</summary>
    OverrideDefaultRule,

    /// <summary>The default access level.</summary>
    DefaultAccessLevel,

    /// <summary>The platform exceptions.</summary>
    AccessRule,

    /// <summary>The notice to users.</summary>
    NotificationContent,
}

/// <summary>What an import was asked for.</summary>
public sealed record PolicyImportRequest
{
    /// <summary>True to take the switch over as well; otherwise it stays as the connector has it.</summary>
    public bool IncludeEnabled { get; init; }

    /// <summary>True to leave out groups that no longer exist; otherwise they end the import.</summary>
    public bool SkipMissingGroup { get; init; }

    /// <summary>Parts that are left out.</summary>
    public IReadOnlyCollection<PolicyImportPart> Exclude { get; init; } = [];
}

/// <summary>What an import does to one setting.</summary>
public enum PolicyImportState
{
    /// <summary>The connector has it already.</summary>
    Same = 0,

    /// <summary>The import changes it.</summary>
    Change = 1,

    /// <summary>It is not taken over; the effect says why.</summary>
    NotImported = 2,
}

/// <summary>One line of an import's preview.</summary>
/// <param name="Connector">Name of the connector.</param>
/// <param name="Setting">The setting, by the name of its parameter, or the device access rule.</param>
/// <param name="Current">What the connector has, for people.</param>
/// <param name="Imported">What the tenant has, for people.</param>
/// <param name="State">What the import does.</param>
/// <param name="Effect">What the new value does to whom, or why it is not taken over.</param>
public sealed record PolicyImportItem(string Connector, string Setting, string Current, string Imported, PolicyImportState State, string Effect);

/// <summary>What an import would make of a connector's policy.</summary>
public sealed record PolicyImport
{
    /// <summary>The preview, one line for each setting and rule.</summary>
    public required IReadOnlyList<PolicyImportItem> Items { get; init; }

    /// <summary>The policy after the import.</summary>
    public required AccessPolicy Policy { get; init; }

    /// <summary>The device access rules that are looked after, after the import.</summary>
    public required IReadOnlyList<WantedAccessRule> Rules { get; init; }

    /// <summary>The policy that the import starts from.</summary>
    public required AccessPolicy PolicyBefore { get; init; }

    /// <summary>The device access rules that it starts from.</summary>
    public required IReadOnlyList<WantedAccessRule> RulesBefore { get; init; }

    /// <summary>Groups of the tenant's policy that exist.</summary>
    public IReadOnlyCollection<TenantGroup> Groups { get; init; } = [];

    /// <summary>Groups of the tenant's policy that exist no more and that nobody said to leave out: the import must not go on.</summary>
    public IReadOnlyList<string> MissingGroups { get; init; } = [];

    /// <summary>True where the import changes anything.</summary>
    public bool HasChanges => Items.Any(static item => item.State == PolicyImportState.Change);
}
