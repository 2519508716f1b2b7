using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Rounds of changes: everything at first, and then what changed since the link that the round before ended with.</summary>
internal static class DeltaHandlers
{
    private const int MostIds = 50;
    private const int LargestPage = 999;

    private static readonly DeviceFeed s_devices = new();
    private static readonly UserFeed s_users = new();
    private static readonly GroupFeed s_groups = new();

    public static Task ListDevicesAsync(GraphRequest request) => ListAsync(request, s_devices);

    public static Task ListUsersAsync(GraphRequest request) => ListAsync(request, s_users);

    public static Task ListGroupsAsync(GraphRequest request) => ListAsync(request, s_groups);

    private static Task ListAsync(GraphRequest request, DeltaFeed feed)
    {
        if (request.Query.Unsupported(["$top", "$expand", "$orderby", "$search", "$skip", "$count"]) is { } option) throw GraphProblem.UnsupportedOption(option);
        int size = PageSize(request);
        Action<Utf8JsonWriter, DeltaRow>? write = null;
        GraphPage<DeltaRow> page = request.State.Read(world =>
        {
            TenantChangeLog log = request.State.TenantChanges;
            DeltaToken token = Token(request, log);
            write = feed.Writer(world, token.Select);
            return request.Query.DeltaToken == "latest" ? Last([], request, token) : Cut(request, feed, world, token, size);
        });
        return GraphWriter.WritePageAsync(request, feed.Fragment, page, (json, row) => WriteRow(json, row, write!));
    }

    private static GraphPage<DeltaRow> Cut(GraphRequest request, DeltaFeed feed, SandboxWorld world, DeltaToken token, int size)
    {
        int replayed = request.Context.Options.ReplayedChanges;
        (IReadOnlyList<DeltaRow> rows, GraphPlace? next) = token.Since < 0
            ? feed.Everything(world, token, size)
            : DeltaFeed.Cut(feed.Changes(request.State.TenantChanges, token, Math.Max(0, token.Since - replayed), size), token.Place.Offset, size);
        // What a client has seen may come once more, in the same answer too.
        if (replayed > 0 && rows.Count > 0) rows = [.. rows, rows[0]];
        if (next is not { } place) return Last(rows, request, token);
        DeltaToken following = token with { Place = place };
        return new GraphPage<DeltaRow>(rows)
        {
            NextLink = Link(request, "$skiptoken", following),
            SameLink = Link(request, "$skiptoken", token with { Variant = (byte)(token.Variant + 1) }),
        };
    }

    private static GraphPage<DeltaRow> Last(IReadOnlyList<DeltaRow> rows, GraphRequest request, DeltaToken token) => new(rows)
    {
        DeltaLink = Link(request, "$deltatoken", token with { Since = token.Until, Place = default, Variant = 0, Issued = request.Context.Options.Time.GetUtcNow() }),
        SameLink = Link(request, "$skiptoken", token with { Variant = (byte)(token.Variant + 1) }),
    };

    /// <summary>The place that the request goes on from, in a round that is under way or begins now.</summary>
    /// <exception cref="GraphProblem">The link is too old or nobody's, or the question makes no sense.</exception>
    private static DeltaToken Token(GraphRequest request, TenantChangeLog log)
    {
        DateTimeOffset now = request.Context.Options.Time.GetUtcNow();
        string? text = request.Query.SkipToken ?? request.Query.DeltaToken;
        if (string.IsNullOrEmpty(text) || text == "latest")
            return new DeltaToken { Route = request.Rule.Route, Issued = now, Until = log.Count, Select = request.Query.Select, Ids = Ids(request) };

        DeltaToken? token = DeltaToken.Read(text, request.Context.State.World.TenantId);
        if (token is null || token.Route != request.Rule.Route || token.Until > log.Count) throw GraphProblem.SyncReset("syncStateNotFound", request.AddressOf("?$deltatoken="));
        string fresh = request.AddressOf("?" + Question(token) + "$deltatoken=");
        if (token.Issued <= request.Context.DeltasFrom) throw GraphProblem.SyncReset("resyncRequired", fresh);
        if (now - token.Issued > DeltaToken.Lifetime) throw GraphProblem.SyncReset("syncStateNotFound", fresh);
        // A new round covers what happened until now.
        return request.Query.SkipToken is null ? token with { Until = log.Count } : token;
    }

    private static string Question(DeltaToken token)
    {
        string select = token.Select is null ? "" : "$select=" + Uri.EscapeDataString(token.Select) + "&";
        if (token.Ids.Count == 0) return select;
        return select + "$filter=" + Uri.EscapeDataString(string.Join(" or ", token.Ids.Select(id => $"id eq '{id}'"))) + "&";
    }

    private static Guid[] Ids(GraphRequest request)
    {
        if (request.Query.Filter is not { } filter) return [];
        if (ODataFilter.Parse(filter) is not [{ } alternatives]) throw GraphProblem.UnsupportedFilter(filter);
        if (alternatives.Count > MostIds) throw GraphProblem.TooManyIds(MostIds);
        var ids = new List<Guid>();
        foreach (ODataComparison comparison in alternatives)
        {
            if (comparison is not { Member: "id", Operator: "eq", IsQuoted: true } || !Guid.TryParse(comparison.Literal, out Guid id)) throw GraphProblem.UnsupportedFilter(filter);
            if (!ids.Contains(id)) ids.Add(id);
        }

        return [.. ids];
    }

    private static string Link(GraphRequest request, string option, DeltaToken token) => request.AddressOf($"?{option}={token.Write(request.State.World.TenantId)}");

    private static int PageSize(GraphRequest request)
    {
        const string Preference = "odata.maxpagesize=";
        string prefer = request.Http.Request.Headers["Prefer"].ToString();
        int start = prefer.IndexOf(Preference, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return request.Context.Options.DeltaPageSize;
        string digits = string.Concat(prefer[(start + Preference.Length)..].TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0 ? Math.Min(size, LargestPage) : request.Context.Options.DeltaPageSize;
    }

    private static void WriteRow(Utf8JsonWriter json, DeltaRow row, Action<Utf8JsonWriter, DeltaRow> write)
    {
        json.WriteStartObject();
        if (row.Removed is null)
        {
            write(json, row);
        }
        else
        {
            json.WriteString("id", row.Id);
            json.WriteStartObject("@removed");
            json.WriteString("reason", row.Removed);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
