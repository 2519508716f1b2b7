using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>What a read of the tenant works with.</summary>
internal sealed class GraphReading
{
    private readonly GraphClient _client;

    public GraphReading(GraphClient client, GraphAddresses addresses, ISyncConsole console, TimeProvider time)
    {
        Addresses = addresses;
        Console = console;
        _client = client;
        Pages = new GraphPages(client);
        Batch = new GraphBatch(client, addresses.Root, time);
    }

    public GraphAddresses Addresses { get; }

    public ISyncConsole Console { get; }

    public GraphPages Pages { get; }

    public GraphBatch Batch { get; }

    /// <summary>Whether a read may go on without what failed: a server that is busy, unreachable or refuses the sign-in fails everything else too.</summary>
    /// <param name="failure">The failure.</param>
    public static bool MayGoOn(ConnectorException failure) => failure.Kind is not (ErrorKind.Throttled or ErrorKind.Unreachable or ErrorKind.Authentication);

    /// <summary>Signs in, so that a refusal is told before anything else fails by it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task SignInAsync(CancellationToken cancellationToken) => _client.SignInAsync(cancellationToken);

    /// <summary>Takes what a batch brought for a page, and walks on from there.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="map">Makes a row.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>The rows and, of a list of changes, where to ask next time.</returns>
    /// <exception cref="ConnectorException">The list could not be had.</exception>
    public async Task<WalkedList<T>> WalkAsync<T>(GraphRequest request, BatchAnswer answer, Func<GraphRow, T?> map, CancellationToken cancellationToken)
        where T : class
    {
        if (answer.Failure is { } failure) throw failure;
        var list = new WalkedList<T>();
        var standstill = new Standstill(request);
        var seen = new HashSet<T>();
        var (pages, sent) = (0, 0);
        long? announced = null;
        await foreach (var page in Pages.ReadAsync(request, map, PageOf(request, answer, map), cancellationToken).ConfigureAwait(false))
        {
            if (pages++ == 0) announced = Announcement.Of(page);
            sent += page.Sent;
            list.Rows.AddRange(page.Rows);
            list.Unreadable.AddRange(page.Unreadable);
            list.Cut = page.Cut;
            list.DeltaLink = page.DeltaLink;
            var known = seen.Count;
            seen.UnionWith(page.Rows);
            if (list.Cut is not null || page.Sent == 0) continue;
            list.Cut = standstill.After(seen.Count > known);
            if (list.Cut is not null) break;
        }

        list.Shortage = Announcement.Of(request, announced, sent, pages);
        return list;
    }

    /// <summary>Walks a list of changes; where it cannot be had, says so and gives none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>The changes; null where the list that they are of has to be read whole.</returns>
    public async Task<WalkedList<ChangedRow>?> ChangesAsync(GraphRequest request, BatchAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            var list = await WalkAsync(request, answer, ChangedRow.Of, cancellationToken).ConfigureAwait(false);
            if (list.Cut is null && list.DeltaLink is not null && list.Unreadable.Count == 0) return list;
            Console.Verbose($"Graph does not tell the {request.Subject}: {list.Cut ?? "the list has no end."}");
        }
        catch (ConnectorException failure) when (MayGoOn(failure))
        {
            Console.Verbose($"Graph does not tell the {request.Subject}: {failure.Message}");
        }

        return null;
    }

    /// <summary>Takes an answer that holds one object.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="map">Makes the object.</param>
    /// <returns>The object; null where it does not exist.</returns>
    /// <exception cref="ConnectorException">It cannot be had, or cannot be read.</exception>
    public static T? Single<T>(GraphRequest request, BatchAnswer answer, Func<GraphRow, T?> map)
        where T : class
    {
        const int NotFound = 404;
        if (answer.Status == NotFound) return null;
        if (answer.Failure is { } failure) throw failure;
        // Some samples, and some gateways, wrap the object in a value.
        var body = answer.Body.ValueKind == JsonValueKind.Object && answer.Body.TryGetProperty("value", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : answer.Body;
        var row = new GraphRow(body);
        var result = row.IsObject ? map(row) : null;
        return row.Fault is { } fault ? throw GraphErrors.Invalid(request, $"The answer cannot be read: {fault}") : result;
    }

    private static GraphPage<T> PageOf<T>(GraphRequest request, BatchAnswer answer, Func<GraphRow, T?> map)
    {
        try
        {
            return GraphPage<T>.Of(answer.Body, map);
        }
        catch (JsonException failure)
        {
            throw GraphErrors.Of(request, failure);
        }
    }
}

/// <summary>A list that began inside a batch.</summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed class WalkedList<T>
{
    public List<T> Rows { get; } = [];

    public List<Domain.Devices.UnreadableRow> Unreadable { get; } = [];

    /// <summary>Why it ends although its end was not seen; null otherwise.</summary>
    public string? Cut { get; set; }

    /// <summary>What Graph announced and did not send; null otherwise.</summary>
    public Shortage? Shortage { get; set; }

    /// <summary>Where to ask what changed since; null in a list that is not one of changes.</summary>
    public string? DeltaLink { get; set; }
}

/// <summary>That something changed; what it is now has to be read.</summary>
/// <param name="Id">The directory's id of it.</param>
/// <param name="DeviceId">Of a device the id that Intune knows too; null for one that is gone.</param>
/// <param name="IsRemoved">Whether it is gone.</param>
internal sealed record ChangedRow(Guid Id, Guid? DeviceId, bool IsRemoved)
{
    public static ChangedRow Of(GraphRow row) => new(row.RequiredId("id"), row.Id("deviceId"), row.Row("@removed") is not null);
}
