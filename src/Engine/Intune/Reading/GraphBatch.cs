using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

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
    /// <returns>The answers, in the order of the requests.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">A batch could not be had, or a request in it stayed busy for longer than patience lasts.</exception>
    public async Task<IReadOnlyList<BatchAnswer>> SendAsync(IReadOnlyList<GraphRequest> requests, CancellationToken cancellationToken)
    {
        var answers = new BatchAnswer?[requests.Count];
        for (var start = 0; start < requests.Count; start += Most)
        {
            var open = Enumerable.Range(start, Math.Min(Most, requests.Count - start)).ToList();
            var address = new Uri(root, "$batch");
            // An attempt may answer a part; the next one asks for what is still open.
            await client.GetAsync(
                () => requests[open[0]] with { Address = address, Body = Write(requests, open), IsEventual = false },
                body => ReadAsync(requests, answers, open, body, cancellationToken),
                cancellationToken).ConfigureAwait(false);
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
        if (request.IsEventual || request.Body is not null)
        {
            writer.WriteStartObject("headers");
            if (request.IsEventual) writer.WriteString("ConsistencyLevel", "eventual");
            if (request.Body is not null) writer.WriteString("Content-Type", "application/json");
            writer.WriteEndObject();
        }

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

    private async Task<bool> ReadAsync(IReadOnlyList<GraphRequest> requests, BatchAnswer?[] answers, List<int> open, GraphBody body, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await body.ReadAllAsync(LargestAnswer).ConfigureAwait(false));
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("responses", out var responses)
            || responses.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("it holds no answers");
        }

        Exception? busy = null;
        TimeSpan? wait = null;
        foreach (var response in responses.EnumerateArray())
        {
            if (Index(response) is not { } index || !open.Contains(index)) continue;
            var status = response.TryGetProperty("status", out var number) && number.TryGetInt32(out var value) ? value : 0;
            var content = response.TryGetProperty("body", out var sent) ? sent : default;
            if (status is >= 200 and < 300)
            {
                answers[index] = new BatchAnswer(status, content.Clone(), null);
            }
            else
            {
                var fault = GraphFault.Read(content, body.Token);
                var failure = GraphErrors.Of(requests[index], status, Wait(response), fault);
                if (failure is TransientFailure transient)
                {
                    busy ??= failure;
                    if (transient.RetryAfter is { } asked && !(asked <= wait)) wait = asked;
                    continue;
                }

                var told = await client.WordAsync(failure, requests[index], status, fault, body.Token, cancellationToken).ConfigureAwait(false);
                answers[index] = new BatchAnswer(status, default, told as Domain.Errors.ConnectorException ?? throw told);
            }

            open.Remove(index);
        }

        if (busy is TransientFailure first) throw new TransientFailure(first.Final, wait);
        if (open.Count > 0) throw new EndOfStreamException();
        return true;
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
}
