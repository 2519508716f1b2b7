using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Asks of single users which of the policy's groups they are in, instead of walking the groups.</summary>
internal sealed class Memberships(GraphReading reading, PolicyGroups policy, IReadOnlyDictionary<Guid, GroupMembers> known)
{
    /// <summary>Asks.</summary>
    /// <param name="users">The users' ids.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The groups' members as they are now; the same object where all was as known.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">It cannot be had, or cannot be read.</exception>
    public async Task<IReadOnlyDictionary<Guid, GroupMembers>> ReadAsync(IReadOnlyList<Guid> users, CancellationToken cancellationToken)
    {
        var questions = users.SelectMany(user => Chunks().Select(groups => (User: user, Groups: groups))).ToList();
        var requests = questions.ConvertAll(question => reading.Addresses.GroupsOf(question.User, question.Groups));
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        var members = known.ToDictionary(static pair => pair.Key, static pair => new HashSet<Guid>(pair.Value.Users));
        var changed = new HashSet<Guid>();
        for (var i = 0; i < questions.Count; i++)
        {
            var isIn = Ids(requests[i], answers[i]);
            foreach (var group in questions[i].Groups)
            {
                var isOther = isIn.Contains(group) ? members[group].Add(questions[i].User) : members[group].Remove(questions[i].User);
                if (isOther) changed.Add(group);
            }
        }

        return changed.Count == 0 ? known : known.ToDictionary(static pair => pair.Key, pair => changed.Contains(pair.Key) ? pair.Value with { Users = members[pair.Key] } : pair.Value);
    }

    /// <summary>Whom the policy's groups include and exclude.</summary>
    /// <param name="groups">Their members.</param>
    /// <param name="users">Every user.</param>
    public PolicyMembers Of(IReadOnlyDictionary<Guid, GroupMembers> groups, IReadOnlyList<TenantUser> users) => PolicyMembers.Of(policy, groups, users);

    /// <summary>Users whom the policy's groups include or exclude otherwise than was known.</summary>
    /// <param name="groups">The groups' members now.</param>
    /// <param name="users">Every user.</param>
    public IEnumerable<TenantUser> Differing(IReadOnlyDictionary<Guid, GroupMembers> groups, IReadOnlyList<TenantUser> users)
    {
        var ids = new HashSet<Guid>(Of(groups, users).DifferFrom(Of(known, users)));
        return users.Where(user => ids.Contains(user.Id));
    }

    private IEnumerable<List<Guid>> Chunks()
    {
        for (var start = 0; start < policy.All.Count; start += GraphAddresses.GroupsOfOneUser)
        {
            yield return [.. policy.All.Skip(start).Take(GraphAddresses.GroupsOfOneUser)];
        }
    }

    // Somebody who does not exist any more is in no group.
    private static HashSet<Guid> Ids(GraphRequest request, BatchAnswer answer)
    {
        const int NotFound = 404;
        if (answer.Status == NotFound) return [];
        if (answer.Failure is { } failure) throw failure;
        if (answer.Body.ValueKind != JsonValueKind.Object || !answer.Body.TryGetProperty("value", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw GraphErrors.Invalid(request, "The answer holds no list");
        }

        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String && item.TryGetGuid(out var id) ? id : throw GraphErrors.Invalid(request, "The answer names a group by no id"))];
    }
}
