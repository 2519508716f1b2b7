using System;
using System.Globalization;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>How far a remote wipe is. Exchange knows what it asked and what the device answered, never what the device did.</summary>
public enum DeviceWipeStatus
{
    /// <summary>None is asked for.</summary>
    None = 0,

    /// <summary>Asked for; the device is told at its next sync.</summary>
    Requested = 1,

    /// <summary>The device was told and has not answered.</summary>
    Sent = 2,

    /// <summary>The device said that it received the order.</summary>
    Acknowledged = 3,

    /// <summary>The request was taken back.</summary>
    Cancelled = 4,

    /// <summary>The device takes no such order.</summary>
    NotSupported = 5,
}

/// <summary>What the mailbox remembers of one kind of wipe.</summary>
public sealed record WipeProgress
{
    /// <summary>A wipe that nobody asked for.</summary>
    public static WipeProgress None { get; } = new();

    /// <summary>When it was asked for, UTC.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When the device was told, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the device answered, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who asked; null when the server does not tell.</summary>
    public string? Requestor { get; init; }

    /// <summary>How far it is. What is older than the request belongs to an earlier one.</summary>
    public DeviceWipeStatus Status =>
        Follows(AcknowledgedAt) ? DeviceWipeStatus.Acknowledged
        : Follows(SentAt) ? DeviceWipeStatus.Sent
        : RequestedAt is not null ? DeviceWipeStatus.Requested
        : DeviceWipeStatus.None;

    private bool Follows(DateTimeOffset? at) => at is { } instant && (RequestedAt is not { } asked || instant >= asked);
}

/// <summary>
/// What the mailbox itself remembers of a partnership. It is believed for times and wipes; for the access state the directory's object is,
/// because the two are known to differ.
/// </summary>
public sealed record DeviceStatistics
{
    /// <summary>Primary SMTP address of the mailbox.</summary>
    public string Mailbox { get; init; } = string.Empty;

    /// <summary>EAS device id.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Device type as presented.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>Key of the partnership; null when the server does not tell.</summary>
    public Guid? PartnershipId { get; init; }

    /// <summary>Last sync that succeeded, UTC; null when none did.</summary>
    public DateTimeOffset? LastSuccessSync { get; init; }

    /// <summary>Last attempt at a sync, UTC; null when there was none.</summary>
    public DateTimeOffset? LastSyncAttempt { get; init; }

    /// <summary>The device's state in Exchange's own word, as <c>DeviceOk</c>; null when it does not tell.</summary>
    public string? Status { get; init; }

    /// <summary>How much of the mailbox policy is applied, in Exchange's own word; null when it does not tell.</summary>
    public string? PolicyStatus { get; init; }

    /// <summary>Name of the mailbox policy that is applied; null when none is.</summary>
    public string? PolicyApplied { get; init; }

    /// <summary>Folders that the device syncs; null when Exchange does not tell.</summary>
    public int? NumberOfFolders { get; init; }

    /// <summary>False when the device takes no order to wipe itself.</summary>
    public bool IsRemoteWipeSupported { get; init; } = true;

    /// <summary>The wipe of the whole device.</summary>
    public WipeProgress Wipe { get; init; } = WipeProgress.None;

    /// <summary>The wipe of the account's data alone.</summary>
    public WipeProgress AccountOnlyWipe { get; init; } = WipeProgress.None;

    /// <summary>How far the wipe is that was asked for last.</summary>
    public DeviceWipeStatus WipeStatus => LastWipe.Status;

    /// <summary>True when the wipe that was asked for last is of the account's data alone.</summary>
    public bool IsAccountOnlyWipe => AccountOnlyWipe.RequestedAt is { } own && (Wipe.RequestedAt is not { } whole || own > whole);

    /// <summary>The wipe that was asked for last.</summary>
    public WipeProgress LastWipe => IsAccountOnlyWipe ? AccountOnlyWipe : Wipe;

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}, {1}",
        LastSuccessSync is { } sync ? sync.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : "never synced",
        WipeStatus == DeviceWipeStatus.None ? Status ?? "state unknown" : "wipe " + WipeStatus);
}
