using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>Finds the mailbox that owns a partnership: by distinguished name, or by canonical name where the server gave no other.</summary>
public sealed class MailboxIndex
{
    private readonly IReadOnlyList<Mailbox> _mailboxes;
    private readonly Dictionary<string, int> _byDistinguishedName;
    private Dictionary<string, int>? _byCanonicalName;

    /// <summary>Indexes the mailboxes.</summary>
    /// <param name="mailboxes">The mailboxes, in any order.</param>
    public MailboxIndex(IReadOnlyList<Mailbox> mailboxes)
    {
        _mailboxes = mailboxes;
        _byDistinguishedName = new(mailboxes.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < mailboxes.Count; i++)
        {
            if (mailboxes[i].DistinguishedName is { Length: > 0 } name) _byDistinguishedName[name] = i;
        }
    }

    /// <summary>Finds the owner of a partnership.</summary>
    /// <param name="partnership">The partnership.</param>
    /// <returns>The mailbox's place in the list it was indexed from; -1 when it was not read.</returns>
    public int OwnerOf(EasPartnership partnership)
    {
        if (partnership.OwnerDistinguishedName is { Length: > 0 } name && _byDistinguishedName.TryGetValue(name, out var index)) return index;
        if (partnership.OwnerCanonicalName is { Length: > 0 } canonical && ByCanonicalName().TryGetValue(canonical, out index)) return index;
        return -1;
    }

    private Dictionary<string, int> ByCanonicalName()
    {
        if (_byCanonicalName is { } known) return known;
        var index = new Dictionary<string, int>(_mailboxes.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _mailboxes.Count; i++)
        {
            // Canonical names are not unique across forests; two of them name nobody.
            var name = _mailboxes[i].Identity;
            if (name.Length > 0) index[name] = index.ContainsKey(name) ? -1 : i;
        }

        return _byCanonicalName = index;
    }
}
