using System;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The way of a request to the sign-in service.</summary>
internal sealed class LoginPipeline(GraphContext context, LoginService service)
{
    public async Task HandleAsync(HttpContext http, string[] path)
    {
        GraphRoute route = RouteOf(path);
        context.Requests.Record(http, route, inBatch: false);
        string correlation = http.Request.Headers["client-request-id"].ToString() is { Length: > 0 } sent ? sent : new Guid(Convert.FromHexString(TokenIssuer.NewId())).ToString();
        http.Response.Headers["client-request-id"] = correlation;
        http.Response.Headers.CacheControl = "no-store, no-cache";
        try
        {
            GraphFault? fault = context.Faults.Take(route);
            if (fault is not null && await FaultRunner.BreakAsync(http, fault, isIntune: false, context.Options.Time).ConfigureAwait(false)) return;
            JsonObject answer = await AnswerAsync(http, route, path).ConfigureAwait(false);
            string text = answer.ToJsonString();
            await WriteAsync(http, 200, fault?.Kind == GraphFaultKind.TruncatedBody ? text[..(text.Length / 2)] : text).ConfigureAwait(false);
        }
        catch (LoginError error)
        {
            await WriteAsync(http, error.Status, error.ToJson(correlation, context.Options.Time.GetUtcNow()).ToJsonString()).ConfigureAwait(false);
        }
        catch (GraphProblem problem)
        {
            if (problem.RetryAfter is { } wait) http.Response.Headers.RetryAfter = wait;
            await WriteAsync(http, problem.Status, """{"error":"temporarily_unavailable"}""").ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
    }

    private async Task<JsonObject> AnswerAsync(HttpContext http, GraphRoute route, string[] path)
    {
        if (route == GraphRoute.Unknown) throw new GraphProblem(404, "NotFound", "");
        string tenant = path[0];
        service.CheckTenant(tenant);
        if (route == GraphRoute.Discovery) return service.Discovery(tenant);
        if (route == GraphRoute.SigningKeys) return context.Issuer.KeySet();
        if (!http.Request.HasFormContentType) throw LoginError.UnsupportedGrant("");
        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        return route == GraphRoute.DeviceCode ? service.StartDeviceCode(form) : service.Token(tenant, form);
    }

    private static GraphRoute RouteOf(string[] path) => path switch
    {
        [_, "oauth2", "v2.0", "token"] => GraphRoute.Token,
        [_, "oauth2", "v2.0", "devicecode"] => GraphRoute.DeviceCode,
        [_, "discovery", "v2.0", "keys"] => GraphRoute.SigningKeys,
        [_, "v2.0", ".well-known", "openid-configuration"] or [_, ".well-known", "openid-configuration"] => GraphRoute.Discovery,
        _ => GraphRoute.Unknown,
    };

    private static Task WriteAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(text, Encoding.UTF8, http.RequestAborted);
    }
}
