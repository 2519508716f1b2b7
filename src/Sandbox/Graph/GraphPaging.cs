using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Cuts pages out of lists that may change between two requests.</summary>
internal static class GraphPaging
{
    /// <summary>The place after the last row that the client has seen, wherever that row is now.</summary>
    public static int Resume<T>(IReadOnlyList<T> list, GraphPlace place, Func<T, Guid> idOf)
    {
        if (place.IsStart) return 0;
        int expected = place.Offset - 1;
        if (expected >= 0 && expected < list.Count && idOf(list[expected]) == place.LastId) return place.Offset;

        // Rows before it went away or came: it is somewhere near. If it went away itself, go on where it was.
        for (int i = Math.Min(expected, list.Count - 1); i >= 0; i--)
        {
            if (idOf(list[i]) == place.LastId) return i + 1;
        }

        for (int i = Math.Max(expected, 0); i < list.Count; i++)
        {
            if (idOf(list[i]) == place.LastId) return i + 1;
        }

        return Math.Clamp(expected, 0, list.Count);
    }

    /// <summary>Up to <paramref name="size"/> rows that match, from where the query goes on.</summary>
    public static GraphPage<TRow> Cut<TItem, TRow>(
        IReadOnlyList<TItem> list, GraphPlace place, int size, Func<TItem, Guid> idOf, Func<TItem, bool>? matches, Func<TItem, TRow> toRow)
    {
        int i = Resume(list, place, idOf);
        var rows = new List<TRow>(Math.Min(size, list.Count));
        int lastTaken = -1;
        for (; i < list.Count && rows.Count < size; i++)
        {
            if (matches is not null && !matches(list[i])) continue;
            rows.Add(toRow(list[i]));
            lastTaken = i;
        }

        while (matches is not null && i < list.Count && !matches(list[i])) i++;
        return new GraphPage<TRow>(rows) { Next = i < list.Count && lastTaken >= 0 ? new GraphPlace(lastTaken + 1, idOf(list[lastTaken])) : null };
    }

    public static int CountAll<T>(IReadOnlyList<T> list, Func<T, bool>? matches)
    {
        if (matches is null) return list.Count;
        int count = 0;
        foreach (T item in list)
        {
            if (matches(item)) count++;
        }

        return count;
    }
}
