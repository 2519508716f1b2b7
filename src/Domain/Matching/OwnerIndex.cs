using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>A mailbox's user and what the policy's groups say of that user.</summary>
/// <param name="Match">The user, and how it was found.</param>
/// <param name="Included">Whether the user is in an included group.</param>
/// <param name="Excluded">Whether the user is in an excluded group.</param>
internal readonly record struct Owner(UserMatch Match, bool Included, bool Excluded);

/// <summary>Knows each mailbox's owner, found once however many devices the mailbox has.</summary>
internal sealed class OwnerIndex
{
    private readonly UserMatch[] _matches;
    private readonly HashSet<Guid>? _included;
    private readonly HashSet<Guid> _excluded;

    public OwnerIndex(TenantSnapshot tenant, MailboxIndex mailboxes, Func<int, bool> wanted)
    {
        _matches = new UserMatcher(tenant.Users).FindAll(mailboxes, wanted);
        _included = tenant.IncludedUsers is null ? null : SetOf(tenant.IncludedUsers);
        _excluded = SetOf(tenant.ExcludedUsers);
    }

    public Owner Of(int mailbox)
    {
        var match = _matches[mailbox];
        return match.User is { } user
            ? new Owner(match, _included?.Contains(user.Id) ?? true, _excluded.Contains(user.Id))
            : new Owner(match, false, false);
    }

    private static HashSet<Guid> SetOf(IReadOnlyCollection<Guid> ids) => ids as HashSet<Guid> ?? [.. ids];
}
