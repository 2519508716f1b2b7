using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Up to twenty requests in one: each goes its own way, with its own faults and permissions.</summary>
internal sealed class GraphBatch
{
    private const int Most = 20;

    private readonly GraphRequest _request;
    private readonly List<Part> _parts = [];
    private readonly Dictionary<string, Part> _byId = new(StringComparer.OrdinalIgnoreCase);

    private GraphBatch(GraphRequest request) => _request = request;

    /// <summary>One request of the batch and, once it was made, its answer.</summary>
    private sealed class Part(string id, JsonElement inner, string[] dependsOn)
    {
        public string Id => id;

        public JsonElement Inner => inner;

        public string[] DependsOn => dependsOn;

        public bool IsUnderWay { get; set; }

        public int Status { get; set; }

        public byte[] Answer { get; set; } = [];
    }

    public static async Task HandleAsync(GraphRequest request)
    {
        using JsonDocument document = await ReadAsync(request).ConfigureAwait(false);
        var batch = new GraphBatch(request);
        batch.Take(document.RootElement);
        // Backwards: a client may build neither on the order of the work nor on that of the answers.
        for (int i = batch._parts.Count - 1; i >= 0; i--) await batch.RunAsync(batch._parts[i]).ConfigureAwait(false);

        using var body = new MemoryStream();
        var json = new Utf8JsonWriter(body);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteStartArray("responses");
            for (int i = batch._parts.Count - 1; i >= 0; i--) json.WriteRawValue(batch._parts[i].Answer, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        request.Http.Response.ContentType = "application/json";
        bool isCut = request.Fault?.Kind is GraphFaultKind.TruncatedBody or GraphFaultKind.ResetInBody;
        int length = isCut ? (int)body.Length / 2 : (int)body.Length;
        await request.Http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, length), request.Http.RequestAborted).ConfigureAwait(false);
        if (request.Fault?.Kind == GraphFaultKind.ResetInBody) request.Http.Abort();
    }

    private void Take(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("requests", out JsonElement requests) || requests.ValueKind != JsonValueKind.Array)
            throw Bad("The batch has no requests.");
        if (requests.GetArrayLength() is 0 or > Most) throw Bad("The batch has no requests, or more than 20.");
        foreach (JsonElement inner in requests.EnumerateArray())
        {
            string id = Text(inner, "id");
            bool hasBody = inner.TryGetProperty("body", out _);
            if (hasBody && !HasContentType(inner)) throw Bad($"The request '{id}' has a body and no Content-Type header.");
            string[] dependsOn = inner.TryGetProperty("dependsOn", out JsonElement named) ? [.. Texts(named)] : [];
            var part = new Part(id, inner, dependsOn);
            if (id.Length == 0 || !_byId.TryAdd(id, part)) throw Bad("The ids of a batch must be there and differ.");
            _parts.Add(part);
        }

        foreach (Part part in _parts)
        {
            foreach (string other in part.DependsOn)
            {
                if (!_byId.ContainsKey(other)) throw Bad($"The request '{part.Id}' depends on '{other}', which is not in the batch.");
            }
        }
    }

    private async Task RunAsync(Part part)
    {
        if (part.Status != 0) return;
        if (part.IsUnderWay) throw Bad($"The request '{part.Id}' depends on itself.");
        part.IsUnderWay = true;
        bool failed = false;
        foreach (string other in part.DependsOn)
        {
            await RunAsync(_byId[other]).ConfigureAwait(false);
            failed |= _byId[other].Status >= 400;
        }

        var http = new DefaultHttpContext { RequestAborted = _request.Http.RequestAborted };
        using var body = new MemoryStream();
        http.Response.Body = body;
        if (failed) await _request.Pipeline.RefuseAsync(http, new GraphProblem(424, "FailedDependency", "A request that this one depends on failed.")).ConfigureAwait(false);
        else await SendAsync(part.Inner, http).ConfigureAwait(false);
        await http.Response.BodyWriter.FlushAsync(_request.Http.RequestAborted).ConfigureAwait(false);
        part.Status = http.Response.StatusCode;
        part.Answer = Envelope(part.Id, http, body);
    }

    private async Task SendAsync(JsonElement inner, HttpContext http)
    {
        string url = Text(inner, "url");
        if (url.Length == 0 || url.Contains("://", StringComparison.Ordinal))
        {
            await _request.Pipeline.RefuseAsync(http, Bad("The address of a request in a batch must be relative.")).ConfigureAwait(false);
            return;
        }

        http.Request.Method = inner.TryGetProperty("method", out JsonElement method) ? method.GetString()!.ToUpperInvariant() : "GET";
        var uri = new Uri(new Uri(_request.Context.BaseAddress), $"/{_request.Version}/{url.TrimStart('/')}");
        http.Request.Path = PathString.FromUriComponent(uri);
        http.Request.QueryString = QueryString.FromUriComponent(uri);
        http.Request.Headers.Authorization = _request.Http.Request.Headers.Authorization;
        if (inner.TryGetProperty("headers", out JsonElement headers))
        {
            foreach (JsonProperty header in headers.EnumerateObject()) http.Request.Headers[header.Name] = header.Value.ToString();
        }

        if (inner.TryGetProperty("body", out JsonElement content)) http.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(content));
        string[] path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        await _request.Pipeline.HandleGraphAsync(http, _request.Version, path[1..], inBatch: true).ConfigureAwait(false);
    }

    private static byte[] Envelope(string id, HttpContext http, MemoryStream body)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteNumber("status", http.Response.StatusCode);
            json.WriteStartObject("headers");
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in http.Response.Headers) json.WriteString(name, value.ToString());
            json.WriteEndObject();
            if (body.Length > 0)
            {
                json.WritePropertyName("body");
                ReadOnlySpan<byte> text = body.GetBuffer().AsSpan(0, (int)body.Length);
                if (http.Response.ContentType?.Contains("json", StringComparison.Ordinal) == true) json.WriteRawValue(text, skipInputValidation: true);
                else json.WriteStringValue(text);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Text(JsonElement inner, string name) => inner.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static IEnumerable<string> Texts(JsonElement array)
    {
        foreach (JsonElement item in array.EnumerateArray()) yield return item.ToString();
    }

    private static bool HasContentType(JsonElement inner)
    {
        if (!inner.TryGetProperty("headers", out JsonElement headers)) return false;
        foreach (JsonProperty header in headers.EnumerateObject())
        {
            if (header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
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
