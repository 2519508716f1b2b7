using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// Reads users, their managed devices and their memberships anew that a read only remembered. Not every change is told by a list of changes:
/// somebody may have given a silent phone to another user.
/// </summary>
internal sealed class Confirmation(GraphReading reading, AccessPolicy policy, TenantRead read)
{
    private readonly GraphRows _map = new(policy.LicencePlans);

    /// <summary>Reads them.</summary>
    /// <param name="users">The users' ids.</param>
    /// <param name="devices">Ids of further managed devices.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The read with what was found; the same object where all was as remembered.</returns>
    public async Task<TenantRead> ReadAsync(IReadOnlyCollection<Guid> users, IReadOnlyCollection<string> devices, CancellationToken cancellationToken)
    {
        var userRows = new ChangedRows<Guid, TenantUser>(read.Memory.Users, static user => user.Id, ChangedUsers.Same);
        var deviceRows = new ChangedRows<string, ManagedDevice>(read.Memory.Devices, static device => device.Id, ChangedDevices.Same);
        var wanted = users.ToList();
        var lookups = new Lookups(reading, _map);
        await lookups.UsersAsync(wanted, userRows, cancellationToken).ConfigureAwait(false);
        var seen = await ReadDevicesOfAsync(wanted, deviceRows, cancellationToken).ConfigureAwait(false);
        var owners = new HashSet<Guid>(wanted);
        var elsewhere = read.Memory.Devices.Where(device => device.UserId is { } owner && owners.Contains(owner)).Select(static device => device.Id).Concat(devices).Where(id => !seen.Contains(id));
        await lookups.DevicesAsync([.. elsewhere.Distinct(StringComparer.Ordinal)], deviceRows, cancellationToken).ConfigureAwait(false);

        var memberships = new Memberships(reading, new PolicyGroups(policy), read.Memory.Groups);
        var groups = await memberships.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);

        var (userList, changedUsers) = userRows.Finish();
        var (deviceList, changedDevices) = deviceRows.Finish();
        var groupsChanged = !ReferenceEquals(groups, read.Memory.Groups);
        if (changedUsers.Count + changedDevices.Count == 0 && !groupsChanged) return read;
        return read with
        {
            Tenant = memberships.Of(groups, userList).Apply(read.Tenant with { Users = userList, ManagedDevices = deviceList }),
            Memory = read.Memory with { Users = userList, Devices = deviceList, Groups = groups },
            Changes = read.Changes is not { } told ? null : told with
            {
                Users = Join(told.Users, changedUsers, static user => user.Id),
                Devices = Join(told.Devices, changedDevices, static device => device.Id),
                Memberships = [.. told.Memberships.Concat(memberships.Differing(groups, userList)).Distinct()],
                GroupsChanged = told.GroupsChanged || groupsChanged,
            },
        };
    }

    private async Task<HashSet<string>> ReadDevicesOfAsync(List<Guid> users, ChangedRows<string, ManagedDevice> rows, CancellationToken cancellationToken)
    {
        const int NotFound = 404;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var requests = users.ConvertAll(reading.Addresses.ManagedDevicesOfUser);
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < users.Count; i++)
        {
            if (answers[i].Status == NotFound) continue;
            var list = await reading.WalkAsync(requests[i], answers[i], _map.Device, cancellationToken).ConfigureAwait(false);
            if (list.Cut is { } cut) throw GraphErrors.Invalid(requests[i], cut.TrimEnd('.'));
            if (list.Unreadable.Count > 0) throw GraphErrors.Invalid(requests[i], list.Unreadable[0].Cause.TrimEnd('.'));
            foreach (var device in list.Rows)
            {
                rows.Put(device);
                seen.Add(device.Id);
            }
        }

        return seen;
    }

    // What was is what was before both, what is is what was found last.
    private static IReadOnlyList<RowChange<T>> Join<T, TKey>(IReadOnlyList<RowChange<T>> first, IReadOnlyList<RowChange<T>> then, Func<T, TKey> key)
        where T : class
        where TKey : notnull
    {
        var changes = new Dictionary<TKey, RowChange<T>>();
        foreach (var change in first.Concat(then))
        {
            var id = key((change.Before ?? change.After)!);
            changes[id] = changes.TryGetValue(id, out var before) ? new RowChange<T>(before.Before, change.After) : change;
        }

        return [.. changes.Values];
    }
}
