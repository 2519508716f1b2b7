using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>One partnership joined with its managed device and the decision, as the last complete read saw it.</summary>
public sealed record ConnectorDevice
{
    /// <summary>Primary SMTP address of the mailbox; the partnership's identity where the mailbox was not read.</summary>
    public required string Mailbox { get; init; }

    /// <summary>EAS device id.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Device type as presented.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>Device model as presented; null when never told.</summary>
    public string? DeviceModel { get; init; }

    /// <summary>Exchange's access state.</summary>
    public ExchangeAccessState ExchangeState { get; init; }

    /// <summary>Exchange's reason, in its own word.</summary>
    public string? ExchangeReason { get; init; }

    /// <summary>Graph's id of the managed device; null when none matched.</summary>
    public string? ManagedDeviceId { get; init; }

    /// <summary>Its compliance; null when none matched.</summary>
    public ComplianceState? ComplianceState { get; init; }

    /// <summary>The decision.</summary>
    public AccessDecision Decision { get; init; }

    /// <summary>Its reason.</summary>
    public AccessReason Reason { get; init; }

    /// <summary>What stands against it.</summary>
    public AccessConflict Conflict { get; init; }

    /// <summary>Last check-in of the managed device with Intune, UTC; null when none matched.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>When this was read, UTC.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Key of the partnership.</summary>
    public Guid PartnershipId { get; init; }

    /// <summary>Key of the mailbox; null where it was not read.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>What the mailbox remembers of the device; null unless it was asked for.</summary>
    public DeviceStatistics? Statistics { get; init; }

    /// <summary>The changes of id that this device is the old or the new side of; empty where there is none, or nobody asked.</summary>
    public IReadOnlyList<DeviceIdChange> IdChanges { get; init; } = [];

    /// <summary>The id that this one took the place of; null when none.</summary>
    public string? Replaces => IdChanges.FirstOrDefault(change => change.NewPartnershipId == PartnershipId)?.OldDeviceId.Value;

    /// <summary>The id that took the place of this one; null when none.</summary>
    public string? ReplacedBy => IdChanges.FirstOrDefault(change => change.OldPartnershipId == PartnershipId)?.NewDeviceId.Value;

    /// <summary>User principal name of the tenant's user; null when none was found.</summary>
    public string? UserPrincipalName { get; init; }
}
