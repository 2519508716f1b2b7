using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>
/// Finds mailboxes by any form of identity. Each form has an index of its own, built when it is first asked for: most sessions
/// use one form, and an organisation may have a million mailboxes. Mailboxes come and go in no world, so no index goes stale.
/// </summary>
internal sealed class MailboxIndex
{
    private const int Ambiguous = -2;

    private readonly SandboxWorld _world;
    private readonly string _netBiosDomain;
    private readonly Lazy<Dictionary<Guid, int>> _byGuid;
    private readonly Lazy<Dictionary<string, int>> _byDistinguishedName;
    private readonly Lazy<Dictionary<string, int>> _byCanonicalName;
    private readonly Lazy<Dictionary<string, int>> _byAddress;
    private readonly Lazy<Dictionary<string, int>> _byName;
    private readonly Lazy<Dictionary<string, int>> _byLegacyName;

    public MailboxIndex(SandboxWorld world, ExchangeNames names)
    {
        _world = world;
        _netBiosDomain = names.NetBiosDomain;
        _byGuid = new(() =>
        {
            Dictionary<Guid, int> index = new(world.Mailboxes.Count);
            for (int i = 0; i < world.Mailboxes.Count; i++)
                index[world.Mailboxes[i].Guid] = i;
            return index;
        });
        _byDistinguishedName = new(() => Index(m => [m.DistinguishedName]));
        _byCanonicalName = new(() => Index(m => [m.Identity]));
        _byAddress = new(() => Index(Addresses));
        _byName = new(() => Index(m => [m.Alias, m.SamAccountName, m.DisplayName]));
        _byLegacyName = new(() => Index(m => [names.MailboxLegacyName(m)]));
    }

    /// <summary>The mailbox's place in the world, or -1 for none, or -2 for more than one.</summary>
    public int Find(string identity)
    {
        if (Guid.TryParse(identity, out Guid guid))
            return _byGuid.Value.GetValueOrDefault(guid, -1);

        // A name may hold any of the characters that tell the forms apart, so plain names come last, not never.
        int found = -1;
        if (identity.StartsWith("/o=", StringComparison.OrdinalIgnoreCase))
            found = _byLegacyName.Value.GetValueOrDefault(identity, -1);
        else if (identity.StartsWith("CN=", StringComparison.OrdinalIgnoreCase))
            found = _byDistinguishedName.Value.GetValueOrDefault(identity, -1);
        else if (identity.StartsWith(_netBiosDomain + "\\", StringComparison.OrdinalIgnoreCase))
            found = _byName.Value.GetValueOrDefault(identity[(_netBiosDomain.Length + 1)..], -1);
        else if (identity.Contains('@'))
            found = _byAddress.Value.GetValueOrDefault(identity, -1);
        else if (identity.Contains('/'))
            found = _byCanonicalName.Value.GetValueOrDefault(identity, -1);
        return found == -1 ? _byName.Value.GetValueOrDefault(identity, -1) : found;
    }

    private IEnumerable<string> Addresses(SandboxMailbox mailbox)
    {
        foreach (string proxy in mailbox.EmailAddresses)
        {
            if (proxy.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase))
                yield return proxy[5..];
        }

        if (mailbox.UserIndex >= 0)
            yield return _world.Users[mailbox.UserIndex].UserPrincipalName;
    }

    private Dictionary<string, int> Index(Func<SandboxMailbox, IEnumerable<string>> keys)
    {
        Dictionary<string, int> index = new(_world.Mailboxes.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _world.Mailboxes.Count; i++)
        {
            foreach (string key in keys(_world.Mailboxes[i]))
            {
                if (!index.TryAdd(key, i) && index[key] != i)
                    index[key] = Ambiguous;
            }
        }

        return index;
    }
}
