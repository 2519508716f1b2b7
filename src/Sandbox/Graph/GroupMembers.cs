using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Who is in a group by any way; worked out once for each state of the world, since a walk asks for it page by page.</summary>
internal sealed class GroupMembers(WorldState state)
{
    private readonly Dictionary<Guid, (IReadOnlyList<SandboxUser> Users, IReadOnlyList<SandboxGroup> Groups)> _known = [];
    private int _version = -1;

    /// <summary>The users and the groups in between, each once. Call it with changes shut out.</summary>
    public (IReadOnlyList<SandboxUser> Users, IReadOnlyList<SandboxGroup> Groups) Of(SandboxWorld world, SandboxGroup group)
    {
        lock (_known)
        {
            if (_version != state.Version)
            {
                _known.Clear();
                _version = state.Version;
            }

            if (!_known.TryGetValue(group.Id, out (IReadOnlyList<SandboxUser> Users, IReadOnlyList<SandboxGroup> Groups) members)) _known[group.Id] = members = Walk(world, group);
            return members;
        }
    }

    private static (IReadOnlyList<SandboxUser> Users, IReadOnlyList<SandboxGroup> Groups) Walk(SandboxWorld world, SandboxGroup start)
    {
        var users = new SortedSet<int>();
        // A directory lets groups go in circles.
        var seen = new HashSet<SandboxGroup> { start };
        var open = new Stack<SandboxGroup>([start]);
        while (open.TryPop(out SandboxGroup? group))
        {
            foreach (int user in group.UserIndexes) users.Add(user);
            foreach (int nested in group.GroupIndexes)
            {
                if (!world.Groups[nested].IsDeleted && seen.Add(world.Groups[nested])) open.Push(world.Groups[nested]);
            }
        }

        var list = new List<SandboxUser>(users.Count);
        foreach (int user in users)
        {
            if (!world.Users[user].IsDeleted) list.Add(world.Users[user]);
        }

        seen.Remove(start);
        return (list, [.. seen]);
    }
}
