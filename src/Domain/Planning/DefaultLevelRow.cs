using System;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>What a change of the organisation's default access level does to one partnership.</summary>
public enum DefaultLevelEffect
{
    /// <summary>It gets mail now and would lose it, because of the level alone.</summary>
    Hit = 0,

    /// <summary>It gets mail now and loses it at the next sync, whatever the level.</summary>
    DeniedAnyway = 1,

    /// <summary>The level would keep it out, and something else lets it in.</summary>
    Covered = 2,

    /// <summary>It would get mail because of the level alone.</summary>
    Admitted = 3,

    /// <summary>It gets no mail now, and none afterwards.</summary>
    AlreadyDenied = 4,

    /// <summary>It gets mail afterwards as well, and the level keeps nobody out.</summary>
    Unaffected = 5,
}

/// <summary>What decides for a partnership in place of the new default level.</summary>
public enum DefaultLevelCover
{
    /// <summary>Nothing: the default level decides.</summary>
    None = 0,

    /// <summary>An entry that this connector wrote.</summary>
    ConnectorEntry = 1,

    /// <summary>An administrator's own entry.</summary>
    AdministratorEntry = 2,

    /// <summary>An entry that the next sync writes.</summary>
    PlannedEntry = 3,

    /// <summary>A device access rule.</summary>
    DeviceRule = 4,

    /// <summary>EAS is switched off for the mailbox.</summary>
    ActiveSyncDisabled = 5,

    /// <summary>The default level that stands now.</summary>
    CurrentLevel = 6,
}

/// <summary>One partnership under another default access level.</summary>
public sealed record DefaultLevelRow
{
    /// <summary>Primary SMTP address of the mailbox; the partnership's identity where the mailbox was not read.</summary>
    public required string Mailbox { get; init; }

    /// <summary>EAS device id.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Device type as presented.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>Device model as presented; null when never told.</summary>
    public string? DeviceModel { get; init; }

    /// <summary>What Exchange gives it now.</summary>
    public required ExchangeAccessLevel Now { get; init; }

    /// <summary>What Exchange would give it after a full sync with the new level.</summary>
    public required ExchangeAccessLevel After { get; init; }

    /// <summary>What the change does to it.</summary>
    public required DefaultLevelEffect Effect { get; init; }

    /// <summary>What decides in place of the new level.</summary>
    public DefaultLevelCover Cover { get; init; }

    /// <summary>The same for people, with the rule's name; null where the level decides.</summary>
    public string? CoveredBy { get; init; }

    /// <summary>The connector's decision.</summary>
    public required AccessDecision Decision { get; init; }

    /// <summary>Its reason.</summary>
    public required AccessReason Reason { get; init; }

    /// <summary>Last sync that succeeded, as the mailbox remembers, UTC; null where it was not asked, or remembers none.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>True when it is hit and synced within the time that was asked for; null where nobody asked, or the mailbox did not answer.</summary>
    public bool? Grandfather { get; init; }

    /// <summary>Key of the partnership.</summary>
    public required Guid PartnershipId { get; init; }

    /// <summary>Key of the mailbox; null where it was not read.</summary>
    public Guid? MailboxId { get; init; }
}
