using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One page of a list, already cut out of it.</summary>
internal sealed record GraphPage<T>(IReadOnlyList<T> Rows)
{
    public int? Count { get; init; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public GraphPlace? Next { get; init; }

    /// <summary>The link to the next page, of a list that makes its own.</summary>
    public string? NextLink { get; init; }

    /// <summary>The link that the next round of changes starts with; on the last page of this one.</summary>
    public string? DeltaLink { get; init; }

    /// <summary>Another link to this page, of a list that makes its own.</summary>
    public string? SameLink { get; init; }
}

/// <summary>Writes answers straight into the response.</summary>
internal static class GraphWriter
{
    private const int FlushAt = 32 * 1024;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Task WritePageAsync<T>(GraphRequest request, string fragment, GraphPage<T> page, IReadOnlyList<GraphProperty<T>> properties) =>
        WritePageAsync(request, fragment, page, (json, row) => WriteRow(json, row, properties));

    public static async Task WritePageAsync<T>(GraphRequest request, string fragment, GraphPage<T> page, Action<Utf8JsonWriter, T> writeRow)
    {
        GraphFaultKind? fault = request.Fault?.Kind;
        bool isEmpty = fault is GraphFaultKind.EmptyList or GraphFaultKind.EmptyPage;
        IReadOnlyList<T> rows = isEmpty ? [] : page.Rows;
        // Half of the rows and the start of the next property: no reader can take that for an end.
        int breakAt = fault is GraphFaultKind.TruncatedBody or GraphFaultKind.ResetInBody ? rows.Count / 2 : -1;

        Utf8JsonWriter json = Start(request.Http, out PipeWriter pipe);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", request.MetadataContext(fragment));
            if (page.Count is { } count) json.WriteNumber("@odata.count", isEmpty ? 0 : count);
            if (NextLink(request, page) is { } next) json.WriteString("@odata.nextLink", next);
            else if (page.DeltaLink is { } delta && fault is not (GraphFaultKind.MissingNextLink or GraphFaultKind.EmptyList)) json.WriteString("@odata.deltaLink", delta);
            json.WriteStartArray("value");
            for (int i = 0; i < rows.Count; i++)
            {
                if (i == breakAt) break;
                writeRow(json, rows[i]);
                if (json.BytesPending < FlushAt) continue;
                json.Flush();
                await pipe.FlushAsync(request.Http.RequestAborted).ConfigureAwait(false);
            }

            if (breakAt < 0)
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.Flush();
        }

        await pipe.FlushAsync(request.Http.RequestAborted).ConfigureAwait(false);
        if (fault == GraphFaultKind.ResetInBody) request.Http.Abort();
    }

    /// <summary>Writes one object; inside <c>value</c> where it is to be wrapped.</summary>
    public static async Task WriteObjectAsync<T>(GraphRequest request, string fragment, T row, IReadOnlyList<GraphProperty<T>> properties, bool isWrapped = false)
    {
        bool isCut = request.Fault?.Kind is GraphFaultKind.TruncatedBody or GraphFaultKind.ResetInBody;
        Utf8JsonWriter json = Start(request.Http, out PipeWriter pipe);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            if (isWrapped) json.WriteStartObject("value");
            json.WriteString("@odata.context", request.MetadataContext(fragment));
            foreach (GraphProperty<T> property in properties)
            {
                json.WritePropertyName(property.EncodedName);
                property.Write(json, in row);
            }

            if (isWrapped && !isCut) json.WriteEndObject();
            if (!isCut) json.WriteEndObject();
            json.Flush();
        }

        await pipe.FlushAsync(request.Http.RequestAborted).ConfigureAwait(false);
        if (request.Fault?.Kind == GraphFaultKind.ResetInBody) request.Http.Abort();
    }

    public static Task WriteNumberAsync(GraphRequest request, int number)
    {
        request.Http.Response.ContentType = "text/plain";
        return request.Http.Response.WriteAsync(number.ToString(CultureInfo.InvariantCulture), request.Http.RequestAborted);
    }

    private static Utf8JsonWriter Start(HttpContext http, out PipeWriter pipe)
    {
        http.Response.ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        pipe = http.Response.BodyWriter;
        return new Utf8JsonWriter(pipe, s_options);
    }

    private static void WriteRow<T>(Utf8JsonWriter json, T row, IReadOnlyList<GraphProperty<T>> properties)
    {
        json.WriteStartObject();
        for (int i = 0; i < properties.Count; i++)
        {
            GraphProperty<T> property = properties[i];
            json.WritePropertyName(property.EncodedName);
            property.Write(json, in row);
        }

        json.WriteEndObject();
    }

    private static string? NextLink<T>(GraphRequest request, GraphPage<T> page) => request.Fault?.Kind switch
    {
        GraphFaultKind.MissingNextLink or GraphFaultKind.EmptyList => null,
        GraphFaultKind.RepeatedNextLink => request.OwnLink,
        GraphFaultKind.EmptyPage => page.SameLink ?? request.NextLink(request.Query.Place),
        _ => page.NextLink ?? (page.Next is { } next ? request.NextLink(next) : null),
    };
}
