using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class UserHandlers
{
    public const int StandardPage = 100;
    public const int LargestPage = 999;

    private const int MostGroups = 20;

    private static readonly string[] s_readers = [GraphRoles.ReadUsers, GraphRoles.ReadUserNames, GraphRoles.ReadDirectory];

    public static Task ListAsync(GraphRequest request)
    {
        int size = request.Query.PageSize(StandardPage, LargestPage);
        IReadOnlyList<GraphProperty<UserRow>> properties = UserShape.Shape.Select(request.Query.Select);
        Func<SandboxUser, bool>? filter = Filter(request.Query.Filter);
        Func<SandboxUser, bool> matches = user => !user.IsDeleted && (filter is null || filter(user));
        bool hidden = IsHidden(request);
        GraphPage<UserRow> page = request.State.Read(world =>
        {
            GraphPage<UserRow> cut = GraphPaging.Cut(world.Users, request.Query.Place, size, user => user.Id, matches, user => new UserRow(user, hidden));
            bool counted = request.Query.Count && request.IsEventual && request.Query.IsFirstPage;
            return counted ? cut with { Count = GraphPaging.CountAll(world.Users, matches) } : cut;
        });
        return GraphWriter.WritePageAsync(request, "users", page, properties);
    }

    public static Task GetAsync(GraphRequest request)
    {
        SandboxUser user = request.State.Read(world => world.Users[Find(world, request.Id)]);
        return GraphWriter.WriteObjectAsync(request, "users/$entity", new UserRow(user, IsHidden(request)), UserShape.Shape.Select(request.Query.Select));
    }

    /// <summary>Which of the groups that the body names the user is in, by any way.</summary>
    public static async Task CheckGroupsAsync(GraphRequest request)
    {
        using JsonDocument body = await request.ReadBodyAsync().ConfigureAwait(false);
        HashSet<Guid> ids = [.. DirectoryObjectHandlers.Texts(body, "groupIds").Select(text => Guid.TryParse(text, out Guid id) ? id : throw GraphProblem.BadId(text))];
        if (ids.Count is 0 or > MostGroups) throw new GraphProblem(400, "Request_BadRequest", "The number of groups must be between 1 and 20.");
        List<Guid> found = request.State.Read(world =>
        {
            SandboxUser user = world.Users[Find(world, request.Id)];
            return world.Groups
                .Where(group => !group.IsDeleted && ids.Contains(group.Id) && request.Context.Members.Of(world, group).Users.Contains(user))
                .Select(group => group.Id)
                .ToList();
        });
        await GraphWriter.WritePageAsync(request, "Collection(Edm.String)", new GraphPage<Guid>(found), (json, id) => json.WriteStringValue(id)).ConfigureAwait(false);
    }

    /// <summary>Whoever may only see members sees that they are there, not who they are.</summary>
    public static bool IsHidden(GraphRequest request) => !request.Grant.HasAny(s_readers);

    /// <exception cref="GraphProblem">There is no such user.</exception>
    public static int Find(SandboxWorld world, string idOrName)
    {
        int index = Guid.TryParse(idOrName, out Guid id)
            ? world.Users.FindIndex(user => user.Id == id && !user.IsDeleted)
            : world.Users.FindIndex(user => !user.IsDeleted && user.UserPrincipalName.Equals(idOrName, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw GraphProblem.NoObject(idOrName);
    }

    /// <summary>Unlike managed devices, the directory refuses a filter that it does not understand.</summary>
    private static Func<SandboxUser, bool>? Filter(string? filter)
    {
        if (filter is null) return null;
        if (ODataFilter.Parse(filter) is not [[{ Operator: "eq" } only]]) throw GraphProblem.UnsupportedFilter(filter);
        string literal = only.Literal;
        return only.Member switch
        {
            "id" => user => user.Id.ToString().Equals(literal, StringComparison.OrdinalIgnoreCase),
            "userPrincipalName" => user => user.UserPrincipalName.Equals(literal, StringComparison.OrdinalIgnoreCase),
            "mail" => user => string.Equals(user.Mail, literal, StringComparison.OrdinalIgnoreCase),
            "displayName" => user => user.DisplayName.Equals(literal, StringComparison.OrdinalIgnoreCase),
            "onPremisesImmutableId" => user => user.OnPremisesImmutableId == literal,
            "onPremisesSecurityIdentifier" => user => user.OnPremisesSecurityIdentifier == literal,
            "accountEnabled" when literal is "true" or "false" => user => user.AccountEnabled == (literal == "true"),
            _ => throw GraphProblem.UnsupportedFilter(filter),
        };
    }
}
