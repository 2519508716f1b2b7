using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// Replaces the last complete read, or the part of it that was decided anew, inside the caller's transaction. Kept is what the questions to
/// come need: every decided partnership with its decision, the mailboxes that own one or have entries, the names of all mailboxes, the entries
/// of their lists, the users that share a name with an owner, the managed devices with the EAS id of a partnership, the organisation's settings
/// and rules, and the counts. Partnerships of Exchange itself are not kept.
/// </summary>
internal sealed class SnapshotWriter(SqliteConnection connection)
{
    private static readonly string[] s_tables = ["snapshot", "access_rule", "device", "mailbox", "mailbox_name", "mailbox_mark", "tenant_user", "candidate", "managed_device"];

    /// <summary>Replaces all of it.</summary>
    public void Write(RunSnapshot snapshot, bool asBaseline)
    {
        foreach (var table in s_tables) StateDatabase.Run(connection, "DELETE FROM " + table);
        WriteHead(snapshot, asBaseline);
        var owners = new SnapshotOwners(snapshot.Assessments, snapshot.Exchange.Mailboxes, new Dictionary<Guid, int>(), 0);
        var rows = new SnapshotRows(connection, owners);
        rows.WriteDevices();
        rows.WriteMailboxes(snapshot.Written);
        rows.WriteMarks(snapshot.Written);
        new EntryTable(connection).Replace([.. owners.Mailboxes.Select(mailbox => (mailbox.Owner, Now(snapshot, mailbox.Mailbox)))], snapshot.AsOf);
        rows.WriteNames();
        rows.WriteUsers(snapshot.Tenant);
        rows.WriteManagedDevices(snapshot.Tenant.ManagedDevices);
    }

    /// <summary>Replaces what was decided anew.</summary>
    /// <param name="snapshot">The read, with the decisions that are new.</param>
    /// <param name="mailboxes">The mailboxes that were decided anew; those of them that were not read are gone.</param>
    /// <param name="asBaseline">Whether the next read is measured against its counts.</param>
    public void Update(RunSnapshot snapshot, IReadOnlyCollection<Guid> mailboxes, bool asBaseline)
    {
        StateDatabase.Run(connection, "DELETE FROM snapshot");
        StateDatabase.Run(connection, "DELETE FROM access_rule");
        WriteHead(snapshot, asBaseline);
        var known = TakeOut(mailboxes);
        var scope = mailboxes as HashSet<Guid> ?? [.. mailboxes];
        var read = snapshot.Exchange.Mailboxes.Where(mailbox => scope.Contains(mailbox.Id)).ToList();
        ForgetEntries(scope.Except(read.Select(static mailbox => mailbox.Id)));
        if (read.Count + snapshot.Assessments.Count == 0) return;

        var owners = new SnapshotOwners(snapshot.Assessments, read, known, NextOwner());
        var rows = new SnapshotRows(connection, owners);
        rows.WriteDevices();
        rows.WriteMailboxes(snapshot.Written);
        rows.WriteMarks(snapshot.Written);
        rows.WriteNames();
        new EntryTable(connection).Update([.. owners.Mailboxes.Select(mailbox => Now(snapshot, mailbox.Mailbox))], snapshot.AsOf);
        rows.WriteUsers(snapshot.Tenant);
        rows.WriteManagedDevices(snapshot.Tenant.ManagedDevices);
    }

    private static Mailbox Now(RunSnapshot snapshot, Mailbox mailbox) => snapshot.Written.TryGetValue(mailbox.Id, out var now) ? now : mailbox;

    // Takes mailboxes and everything of theirs out, and gives the numbers that they had. Entries stay for those that come back: they
    // remember when each was first seen.
    private Dictionary<Guid, int> TakeOut(IReadOnlyCollection<Guid> mailboxes)
    {
        var known = new Dictionary<Guid, int>();
        using (var select = new Statement(connection, "SELECT owner FROM mailbox_mark WHERE id = $1"))
        {
            foreach (var mailbox in mailboxes)
            {
                if (select.Scalar(mailbox) is long owner) known.Add(mailbox, (int)owner);
            }
        }

        foreach (var table in (string[])["device", "mailbox", "mailbox_name", "candidate"])
        {
            using var delete = new Statement(connection, $"DELETE FROM {table} WHERE owner = $1");
            foreach (var owner in known.Values) delete.Execute(owner);
        }

        using (var mark = new Statement(connection, "DELETE FROM mailbox_mark WHERE id = $1"))
        {
            foreach (var mailbox in known.Keys) mark.Execute(mailbox);
        }

        var homeless = (int)AccessReason.MailboxNotFound;
        using var names = new Statement(connection, "DELETE FROM mailbox_name WHERE owner IN (SELECT owner FROM device WHERE reason = $1)");
        names.Execute(homeless);
        using var devices = new Statement(connection, "DELETE FROM device WHERE reason = $1");
        devices.Execute(homeless);
        return known;
    }

    private void ForgetEntries(IEnumerable<Guid> gone)
    {
        using var delete = new Statement(connection, "DELETE FROM entry WHERE mailbox_id = $1");
        foreach (var mailbox in gone) delete.Execute(mailbox);
    }

    private int NextOwner()
    {
        using var select = new Statement(connection, "SELECT MAX(owner) FROM (SELECT MAX(owner) AS owner FROM mailbox_mark UNION ALL SELECT MAX(owner) FROM device)");
        return select.Scalar() is long last ? (int)last + 1 : 0;
    }

    private void WriteHead(RunSnapshot snapshot, bool asBaseline)
    {
        using (var insert = new BulkInsert(connection, "snapshot", "id", "as_of", "default_level", "user_mail_insert", "everybody"))
        {
            insert
                .Number(1).Instant(snapshot.AsOf).Number((int)snapshot.Exchange.Settings.DefaultAccessLevel)
                .Text(snapshot.Exchange.Settings.UserMailInsert).Flag(snapshot.Tenant.IncludedUsers is null).End();
        }

        new ConfigurationTable(connection).Write(snapshot);
        if (asBaseline) WriteBaseline(snapshot);
        using var rules = new BulkInsert(connection, "access_rule", "id", "name", "characteristic", "query_string", "access_level");
        foreach (var rule in snapshot.Exchange.Rules) rules.Id(rule.Id).Text(rule.Name).Number((int)rule.Characteristic).Text(rule.QueryString).Number((int)rule.AccessLevel).End();
    }

    private void WriteBaseline(RunSnapshot snapshot)
    {
        StateDatabase.Run(connection, "DELETE FROM baseline");
        var counts = Baseline.Of(snapshot.Exchange, snapshot.Tenant) with { MatchedOwners = snapshot.MatchedOwners };
        using var insert = new BulkInsert(connection, "baseline", "id", "partnerships", "mailboxes", "managed_devices", "users", "included_users", "device_excess", "excluded_users", "matched_owners");
        insert
            .Number(1).Number(counts.Partnerships).Number(counts.Mailboxes).Number(counts.ManagedDevices).Number(counts.Users)
            .Number(counts.IncludedUsers).Number(counts.DeviceExcess).Number(counts.ExcludedUsers).Number(counts.MatchedOwners).End();
    }
}
