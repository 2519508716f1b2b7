using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The ledger: which entries are ours.</summary>
internal sealed class LedgerTable(SqliteConnection connection) : IDisposable
{
    private const string Select = "SELECT mailbox_id, device_id, list, written_at, run_id, missing_since FROM ledger ";

    // A note speaks of the entry as it was read. One that was written again since is another entry, whatever the order of the two calls.
    private const string SameEntry = " WHERE mailbox_id = $1 AND list = $2 AND device_key = $3 AND written_at = $4 AND run_id = $5";

    private readonly Statement _write = new(
        connection,
        Statement.Insert("ledger", "mailbox_id", "list", "device_key", "device_id", "written_at", "run_id", "missing_since")
        + " ON CONFLICT (mailbox_id, list, device_key) DO UPDATE SET device_id = excluded.device_id, written_at = excluded.written_at, "
        + "run_id = excluded.run_id, missing_since = excluded.missing_since");

    private readonly Statement _withdraw = new(connection, "DELETE FROM ledger WHERE mailbox_id = $1 AND list = $2 AND device_key = $3");
    private readonly Statement _gone = new(connection, "DELETE FROM ledger" + SameEntry);
    private readonly Statement _missing = new(connection, "UPDATE ledger SET missing_since = $6" + SameEntry + " AND missing_since IS NULL");
    private readonly Statement _back = new(connection, "UPDATE ledger SET missing_since = NULL" + SameEntry);

    public void Write(LedgerEntry entry) => _write.Execute(
        entry.MailboxId, entry.List, StateText.Key(entry.DeviceId.Value), entry.DeviceId.Value, entry.WrittenAt, entry.RunId, entry.MissingSince);

    public void Withdraw(LedgerEntry entry) => _withdraw.Execute(entry.MailboxId, entry.List, StateText.Key(entry.DeviceId.Value));

    public void Note(LedgerNote note, DateTimeOffset now)
    {
        var entry = note.Entry;
        var key = StateText.Key(entry.DeviceId.Value);
        if (note.Finding == LedgerFinding.PartnershipMissing)
        {
            _missing.Execute(entry.MailboxId, entry.List, key, entry.WrittenAt, entry.RunId, now);
        }
        else
        {
            (note.Finding == LedgerFinding.Gone ? _gone : _back).Execute(entry.MailboxId, entry.List, key, entry.WrittenAt, entry.RunId);
        }
    }

    public IReadOnlyList<LedgerEntry> Read()
    {
        using var select = new Statement(connection, Select + "ORDER BY mailbox_id, list, device_key");
        return Read(select);
    }

    public IReadOnlyList<LedgerEntry> Read(Guid mailbox)
    {
        using var select = new Statement(connection, Select + "WHERE mailbox_id = $1 ORDER BY list, device_key");
        return Read(select, mailbox);
    }

    public void Dispose()
    {
        _write.Dispose();
        _withdraw.Dispose();
        _gone.Dispose();
        _missing.Dispose();
        _back.Dispose();
    }

    private static List<LedgerEntry> Read(Statement select, params object?[] values)
    {
        using var reader = select.Read(values);
        var row = new Row(reader);
        var entries = new List<LedgerEntry>();
        while (row.Next())
        {
            entries.Add(new LedgerEntry
            {
                MailboxId = row.Id(),
                DeviceId = new EasDeviceId(row.Text()),
                List = (EntryList)row.Number(),
                WrittenAt = row.Instant(),
                RunId = row.Id(),
                MissingSince = row.InstantOrNull(),
            });
        }

        return entries;
    }
}
