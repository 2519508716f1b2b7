using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>What the last complete read saw and what was decided on it, in brief: enough to tell what changed since.</summary>
public sealed record SnapshotMarks
{
    /// <summary>Every decided partnership, by its Guid.</summary>
    public required IReadOnlyDictionary<Guid, PartnershipMark> Partnerships { get; init; }

    /// <summary>The mark of every mailbox, by its Guid.</summary>
    public required IReadOnlyDictionary<Guid, long> Mailboxes { get; init; }
}

/// <summary>A decided partnership in brief.</summary>
/// <param name="Mark">Stands for everything that was read of it.</param>
/// <param name="MailboxId">Its mailbox; null where that was not read.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Conflict">What stands against it.</param>
/// <param name="HasUser">Whether its mailbox has a user in the tenant.</param>
public readonly record struct PartnershipMark(long Mark, Guid? MailboxId, AccessDecision Decision, AccessConflict Conflict, bool HasUser);
