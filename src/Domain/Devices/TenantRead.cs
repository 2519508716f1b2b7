using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>What a read of the tenant brought.</summary>
public sealed record TenantRead
{
    /// <summary>The tenant as it is now, complete unless it says otherwise.</summary>
    public required TenantSnapshot Tenant { get; init; }

    /// <summary>What to remember of it, where it was read to its end.</summary>
    public required TenantMemory Memory { get; init; }

    /// <summary>True where every list was read anew; false where anything in it was only remembered.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>What changed since the remembered read; null where a list was read anew and anything in it may have changed.</summary>
    public TenantChanges? Changes { get; init; }
}

/// <summary>Rows of the tenant that are not what they were.</summary>
public sealed record TenantChanges
{
    /// <summary>Users, as they were and as they are; a null stands for one that was not there, or is gone.</summary>
    public required IReadOnlyList<RowChange<TenantUser>> Users { get; init; }

    /// <summary>Managed devices, likewise.</summary>
    public required IReadOnlyList<RowChange<ManagedDevice>> Devices { get; init; }

    /// <summary>Users whom the policy's groups include or exclude otherwise than before, as far as they are users of the tenant.</summary>
    public required IReadOnlyList<TenantUser> Memberships { get; init; }

    /// <summary>True when the members of a group, or the groups in it, were read anew.</summary>
    public bool GroupsChanged { get; init; }

    /// <summary>True when nothing changed.</summary>
    public bool IsEmpty => Users.Count == 0 && Devices.Count == 0 && Memberships.Count == 0;
}

/// <summary>One row before and after.</summary>
/// <typeparam name="T">The row.</typeparam>
/// <param name="Before">As it was; null for a new one.</param>
/// <param name="After">As it is; null for one that is gone.</param>
public readonly record struct RowChange<T>(T? Before, T? After)
    where T : class;
