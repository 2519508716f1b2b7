using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// The state of one connector in one SQLite file. Every member may be called from any thread, one call is served at a time; other processes
/// may use the file meanwhile.
/// </summary>
public sealed partial class SqliteStateStore : IStateStore
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly RunTable _runs;
    private readonly RunNoteTable _notes;
    private readonly JournalTable _journal;
    private readonly LedgerTable _ledger;
    private readonly SnapshotReader _snapshot;

    /// <summary>Takes over a connection that <see cref="StateDatabase"/> opened.</summary>
    internal SqliteStateStore(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
        _runs = new RunTable(connection);
        _notes = new RunNoteTable(connection);
        _journal = new JournalTable(connection);
        _ledger = new LedgerTable(connection);
        _snapshot = new SnapshotReader(connection);
    }

    /// <summary>Opens a connector's state; creates it, for the current account alone, where it is missing.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <returns>The state.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">StateUnreadable, StateTooNew or StateNotWritable.</exception>
    public static SqliteStateStore Open(string path)
    {
        try
        {
            return new SqliteStateStore(StateDatabase.Open(path), path);
        }
        catch (Exception cause) when (StateFault.IsKnown(cause))
        {
            throw StateFault.Of(path, cause);
        }
    }

    /// <summary>Copies a state to a new place. What stands in SQLite's files beside it comes along, as after a kill.</summary>
    /// <param name="from">Full path of the state.</param>
    /// <param name="to">Full path of the copy; there must be no file yet.</param>
    /// <exception cref="Domain.Errors.ConnectorException">StateUnreadable, StateTooNew or StateNotWritable; no copy is left then.</exception>
    public static void Copy(string from, string to)
    {
        using var source = Open(from);
        try
        {
            StateDatabase.Copy(source._connection, to);
        }
        catch (Exception cause) when (StateFault.IsKnown(cause))
        {
            throw StateFault.Of(StateFault.IsDamage(cause) ? from : to, cause);
        }
    }

    /// <inheritdoc/>
    public Ledger ReadLedger() => Read(() => new Ledger(_ledger.Read()));

    /// <inheritdoc/>
    public Baseline? ReadBaseline() => Read(_snapshot.ReadBaseline);

    /// <inheritdoc/>
    public int CountDenials(DateTimeOffset since) => Read(() => _journal.CountDenials(since));

    /// <inheritdoc/>
    public void BeginRun(SyncResult run) => Write(() => _runs.Insert(run));

    /// <inheritdoc/>
    public void FinishRun(SyncResult run) => Write(() =>
    {
        _runs.InsertOrReplace(run);
        _notes.Replace(run);
    });

    /// <inheritdoc/>
    public void Announce(IReadOnlyList<Announcement> changes) => Write(() =>
    {
        foreach (var change in changes) _journal.Announce(change.Change, change.Denials);
    });

    /// <inheritdoc/>
    public void Settle(IReadOnlyList<Settlement> settlements) => Write(() =>
    {
        foreach (var settlement in settlements)
        {
            _journal.Settle(settlement.Change);
            foreach (var entry in settlement.Withdrawn) _ledger.Withdraw(entry);
            foreach (var entry in settlement.Written) _ledger.Write(entry);
            if (settlement.Removed is { } removed) Configuration.Forget(removed);
            if (settlement.Created is { } created) Configuration.Own(created);
        }
    });

    /// <inheritdoc/>
    public IReadOnlyList<ChangeRecord> ReadPending() => Read(_journal.ReadPending);

    /// <inheritdoc/>
    public void Note(IReadOnlyList<LedgerNote> notes, DateTimeOffset now)
    {
        if (notes.Count == 0) return;
        Write(() =>
        {
            foreach (var note in notes) _ledger.Note(note, now);
        });
    }

    /// <inheritdoc/>
    public void SaveSnapshot(RunSnapshot snapshot, bool asBaseline) => Write(() => new SnapshotWriter(_connection).Write(snapshot, asBaseline));

    /// <inheritdoc/>
    public void UpdateSnapshot(RunSnapshot snapshot, IReadOnlyCollection<Guid> mailboxes, bool asBaseline) =>
        Write(() => new SnapshotWriter(_connection).Update(snapshot, mailboxes, asBaseline));

    /// <inheritdoc/>
    public SnapshotMarks? ReadMarks() => Read(_snapshot.ReadMarks);

    /// <inheritdoc/>
    public IEnumerable<ConnectorDevice> ReadDevices(DeviceQuery query)
    {
        if (Read(_snapshot.ReadAsOf) is null) throw StateFault.NoSnapshot(_path);
        return new StoredRows<ConnectorDevice>(_path, connection => SnapshotReader.Devices(connection, query), SnapshotReader.DeviceOf);
    }

    /// <inheritdoc/>
    /// <exception cref="Domain.Errors.ConnectorException">NoSnapshot when nothing was read yet.</exception>
    public StoredCase? ReadCase(string mailbox, string deviceId) => Read(() =>
    {
        if (_snapshot.ReadAsOf() is not { } asOf) throw StateFault.NoSnapshot(_path);
        if (_snapshot.ReadCase(mailbox, deviceId) is not { } found) return null;
        return new StoredCase
        {
            AsOf = asOf,
            Exchange = found.Exchange,
            Tenant = found.Tenant,
            Ledger = found.Exchange.Mailboxes is [Mailbox { Id: var id }] ? _ledger.Read(id) : [],
        };
    });

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> ReadRuns(int? last, Guid? runId, bool includeChanges) => Read(() =>
    {
        var results = _runs.Read(last, runId);
        var runs = new RunRecord[results.Count];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = new RunRecord { Result = results[i] with { Notes = _notes.Read(results[i].RunId) }, Changes = includeChanges ? _journal.Read(results[i].RunId) : [] };
        }

        return runs;
    });

    /// <inheritdoc/>
    public SyncResult? ReadLastSuccess(SyncKind kind) => Read(() => _runs.ReadLastSuccess(kind));

    /// <inheritdoc/>
    public IReadOnlyList<KnownServer> ReadServers() => Read(() => new ServerTable(_connection).Read());

    /// <inheritdoc/>
    public void SaveServers(IReadOnlyList<KnownServer> servers) => Write(() => new ServerTable(_connection).Replace(servers));

    /// <inheritdoc/>
    public string? ReadValue(string key) => Read(() =>
    {
        using var select = new Statement(_connection, "SELECT value FROM value WHERE key = $1");
        return (string?)select.Scalar(key);
    });

    /// <inheritdoc/>
    public void WriteValue(string key, string? value) => Write(() =>
    {
        using var change = new Statement(
            _connection,
            value is null ? "DELETE FROM value WHERE key = $1" : Statement.Insert("value", "key", "value") + " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        if (value is null) change.Execute(key);
        else change.Execute(key, value);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _runs.Dispose();
            _journal.Dispose();
            _ledger.Dispose();
            _connection.Dispose();
        }
    }

    // A read that takes several statements sees one state of the file, whatever other processes write between them.
    private T Read<T>(Func<T> action)
    {
        T result = default!;
        InTransaction("BEGIN", () => result = action());
        return result;
    }

    // The lock is asked for at once: a transaction that first reads and then wants to write could find itself outrun.
    private void Write(Action action) => InTransaction("BEGIN IMMEDIATE", action);

    private void InTransaction(string begin, Action action)
    {
        lock (_gate)
        {
            try
            {
                StateDatabase.Run(_connection, begin);
                try
                {
                    action();
                    StateDatabase.Run(_connection, "COMMIT");
                }
                catch
                {
                    StateDatabase.RollBack(_connection);
                    throw;
                }
            }
            catch (Exception cause) when (StateFault.IsKnown(cause))
            {
                throw StateFault.Of(_path, cause);
            }
        }
    }
}
