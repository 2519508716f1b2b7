using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>
/// Joins mailboxes to users of the tenant. The names are tried in a fixed order and the first that finds anybody settles it:
/// distinguished name, object Guid, SAM account name with domain, any SMTP address, user principal name. Where that name is
/// carried by several users nobody is taken: a guess here would give a mailbox somebody else's devices.
/// </summary>
public sealed class UserMatcher
{
    private readonly IReadOnlyList<TenantUser> _users;
    private readonly Dictionary<string, TenantUser?> _byDistinguishedName;
    private Dictionary<Guid, TenantUser?>? _byObjectGuid;
    private Dictionary<string, TenantUser?>? _bySamAccountName;
    private Dictionary<string, TenantUser?>? _bySmtpAddress;
    private Dictionary<string, TenantUser?>? _byUserPrincipalName;

    /// <summary>Indexes the users. Only the first name is indexed at once: most mailboxes need no other.</summary>
    /// <param name="users">The tenant's users, in any order.</param>
    public UserMatcher(IReadOnlyList<TenantUser> users)
    {
        _users = users;
        _byDistinguishedName = new(users.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var user in users) Add(_byDistinguishedName, user.OnPremisesDistinguishedName, user);
    }

    /// <summary>Finds the user behind a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <returns>The user and the name that found it, or why there is none.</returns>
    public UserMatch Find(Mailbox mailbox)
    {
        if (mailbox.DistinguishedName is { Length: > 0 } name && _byDistinguishedName.TryGetValue(name, out var user))
        {
            return Match(user, UserJoin.DistinguishedName);
        }

        if (ByObjectGuid().TryGetValue(mailbox.Id, out user)) return Match(user, UserJoin.ObjectGuid);

        if (AccountOf(mailbox) is { } account && BySamAccountName().TryGetValue(account, out user))
        {
            return Match(user, UserJoin.SamAccountName);
        }

        return FindByAddress(mailbox, BySmtpAddress(), UserJoin.SmtpAddress)
            ?? FindByAddress(mailbox, ByUserPrincipalName(), UserJoin.UserPrincipalName)
            ?? new UserMatch(null, UserJoin.None);
    }

    private static UserMatch Match(TenantUser? user, UserJoin join) =>
        user is null ? new(null, UserJoin.Ambiguous) : new(user, join);

    // The addresses of one mailbox may belong to different users; that is as ambiguous as two users with one address.
    private static UserMatch? FindByAddress(Mailbox mailbox, Dictionary<string, TenantUser?> users, UserJoin join)
    {
        TenantUser? found = null;
        var any = false;
        foreach (var address in Addresses(mailbox))
        {
            if (!users.TryGetValue(address, out var user)) continue;
            if (user is null || (any && !ReferenceEquals(user, found))) return new(null, UserJoin.Ambiguous);
            found = user;
            any = true;
        }

        return any ? new UserMatch(found, join) : null;
    }

    private static IEnumerable<string> Addresses(Mailbox mailbox)
    {
        if (mailbox.PrimarySmtpAddress.Length > 0) yield return mailbox.PrimarySmtpAddress;
        foreach (var address in mailbox.SmtpAddresses)
        {
            if (address.Length > 0) yield return address;
        }
    }

    private static string? AccountOf(Mailbox mailbox) =>
        mailbox.SamAccountName is { Length: > 0 } account && DomainOf(mailbox) is { Length: > 0 } domain
            ? Account(domain, account)
            : null;

    private static string? DomainOf(Mailbox mailbox)
    {
        if (mailbox.DistinguishedName is { Length: > 0 } name) return DistinguishedNames.DomainOf(name);
        var slash = mailbox.Identity.IndexOf('/');
        return slash > 0 ? mailbox.Identity.Substring(0, slash) : null;
    }

    private static string Account(string domain, string account) => domain + "\\" + account;

    private Dictionary<Guid, TenantUser?> ByObjectGuid()
    {
        if (_byObjectGuid is { } known) return known;
        var index = new Dictionary<Guid, TenantUser?>(_users.Count);
        foreach (var user in _users)
        {
            if (user.OnPremisesObjectGuid is not { } guid) continue;
            index[guid] = index.ContainsKey(guid) ? null : user;
        }

        return _byObjectGuid = index;
    }

    private Dictionary<string, TenantUser?> BySamAccountName() => _bySamAccountName ??= Index(static (user, add) =>
    {
        if (user is { OnPremisesSamAccountName: { Length: > 0 } account, OnPremisesDomainName: { Length: > 0 } domain })
        {
            add(Account(domain, account));
        }
    });

    private Dictionary<string, TenantUser?> BySmtpAddress() => _bySmtpAddress ??= Index(static (user, add) =>
    {
        foreach (var address in user.SmtpAddresses) add(address);
    });

    private Dictionary<string, TenantUser?> ByUserPrincipalName() =>
        _byUserPrincipalName ??= Index(static (user, add) => add(user.UserPrincipalName));

    private Dictionary<string, TenantUser?> Index(Action<TenantUser, Action<string>> names)
    {
        var index = new Dictionary<string, TenantUser?>(_users.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var user in _users) names(user, name => Add(index, name, user));
        return index;
    }

    private static void Add(Dictionary<string, TenantUser?> index, string? name, TenantUser user)
    {
        if (string.IsNullOrEmpty(name)) return;
        if (!index.TryGetValue(name!, out var known)) index.Add(name!, user);
        else if (!ReferenceEquals(known, user)) index[name!] = null;
    }
}
