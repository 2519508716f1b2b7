using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// The groups of a policy whose members have to be read. Only what is an id by its form comes in here, because it becomes part of an
/// address.
/// </summary>
internal sealed class PolicyGroups
{
    /// <summary>Takes the groups out of a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ConnectorException">A group is neither an id nor <see cref="AccessPolicy.AllUsers"/>.</exception>
    public PolicyGroups(AccessPolicy policy)
    {
        IncludesEverybody = policy.IncludesEverybody;
        ExcludesEverybody = policy.ExcludedGroups.Any(IsEverybody);
        Included = Ids(policy.IncludedGroups, nameof(policy.IncludedGroups), IncludesEverybody);
        Excluded = Ids(policy.ExcludedGroups, nameof(policy.ExcludedGroups), ExcludesEverybody);
        All = [.. Included.Union(Excluded)];
    }

    /// <summary>Every user is included, whatever groups are named beside.</summary>
    public bool IncludesEverybody { get; }

    /// <summary>Every user is excluded, whatever groups are named beside.</summary>
    public bool ExcludesEverybody { get; }

    /// <summary>Included groups; none where everybody is included.</summary>
    public IReadOnlyList<Guid> Included { get; }

    /// <summary>Excluded groups; none where everybody is excluded.</summary>
    public IReadOnlyList<Guid> Excluded { get; }

    /// <summary>Both, each group once.</summary>
    public IReadOnlyList<Guid> All { get; }

    private static bool IsEverybody(string group) => string.Equals(group, AccessPolicy.AllUsers, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<Guid> Ids(IReadOnlyList<string> groups, string name, bool everybody)
    {
        var ids = new List<Guid>();
        foreach (var group in groups)
        {
            if (IsEverybody(group)) continue;
            if (!Guid.TryParse(group, out var id))
            {
                throw new ConnectorException(
                    ErrorIds.InvalidParameter,
                    ErrorKind.InvalidInput,
                    name,
                    $"{ServerText.Clean(group, 100)} is no group id.",
                    $"Name groups by their object id, or {AccessPolicy.AllUsers} for everybody.");
            }

            if (!everybody) ids.Add(id);
        }

        return [.. ids.Distinct()];
    }
}
