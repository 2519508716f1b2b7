using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Reads lists to their ends, a few at a time. One that fails ends the others: a part of a tenant is of no use.</summary>
internal sealed class ListWalk(GraphPages pages, SemaphoreSlim lanes, CancellationTokenSource cancellation)
{
    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <typeparam name="TKey">What makes a row the same as another.</typeparam>
    /// <param name="request">The request for its first page.</param>
    /// <param name="map">Makes a row; null for one that does not belong in the list.</param>
    /// <param name="key">The row's id. Rows move between pages while a list is read, so one may come twice.</param>
    /// <param name="choose">Of two rows with one id, in the order they came, the one to keep; null for the later.</param>
    /// <param name="report">Receives the rows of each page, of the list so far, and of the whole list where that is known.</param>
    /// <returns>The list. One that comes short of what was announced is read a second time.</returns>
    public async Task<ListRead<T>> ReadAsync<T, TKey>(
        GraphRequest request,
        Func<GraphRow, T?> map,
        Func<T, TKey> key,
        Func<T, T, T>? choose,
        Action<int, int, int?> report)
        where T : class
        where TKey : notnull
    {
        var token = cancellation.Token;
        await lanes.WaitAsync(token).ConfigureAwait(false);
        try
        {
            var (list, missing) = await WalkAsync(request, map, key, choose, report, token).ConfigureAwait(false);
            if (missing is null) return list;

            // A page that was lost is there the second time; a count that is wrong is as wrong again.
            var (again, still) = await WalkAsync(request, map, key, choose, report, token).ConfigureAwait(false);
            if (still is null) return again;
            return still.IsBearable && still.Announced - still.Sent == missing.Announced - missing.Sent ? again with { Borne = still } : again with { Incomplete = still.ToString() };
        }
        catch
        {
            cancellation.Cancel();
            throw;
        }
        finally
        {
            lanes.Release();
        }
    }

    private async Task<(ListRead<T> List, Shortage? Missing)> WalkAsync<T, TKey>(
        GraphRequest request,
        Func<GraphRow, T?> map,
        Func<T, TKey> key,
        Func<T, T, T>? choose,
        Action<int, int, int?> report,
        CancellationToken cancellationToken)
        where T : class
        where TKey : notnull
    {
        RowsById<T, TKey>? rows = null;
        var unreadable = new List<UnreadableRow>();
        var standstill = new Standstill(request);
        var skipped = 0;
        var walked = 0;
        long? announced = null;
        string? cut = null;
        await foreach (var page in pages.ReadAsync(request, map, null, cancellationToken).ConfigureAwait(false))
        {
            if (rows is null)
            {
                announced = Announcement.Of(page);
                rows = new RowsById<T, TKey>(key, choose, announced);
            }

            walked++;
            cut = page.Cut;
            unreadable.AddRange(page.Unreadable);
            skipped += page.Sent - page.Rows.Count - page.Unreadable.Count;
            var before = rows.Rows.Count;
            rows.Add(page.Rows);
            report(page.Sent, rows.Rows.Count, announced is <= int.MaxValue ? (int)announced : null);
            if (cut is not null || page.Sent == 0) continue;
            cut = standstill.After(rows.Rows.Count > before);
            if (cut is not null) break;
        }

        IReadOnlyList<T> read = rows?.Rows ?? [];
        var list = new ListRead<T> { Rows = read, Unreadable = unreadable, Incomplete = cut };
        return (list, cut is null ? Announcement.Of(request, announced, read.Count + unreadable.Count + skipped, walked) : null);
    }
}
