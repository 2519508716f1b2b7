using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// The policy's groups as they are now. Graph tells of direct members only, so every group inside a group is watched as well; one that
/// changed in any way has the members read anew of each policy group that it is in.
/// </summary>
internal sealed class ChangedGroups(GraphReading reading, AccessPolicy policy, TenantMemory known, ChangeLinks links, WholeLists lists)
{
    /// <summary>Reads them.</summary>
    /// <param name="told">The changes that Graph told, one list for each link; a null stands for one that it did not tell.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<GroupSide> ReadAsync(IReadOnlyList<WalkedList<ChangedRow>?> told, CancellationToken cancellationToken)
    {
        var groups = new PolicyGroups(policy).All;
        var stale = Stale(groups, told, known.Checkpoint.GroupLinks is not null);
        var isSame = known.Groups.Count == groups.Count && groups.All(known.Groups.ContainsKey);
        if (stale.Count == 0 && isSame)
        {
            return new GroupSide { Groups = known.Groups, Links = [.. told.Select(static list => list!.DeltaLink!)] };
        }

        var (nested, watched) = await links.OfGroupsAsync(groups, cancellationToken).ConfigureAwait(false);
        // The new links tell nothing of what happened between the answers and them, so the old ones are asked once more.
        if (stale.Count < groups.Count) stale.UnionWith(await StaleSinceAsync(groups, told, cancellationToken).ConfigureAwait(false));
        foreach (var group in groups)
        {
            if (!nested.TryGetValue(group, out var inner) || (known.Groups.TryGetValue(group, out var before) && !new HashSet<Guid>(inner).SetEquals(before.NestedGroups))) stale.Add(group);
        }

        var read = stale.ToDictionary(static group => group, lists.MembersAsync);
        var anew = await Task.WhenAll(read.Values).ConfigureAwait(false);
        var members = new Dictionary<Guid, GroupMembers>();
        foreach (var group in groups)
        {
            members.Add(group, new GroupMembers(
                read.TryGetValue(group, out var list) ? new HashSet<Guid>((await list.ConfigureAwait(false)).Rows.Select(static member => member.Id)) : known.Groups[group].Users,
                nested.TryGetValue(group, out var inner) ? inner : []));
        }

        return new GroupSide
        {
            Groups = members,
            Links = watched,
            IsChanged = true,
            Unreadable = [.. anew.SelectMany(static list => list.Unreadable)],
            Incomplete = string.Join(" ", anew.Select(static list => list.Incomplete).Where(static cause => cause is not null)) is { Length: > 0 } cut ? cut : null,
        };
    }

    private async Task<HashSet<Guid>> StaleSinceAsync(IReadOnlyList<Guid> groups, IReadOnlyList<WalkedList<ChangedRow>?> told, CancellationToken cancellationToken)
    {
        var requests = told.Select(list => reading.Addresses.ChangesSince(list!.DeltaLink!, GraphAddresses.ChangedGroups)).ToList();
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        var since = new List<WalkedList<ChangedRow>?>();
        for (var i = 0; i < requests.Count; i++) since.Add(await reading.ChangesAsync(requests[i], answers[i], cancellationToken).ConfigureAwait(false));
        return Stale(groups, since, isWatched: true);
    }

    private HashSet<Guid> Stale(IReadOnlyList<Guid> groups, IReadOnlyList<WalkedList<ChangedRow>?> told, bool isWatched)
    {
        if (!isWatched || told.Any(static list => list is null)) return [.. groups];
        var changed = new HashSet<Guid>(told.SelectMany(static list => list!.Rows).Select(static row => row.Id));
        return [.. groups.Where(group => !known.Groups.TryGetValue(group, out var before) || changed.Contains(group) || before.NestedGroups.Any(changed.Contains))];
    }
}

/// <summary>The policy's groups as they are now.</summary>
internal sealed record GroupSide
{
    public required IReadOnlyDictionary<Guid, GroupMembers> Groups { get; init; }

    /// <summary>Where to ask what changes from here on; null where it is not known.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Whether anything of them was read anew.</summary>
    public bool IsChanged { get; init; }

    public IReadOnlyList<UnreadableRow> Unreadable { get; init; } = [];

    public string? Incomplete { get; init; }
}
