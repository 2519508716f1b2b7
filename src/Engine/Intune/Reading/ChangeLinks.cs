using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// Where to ask from now on what changes. The links are taken before the lists are read: what changes meanwhile is then told twice, never
/// not at all. A tenant that gives none is read whole each time.
/// </summary>
internal sealed class ChangeLinks(GraphReading reading)
{
    // Groups put into groups while we look are found within as many looks, or not remembered.
    private const int MostLooks = 5;

    private static readonly (IReadOnlyDictionary<Guid, IReadOnlyCollection<Guid>> Nested, IReadOnlyList<string>? Links) s_unwatched = (new Dictionary<Guid, IReadOnlyCollection<Guid>>(), null);

    /// <summary>Asks for links.</summary>
    /// <param name="requests">What changes are asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The links, in the order of the requests; null for one that could not be had.</returns>
    public async Task<IReadOnlyList<string?>> FromNowAsync(IReadOnlyList<GraphRequest> requests, CancellationToken cancellationToken)
    {
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        var links = new string?[requests.Count];
        for (var i = 0; i < links.Length; i++) links[i] = (await reading.ChangesAsync(requests[i], answers[i], cancellationToken).ConfigureAwait(false))?.DeltaLink;
        return links;
    }

    /// <summary>Finds the groups in the policy's groups, and asks for links that watch them all.</summary>
    /// <param name="groups">The policy's groups.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The groups in each group, and the links; null for links that could not be had, and then nothing of the groups is known.</returns>
    public async Task<(IReadOnlyDictionary<Guid, IReadOnlyCollection<Guid>> Nested, IReadOnlyList<string>? Links)> OfGroupsAsync(
        IReadOnlyList<Guid> groups,
        CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(groups, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (GraphReading.MayGoOn(failure))
        {
            reading.Console.Verbose($"Graph does not tell what changes in the policy's groups, so their members are read whole: {failure.Message}");
            return s_unwatched;
        }
    }

    private async Task<(IReadOnlyDictionary<Guid, IReadOnlyCollection<Guid>> Nested, IReadOnlyList<string>? Links)> LookAsync(
        IReadOnlyList<Guid> groups,
        CancellationToken cancellationToken)
    {
        if (groups.Count == 0) return (new Dictionary<Guid, IReadOnlyCollection<Guid>>(), []);
        if (await NestedAsync(groups, cancellationToken).ConfigureAwait(false) is not { } nested) return s_unwatched;
        for (var look = 0; look < MostLooks; look++)
        {
            var watched = Watched(groups, nested);
            var questions = watched
                .Select(static (group, i) => (group, i))
                .GroupBy(static pair => pair.i / GraphAddresses.GroupsOfOneQuestion, static pair => pair.group)
                .Select(reading.Addresses.GroupChangesFromNow)
                .ToList();
            var links = await FromNowAsync(questions, cancellationToken).ConfigureAwait(false);
            // A group that was put in before its watch began would stay unseen.
            if (await NestedAsync(groups, cancellationToken).ConfigureAwait(false) is not { } since) return s_unwatched;
            nested = since;
            if (links.Any(static link => link is null)) return (nested, null);
            if (watched.IsSupersetOf(Watched(groups, nested))) return (nested, [.. links.Select(static link => link!)]);
        }

        reading.Console.Verbose("The groups in the policy's groups change faster than they can be read; their members are read whole next time.");
        return (nested, null);
    }

    private static SortedSet<Guid> Watched(IReadOnlyList<Guid> groups, IReadOnlyDictionary<Guid, IReadOnlyCollection<Guid>> nested) =>
        [.. groups, .. nested.Values.SelectMany(static inner => inner)];

    // Null where not all that was announced came: a group that is not known cannot be watched.
    private async Task<IReadOnlyDictionary<Guid, IReadOnlyCollection<Guid>>?> NestedAsync(IReadOnlyList<Guid> groups, CancellationToken cancellationToken)
    {
        var requests = groups.Select(reading.Addresses.NestedGroups).ToList();
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        var nested = new Dictionary<Guid, IReadOnlyCollection<Guid>>();
        for (var i = 0; i < requests.Count; i++)
        {
            var list = await reading.WalkAsync(requests[i], answers[i], static row => new TenantMember(row.RequiredId("id")), cancellationToken).ConfigureAwait(false);
            if (list.Cut is { } cut) throw GraphErrors.Invalid(requests[i], cut.TrimEnd('.'));
            if (list.Shortage is { } shortage)
            {
                reading.Console.Verbose($"{shortage} The members of the policy's groups are read whole each time.");
                return null;
            }

            nested.Add(groups[i], [.. list.Rows.Select(static row => row.Id).Distinct()]);
        }

        return nested;
    }
}
