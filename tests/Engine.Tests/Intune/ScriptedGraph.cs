using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>What one request looked like.</summary>
internal sealed record SentRequest(string Url, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Url.Split('?')[0];

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A server that answers by a rule, for what a real one does only on a bad day.</summary>
internal sealed class ScriptedGraph(Func<SentRequest, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly object _gate = new();
    private readonly List<SentRequest> _requests = [];

    public ScriptedGraph(Func<SentRequest, HttpResponseMessage> answer)
        : this((request, _) => answer(request))
    {
    }

    /// <summary>Answers batches by what they ask; null for a server that takes none.</summary>
    public Func<string, HttpResponseMessage>? Batch { get; init; }

    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(body), status, headers);

    public static HttpResponseMessage Bytes(byte[] body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(new MemoryStream(body)) };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static HttpResponseMessage Page(string rows, string? next = null, long? count = null) => Json(
        "{" + (count is null ? "" : $"\"@odata.count\":{count},") + (next is null ? "" : $"\"@odata.nextLink\":\"{next}\",") + $"\"value\":[{rows}]}}");

    /// <summary>The answer to a batch, each of its requests by itself; null for one that is not known here.</summary>
    public static HttpResponseMessage Answers(string batch, Func<string, string?> body) => Batched(
        batch, url => body(url) is { } known ? $"\"status\":200,\"body\":{known}" : "\"status\":404,\"body\":{\"error\":{\"code\":\"ResourceNotFound\"}}");

    /// <summary>The answer to a batch in which every request has the same members for an answer.</summary>
    public static HttpResponseMessage EachAnswers(string batch, string members) => Batched(batch, _ => members);

    private static HttpResponseMessage Batched(string batch, Func<string, string> members)
    {
        using var asked = System.Text.Json.JsonDocument.Parse(batch);
        var answers = asked.RootElement.GetProperty("requests").EnumerateArray()
            .Select(request => $"{{\"id\":\"{request.GetProperty("id").GetString()}\",{members(request.GetProperty("url").GetString()!)}}}");
        return Json($"{{\"responses\":[{string.Join(",", answers)}]}}");
    }

    public static HttpResponseMessage Error(int status, string code, string message, params (string Name, string Value)[] headers) =>
        Json(System.Text.Json.JsonSerializer.Serialize(new { error = new { code, message } }), (HttpStatusCode)status, headers);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = new SentRequest(
            // As it goes over the wire, which is not always as it was written.
            request.RequestUri!.GetLeftPart(UriPartial.Authority) + request.RequestUri.PathAndQuery,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
        // A server of a rule knows lists only; one that takes no batches is asked for them all the same.
        if (sent.Url.EndsWith("/$batch", StringComparison.Ordinal))
            return Batch is { } batch ? batch(await request.Content!.ReadAsStringAsync(cancellationToken)) : Error(404, "ResourceNotFound", "no batches here");

        int number;
        lock (_gate)
        {
            _requests.Add(sent);
            number = _requests.Count;
        }

        var response = answer(sent, number);
        response.RequestMessage = request;
        return response;
    }
}
