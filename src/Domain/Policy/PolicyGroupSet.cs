using System;
using System.Collections.Generic;
using System.Linq;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>Lists of groups as the sets that they are.</summary>
public static class PolicyGroupSet
{
    /// <summary>Whether two lists name the same groups, in any order and writing.</summary>
    /// <param name="left">One list.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they do.</returns>
    public static bool AreSame(IReadOnlyList<string> left, IReadOnlyList<string> right) => new HashSet<string>(left.Select(Key)).SetEquals(right.Select(Key));

    /// <summary>Groups that stand in both lists.</summary>
    /// <param name="left">One list.</param>
    /// <param name="right">The other.</param>
    /// <returns>Them, as the first list writes them.</returns>
    public static IReadOnlyList<string> InBoth(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var known = new HashSet<string>(right.Select(Key));
        return [.. left.Where(group => known.Contains(Key(group)))];
    }

    private static string Key(string group) => Guid.TryParse(group, out var id) ? id.ToString("D") : group.ToUpperInvariant();
}
