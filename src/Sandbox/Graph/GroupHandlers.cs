using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class GroupHandlers
{
    public static GraphShape<SandboxGroup> Shape { get; } = new GraphShape<SandboxGroup>("microsoft.graph.group", isIntune: false)
        .Text("id", group => group.Id.ToString())
        .Text("displayName", group => group.DisplayName)
        .Nulls(isDefault: true, "description", "mail")
        .Flag("mailEnabled", _ => false)
        .Text("mailNickname", group => group.DisplayName)
        .Flag("securityEnabled", _ => true)
        .Flag("onPremisesSyncEnabled", group => group.IsCloudOnly ? null : true)
        .Text("onPremisesSamAccountName", group => group.IsCloudOnly ? null : group.DisplayName)
        .Nulls(isDefault: true, "onPremisesSecurityIdentifier", "onPremisesDomainName");

    public static Task ListAsync(GraphRequest request)
    {
        int size = request.Query.PageSize(UserHandlers.StandardPage, UserHandlers.LargestPage);
        Func<SandboxGroup, bool> matches = Filter(request.Query.Filter);
        GraphPage<SandboxGroup> page = request.State.Read(world => GraphPaging.Cut(world.Groups, request.Query.Place, size, group => group.Id, matches, group => group));
        return GraphWriter.WritePageAsync(request, "groups", page, Shape.Select(request.Query.Select));
    }

    public static Task GetAsync(GraphRequest request)
    {
        SandboxGroup group = request.State.Read(world => Find(world, request));
        return GraphWriter.WriteObjectAsync(request, "groups/$entity", group, Shape.Select(request.Query.Select));
    }

    public static Task ListTransitiveUsersAsync(GraphRequest request)
    {
        if (!request.IsEventual || !request.Query.Count) throw GraphProblem.NeedsConsistencyLevel;
        int size = request.Query.PageSize(UserHandlers.StandardPage, UserHandlers.LargestPage);
        IReadOnlyList<GraphProperty<UserRow>> properties = UserShape.Shape.Select(request.Query.Select);
        bool hidden = UserHandlers.IsHidden(request);
        GraphPage<UserRow> page = request.State.Read(world =>
        {
            IReadOnlyList<SandboxUser> users = request.Context.Members.Of(world, Find(world, request)).Users;
            GraphPage<UserRow> cut = GraphPaging.Cut(users, request.Query.Place, size, user => user.Id, matches: null, user => new UserRow(user, hidden));
            return request.Query.IsFirstPage ? cut with { Count = users.Count } : cut;
        });
        return GraphWriter.WritePageAsync(request, "users", page, properties);
    }

    public static Task ListTransitiveGroupsAsync(GraphRequest request)
    {
        if (!request.IsEventual || !request.Query.Count) throw GraphProblem.NeedsConsistencyLevel;
        int size = request.Query.PageSize(UserHandlers.StandardPage, UserHandlers.LargestPage);
        GraphPage<SandboxGroup> page = request.State.Read(world =>
        {
            IReadOnlyList<SandboxGroup> groups = request.Context.Members.Of(world, Find(world, request)).Groups;
            GraphPage<SandboxGroup> cut = GraphPaging.Cut(groups, request.Query.Place, size, group => group.Id, matches: null, group => group);
            return request.Query.IsFirstPage ? cut with { Count = groups.Count } : cut;
        });
        return GraphWriter.WritePageAsync(request, "groups", page, Shape.Select(request.Query.Select));
    }

    public static Task CountMembersAsync(GraphRequest request) => CountAsync(request, withGroups: true);

    public static Task CountUsersAsync(GraphRequest request) => CountAsync(request, withGroups: false);

    private static Task CountAsync(GraphRequest request, bool withGroups)
    {
        if (!request.IsEventual) throw GraphProblem.NeedsConsistencyLevel;
        (IReadOnlyList<SandboxUser> users, IReadOnlyList<SandboxGroup> groups) = request.State.Read(world => request.Context.Members.Of(world, Find(world, request)));
        return GraphWriter.WriteNumberAsync(request, users.Count + (withGroups ? groups.Count : 0));
    }

    private static SandboxGroup Find(SandboxWorld world, GraphRequest request)
    {
        Guid id = request.GuidId();
        return world.Groups.Find(group => group.Id == id && !group.IsDeleted) ?? throw GraphProblem.NoObject(request.Id);
    }

    private static Func<SandboxGroup, bool> Filter(string? filter)
    {
        if (filter is null) return group => !group.IsDeleted;
        if (ODataFilter.Parse(filter) is not [[{ Operator: "eq", Member: "displayName" or "id" } only]]) throw GraphProblem.UnsupportedFilter(filter);
        return group => !group.IsDeleted && (only.Member == "id" ? group.Id.ToString() : group.DisplayName).Equals(only.Literal, StringComparison.OrdinalIgnoreCase);
    }
}
