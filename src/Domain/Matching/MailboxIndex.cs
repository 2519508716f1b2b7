using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>Finds mailboxes by the names that partnerships and users carry: the distinguished name, or the canonical one where the server gave no other.</summary>
public sealed class MailboxIndex
{
    private readonly Dictionary<string, int> _byDistinguishedName;
    private Dictionary<string, int>? _byCanonicalName;

    /// <summary>Indexes the mailboxes.</summary>
    /// <param name="mailboxes">The mailboxes, in any order.</param>
    public MailboxIndex(IReadOnlyList<Mailbox> mailboxes)
    {
        Mailboxes = mailboxes;
        _byDistinguishedName = new(mailboxes.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < mailboxes.Count; i++)
        {
            if (mailboxes[i].DistinguishedName is { Length: > 0 } name) _byDistinguishedName[name] = i;
        }
    }

    /// <summary>The mailboxes, in the order they were given.</summary>
    public IReadOnlyList<Mailbox> Mailboxes { get; }

    /// <summary>Finds a mailbox by its distinguished name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The mailbox's place; -1 when there is none.</returns>
    public int ByDistinguishedName(string name) => _byDistinguishedName.TryGetValue(name, out var place) ? place : -1;

    /// <summary>Finds the owner of a partnership.</summary>
    /// <param name="partnership">The partnership.</param>
    /// <returns>The mailbox's place; -1 when it was not read.</returns>
    public int OwnerOf(EasPartnership partnership)
    {
        if (partnership.OwnerDistinguishedName is { Length: > 0 } name && _byDistinguishedName.TryGetValue(name, out var place)) return place;
        if (partnership.OwnerCanonicalName is { Length: > 0 } canonical && ByCanonicalName().TryGetValue(canonical, out place)) return place;
        return -1;
    }

    private Dictionary<string, int> ByCanonicalName()
    {
        if (_byCanonicalName is { } known) return known;
        var index = new Dictionary<string, int>(Mailboxes.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Mailboxes.Count; i++)
        {
            // Canonical names are not unique across forests; two of them name nobody.
            var name = Mailboxes[i].Identity;
            if (name.Length > 0) index[name] = index.ContainsKey(name) ? -1 : i;
        }

        return _byCanonicalName = index;
    }
}
