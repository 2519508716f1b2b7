using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Reads the tenant whole, and takes the links by which the next read may be a short one.</summary>
internal sealed class WholeRead(GraphReading reading, AccessPolicy policy, string mark)
{
    public async Task<TenantRead> ReadAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var groups = new PolicyGroups(policy);
        await reading.SignInAsync(cancellationToken).ConfigureAwait(false);
        var (deviceLink, userLink, nested, groupLinks) = await LinksAsync(groups, cancellationToken).ConfigureAwait(false);

        using var lists = new WholeLists(reading, policy, cancellationToken);
        // Groups first: they are short, and a group that is gone fails the run before the long lists are read.
        var members = groups.All.ToDictionary(static group => group, lists.MembersAsync);
        var users = lists.UsersAsync();
        var devices = lists.DevicesAsync();
        await Task.WhenAll(members.Values.Cast<Task>().Append(users).Append(devices)).ConfigureAwait(false);
        lists.CompletePeople();

        var deviceList = await devices.ConfigureAwait(false);
        var userList = await users.ConfigureAwait(false);
        UnknownCompliance.Tell(deviceList.Rows, policy, reading.Console);
        var memberLists = new Dictionary<Guid, ListRead<TenantMember>>();
        foreach (var pair in members) memberLists.Add(pair.Key, await pair.Value.ConfigureAwait(false));
        var known = memberLists.ToDictionary(
            static pair => pair.Key,
            pair => new GroupMembers(new HashSet<Guid>(pair.Value.Rows.Select(static member => member.Id)), nested.TryGetValue(pair.Key, out var inner) ? inner : []));
        var counts = new TenantCounts(reading);
        var (count, userCount) = await counts.ReadAsync(cancellationToken).ConfigureAwait(false);
        var tenant = PolicyMembers.Of(groups, known, userList.Rows).Apply(new TenantSnapshot
        {
            ManagedDevices = deviceList.Rows,
            Users = userList.Rows,
            IncludedUsers = null,
            ExcludedUsers = [],
            CountedDevices = count,
            Unreadable = [.. deviceList.Unreadable, .. userList.Unreadable, .. memberLists.Values.SelectMany(static list => list.Unreadable)],
            Incomplete = Join([deviceList.Incomplete, counts.Missing(userList, userCount), .. memberLists.Values.Select(static list => list.Incomplete)]),
        });
        return new TenantRead
        {
            Tenant = tenant,
            IsWhole = true,
            Memory = new TenantMemory
            {
                Users = userList.Rows,
                Devices = deviceList.Rows,
                Groups = known,
                Checkpoint = new TenantCheckpoint
                {
                    Mark = mark,
                    ReadAt = at,
                    NewestCheckIn = CheckIns.Newest(deviceList.Rows, null, at),
                    DeviceLink = deviceLink,
                    UserLink = userLink,
                    GroupLinks = groupLinks,
                    CountExcess = count - deviceList.Rows.Count,
                },
            },
        };
    }

    // Whoever does not get the links reads everything each time, and just as rightly.
    private async Task<(string? Devices, string? Users, IReadOnlyDictionary<Guid, IReadOnlyCollection<Guid>> Nested, IReadOnlyList<string>? Groups)> LinksAsync(PolicyGroups groups, CancellationToken cancellationToken)
    {
        var links = new ChangeLinks(reading);
        try
        {
            var people = await links.FromNowAsync([reading.Addresses.DeviceChangesFromNow(), reading.Addresses.UserChangesFromNow()], cancellationToken).ConfigureAwait(false);
            var (nested, watched) = await links.OfGroupsAsync(groups.All, cancellationToken).ConfigureAwait(false);
            return (people[0], people[1], nested, watched);
        }
        catch (ConnectorException failure) when (GraphReading.MayGoOn(failure))
        {
            reading.Console.Verbose($"Graph does not tell what changes, so the next run reads the tenant whole: {failure.Message}");
            return (null, null, new Dictionary<Guid, IReadOnlyCollection<Guid>>(), null);
        }
    }

    private static string? Join(IEnumerable<string?> causes)
    {
        var text = string.Join(" ", causes.Where(static cause => cause is not null));
        return text.Length == 0 ? null : text;
    }
}
