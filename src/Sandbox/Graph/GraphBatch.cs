using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Up to twenty requests in one: each goes its own way, with its own faults and permissions.</summary>
internal static class GraphBatch
{
    private const int Most = 20;

    public static async Task HandleAsync(GraphRequest request)
    {
        using JsonDocument document = await ReadAsync(request).ConfigureAwait(false);
        if (!document.RootElement.TryGetProperty("requests", out JsonElement requests) || requests.ValueKind != JsonValueKind.Array) throw Bad("The batch has no requests.");
        if (requests.GetArrayLength() > Most) throw Bad("The batch has more than 20 requests.");

        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var body = new MemoryStream();
        var json = new Utf8JsonWriter(body);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteStartArray("responses");
            // Backwards: a client may not build on the order.
            for (int i = requests.GetArrayLength() - 1; i >= 0; i--)
            {
                string id = requests[i].TryGetProperty("id", out JsonElement named) ? named.ToString() : "";
                if (id.Length == 0 || !ids.Add(id)) throw Bad("The ids of a batch must be there and differ.");
                await AnswerAsync(request, requests[i], id, json).ConfigureAwait(false);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        request.Http.Response.ContentType = "application/json";
        await request.Http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), request.Http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(GraphRequest request, JsonElement inner, string id, Utf8JsonWriter json)
    {
        var http = new DefaultHttpContext { RequestAborted = request.Http.RequestAborted };
        using var body = new MemoryStream();
        http.Response.Body = body;
        http.Request.Method = inner.TryGetProperty("method", out JsonElement method) ? method.GetString()!.ToUpperInvariant() : "GET";
        string url = inner.TryGetProperty("url", out JsonElement address) ? address.GetString() ?? "" : "";
        var uri = new Uri(new Uri(request.Context.BaseAddress), $"/{request.Version}/{url.TrimStart('/')}");
        http.Request.Path = PathString.FromUriComponent(uri);
        http.Request.QueryString = QueryString.FromUriComponent(uri);
        http.Request.Headers.Authorization = request.Http.Request.Headers.Authorization;
        if (inner.TryGetProperty("headers", out JsonElement headers))
        {
            foreach (JsonProperty header in headers.EnumerateObject()) http.Request.Headers[header.Name] = header.Value.ToString();
        }

        string[] path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        await request.Pipeline.HandleGraphAsync(http, request.Version, path[1..], inBatch: true).ConfigureAwait(false);
        await http.Response.BodyWriter.FlushAsync(request.Http.RequestAborted).ConfigureAwait(false);

        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteNumber("status", http.Response.StatusCode);
        json.WriteStartObject("headers");
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in http.Response.Headers) json.WriteString(name, value.ToString());
        json.WriteEndObject();
        json.WritePropertyName("body");
        ReadOnlySpan<byte> text = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (http.Response.ContentType?.Contains("json", StringComparison.Ordinal) == true) json.WriteRawValue(text, skipInputValidation: true);
        else json.WriteStringValue(text);
        json.WriteEndObject();
    }

    private static async Task<JsonDocument> ReadAsync(GraphRequest request)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Http.Request.Body, cancellationToken: request.Http.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            throw Bad("The batch is no JSON.");
        }
    }

    private static GraphProblem Bad(string message) => new(400, "BadRequest", message);
}
