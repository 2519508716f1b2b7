using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Prerequisites;

/// <summary>One cmdlet of a management role.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Parameters">Its parameters, sorted; no other stays in the role.</param>
public sealed record RoleEntry(string Cmdlet, IReadOnlyList<string> Parameters);

/// <summary>A management role to create.</summary>
/// <param name="Name">Its name, 64 characters at most.</param>
/// <param name="Parent">The built-in role that it is a copy of.</param>
/// <param name="Entries">What stays in it, sorted by cmdlet.</param>
public sealed record RoleDefinition(string Name, string Parent, IReadOnlyList<RoleEntry> Entries);

/// <summary>
/// The role group that lets an account do what the connector does, and nothing else. It is a proposal: whoever administers Exchange reads
/// the script and runs it.
/// </summary>
public sealed record RoleGroupDefinition
{
    /// <summary>Name of the role group.</summary>
    public required string RoleGroup { get; init; }

    /// <summary>The account that becomes a member; null for none.</summary>
    public string? Member { get; init; }

    /// <summary>The roles.</summary>
    public required IReadOnlyList<RoleDefinition> Roles { get; init; }

    /// <summary>The commands that create it, for the Exchange Management Shell.</summary>
    public required string Script { get; init; }

    /// <summary>The account's session that it was compared with; null where there was none.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>What the session lacks: cmdlets, and parameters as <c>Cmdlet -Parameter</c>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the session offers and the connector never uses: cmdlets, and parameters as <c>Cmdlet -Parameter</c>.</summary>
    public IReadOnlyList<string> Beyond { get; init; } = [];
}
