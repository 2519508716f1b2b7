using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>
/// Finds every user that shares a name with a mailbox. That is more than the matching rules will take:
/// a logon name counts whatever its domain, and an address whether it is one of mail or of logon. So the rules, asked again later
/// with these users alone, come to the same result as with all of them, also where several carry one name.
/// </summary>
public sealed class OwnerCandidates
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, int> _byGuid = [];
    private readonly Dictionary<string, List<int>> _shared = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Indexes the mailboxes.</summary>
    /// <param name="mailboxes">The mailboxes; they are named by their places.</param>
    public OwnerCandidates(IReadOnlyList<Mailbox> mailboxes)
    {
        for (var i = 0; i < mailboxes.Count; i++)
        {
            var mailbox = mailboxes[i];
            _byGuid[mailbox.Id] = i;
            Add(mailbox.DistinguishedName, i);
            Add(mailbox.SamAccountName, i);
            Add(mailbox.PrimarySmtpAddress, i);
            foreach (var address in mailbox.SmtpAddresses) Add(address, i);
        }
    }

    /// <summary>Finds the mailboxes that share a name with a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="owners">Receives their places; what is in it stays.</param>
    public void Find(TenantUser user, HashSet<int> owners)
    {
        if (user.OnPremisesObjectGuid is { } guid && _byGuid.TryGetValue(guid, out var owner)) owners.Add(owner);
        Find(user.OnPremisesDistinguishedName, owners);
        Find(user.OnPremisesSamAccountName, owners);
        Find(user.UserPrincipalName, owners);
        foreach (var address in user.SmtpAddresses) Find(address, owners);
    }

    private void Find(string? name, HashSet<int> owners)
    {
        if (string.IsNullOrEmpty(name) || !_byName.TryGetValue(name!, out var owner)) return;
        owners.Add(owner);
        if (_shared.TryGetValue(name!, out var more)) owners.UnionWith(more);
    }

    private void Add(string? name, int owner)
    {
        if (string.IsNullOrEmpty(name)) return;
        if (!_byName.TryGetValue(name!, out var first))
        {
            _byName.Add(name!, owner);
        }
        else if (first != owner)
        {
            if (!_shared.TryGetValue(name!, out var more)) _shared.Add(name!, more = []);
            more.Add(owner);
        }
    }
}
