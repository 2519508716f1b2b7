using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Whom the policy's groups include and exclude.</summary>
internal sealed class PolicyMembers
{
    private readonly HashSet<Guid>? _included;
    private readonly HashSet<Guid> _excluded;

    private PolicyMembers(HashSet<Guid>? included, HashSet<Guid> excluded) => (_included, _excluded) = (included, excluded);

    public static PolicyMembers Of(PolicyGroups groups, IReadOnlyDictionary<Guid, GroupMembers> members, IReadOnlyList<TenantUser> users) => new(
        groups.IncludesEverybody ? null : Union(groups.Included, members),
        groups.ExcludesEverybody ? [.. users.Select(static user => user.Id)] : Union(groups.Excluded, members));

    public TenantSnapshot Apply(TenantSnapshot tenant) => tenant with { IncludedUsers = _included, ExcludedUsers = _excluded };

    /// <summary>Users of whom the groups of the same policy say another thing than before.</summary>
    /// <param name="before">What they said before.</param>
    /// <returns>The users' ids.</returns>
    public IReadOnlyCollection<Guid> DifferFrom(PolicyMembers before)
    {
        var changed = new HashSet<Guid>(_excluded);
        changed.SymmetricExceptWith(before._excluded);
        if (_included is null) return changed;
        var flipped = new HashSet<Guid>(_included);
        flipped.SymmetricExceptWith(before._included!);
        changed.UnionWith(flipped);
        return changed;
    }

    // Nobody changes a set that was read, so the one of a single group need not be copied.
    private static HashSet<Guid> Union(IReadOnlyList<Guid> groups, IReadOnlyDictionary<Guid, GroupMembers> members) =>
        groups.Count == 1 && members[groups[0]].Users is HashSet<Guid> only ? only : [.. groups.SelectMany(group => members[group].Users)];
}
