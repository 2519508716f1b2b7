using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>What became of an object of the tenant's directory.</summary>
public enum TenantChangeKind
{
    Changed,

    /// <summary>It went where it may still be brought back from.</summary>
    Removed,

    /// <summary>It is gone for good.</summary>
    RemovedForGood,
}

/// <summary>A member that a group gained, or lost.</summary>
public sealed record TenantMembership(Guid Member, bool IsGroup, bool IsGone);

/// <summary>One change that the tenant's directory tells about.</summary>
/// <param name="Object">The object's id in the directory.</param>
/// <param name="Subject">A user, a group, or the managed device behind a device of the directory.</param>
/// <param name="Kind">What became of it.</param>
public sealed record TenantChange(Guid Object, object Subject, TenantChangeKind Kind = TenantChangeKind.Changed)
{
    /// <summary>The properties that changed, by their names in Graph; null for an object that is new.</summary>
    public IReadOnlyList<string>? Properties { get; init; }

    /// <summary>Of a group: who came and who went.</summary>
    public IReadOnlyList<TenantMembership> Members { get; init; } = [];
}
