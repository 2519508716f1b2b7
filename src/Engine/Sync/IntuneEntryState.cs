using System;
using System.Globalization;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>What is remembered of Intune's entry between runs, so that the status needs no request.</summary>
internal static class IntuneEntryState
{
    private const string EntryKey = "intune-connector";
    private const string FullRequestKey = "intune-request-full";
    private const string QuickRequestKey = "intune-request-quick";

    /// <summary>Remembers the entry.</summary>
    /// <param name="store">The memory.</param>
    /// <param name="entry">The entry; null where Intune lists none.</param>
    public static void Write(IStateStore store, IntuneConnectorEntry? entry) => store.WriteValue(EntryKey, entry is null ? null : JsonSerializer.Serialize(
        new StoredIntuneEntry(entry.Id, entry.Name, entry.Server, entry.Organization, entry.Status, entry.Version, entry.LastSync, entry.AsOf), IntuneEntryContext.Default.StoredIntuneEntry));

    /// <summary>The entry as it was last read.</summary>
    /// <param name="store">The memory.</param>
    /// <returns>The entry; null where none was found or nothing was read.</returns>
    public static IntuneConnectorEntry? Read(IStateStore store)
    {
        if (store.ReadValue(EntryKey) is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize(text, IntuneEntryContext.Default.StoredIntuneEntry) is not { } stored ? null : new()
            {
                Id = stored.Id,
                Name = stored.Name,
                Server = stored.Server,
                Organization = stored.Organization,
                Status = stored.Status,
                Version = stored.Version,
                LastSync = stored.LastSync,
                AsOf = stored.AsOf,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>When Intune was last asked for a sync that covers a kind: a full one covers a quick one.</summary>
    /// <param name="store">The memory.</param>
    /// <param name="kind">The kind.</param>
    /// <returns>The instant, UTC; null for never.</returns>
    public static DateTimeOffset? ReadRequest(IStateStore store, SyncKind kind)
    {
        var full = Instant(store.ReadValue(FullRequestKey));
        return kind == SyncKind.Full ? full : Later(full, Instant(store.ReadValue(QuickRequestKey)));
    }

    /// <summary>Remembers a request.</summary>
    /// <param name="store">The memory.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="at">When, UTC; null to forget it.</param>
    public static void WriteRequest(IStateStore store, SyncKind kind, DateTimeOffset? at) =>
        store.WriteValue(kind == SyncKind.Full ? FullRequestKey : QuickRequestKey, at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right ?? left : left;
}

/// <summary>The entry as it lies in the store.</summary>
internal sealed record StoredIntuneEntry(string Id, string Name, string Server, string Organization, string Status, string Version, DateTimeOffset? LastSync, DateTimeOffset AsOf);

/// <summary>Its serialiser.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(StoredIntuneEntry))]
internal sealed partial class IntuneEntryContext : System.Text.Json.Serialization.JsonSerializerContext;
