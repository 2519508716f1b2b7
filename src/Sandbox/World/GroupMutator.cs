using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class GroupMutator
{
    public static void Apply(SandboxWorld world, WorldMutation mutation, Func<Guid, int> userIndex)
    {
        switch (mutation)
        {
            case GroupAdded added:
                world.Groups.Add(new SandboxGroup { Id = added.Group, DisplayName = added.DisplayName });
                break;
            case GroupRemoved removed when Find(world, removed.Group) is >= 0 and int index:
                world.Groups[index].IsDeleted = true;
                break;
            case GroupChanged changed when Find(world, changed.Group) is >= 0 and int index:
                SandboxGroup group = world.Groups[index];
                Change(group.UserIndexes, changed.AddUsers, changed.RemoveUsers, userIndex);
                Change(group.GroupIndexes, changed.AddGroups, changed.RemoveGroups, id => Find(world, id));
                break;
        }
    }

    private static void Change(List<int> members, IReadOnlyList<Guid>? add, IReadOnlyList<Guid>? remove, Func<Guid, int> indexOf)
    {
        if (remove is { Count: > 0 })
        {
            var gone = new HashSet<int>();
            foreach (Guid id in remove) gone.Add(indexOf(id));
            members.RemoveAll(gone.Contains);
        }

        if (add is not { Count: > 0 }) return;
        var present = new HashSet<int>(members);
        foreach (Guid id in add)
        {
            if (indexOf(id) is >= 0 and int index && present.Add(index)) members.Add(index);
        }
    }

    private static int Find(SandboxWorld world, Guid id) => world.Groups.FindIndex(group => group.Id == id && !group.IsDeleted);
}
