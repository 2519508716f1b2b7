using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Writes the rows of a snapshot, all of them or those of some mailboxes, inside the caller's transaction.</summary>
internal sealed class SnapshotRows(SqliteConnection connection, SnapshotOwners owners)
{
    public void WriteDevices()
    {
        using var mark = new RowMark();
        using var insert = new BulkInsert(
            connection,
            "device",
            "mailbox_key", "device_key", "id", "owner", "mark", "identity", "owner_dn", "owner_canonical_name", "device_id", "device_type", "device_model", "device_os",
            "user_agent", "friendly_name", "client_type", "access_state", "access_reason", "access_reason_text", "access_rule", "first_sync", "when_changed",
            "mailbox", "user_principal_name", "managed_device_id", "compliance", "last_sync", "decision", "reason", "conflict");
        foreach (var device in owners.Devices)
        {
            var assessment = device.Assessment;
            var partnership = assessment.Partnership;
            insert
                .Text(device.MailboxKey).Text(device.DeviceKey).Id(partnership.Id).Number(device.Owner).Number(mark.Of(partnership)).Text(partnership.Identity)
                .Text(partnership.OwnerDistinguishedName).Text(partnership.OwnerCanonicalName)
                .Text(partnership.DeviceId.Value).Text(partnership.DeviceType).Text(partnership.DeviceModel).Text(partnership.DeviceOS)
                .Text(partnership.UserAgent).Text(partnership.FriendlyName).Text(partnership.ClientType)
                .Number((int)partnership.AccessState).Number((int)partnership.AccessReason).Text(partnership.AccessReasonText)
                .Text(partnership.AccessRule).Instant(partnership.FirstSync).Instant(partnership.WhenChanged).Text(device.Mailbox)
                .Text(assessment.Owner?.UserPrincipalName).Text(assessment.Device?.Id).Number((int?)assessment.Device?.Compliance)
                .Instant(assessment.Device?.LastSync).Number((int)assessment.Decision).Number((int)assessment.Reason)
                .Number((int)assessment.Conflict).End();
        }
    }

    /// <summary>Writes the mailboxes that own a partnership or have entries.</summary>
    /// <param name="now">What became of mailboxes since they were read.</param>
    public void WriteMailboxes(IReadOnlyDictionary<Guid, Mailbox> now)
    {
        using var insert = new BulkInsert(
            connection,
            "mailbox",
            "owner", "sort_key", "id", "dn", "identity", "display_name", "primary_smtp", "smtp_addresses", "sam_account_name", "active_sync_enabled", "allowed_ids",
            "blocked_ids", "mailbox_policy", "when_changed");
        foreach (var (owner, sortKey, read) in owners.Mailboxes)
        {
            var mailbox = now.TryGetValue(read.Id, out var written) ? written : read;
            if (!owners.HasDevice(owner) && mailbox.AllowedDeviceIds.Count + mailbox.BlockedDeviceIds.Count == 0) continue;
            insert
                .Number(owner).Text(sortKey).Id(mailbox.Id).Text(mailbox.DistinguishedName).Text(mailbox.Identity).Text(mailbox.DisplayName)
                .Text(mailbox.PrimarySmtpAddress).Text(StateText.OfList(mailbox.SmtpAddresses)).Text(mailbox.SamAccountName)
                .Flag(mailbox.ActiveSyncEnabled).Text(StateText.OfList(mailbox.AllowedDeviceIds))
                .Text(StateText.OfList(mailbox.BlockedDeviceIds)).Text(mailbox.MailboxPolicy).Instant(mailbox.WhenChanged).End();
        }
    }

    /// <summary>Writes what every mailbox is: a list that somebody turns back to what it was before our write has changed.</summary>
    /// <param name="now">What became of mailboxes since they were read.</param>
    public void WriteMarks(IReadOnlyDictionary<Guid, Mailbox> now)
    {
        using var mark = new RowMark();
        using var insert = BulkInsert.Of(connection, "INSERT OR REPLACE INTO mailbox_mark (id, owner, mark) VALUES ($1, $2, $3)");
        foreach (var (owner, _, mailbox) in owners.Mailboxes.OrderBy(static mailbox => StateText.Of(mailbox.Mailbox.Id), StringComparer.Ordinal))
        {
            insert.Id(mailbox.Id).Number(owner).Number(mark.Of(now.TryGetValue(mailbox.Id, out var written) ? written : mailbox)).End();
        }
    }

    // Sorted before they are written: a tree that grows at its end is built several times faster than one that grows everywhere.
    public void WriteNames()
    {
        var names = new List<(string Key, int Owner)>();
        foreach (var (owner, _, mailbox) in owners.Mailboxes)
        {
            Add(StateText.Of(mailbox.Id), owner);
            Add(mailbox.Identity, owner);
            Add(mailbox.PrimarySmtpAddress, owner);
            foreach (var address in mailbox.SmtpAddresses) Add(address, owner);
        }

        foreach (var device in owners.Devices)
        {
            if (device.Assessment.Mailbox is not null) continue;
            Add(device.Mailbox, device.Owner);
            Add(device.Assessment.Partnership.OwnerCanonicalName, device.Owner);
        }

        names.Sort(static (left, right) =>
        {
            var order = string.CompareOrdinal(left.Key, right.Key);
            return order != 0 ? order : left.Owner.CompareTo(right.Owner);
        });

        using var insert = new BulkInsert(connection, "mailbox_name", "name_key", "owner");
        for (var i = 0; i < names.Count; i++)
        {
            if (i == 0 || names[i] != names[i - 1]) insert.Text(names[i].Key).Number(names[i].Owner).End();
        }

        void Add(string? name, int owner)
        {
            if (!string.IsNullOrEmpty(name)) names.Add((StateText.Key(name!), owner));
        }
    }

    public void WriteUsers(TenantSnapshot tenant)
    {
        using var insert = BulkInsert.Of(
            connection,
            Statement.Insert("tenant_user", "id", "upn", "on_premises_dn", "on_premises_guid", "on_premises_sam", "on_premises_domain", "smtp_addresses", "licensed", "included", "excluded")
            + " ON CONFLICT (id) DO UPDATE SET upn = excluded.upn, on_premises_dn = excluded.on_premises_dn, on_premises_guid = excluded.on_premises_guid, "
            + "on_premises_sam = excluded.on_premises_sam, on_premises_domain = excluded.on_premises_domain, smtp_addresses = excluded.smtp_addresses, "
            + "licensed = excluded.licensed, included = excluded.included, excluded = excluded.excluded");
        using var link = new BulkInsert(connection, "candidate", "owner", "user_id");
        var mailboxes = owners.Mailboxes.Where(mailbox => owners.HasDevice(mailbox.Owner)).ToList();
        if (mailboxes.Count == 0) return;
        var candidates = new OwnerCandidates([.. mailboxes.Select(static mailbox => mailbox.Mailbox)]);
        var included = tenant.IncludedUsers is { } some ? some as HashSet<Guid> ?? [.. some] : null;
        var excluded = tenant.ExcludedUsers as HashSet<Guid> ?? [.. tenant.ExcludedUsers];
        var found = new HashSet<int>();
        foreach (var user in tenant.Users)
        {
            found.Clear();
            candidates.Find(user, found);
            if (found.Count == 0) continue;

            insert
                .Id(user.Id).Text(user.UserPrincipalName).Text(user.OnPremisesDistinguishedName).Id(user.OnPremisesObjectGuid)
                .Text(user.OnPremisesSamAccountName).Text(user.OnPremisesDomainName).Text(StateText.OfList(user.SmtpAddresses))
                .Flag(user.IsLicensed).Flag(included is null || included.Contains(user.Id)).Flag(excluded.Contains(user.Id)).End();
            foreach (var place in found) link.Number(mailboxes[place].Owner).Id(user.Id).End();
        }
    }

    public void WriteManagedDevices(IReadOnlyList<ManagedDevice> devices)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partnership in owners.Devices) ids.Add(partnership.DeviceKey);
        using (var delete = new Statement(connection, "DELETE FROM managed_device WHERE eas_key = $1"))
        {
            foreach (var id in ids) delete.Execute(id);
        }

        using var insert = new BulkInsert(
            connection,
            "managed_device",
            "eas_key", "eas_id", "id", "user_id", "upn", "eas_activated", "compliance", "os", "device_name", "model", "last_sync");
        foreach (var device in devices)
        {
            var key = StateText.Key(device.EasDeviceId.Value);
            if (key.Length == 0 || !ids.Contains(key)) continue;
            insert
                .Text(key).Text(device.EasDeviceId.Value).Text(device.Id).Id(device.UserId).Text(device.UserPrincipalName)
                .Flag(device.EasActivated).Number((int)device.Compliance).Text(device.OperatingSystem).Text(device.DeviceName)
                .Text(device.Model).Instant(device.LastSync).End();
        }
    }
}
