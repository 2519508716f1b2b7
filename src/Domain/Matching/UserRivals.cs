using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>The users of the tenant that carry the one name by which a mailbox would be joined: told to people, because none of them is taken.</summary>
/// <param name="Join">The name that collides.</param>
/// <param name="Users">Who carries it, by user principal name; two or more.</param>
public sealed record UserRivals(UserJoin Join, IReadOnlyList<TenantUser> Users)
{
    // A name that everybody carries, as a shared contact's address, would fill the screen.
    private const int Shown = 5;

    /// <summary>Their user principal names, the first few.</summary>
    public string Names
    {
        get
        {
            var names = string.Join(", ", Users.Take(Shown).Select(static user => user.UserPrincipalName));
            return Users.Count > Shown ? $"{names} and {Users.Count - Shown} more" : names;
        }
    }

    /// <summary>Finds them.</summary>
    /// <param name="users">Users of the tenant, in any order; at least those that carry any name of the mailbox.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <returns>The rivals; null where the mailbox has one user or none.</returns>
    public static UserRivals? Of(IReadOnlyList<TenantUser> users, Mailbox mailbox)
    {
        var best = UserJoin.None;
        var carriers = new Dictionary<Guid, TenantUser>();
        foreach (var user in users)
        {
            var join = new UserMatcher([user]).Find(mailbox).Join;
            if (join == UserJoin.None || (best != UserJoin.None && join > best)) continue;
            if (join != best) carriers.Clear();
            best = join;
            carriers[user.Id] = user;
        }

        if (carriers.Count < 2) return null;
        return new UserRivals(best, [.. carriers.Values.OrderBy(static user => user.UserPrincipalName, StringComparer.OrdinalIgnoreCase).ThenBy(static user => user.Id)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Users.Count} users of the tenant carry a name of this mailbox ({Join}): {Names}";
}
