using System;
using System.Collections.Generic;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed class GraphPage<T>
{
    /// <summary>Rows that could be read.</summary>
    public List<T> Rows { get; } = [];

    /// <summary>Rows that could not.</summary>
    public List<UnreadableRow> Unreadable { get; } = [];

    /// <summary>Rows that the server sent, those that are none of ours included.</summary>
    public int Sent { get; set; }

    /// <summary>What the server said of the list's length; null when it did not.</summary>
    public long? Count { get; set; }

    /// <summary>Where the list goes on; null at its end.</summary>
    public string? NextLink { get; set; }

    /// <summary>Where to ask what changed since; null in a list that is not one of changes, and before its end.</summary>
    public string? DeltaLink { get; set; }

    /// <summary>Why the list ends here although its end was not seen; null otherwise.</summary>
    public string? Cut { get; set; }

    /// <summary>Makes a page of an answer that arrived inside a batch.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="map">Makes a row; null for one that does not belong in the list.</param>
    /// <returns>The page.</returns>
    /// <exception cref="JsonException">The answer is no page.</exception>
    public static GraphPage<T> Of(JsonElement body, Func<GraphRow, T?> map)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("value", out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("it holds no list named value");
        }

        var page = new GraphPage<T>
        {
            NextLink = Link(body, "@odata.nextLink"),
            DeltaLink = Link(body, "@odata.deltaLink"),
            Count = body.TryGetProperty("@odata.count", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var number) ? number : null,
        };
        foreach (var row in rows.EnumerateArray()) page.Take(new GraphRow(row), map);
        return page;
    }

    /// <summary>Takes a row, or what is wrong with it.</summary>
    /// <param name="source">The row as it was sent.</param>
    /// <param name="map">Makes a row; null for one that does not belong in the list.</param>
    public void Take(GraphRow source, Func<GraphRow, T?> map)
    {
        Sent++;
        var mapped = source.IsObject ? map(source) : default;
        if (source.Fault is { } fault) Unreadable.Add(new(source.Identity(Sent), fault));
        else if (mapped is not null) Rows.Add(mapped);
    }

    private static string? Link(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var link) || link.ValueKind == JsonValueKind.Null) return null;
        try
        {
            return link.ValueKind == JsonValueKind.String ? link.GetString() : throw new JsonException($"its {name} is no text");
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"its {name} is no text");
        }
    }
}
