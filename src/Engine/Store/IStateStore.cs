using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>What a complete read saw and what was decided on it, to be answered from until the next one.</summary>
public sealed record RunSnapshot
{
    /// <summary>When it was read, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What Exchange said.</summary>
    public required ExchangeSnapshot Exchange { get; init; }

    /// <summary>What the tenant said.</summary>
    public required TenantSnapshot Tenant { get; init; }

    /// <summary>What was decided.</summary>
    public required IReadOnlyList<DeviceAssessment> Assessments { get; init; }

    /// <summary>How many mailboxes with devices have a user in the tenant, over all and not only over what was decided anew; null where nobody counted.</summary>
    public int? MatchedOwners { get; init; }

    /// <summary>The mailboxes that were written since the read, as they are now, by their Guid.</summary>
    public IReadOnlyDictionary<Guid, Mailbox> Written { get; init; } = new Dictionary<Guid, Mailbox>();
}

/// <summary>Everything the last complete read holds about the partnerships of one id on one mailbox.</summary>
public sealed record StoredCase
{
    /// <summary>When it was read, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What Exchange said of this mailbox and these partnerships, with the organisation's settings and rules.</summary>
    public required ExchangeSnapshot Exchange { get; init; }

    /// <summary>What the tenant said of the users that may own the mailbox and of the managed devices with the id.</summary>
    public required TenantSnapshot Tenant { get; init; }

    /// <summary>The ledger's entries of the mailbox.</summary>
    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }
}

/// <summary>A change that is about to be written.</summary>
/// <param name="Change">The change, pending, with its values before and after.</param>
/// <param name="Denials">Partnerships that lose mail by it.</param>
public sealed record Announcement(ChangeRecord Change, int Denials);

/// <summary>What became of an announced change.</summary>
/// <param name="Change">The change with its outcome.</param>
/// <param name="Written">Entries that are ours now.</param>
/// <param name="Withdrawn">Entries of ours that are gone now.</param>
public sealed record Settlement(ChangeRecord Change, IReadOnlyList<LedgerEntry> Written, IReadOnlyList<LedgerEntry> Withdrawn)
{
    /// <summary>The rule or policy that was created and is ours now; null for none.</summary>
    public OwnedObject? Created { get; init; }

    /// <summary>The rule or policy of ours that was removed; null for none.</summary>
    public OwnedObject? Removed { get; init; }
}

/// <summary>
/// A connector's memory: ledger, journal, runs, baseline and the last complete read. Every call is a transaction: after a kill it
/// happened whole or not at all. Failures are <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public partial interface IStateStore : IDisposable
{
    /// <summary>Reads the ledger.</summary>
    /// <returns>The entries.</returns>
    Ledger ReadLedger();

    /// <summary>Reads the counts of the last complete read.</summary>
    /// <returns>The counts; null before the first.</returns>
    Baseline? ReadBaseline();

    /// <summary>Counts the denials that finished or broken-off runs made since an instant.</summary>
    /// <param name="since">The instant, UTC.</param>
    /// <returns>The count: of every applied or pending change, the denials it was planned to make.</returns>
    int CountDenials(DateTimeOffset since);

    /// <summary>Opens a run: from here on it is in the history, as failed until it is finished.</summary>
    /// <param name="run">The run with status <see cref="SyncStatus.Failed"/>.</param>
    void BeginRun(SyncResult run);

    /// <summary>Closes a run.</summary>
    /// <param name="run">The run.</param>
    void FinishRun(SyncResult run);

    /// <summary>Announces changes before any of them is written.</summary>
    /// <param name="changes">The changes, pending, with their values before and after.</param>
    void Announce(IReadOnlyList<Announcement> changes);

    /// <summary>Settles announced changes and, in the same transaction, notes in the ledger which entries are ours now.</summary>
    /// <param name="settlements">What became of each.</param>
    void Settle(IReadOnlyList<Settlement> settlements);

    /// <summary>Changes that were announced and never settled, as a kill leaves them.</summary>
    /// <returns>The changes, oldest first.</returns>
    IReadOnlyList<ChangeRecord> ReadPending();

    /// <summary>Notes in the ledger what a complete read taught.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="now">The instant of the read, UTC.</param>
    void Note(IReadOnlyList<LedgerNote> notes, DateTimeOffset now);

    /// <summary>Replaces the last complete read.</summary>
    /// <param name="snapshot">The new one.</param>
    /// <param name="asBaseline">Whether the next read is measured against it; never for a read that a run was held on.</param>
    void SaveSnapshot(RunSnapshot snapshot, bool asBaseline);

    /// <summary>Replaces the part of the last complete read that was decided anew.</summary>
    /// <param name="snapshot">The read, with the decisions that are new.</param>
    /// <param name="mailboxes">The mailboxes that were decided anew; those of them that were not read are gone.</param>
    /// <param name="asBaseline">Whether the next read is measured against its counts; never for a read that a run was held on.</param>
    void UpdateSnapshot(RunSnapshot snapshot, IReadOnlyCollection<Guid> mailboxes, bool asBaseline);

    /// <summary>What the last complete read saw and what was decided on it, in brief.</summary>
    /// <returns>The marks; null before the first read.</returns>
    SnapshotMarks? ReadMarks();

    /// <summary>Devices of the last complete read.</summary>
    /// <param name="query">Which.</param>
    /// <returns>The devices, ordered by mailbox and id, streamed.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">Nothing was read yet.</exception>
    IEnumerable<ConnectorDevice> ReadDevices(DeviceQuery query);

    /// <summary>Everything about one id on one mailbox.</summary>
    /// <param name="mailbox">Any name of the mailbox: an SMTP address, its Guid, its canonical name.</param>
    /// <param name="deviceId">The EAS id.</param>
    /// <returns>The case; null when the last complete read does not hold it.</returns>
    StoredCase? ReadCase(string mailbox, string deviceId);

    /// <summary>Runs, newest first.</summary>
    /// <param name="last">How many at most; null for all.</param>
    /// <param name="runId">One run only; null for any.</param>
    /// <param name="includeChanges">Whether their changes are wanted.</param>
    /// <returns>The runs.</returns>
    IReadOnlyList<RunRecord> ReadRuns(int? last, Guid? runId, bool includeChanges);

    /// <summary>The newest successful run of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The run; null when none ever succeeded.</returns>
    SyncResult? ReadLastSuccess(SyncKind kind);

    /// <summary>The servers of the organisation as they were found, with the health of each.</summary>
    /// <returns>The servers, by name; empty before the first connection.</returns>
    IReadOnlyList<KnownServer> ReadServers();

    /// <summary>Replaces the servers.</summary>
    /// <param name="servers">The servers.</param>
    void SaveServers(IReadOnlyList<KnownServer> servers);

    /// <summary>Reads a value of the small key-value memory, as the reason of a lasting hold.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; null when there is none.</returns>
    string? ReadValue(string key);

    /// <summary>Writes a value of the small key-value memory.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null takes it out.</param>
    void WriteValue(string key, string? value);
}
