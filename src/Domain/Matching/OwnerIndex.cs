using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>A mailbox's user and what the policy's groups say of that user.</summary>
/// <param name="Match">The user, and how it was found.</param>
/// <param name="Included">Whether the user is in an included group.</param>
/// <param name="Excluded">Whether the user is in an excluded group.</param>
internal readonly record struct Owner(UserMatch Match, bool Included, bool Excluded);

/// <summary>Finds each mailbox's owner once, however many devices it has.</summary>
internal sealed class OwnerIndex
{
    private readonly IReadOnlyList<Mailbox> _mailboxes;
    private readonly UserMatcher _users;
    private readonly HashSet<Guid>? _included;
    private readonly HashSet<Guid> _excluded;
    private readonly Owner?[] _owners;

    public OwnerIndex(TenantSnapshot tenant, IReadOnlyList<Mailbox> mailboxes)
    {
        _mailboxes = mailboxes;
        _users = new UserMatcher(tenant.Users);
        _included = tenant.IncludedUsers is null ? null : SetOf(tenant.IncludedUsers);
        _excluded = SetOf(tenant.ExcludedUsers);
        _owners = new Owner?[mailboxes.Count];
    }

    public Owner Of(int mailbox)
    {
        if (_owners[mailbox] is { } known) return known;
        var match = _users.Find(_mailboxes[mailbox]);
        var owner = match.User is { } user
            ? new Owner(match, _included?.Contains(user.Id) ?? true, _excluded.Contains(user.Id))
            : new Owner(match, false, false);
        _owners[mailbox] = owner;
        return owner;
    }

    private static HashSet<Guid> SetOf(IReadOnlyCollection<Guid> ids) => ids as HashSet<Guid> ?? [.. ids];
}
