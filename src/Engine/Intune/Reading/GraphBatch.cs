using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// Sends several requests as one. What is throttled or unavailable inside a batch is asked again, alone, after the longest wait that was
/// named; the rest is not asked twice.
/// </summary>
internal sealed class GraphBatch(GraphClient client, Uri root, TimeProvider time)
{
    /// <summary>Requests of one batch; Graph takes no more.</summary>
    public const int Most = 20;

    // Twenty pages of a thousand rows, with room to spare.
    private const int LargestAnswer = 128 * 1024 * 1024;

    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode("id");

    /// <summary>Sends requests, twenty at a time.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answers, in the order of the requests. One that stayed busy for longer than patience lasts holds its failure, as one that was refused does.</returns>
    /// <exception cref="ConnectorException">A batch could not be had.</exception>
    public async Task<IReadOnlyList<BatchAnswer>> SendAsync(IReadOnlyList<GraphRequest> requests, CancellationToken cancellationToken)
    {
        var answers = new BatchAnswer?[requests.Count];
        for (var start = 0; start < requests.Count; start += Most)
        {
            var open = Enumerable.Range(start, Math.Min(Most, requests.Count - start)).ToList();
            var busy = new Dictionary<int, BatchAnswer>();
            var address = new Uri(root, "$batch");
            try
            {
                // An attempt may answer a part; the next one asks for what is still open.
                await client.GetAsync(
                    () => requests[open[0]] with { Address = address, Body = Write(requests, open), IsEventual = false },
                    body => ReadAsync(requests, answers, open, busy, body, cancellationToken),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (ConnectorException failure) when (busy.Values.Any(part => ReferenceEquals(part.Failure, failure)))
            {
                // Patience ended for parts of it; whether the rest is of use without them is the caller's to say.
                foreach (var index in open) answers[index] = busy.TryGetValue(index, out var part) ? part : new BatchAnswer(0, default, failure);
            }
        }

        return answers!;
    }

    private byte[] Write(IReadOnlyList<GraphRequest> requests, List<int> open)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("requests");
            foreach (var index in open)
            {
                writer.WriteStartObject();
                writer.WriteString(s_id, index.ToString(CultureInfo.InvariantCulture));
                Write(writer, requests[index]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void Write(Utf8JsonWriter writer, GraphRequest request)
    {
        writer.WriteString("method", request.Body is null ? "GET" : "POST");
        writer.WriteString("url", Relative(request));
        writer.WriteStartObject("headers");
        writer.WriteString("Prefer", GraphClient.Preference);
        if (request.IsEventual) writer.WriteString("ConsistencyLevel", "eventual");
        if (request.Body is not null) writer.WriteString("Content-Type", "application/json");
        writer.WriteEndObject();
        if (request.Body is not { } body) return;
        writer.WritePropertyName("body");
        writer.WriteRawValue(body);
    }

    private string Relative(GraphRequest request)
    {
        var address = request.Address.AbsoluteUri;
        return address.StartsWith(root.AbsoluteUri, StringComparison.OrdinalIgnoreCase)
            ? "/" + address.Substring(root.AbsoluteUri.Length)
            : throw GraphErrors.Invalid(request, "A link leads out of Graph");
    }

    private async Task<bool> ReadAsync(
        IReadOnlyList<GraphRequest> requests,
        BatchAnswer?[] answers,
        List<int> open,
        Dictionary<int, BatchAnswer> busy,
        GraphBody body,
        CancellationToken cancellationToken)
    {
        busy.Clear();
        using var document = WholeJson.Parse(await body.ReadAllAsync(LargestAnswer).ConfigureAwait(false));
        TransientFailure? first = null;
        TimeSpan? wait = null;
        foreach (var part in Parts(document.RootElement))
        {
            if (!open.Contains(part.Index)) continue;
            if (part.Status is >= 200 and < 300 && part.Body.ValueKind != JsonValueKind.Undefined)
            {
                answers[part.Index] = new BatchAnswer(part.Status, part.Body.Clone(), null);
            }
            else
            {
                var fault = GraphFault.Read(part.Body, body.Token);
                var failure = Failure(requests[part.Index], part, fault);
                if (failure is TransientFailure transient)
                {
                    first ??= transient;
                    busy[part.Index] = new BatchAnswer(part.Status, default, transient.Final);
                    if (transient.RetryAfter is { } asked && !(asked <= wait)) wait = asked;
                    continue;
                }

                var told = await client.WordAsync(failure, requests[part.Index], part.Status, fault, body.Token, cancellationToken).ConfigureAwait(false);
                answers[part.Index] = new BatchAnswer(part.Status, default, told as ConnectorException ?? throw told);
            }

            open.Remove(part.Index);
        }

        if (open.Count == 0) return true;
        throw first is null ? new EndOfStreamException() : new TransientFailure(first.Final, wait);
    }

    private static Exception Failure(GraphRequest request, in Part part, GraphFault fault) =>
        part.Status is 0 or (>= 200 and < 300) ? GraphErrors.Invalid(request, "The answer inside the batch is none") : GraphErrors.Of(request, part.Status, part.Wait, fault);

    private List<Part> Parts(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("responses", out var responses) || responses.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("it holds no answers");
        }

        var parts = new List<Part>();
        try
        {
            foreach (var response in responses.EnumerateArray())
            {
                if (Index(response) is not { } index) continue;
                var status = response.TryGetProperty("status", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : 0;
                parts.Add(new Part(index, status, response.TryGetProperty("body", out var sent) ? sent : default, Wait(response)));
            }
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("it holds texts that are none");
        }

        return parts;
    }

    private static int? Index(JsonElement response) =>
        response.ValueKind == JsonValueKind.Object
        && response.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.String
        && int.TryParse(id.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    private TimeSpan? Wait(JsonElement response)
    {
        if (!response.TryGetProperty("headers", out var headers) || headers.ValueKind != JsonValueKind.Object) return null;
        foreach (var header in headers.EnumerateObject())
        {
            if (header.Name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)) return RetryAfter.Read(header.Value.ToString(), time.GetUtcNow());
        }

        return null;
    }

    private readonly record struct Part(int Index, int Status, JsonElement Body, TimeSpan? Wait);
}
