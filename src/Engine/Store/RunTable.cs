using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The history of runs.</summary>
internal sealed class RunTable(SqliteConnection connection) : IDisposable
{
    private static readonly string[] s_columns =
    [
        "id", "connector", "kind", "status", "started", "finished", "partnerships", "allowed", "blocked", "left_to_exchange", "system_partnerships",
        "unreadable", "changes", "mailbox_writes", "failures", "conflicts", "denials", "exchange_commands", "graph_requests", "held_reason",
        "failure_message", "failure_id", "re_reads", "failure_remedy",
    ];

    private static readonly string s_select = "SELECT " + string.Join(", ", s_columns) + " FROM run ";
    private static readonly string s_insert = Statement.Insert("run", s_columns);

    // A run that ends without having begun is still worth its place in the history.
    private static readonly string s_upsert =
        s_insert + " ON CONFLICT (id) DO UPDATE SET " + string.Join(", ", Array.ConvertAll(s_columns, static column => column + " = excluded." + column));

    private readonly Statement _insert = new(connection, s_insert);
    private readonly Statement _upsert = new(connection, s_upsert);

    public void Insert(SyncResult run) => _insert.Execute(Values(run));

    public void InsertOrReplace(SyncResult run) => _upsert.Execute(Values(run));

    /// <summary>Runs, newest first.</summary>
    public IReadOnlyList<SyncResult> Read(int? last, Guid? runId)
    {
        using var select = new Statement(connection, s_select + "WHERE ($1 IS NULL OR id = $1) ORDER BY started DESC, seq DESC LIMIT $2");
        using var reader = select.Read(runId, last is { } limit ? Math.Max(limit, 0) : -1);
        var row = new Row(reader);
        var runs = new List<SyncResult>();
        while (row.Next()) runs.Add(Of(row));
        return runs;
    }

    /// <summary>The newest run of a kind that was carried to its end; some changes of it may have failed.</summary>
    public SyncResult? ReadLastSuccess(SyncKind kind)
    {
        using var select = new Statement(connection, s_select + "WHERE kind = $1 AND status IN ($2, $3) ORDER BY started DESC, seq DESC LIMIT 1");
        using var reader = select.Read(kind, SyncStatus.Succeeded, SyncStatus.SucceededWithErrors);
        var row = new Row(reader);
        return row.Next() ? Of(row) : null;
    }

    /// <summary>The newest run that was a sync.</summary>
    public SyncResult? ReadLastSync()
    {
        using var select = new Statement(connection, s_select + "WHERE kind IN ($1, $2) ORDER BY started DESC, seq DESC LIMIT 1");
        using var reader = select.Read(SyncKind.Full, SyncKind.Quick);
        var row = new Row(reader);
        return row.Next() ? Of(row) : null;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _upsert.Dispose();
    }

    private static object?[] Values(SyncResult run) =>
    [
        run.RunId, run.Connector, run.Kind, run.Status, run.Started, run.Finished, run.Partnerships, run.Allowed, run.Blocked, run.LeftToExchange,
        run.SystemPartnerships, run.Unreadable, run.Changes, run.MailboxWrites, run.Failures, run.Conflicts, run.Denials, run.ExchangeCommands,
        run.GraphRequests, run.HeldReason, run.FailureMessage, run.FailureId, run.ReReads, run.FailureRemedy,
    ];

    private static SyncResult Of(Row row) => new()
    {
        RunId = row.Id(),
        Connector = row.Text(),
        Kind = (SyncKind)row.Number(),
        Status = (SyncStatus)row.Number(),
        Started = row.Instant(),
        Finished = row.Instant(),
        Partnerships = row.Number(),
        Allowed = row.Number(),
        Blocked = row.Number(),
        LeftToExchange = row.Number(),
        SystemPartnerships = row.Number(),
        Unreadable = row.Number(),
        Changes = row.Number(),
        MailboxWrites = row.Number(),
        Failures = row.Number(),
        Conflicts = row.Number(),
        Denials = row.Number(),
        ExchangeCommands = row.Number(),
        GraphRequests = row.Number(),
        HeldReason = row.TextOrNull(),
        FailureMessage = row.TextOrNull(),
        FailureId = row.TextOrNull(),
        ReReads = row.Number(),
        FailureRemedy = row.TextOrNull(),
    };
}
