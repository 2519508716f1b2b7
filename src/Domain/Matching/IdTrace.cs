using System;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>What a partnership tells of the device behind its id: enough to see that another id is the same device.</summary>
public sealed record IdTrace
{
    /// <summary>Key of the partnership.</summary>
    public required Guid PartnershipId { get; init; }

    /// <summary>Key of its mailbox. An id never changes from one mailbox to another.</summary>
    public required Guid MailboxId { get; init; }

    /// <summary>The id.</summary>
    public required EasDeviceId DeviceId { get; init; }

    /// <summary>Device type as presented.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>Device model as presented; null when never told.</summary>
    public string? DeviceModel { get; init; }

    /// <summary>Operating system as presented; null when never told.</summary>
    public string? DeviceOS { get; init; }

    /// <summary>First sync, UTC; null when it never synced.</summary>
    public DateTimeOffset? FirstSync { get; init; }

    /// <summary>Last change of the directory object, UTC. A sync alone does not move it.</summary>
    public DateTimeOffset? WhenChanged { get; init; }

    /// <summary>Whether the mailbox was asked, and remembers the device.</summary>
    public bool HasStatistics { get; init; }

    /// <summary>Last sync or attempt at one, UTC, as the mailbox remembers; null when there was none.</summary>
    public DateTimeOffset? LastContact { get; init; }

    /// <summary>How the id and the tenant's managed devices were joined.</summary>
    public DeviceJoin Join { get; init; }

    /// <summary>Whether its managed device may still prove to be another user's: the decision was made before that was asked.</summary>
    public bool IsJoinOpen { get; init; }

    /// <summary>Graph's id of the managed device behind it; null when there is none.</summary>
    public string? ManagedDeviceId { get; init; }

    /// <summary>The same with what its mailbox remembers.</summary>
    /// <param name="statistics">The statistics; null when the mailbox does not remember the device.</param>
    /// <returns>The trace.</returns>
    public IdTrace With(DeviceStatistics? statistics) => statistics is null
        ? this
        : this with { HasStatistics = true, LastContact = Later(statistics.LastSuccessSync, statistics.LastSyncAttempt) };

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
