using System;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>Whose an entry is.</summary>
public enum EntryOwner
{
    /// <summary>This connector wrote it, and may withdraw it.</summary>
    Connector = 0,

    /// <summary>Somebody else wrote it: an administrator, a script, another product. No sync touches it.</summary>
    Administrator = 1,
}

/// <summary>One entry of a mailbox's two personal lists, as the last complete read saw it or as it was written since.</summary>
public sealed record ConnectorExemption
{
    /// <summary>Primary SMTP address of the mailbox.</summary>
    public required string Mailbox { get; init; }

    /// <summary>EAS device id, spelled as Exchange holds it.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The list that holds it.</summary>
    public required EntryList List { get; init; }

    /// <summary>Whose it is.</summary>
    public required EntryOwner Owner { get; init; }

    /// <summary>False when the mailbox has no partnership with this id: the entry waits for a device that is gone, or never came.</summary>
    public bool DeviceExists { get; init; }

    /// <summary>
    /// When this connector wrote it, or when a complete read first saw an entry of somebody else, UTC. Null for an entry of somebody else that
    /// stood there before the connector's first read: nobody told when it was made.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When this was read, UTC.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Key of the mailbox.</summary>
    public Guid MailboxId { get; init; }
}

/// <summary>Which entries of the last complete read are asked for; null means any.</summary>
public sealed record ExemptionQuery
{
    /// <summary>Primary SMTP address of the mailbox, any of its names, or its Guid; without case, no wildcards.</summary>
    public string? Mailbox { get; init; }

    /// <summary>EAS device id, without case.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The list.</summary>
    public EntryList? List { get; init; }

    /// <summary>The owner.</summary>
    public EntryOwner? Owner { get; init; }

    /// <summary>Whether the mailbox has a partnership with the id.</summary>
    public bool? DeviceExists { get; init; }
}

/// <summary>An entry that somebody wants removed.</summary>
/// <param name="Exemption">The entry, with the owner that the ledger names now.</param>
/// <param name="WrittenAgain">Why the next sync would write it again and what to do about that; null when it would not.</param>
/// <param name="IsGone">True when the last complete read holds the entry no more.</param>
public sealed record ExemptionRemoval(ConnectorExemption Exemption, string? WrittenAgain, bool IsGone);
