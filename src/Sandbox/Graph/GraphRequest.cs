using System;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One request on its way through the endpoint.</summary>
internal sealed class GraphRequest(HttpContext http, string version, GraphRouteRule rule, string[] ids, GraphContext context)
{
    public HttpContext Http => http;

    /// <summary>v1.0 or beta.</summary>
    public string Version => version;

    public GraphRouteRule Rule => rule;

    public GraphContext Context => context;

    public WorldState State => context.State;

    public ODataQuery Query { get; } = new(http.Request.Query);

    public GraphFault? Fault { get; init; }

    public required TokenGrant Grant { get; init; }

    /// <summary>For a request that holds others.</summary>
    public required GraphPipeline Pipeline { get; init; }

    /// <summary>The place holders of the path, in their order.</summary>
    public string Id => ids[0];

    /// <summary>The directory answers some questions only to a client that puts up with an index behind the truth.</summary>
    public bool IsEventual => string.Equals(http.Request.Headers["ConsistencyLevel"], "eventual", StringComparison.OrdinalIgnoreCase);

    public bool KnowsNewEnumMembers => http.Request.Headers["Prefer"].ToString().Contains("include-unknown-enum-members", StringComparison.OrdinalIgnoreCase);

    public string MetadataContext(string fragment) => $"{context.BaseAddress}/{version}/$metadata#{fragment}";

    public string NextLink(GraphPlace place) => AddressOf(Query.NextQuery(place));

    /// <summary>The request's own path with another query.</summary>
    public string AddressOf(string query) => context.BaseAddress + http.Request.Path.ToUriComponent() + query;

    public string OwnLink => AddressOf(http.Request.QueryString.ToUriComponent());

    /// <exception cref="GraphProblem">The body is no JSON.</exception>
    public async Task<JsonDocument> ReadBodyAsync()
    {
        try
        {
            return await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            throw new GraphProblem(400, "BadRequest", "Unable to read JSON request payload.", rule.IsIntune);
        }
    }

    public Guid GuidId() => Guid.TryParse(Id, out Guid id) ? id : throw GraphProblem.BadId(Id);
}
