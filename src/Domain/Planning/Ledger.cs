using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>The two personal lists of a mailbox.</summary>
public enum EntryList
{
    /// <summary>ActiveSyncAllowedDeviceIDs.</summary>
    Allowed = 0,

    /// <summary>ActiveSyncBlockedDeviceIDs.</summary>
    Blocked = 1,
}

/// <summary>One entry that this connector wrote.</summary>
public sealed record LedgerEntry
{
    /// <summary>The mailbox.</summary>
    public required Guid MailboxId { get; init; }

    /// <summary>The id as it was written.</summary>
    public required EasDeviceId DeviceId { get; init; }

    /// <summary>The list.</summary>
    public required EntryList List { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The run that wrote it.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The first complete read in which its partnership was gone, UTC; null while the partnership exists.</summary>
    public DateTimeOffset? MissingSince { get; init; }
}

/// <summary>
/// The record of which entries this connector wrote. An entry that is not in it belongs to an administrator, also where an identical one
/// would have been written.
/// </summary>
public sealed class Ledger
{
    private static readonly IReadOnlyList<LedgerEntry> s_none = [];
    private readonly Dictionary<Guid, List<LedgerEntry>> _byMailbox = [];

    /// <summary>Indexes the entries.</summary>
    /// <param name="entries">The entries, in any order.</param>
    public Ledger(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!_byMailbox.TryGetValue(entry.MailboxId, out var own)) _byMailbox.Add(entry.MailboxId, own = new(1));
            own.Add(entry);
            Count++;
        }
    }

    /// <summary>A ledger without entries.</summary>
    public static Ledger Empty { get; } = new([]);

    /// <summary>Number of entries.</summary>
    public int Count { get; }

    /// <summary>The mailboxes that have entries.</summary>
    public IReadOnlyCollection<Guid> Mailboxes => _byMailbox.Keys;

    /// <summary>The entries of one mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <returns>Its entries; empty when it has none.</returns>
    public IReadOnlyList<LedgerEntry> Of(Guid mailbox) => _byMailbox.TryGetValue(mailbox, out var own) ? own : s_none;

    /// <summary>Finds one entry.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="list">The list.</param>
    /// <param name="id">The id, in any case.</param>
    /// <returns>The entry; null when this connector did not write it.</returns>
    public LedgerEntry? Find(Guid mailbox, EntryList list, EasDeviceId id)
    {
        var own = Of(mailbox);
        for (var i = 0; i < own.Count; i++)
        {
            if (own[i].List == list && own[i].DeviceId == id) return own[i];
        }

        return null;
    }
}
