using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The journal: what each run announced, and what became of it.</summary>
internal sealed class JournalTable(SqliteConnection connection) : IDisposable
{
    private const string Select = "SELECT run_id, sequence, target, mailbox_id, action, before, after, outcome, message, at FROM change ";

    private static readonly string s_insert = Statement.Insert(
        "change", "run_id", "sequence", "target", "mailbox_id", "action", "before", "after", "outcome", "message", "at", "announced_at", "denials");

    private readonly Statement _announce = new(connection, s_insert);

    // A change that was skipped before it was announced is settled at once: it has its place in the journal too. What was announced keeps
    // its instant and its denials, for they are what the day's limit counts.
    private readonly Statement _settle = new(
        connection,
        s_insert + " ON CONFLICT (run_id, sequence) DO UPDATE SET target = excluded.target, mailbox_id = excluded.mailbox_id, action = excluded.action, "
        + "before = excluded.before, after = excluded.after, outcome = excluded.outcome, message = excluded.message, at = excluded.at");

    public void Announce(ChangeRecord change, int denials) => _announce.Execute(Values(change, denials));

    public void Settle(ChangeRecord change) => _settle.Execute(Values(change, denials: 0));

    public int CountDenials(DateTimeOffset since)
    {
        using var count = new Statement(connection, "SELECT coalesce(sum(denials), 0) FROM change WHERE announced_at >= $1 AND outcome IN ($2, $3)");
        return Convert.ToInt32(count.Scalar(since, ChangeOutcome.Pending, ChangeOutcome.Applied), CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<ChangeRecord> ReadPending()
    {
        using var select = new Statement(connection, Select + "WHERE outcome = 0 ORDER BY announced_at, run_id, sequence");
        return Read(select);
    }

    public IReadOnlyList<ChangeRecord> Read(Guid runId)
    {
        using var select = new Statement(connection, Select + "WHERE run_id = $1 ORDER BY sequence");
        return Read(select, runId);
    }

    public void Dispose()
    {
        _announce.Dispose();
        _settle.Dispose();
    }

    private static object?[] Values(ChangeRecord change, int denials) =>
    [
        change.RunId, change.Sequence, change.Target, change.MailboxId, change.Action, StateText.OfValues(change.Before), StateText.OfValues(change.After),
        change.Outcome, change.Message, change.At, change.At, denials,
    ];

    private static List<ChangeRecord> Read(Statement select, params object?[] values)
    {
        using var reader = select.Read(values);
        var row = new Row(reader);
        var changes = new List<ChangeRecord>();
        while (row.Next())
        {
            changes.Add(new ChangeRecord
            {
                RunId = row.Id(),
                Sequence = row.Number(),
                Target = row.Text(),
                MailboxId = row.IdOrNull(),
                Action = row.Text(),
                Before = StateText.ReadValues(row.Text()),
                After = StateText.ReadValues(row.Text()),
                Outcome = (ChangeOutcome)row.Number(),
                Message = row.TextOrNull(),
                At = row.Instant(),
            });
        }

        return changes;
    }
}
