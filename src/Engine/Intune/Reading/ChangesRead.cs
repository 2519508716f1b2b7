using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// Brings what is remembered of the tenant up to date. Graph's lists of changes tell only where to look: whatever they name is read anew,
/// as a whole read would read it, and a list of which Graph does not tell the changes is read whole.
/// <code>
///   one batch: changed devices, changed users, changed groups, check-ins, count
///        ├─► managed devices of each changed device       ─┐
///        ├─► each changed user                             ├─► memory as it is now
///        └─► members of each policy group that changed    ─┘
/// </code>
/// </summary>
internal sealed class ChangesRead(GraphReading reading, AccessPolicy policy, TenantMemory known)
{
    private readonly ChangeLinks _links = new(reading);

    public async Task<TenantRead> ReadAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var checkpoint = known.Checkpoint;
        var questions = new Questions();
        var devices = questions.Add(checkpoint.DeviceLink is { } device ? reading.Addresses.ChangesSince(device, GraphAddresses.ChangedDevices) : null);
        var users = questions.Add(checkpoint.UserLink is { } user ? reading.Addresses.ChangesSince(user, GraphAddresses.ChangedUsers) : null);
        var groups = (checkpoint.GroupLinks ?? []).Select(link => questions.Add(reading.Addresses.ChangesSince(link, GraphAddresses.ChangedGroups))).ToList();
        var checkIns = questions.Add(reading.Addresses.CheckInsSince(CheckIns.Since(checkpoint)));
        var count = questions.Add(reading.Addresses.Overview());
        await questions.AskAsync(reading.Batch, cancellationToken).ConfigureAwait(false);

        using var lists = new WholeLists(reading, policy, cancellationToken);
        var userSide = await new ChangedUsers(reading, policy, known, _links, lists).ReadAsync(await questions.ChangesAsync(reading, users, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var deviceSide = await new ChangedDevices(reading, policy, known, _links, lists).ReadAsync(
            await questions.ChangesAsync(reading, devices, cancellationToken).ConfigureAwait(false),
            questions.Of(checkIns),
            new TenantCounts(reading).Devices(questions.Of(count).Request, questions.Of(count).Answer),
            Touched(userSide),
            at,
            cancellationToken).ConfigureAwait(false);
        UnknownCompliance.Tell(deviceSide.Rows, policy, reading.Console);
        var told = new List<WalkedList<ChangedRow>?>();
        foreach (var group in groups) told.Add(await questions.ChangesAsync(reading, group, cancellationToken).ConfigureAwait(false));
        var groupSide = await new ChangedGroups(reading, policy, known, _links, lists).ReadAsync(told, cancellationToken).ConfigureAwait(false);
        lists.CompletePeople();

        var policyGroups = new PolicyGroups(policy);
        var members = PolicyMembers.Of(policyGroups, groupSide.Groups, userSide.Rows);
        var tenant = members.Apply(new TenantSnapshot
        {
            ManagedDevices = deviceSide.Rows,
            Users = userSide.Rows,
            IncludedUsers = null,
            ExcludedUsers = [],
            CountedDevices = deviceSide.CountExcess + deviceSide.Rows.Count,
            Unreadable = [.. deviceSide.Unreadable, .. userSide.Unreadable, .. groupSide.Unreadable],
            Incomplete = string.Join(" ", new[] { deviceSide.Incomplete, userSide.Incomplete, groupSide.Incomplete }.Where(static cause => cause is not null)) is { Length: > 0 } cut ? cut : null,
        });
        var memberships = policyGroups.All.All(known.Groups.ContainsKey) ? members.DifferFrom(PolicyMembers.Of(policyGroups, known.Groups, known.Users)) : null;
        return new TenantRead
        {
            Tenant = tenant,
            IsWhole = false,
            Memory = new TenantMemory
            {
                Users = userSide.Rows,
                Devices = deviceSide.Rows,
                Groups = groupSide.Groups,
                Checkpoint = checkpoint with
                {
                    ReadAt = at,
                    NewestCheckIn = deviceSide.NewestCheckIn,
                    DeviceLink = deviceSide.Link,
                    UserLink = userSide.Link,
                    GroupLinks = groupSide.Links,
                    CountExcess = deviceSide.CountExcess,
                },
            },
            Changes = memberships is null || userSide.Changes is null || deviceSide.Changes is null
                ? null
                : new TenantChanges { Users = userSide.Changes, Devices = deviceSide.Changes, Memberships = Among(memberships, userSide.Rows), GroupsChanged = groupSide.IsChanged },
        };
    }

    private static IReadOnlyList<TenantUser> Among(IReadOnlyCollection<Guid> ids, IReadOnlyList<TenantUser> users)
    {
        if (ids.Count == 0) return [];
        var wanted = new HashSet<Guid>(ids);
        return [.. users.Where(user => wanted.Contains(user.Id))];
    }

    // What a managed device says of its user changes with the user, and nothing else tells of it. Null stands for any device.
    private IReadOnlyList<string>? Touched(TenantSide<TenantUser> users)
    {
        if (users.Changes is null) return null;
        var changed = new HashSet<Guid>(users.Changes.Select(static change => (change.Before ?? change.After)!.Id));
        return changed.Count == 0 ? [] : [.. known.Devices.Where(device => device.UserId is { } user && changed.Contains(user)).Select(static device => device.Id)];
    }
}
