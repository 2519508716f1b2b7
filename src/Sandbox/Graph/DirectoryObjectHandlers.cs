using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Names for many ids at once. What is not there is left out of the answer.</summary>
internal static class DirectoryObjectHandlers
{
    private const int Most = 1000;

    public static async Task GetByIdsAsync(GraphRequest request)
    {
        using JsonDocument body = await request.ReadBodyAsync().ConfigureAwait(false);
        HashSet<Guid> ids = [.. Texts(body, "ids").Select(text => Guid.TryParse(text, out Guid id) ? id : throw GraphProblem.BadId(text))];
        if (ids.Count is 0 or > Most) throw new GraphProblem(400, "Request_BadRequest", "The number of ids must be between 1 and 1000.");
        HashSet<string> types = [.. Texts(body, "types")];
        bool Wants(string type) => types.Count == 0 || types.Contains(type) || types.Contains("directoryObject");
        bool hidden = UserHandlers.IsHidden(request);
        List<object> found = request.State.Read(world => Find(world, ids, Wants("group"), Wants("user")));
        await GraphWriter.WritePageAsync(request, "directoryObjects", new GraphPage<object>(found), (json, row) => Write(json, row, hidden)).ConfigureAwait(false);
    }

    private static List<object> Find(SandboxWorld world, HashSet<Guid> ids, bool groups, bool users)
    {
        var found = new List<object>();
        if (groups) found.AddRange(world.Groups.Where(group => !group.IsDeleted && ids.Contains(group.Id)));
        if (users) found.AddRange(world.Users.Where(user => !user.IsDeleted && ids.Contains(user.Id)));
        return found;
    }

    private static void Write(Utf8JsonWriter json, object row, bool hidden)
    {
        json.WriteStartObject();
        if (row is SandboxGroup group)
        {
            json.WriteString("@odata.type", "#microsoft.graph.group");
            Write(json, group, GroupHandlers.Shape.Select(null));
        }
        else
        {
            json.WriteString("@odata.type", "#microsoft.graph.user");
            Write(json, new UserRow((SandboxUser)row, hidden), UserShape.Shape.Select(null));
        }

        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, T row, IReadOnlyList<GraphProperty<T>> properties)
    {
        foreach (GraphProperty<T> property in properties)
        {
            json.WritePropertyName(property.EncodedName);
            property.Write(json, in row);
        }
    }

    /// <summary>The texts of a list in a body; none where there is no such list.</summary>
    public static string[] Texts(JsonDocument body, string name) =>
        body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.ToString())]
            : [];
}
