using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The entries of the mailboxes' lists. It outlives the reads, because it remembers when each entry was first seen.</summary>
internal sealed class EntryTable(SqliteConnection connection)
{
    // Since when entries are known: what is there at that instant was there before, nobody knows how long.
    private const string KnownSince = "entries";

    private const string Exists = "EXISTS (SELECT 1 FROM device d WHERE d.owner = e.owner AND d.device_key = e.device_key)";

    private static readonly string s_upsert =
        Statement.Insert("entry", "mailbox_id", "list", "device_key", "device_id", "owner", "first_seen", "generation")
        + " ON CONFLICT (mailbox_id, list, device_key) DO UPDATE SET device_id = excluded.device_id, owner = excluded.owner, generation = excluded.generation";

    /// <summary>The statement that lists entries, and its values.</summary>
    public static (Statement Statement, object?[] Values) Select(SqliteConnection connection, ExemptionQuery query)
    {
        var conditions = new List<string>();
        var values = new List<object?>();
        if (query.Mailbox is { } mailbox)
        {
            Add("e.mailbox_id IN (SELECT id FROM mailbox WHERE owner IN (SELECT owner FROM mailbox_name WHERE name_key = ${0}))", SnapshotReader.NameKey(mailbox));
        }

        if (query.DeviceId is { } device) Add("e.device_key = ${0}", StateText.Key(device));
        if (query.List is { } list) Add("e.list = ${0}", list);
        if (query.Owner is { } owner) conditions.Add(owner == EntryOwner.Connector ? "l.written_at IS NOT NULL" : "l.written_at IS NULL");
        if (query.DeviceExists is { } exists) conditions.Add(exists ? Exists : "NOT " + Exists);

        var statement = new Statement(
            connection,
            "SELECT CASE WHEN m.primary_smtp = '' THEN m.identity ELSE m.primary_smtp END, e.device_id, e.list, l.written_at, e.first_seen, " + Exists + ", e.mailbox_id "
            + "FROM entry e JOIN mailbox m ON m.owner = e.owner "
            + "LEFT JOIN ledger l ON l.mailbox_id = e.mailbox_id AND l.list = e.list AND l.device_key = e.device_key "
            + (conditions.Count == 0 ? string.Empty : "WHERE " + string.Join(" AND ", conditions)) + " ORDER BY m.sort_key, e.mailbox_id, e.device_key, e.list");
        return (statement, [.. values]);

        void Add(string condition, object value)
        {
            values.Add(value);
            conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, values.Count));
        }
    }

    public static ConnectorExemption EntryOf(Row row, DateTimeOffset asOf)
    {
        var mailbox = row.Text();
        var deviceId = row.Text();
        var list = (EntryList)row.Number();
        var written = row.InstantOrNull();
        var seen = row.InstantOrNull();
        return new ConnectorExemption
        {
            Mailbox = mailbox,
            DeviceId = deviceId,
            List = list,
            Owner = written is null ? EntryOwner.Administrator : EntryOwner.Connector,
            Since = written ?? seen,
            DeviceExists = row.Flag(),
            MailboxId = row.Id(),
            AsOf = asOf,
        };
    }

    /// <summary>Takes in what a complete read saw.</summary>
    /// <param name="mailboxes">The mailboxes with their numbers.</param>
    /// <param name="asOf">When it was read, UTC.</param>
    public void Replace(IReadOnlyList<(int Owner, Mailbox Mailbox)> mailboxes, DateTimeOffset asOf)
    {
        var generation = Generation() + 1;
        var firstSeen = IsFirst(asOf) ? (DateTimeOffset?)null : asOf;
        var entries = new List<(string Mailbox, EntryList List, string Key, string Id, int Owner)>();
        foreach (var (owner, mailbox) in mailboxes)
        {
            var id = StateText.Of(mailbox.Id);
            foreach (var device in mailbox.AllowedDeviceIds) entries.Add((id, EntryList.Allowed, StateText.Key(device), device, owner));
            foreach (var device in mailbox.BlockedDeviceIds) entries.Add((id, EntryList.Blocked, StateText.Key(device), device, owner));
        }

        // In the order of the tree that they are put into.
        entries.Sort(static (left, right) =>
        {
            var order = string.CompareOrdinal(left.Mailbox, right.Mailbox);
            if (order == 0) order = left.List.CompareTo(right.List);
            return order != 0 ? order : string.CompareOrdinal(left.Key, right.Key);
        });
        using (var upsert = BulkInsert.Of(connection, s_upsert))
        {
            foreach (var entry in entries)
            {
                upsert.Text(entry.Mailbox).Number((int)entry.List).Text(entry.Key).Text(entry.Id).Number(entry.Owner).Instant(firstSeen).Number(generation).End();
            }
        }

        using var delete = new Statement(connection, "DELETE FROM entry WHERE generation <> $1");
        delete.Execute(generation);
    }

    /// <summary>Takes in what became of single mailboxes' lists.</summary>
    /// <param name="mailboxes">The mailboxes as they are now.</param>
    /// <param name="now">The instant, UTC.</param>
    public void Update(IReadOnlyList<Mailbox> mailboxes, DateTimeOffset now)
    {
        const string Owner = "(SELECT owner FROM mailbox_name WHERE name_key = $1)";
        using var owner = new Statement(connection, "SELECT owner FROM mailbox WHERE owner IN " + Owner);
        using var lists = new Statement(connection, "UPDATE mailbox SET allowed_ids = $2, blocked_ids = $3 WHERE owner IN " + Owner);
        using var delete = new Statement(connection, "DELETE FROM entry WHERE mailbox_id = $1 AND list = $2 AND device_key NOT IN (SELECT value FROM json_each($3))");
        using var gone = new Statement(connection, "DELETE FROM entry WHERE mailbox_id = $1");
        using var insert = new Statement(connection, s_upsert);
        var generation = Generation();
        foreach (var mailbox in mailboxes)
        {
            var name = StateText.Key(StateText.Of(mailbox.Id));
            if (owner.Scalar(name) is not long number)
            {
                // It is kept for its devices and entries; one that is not has neither.
                if (mailbox.AllowedDeviceIds.Count + mailbox.BlockedDeviceIds.Count == 0) gone.Execute(mailbox.Id);
                continue;
            }

            lists.Execute(name, StateText.OfList(mailbox.AllowedDeviceIds), StateText.OfList(mailbox.BlockedDeviceIds));
            Update(mailbox.Id, EntryList.Allowed, mailbox.AllowedDeviceIds, number);
            Update(mailbox.Id, EntryList.Blocked, mailbox.BlockedDeviceIds, number);
        }

        void Update(Guid mailbox, EntryList list, IReadOnlyList<string> ids, long number)
        {
            var keys = new string[ids.Count];
            for (var i = 0; i < keys.Length; i++) keys[i] = StateText.Key(ids[i]);
            delete.Execute(mailbox, list, StateText.OfList(keys));
            for (var i = 0; i < keys.Length; i++) insert.Execute(mailbox, list, keys[i], ids[i], number, now, generation);
        }
    }

    private long Generation()
    {
        using var select = new Statement(connection, "SELECT generation FROM entry LIMIT 1");
        return select.Scalar() is long generation ? generation : 0;
    }

    private bool IsFirst(DateTimeOffset asOf)
    {
        using var insert = new Statement(connection, Statement.Insert("value", "key", "value") + " ON CONFLICT (key) DO NOTHING");
        return insert.Execute(KnownSince, asOf.UtcTicks.ToString(CultureInfo.InvariantCulture)) > 0;
    }
}
