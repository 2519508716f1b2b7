using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>
/// Joins mailboxes to users of the tenant. The names are tried in a fixed order and the first that finds anybody settles it:
/// distinguished name, object Guid, SAM account name with domain, any SMTP address, user principal name. Where that name is
/// carried by several users nobody is taken: a guess here would give a mailbox somebody else's devices.
/// <para>The mailboxes are indexed and the users walked past them. Nearly all meet by distinguished name, so the other names are
/// indexed only for the mailboxes that did not, which keeps a million of them cheap.</para>
/// </summary>
public sealed class UserMatcher
{
    private readonly IReadOnlyList<TenantUser> _users;

    /// <summary>Takes the users.</summary>
    /// <param name="users">The tenant's users, in any order.</param>
    public UserMatcher(IReadOnlyList<TenantUser> users) => _users = users;

    /// <summary>Finds the user behind one mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <returns>The user and the name that found it, or why there is none.</returns>
    public UserMatch Find(Mailbox mailbox) => FindAll(new MailboxIndex([mailbox]), static _ => true)[0];

    /// <summary>Finds the users behind mailboxes.</summary>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="wanted">Which of them matter, by their place; the others may stay unmatched.</param>
    /// <returns>The matches, by the mailboxes' places.</returns>
    public UserMatch[] FindAll(MailboxIndex mailboxes, Func<int, bool> wanted)
    {
        var matches = new UserMatch[mailboxes.Mailboxes.Count];
        foreach (var user in _users)
        {
            if (user.OnPremisesDistinguishedName is not { Length: > 0 } name) continue;
            var place = mailboxes.ByDistinguishedName(name);
            if (place >= 0) Meet(matches, place, user, UserJoin.DistinguishedName);
        }

        var unmatched = new NameIndex();
        for (var place = 0; place < matches.Length; place++)
        {
            if (matches[place].Join == UserJoin.None && wanted(place)) unmatched.Add(mailboxes.Mailboxes[place], place);
        }

        if (!unmatched.IsEmpty)
        {
            foreach (var user in _users) unmatched.Meet(matches, user);
        }

        for (var place = 0; place < matches.Length; place++)
        {
            if (matches[place] is { User: null, Join: not UserJoin.None }) matches[place] = new UserMatch(null, UserJoin.Ambiguous);
        }

        return matches;
    }

    // A better name replaces what a lesser one found; the same name finding somebody else leaves nobody, at that name's rank. A list that
    // is read page by page may return one user twice: the same id is the same user.
    private static void Meet(UserMatch[] matches, int place, TenantUser user, UserJoin join)
    {
        var known = matches[place];
        if (known.Join == UserJoin.None || join < known.Join) matches[place] = new UserMatch(user, join);
        else if (join == known.Join && known.User?.Id != user.Id) matches[place] = new UserMatch(null, join);
    }

    private sealed class NameIndex
    {
        private readonly Dictionary<Guid, int> _guids = [];
        private readonly Dictionary<string, List<(string Domain, int Place)>> _accounts = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, List<int>> _addresses = new(StringComparer.OrdinalIgnoreCase);

        public bool IsEmpty => _guids.Count == 0;

        public void Add(Mailbox mailbox, int place)
        {
            _guids[mailbox.Id] = place;
            if (mailbox.SamAccountName is { Length: > 0 } account && DomainOf(mailbox) is { Length: > 0 } domain) Of(_accounts, account).Add((domain, place));
            if (mailbox.PrimarySmtpAddress.Length > 0) Of(_addresses, mailbox.PrimarySmtpAddress).Add(place);
            foreach (var address in mailbox.SmtpAddresses)
            {
                if (address.Length > 0) Of(_addresses, address).Add(place);
            }
        }

        public void Meet(UserMatch[] matches, TenantUser user)
        {
            if (user.OnPremisesObjectGuid is { } guid && _guids.TryGetValue(guid, out var place)) UserMatcher.Meet(matches, place, user, UserJoin.ObjectGuid);
            if (user is { OnPremisesSamAccountName: { Length: > 0 } account, OnPremisesDomainName: { Length: > 0 } domain } && _accounts.TryGetValue(account, out var accounts))
            {
                foreach (var (known, at) in accounts)
                {
                    if (string.Equals(known, domain, StringComparison.OrdinalIgnoreCase)) UserMatcher.Meet(matches, at, user, UserJoin.SamAccountName);
                }
            }

            for (var i = 0; i < user.SmtpAddresses.Count; i++) Meet(matches, user, user.SmtpAddresses[i], UserJoin.SmtpAddress);
            Meet(matches, user, user.UserPrincipalName, UserJoin.UserPrincipalName);
        }

        private void Meet(UserMatch[] matches, TenantUser user, string address, UserJoin join)
        {
            if (address.Length == 0 || !_addresses.TryGetValue(address, out var places)) return;
            foreach (var place in places) UserMatcher.Meet(matches, place, user, join);
        }

        private static string? DomainOf(Mailbox mailbox)
        {
            if (mailbox.DistinguishedName is { Length: > 0 } name) return DistinguishedNames.DomainOf(name);
            var slash = mailbox.Identity.IndexOf('/');
            return slash > 0 ? mailbox.Identity.Substring(0, slash) : null;
        }

        private static List<T> Of<T>(Dictionary<string, List<T>> index, string name)
        {
            if (!index.TryGetValue(name, out var places)) index.Add(name, places = new(1));
            return places;
        }
    }
}
