using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>
/// What is remembered of the tenant between runs: everything the last believed read saw, and from where to ask what changed since. It holds
/// facts only, never a decision.
/// </summary>
public sealed record TenantMemory
{
    /// <summary>Every user.</summary>
    public required IReadOnlyList<TenantUser> Users { get; init; }

    /// <summary>Every managed device.</summary>
    public required IReadOnlyList<ManagedDevice> Devices { get; init; }

    /// <summary>The policy's groups by their ids.</summary>
    public required IReadOnlyDictionary<Guid, GroupMembers> Groups { get; init; }

    /// <summary>From where to ask what changed.</summary>
    public required TenantCheckpoint Checkpoint { get; init; }
}

/// <summary>A group with everybody in it.</summary>
/// <param name="Users">Ids of the users in it, through groups in it too.</param>
/// <param name="NestedGroups">Ids of the groups in it, at any depth.</param>
public sealed record GroupMembers(IReadOnlyCollection<Guid> Users, IReadOnlyCollection<Guid> NestedGroups);

/// <summary>From where to ask a tenant what changed. A link that is missing means that its list has to be read whole.</summary>
public sealed record TenantCheckpoint
{
    /// <summary>How long Graph keeps what it needs to answer a link; after that only a whole read tells.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Which tenant was read and by which licence plans; what is remembered under another mark is of no use.</summary>
    public required string Mark { get; init; }

    /// <summary>When the last read began, UTC, by this computer's clock.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>The newest check-in that was seen, UTC, by Intune's clock; null for a tenant in which no device ever checked in.</summary>
    public DateTimeOffset? NewestCheckIn { get; init; }

    /// <summary>Where Entra tells which devices changed.</summary>
    public string? DeviceLink { get; init; }

    /// <summary>Where Entra tells which users changed.</summary>
    public string? UserLink { get; init; }

    /// <summary>Where Entra tells which groups changed; several, because one question may name fifty groups only. Null where it is not known.</summary>
    public IReadOnlyList<string>? GroupLinks { get; init; }

    /// <summary>By how much Intune's own count of managed devices exceeds the number listed; null where it gave none.</summary>
    public int? CountExcess { get; init; }

    /// <summary>Whether Graph may still be asked what changed.</summary>
    /// <param name="now">The instant, UTC.</param>
    /// <returns>False after a week, and for a checkpoint from the future.</returns>
    public bool IsAlive(DateTimeOffset now) => now - ReadAt < Lifetime && now >= ReadAt;
}
