using System;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The way of a request: what it asks for, its faults, its token, its permission, its answer.</summary>
internal sealed class GraphPipeline(GraphContext context, LoginPipeline login)
{
    public async Task HandleAsync(HttpContext http)
    {
        string[] path = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.Length > 0 && path[0] is "v1.0" or "beta") await HandleGraphAsync(http, path[0], path[1..], inBatch: false).ConfigureAwait(false);
        else await login.HandleAsync(http, path).ConfigureAwait(false);
    }

    /// <summary>One request to Graph itself, by itself or out of a batch.</summary>
    public async Task HandleGraphAsync(HttpContext http, string version, string[] path, bool inBatch)
    {
        string requestId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        string clientRequestId = http.Request.Headers["client-request-id"].ToString() is { Length: > 0 } sent ? sent : requestId;
        http.Response.Headers["request-id"] = requestId;
        http.Response.Headers["client-request-id"] = clientRequestId;
        http.Response.Headers["x-ms-ags-diagnostic"] = """{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"LOOPBACK"}}""";
        try
        {
            await AnswerAsync(http, version, path, inBatch).ConfigureAwait(false);
        }
        catch (GraphProblem problem) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, problem, requestId, clientRequestId).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
    }

    /// <summary>Answers a request that never goes on its way.</summary>
    public Task RefuseAsync(HttpContext http, GraphProblem problem)
    {
        string id = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        return WriteAsync(http, problem, id, id);
    }

    private async Task WriteAsync(HttpContext http, GraphProblem problem, string requestId, string clientRequestId)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/json";
        if (problem.RetryAfter is { } wait) http.Response.Headers.RetryAfter = wait;
        if (problem.Location is { } location) http.Response.Headers.Location = location;
        if (problem.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer realm=\"\"";
        byte[] body = problem.ToJson(requestId, clientRequestId, context.Options.Time.GetUtcNow());
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, string version, string[] path, bool inBatch)
    {
        GraphRouteRule rule;
        string[] ids;
        try
        {
            (rule, ids) = GraphRoutes.Find(version, path);
        }
        catch (GraphProblem)
        {
            context.Requests.Record(http, GraphRoute.Unknown, inBatch);
            throw;
        }

        context.Requests.Record(http, rule.Route, inBatch);
        GraphFault? fault = context.Faults.Take(rule.Route);
        // Inside a batch there is no connection of its own to end.
        if (inBatch && fault?.Kind is GraphFaultKind.Reset or GraphFaultKind.ResetInBody or GraphFaultKind.TruncatedBody or GraphFaultKind.TruncatedGzip) fault = GraphFault.Status(504);
        if (fault is not null && await FaultRunner.BreakAsync(http, fault, rule.IsIntune, context.Options.Time).ConfigureAwait(false)) return;

        TokenGrant grant = Authenticate(http);
        if (rule.Roles.Count > 0 && !grant.HasAny(rule.Roles)) throw GraphProblem.Denied(rule);
        if (http.Request.Method != rule.Method) throw GraphProblem.NoMethod;
        context.State.Refresh();

        // An answer without a body has nothing to compress.
        bool isCompressed = !inBatch && rule.Route != GraphRoute.ExchangeConnectorSync && GraphCompression.IsAccepted(http);
        bool isCut = fault?.Kind == GraphFaultKind.TruncatedGzip;
        if (isCut && !isCompressed) fault = GraphFault.TruncatedBody;
        var request = new GraphRequest(http, version, rule, ids, context) { Fault = fault, Grant = grant, Pipeline = this };
        if (request.KnowsNewEnumMembers) http.Response.Headers["Preference-Applied"] = "include-unknown-enum-members";
        context.Throttle.Take(http, rule, request.Query, grant.ClientId, context.State.World.Users.Count);
        if (isCompressed) await GraphCompression.RunAsync(http, isCut, () => rule.Handle(request)).ConfigureAwait(false);
        else await rule.Handle(request).ConfigureAwait(false);
    }

    private TokenGrant Authenticate(HttpContext http)
    {
        string header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header.Length < 10) throw GraphProblem.TokenMissing;
        TokenGrant grant = context.Issuer.Read(header["Bearer ".Length..].Trim()) ?? throw GraphProblem.TokenInvalid;
        if (grant.Audience != context.BaseAddress) throw GraphProblem.TokenWrongAudience;
        return grant.Expires <= context.Options.Time.GetUtcNow() ? throw GraphProblem.TokenExpired : grant;
    }
}
