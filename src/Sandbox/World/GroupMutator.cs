using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class GroupMutator
{
    public static void Apply(SandboxWorld world, WorldMutation mutation, Func<Guid, int> userIndex, TenantChangeLog log)
    {
        switch (mutation)
        {
            case GroupAdded added:
                var fresh = new SandboxGroup { Id = added.Group, DisplayName = added.DisplayName };
                world.Groups.Add(fresh);
                log.Add(new TenantChange(fresh.Id, fresh));
                break;
            case GroupRemoved removed when Find(world, removed.Group) is >= 0 and int index:
                Remove(world, index, log);
                break;
            case GroupChanged changed when Find(world, changed.Group) is >= 0 and int index:
                SandboxGroup group = world.Groups[index];
                if (changed.DisplayName is { } name && name != group.DisplayName)
                {
                    group.DisplayName = name;
                    log.Add(new TenantChange(group.Id, group) { Properties = ["displayName"] });
                }

                var members = new List<TenantMembership>();
                Change(group.UserIndexes, changed.AddUsers, changed.RemoveUsers, userIndex, isGroup: false, members);
                Change(group.GroupIndexes, changed.AddGroups, changed.RemoveGroups, id => Find(world, id), isGroup: true, members);
                log.AddMembers(group, members);
                break;
        }
    }

    private static void Remove(SandboxWorld world, int index, TenantChangeLog log)
    {
        SandboxGroup group = world.Groups[index];
        group.IsDeleted = true;
        foreach (SandboxGroup parent in world.Groups)
        {
            if (parent.GroupIndexes.Remove(index) && !parent.IsDeleted) log.AddMembers(parent, new TenantMembership(group.Id, IsGroup: true, IsGone: true));
        }

        log.Add(new TenantChange(group.Id, group, TenantChangeKind.RemovedForGood));
    }

    private static void Change(
        List<int> members, IReadOnlyList<Guid>? add, IReadOnlyList<Guid>? remove, Func<Guid, int> indexOf, bool isGroup, List<TenantMembership> changes)
    {
        if (add is not { Count: > 0 } && remove is not { Count: > 0 }) return;
        var present = new HashSet<int>(members);
        var gone = new HashSet<int>();
        foreach (Guid id in remove ?? [])
        {
            if (!present.Remove(indexOf(id))) continue;
            gone.Add(indexOf(id));
            changes.Add(new TenantMembership(id, isGroup, IsGone: true));
        }

        members.RemoveAll(gone.Contains);
        foreach (Guid id in add ?? [])
        {
            if (indexOf(id) is not (>= 0 and int index) || !present.Add(index)) continue;
            members.Add(index);
            changes.Add(new TenantMembership(id, isGroup, IsGone: false));
        }
    }

    private static int Find(SandboxWorld world, Guid id) => world.Groups.FindIndex(group => group.Id == id && !group.IsDeleted);
}
