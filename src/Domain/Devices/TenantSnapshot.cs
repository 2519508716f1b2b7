using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>What one read of the tenant saw.</summary>
public sealed record TenantSnapshot
{
    /// <summary>Every managed device, in any order.</summary>
    public required IReadOnlyList<ManagedDevice> ManagedDevices { get; init; }

    /// <summary>Every user, in any order.</summary>
    public required IReadOnlyList<TenantUser> Users { get; init; }

    /// <summary>Ids of the members of the included groups; null when every user is included.</summary>
    public required IReadOnlyCollection<Guid>? IncludedUsers { get; init; }

    /// <summary>Ids of the members of the excluded groups.</summary>
    public required IReadOnlyCollection<Guid> ExcludedUsers { get; init; }

    /// <summary>How many devices Intune itself counts; null where it gave no count.</summary>
    public int? CountedDevices { get; init; }

    /// <summary>Rows that could not be read; each is reported.</summary>
    public IReadOnlyList<UnreadableRow> Unreadable { get; init; } = [];

    /// <summary>Null when the end of every list was seen; otherwise what was cut.</summary>
    public string? Incomplete { get; init; }
}
