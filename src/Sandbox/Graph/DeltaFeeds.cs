using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Devices of the directory.</summary>
internal sealed class DeviceFeed() : DeltaFeed("devices")
{
    public override (IReadOnlyList<DeltaRow> Rows, GraphPlace? Next) Everything(SandboxWorld world, DeltaToken token, int size)
    {
        GraphPage<DeltaRow> page = GraphPaging.Cut(
            new DirectoryDevices(world), token.Place, size, device => device.Id,
            device => DirectoryDevices.IsThere(world, device) && Names(token, DirectoryIds.OfDevice(device.AzureAdDeviceId!.Value)),
            device => new DeltaRow(DirectoryIds.OfDevice(device.AzureAdDeviceId!.Value), device));
        return (page.Rows, page.Next);
    }

    public override Func<TenantChange, bool> Filter(DeltaToken token)
    {
        IReadOnlyList<GraphProperty<DirectoryDeviceRow>> selected = DirectoryDevices.Shape.Select(token.Select);
        return change => change.Subject is SandboxManagedDevice && Names(token, change.Object) && Touches(change, selected);
    }

    public override Action<Utf8JsonWriter, DeltaRow> Writer(SandboxWorld world, string? select)
    {
        IReadOnlyList<GraphProperty<DirectoryDeviceRow>> properties = DirectoryDevices.Shape.Select(select);
        var unmanaged = world.UnmanagedDevices.ToHashSet();
        return (json, row) =>
        {
            var device = (SandboxManagedDevice)row.Subject;
            Write(json, DirectoryDevices.Row(world, device, !unmanaged.Contains(device)), properties, row.Id);
        };
    }
}

/// <summary>Users.</summary>
internal sealed class UserFeed() : DeltaFeed("users")
{
    public override (IReadOnlyList<DeltaRow> Rows, GraphPlace? Next) Everything(SandboxWorld world, DeltaToken token, int size)
    {
        GraphPage<DeltaRow> page = GraphPaging.Cut(
            world.Users, token.Place, size, user => user.Id, user => !user.IsDeleted && Names(token, user.Id), user => new DeltaRow(user.Id, user));
        return (page.Rows, page.Next);
    }

    public override Func<TenantChange, bool> Filter(DeltaToken token)
    {
        IReadOnlyList<GraphProperty<UserRow>> selected = UserShape.Shape.Select(token.Select);
        return change => change.Subject is SandboxUser && Names(token, change.Object) && Touches(change, selected);
    }

    public override Action<Utf8JsonWriter, DeltaRow> Writer(SandboxWorld world, string? select)
    {
        IReadOnlyList<GraphProperty<UserRow>> properties = UserShape.Shape.Select(select);
        return (json, row) => Write(json, new UserRow((SandboxUser)row.Subject, IsHidden: false), properties, row.Id);
    }
}

/// <summary>Groups with their direct members, a large group in several parts.</summary>
internal sealed class GroupFeed() : DeltaFeed("groups")
{
    private const string Members = "members";

    public override (IReadOnlyList<DeltaRow> Rows, GraphPlace? Next) Everything(SandboxWorld world, DeltaToken token, int size)
    {
        bool withMembers = HasMembers(token.Select);
        var all = new List<DeltaRow>();
        foreach (SandboxGroup group in world.Groups)
        {
            if (group.IsDeleted || !Names(token, group.Id)) continue;
            var row = new DeltaRow(group.Id, group);
            all.AddRange(Split(withMembers ? row with { Members = MembersOf(world, group) } : row, size));
        }

        return Cut(all, token.Place.Offset, size);
    }

    public override Func<TenantChange, bool> Filter(DeltaToken token)
    {
        IReadOnlyList<GraphProperty<SandboxGroup>> selected = Properties(token.Select);
        bool withMembers = HasMembers(token.Select);
        return change => change.Subject is SandboxGroup && Names(token, change.Object)
            && (Touches(change, selected) || (withMembers && change.Members.Count > 0));
    }

    public override Action<Utf8JsonWriter, DeltaRow> Writer(SandboxWorld world, string? select)
    {
        IReadOnlyList<GraphProperty<SandboxGroup>> properties = Properties(select);
        bool withMembers = HasMembers(select);
        return (json, row) =>
        {
            Write(json, (SandboxGroup)row.Subject, properties, row.Id);
            if (withMembers && row.Members.Count > 0) WriteMembers(json, row.Members);
        };
    }

    public override IEnumerable<DeltaRow> Split(DeltaRow row, int size)
    {
        int most = Math.Max(1, size - 1);
        if (row.Members.Count <= most) return [row];
        return row.Members.Chunk(most).Select(part => row with { Members = part });
    }

    private static TenantMembership[] MembersOf(SandboxWorld world, SandboxGroup group) =>
    [
        .. group.UserIndexes.Select(index => new TenantMembership(world.Users[index].Id, IsGroup: false, IsGone: false)),
        .. group.GroupIndexes.Select(index => new TenantMembership(world.Groups[index].Id, IsGroup: true, IsGone: false)),
    ];

    private static bool HasMembers(string? select) => select is null || Parts(select).Contains(Members, StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<GraphProperty<SandboxGroup>> Properties(string? select)
    {
        if (select is null) return GroupHandlers.Shape.Select(null);
        string rest = string.Join(',', Parts(select).Where(name => !name.Equals(Members, StringComparison.OrdinalIgnoreCase)));
        return rest.Length == 0 ? [] : GroupHandlers.Shape.Select(rest);
    }

    private static string[] Parts(string select) => select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<TenantMembership> members)
    {
        json.WriteStartArray("members@delta");
        foreach (TenantMembership member in members)
        {
            json.WriteStartObject();
            json.WriteString("@odata.type", member.IsGroup ? "#microsoft.graph.group" : "#microsoft.graph.user");
            json.WriteString("id", member.Member);
            if (member.IsGone)
            {
                json.WriteStartObject("@removed");
                json.WriteString("reason", "deleted");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
