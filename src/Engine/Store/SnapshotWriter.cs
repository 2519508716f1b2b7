using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// Replaces the last complete read, inside the caller's transaction. Kept is what the questions to come need: every decided partnership
/// with its decision, the mailboxes that own one or have entries, the names of all mailboxes, the entries of their lists, the users that share
/// a name with an owner, the managed devices with the EAS id of a partnership, the organisation's settings and rules, and the counts.
/// Partnerships of Exchange itself are not kept.
/// </summary>
internal sealed class SnapshotWriter(SqliteConnection connection)
{
    private static readonly string[] s_tables = ["snapshot", "access_rule", "device", "mailbox", "mailbox_name", "tenant_user", "candidate", "managed_device"];

    public void Write(RunSnapshot snapshot, bool asBaseline)
    {
        foreach (var table in s_tables) StateDatabase.Run(connection, "DELETE FROM " + table);
        WriteHead(snapshot);
        new ConfigurationTable(connection).Write(snapshot);
        if (asBaseline) WriteBaseline(snapshot);
        WriteRules(snapshot.Exchange.Rules);
        var owners = new SnapshotOwners(snapshot.Assessments, snapshot.Exchange.Mailboxes);
        WriteDevices(owners.Devices);
        var mailboxes = owners.Mailboxes.ConvertAll(mailbox => mailbox is not null && snapshot.Written.TryGetValue(mailbox.Id, out var now) ? now : mailbox);
        WriteMailboxes(owners, mailboxes);
        new EntryTable(connection).Replace(mailboxes, snapshot.AsOf);
        WriteNames(owners);
        WriteUsers(snapshot.Tenant, owners);
        WriteManagedDevices(snapshot.Tenant.ManagedDevices, owners.Devices);
    }

    private void WriteHead(RunSnapshot snapshot)
    {
        using var insert = new BulkInsert(connection, "snapshot", "id", "as_of", "default_level", "user_mail_insert", "everybody");
        insert
            .Number(1).Instant(snapshot.AsOf).Number((int)snapshot.Exchange.Settings.DefaultAccessLevel)
            .Text(snapshot.Exchange.Settings.UserMailInsert).Flag(snapshot.Tenant.IncludedUsers is null).End();
    }

    private void WriteBaseline(RunSnapshot snapshot)
    {
        StateDatabase.Run(connection, "DELETE FROM baseline");
        var counts = Baseline.Of(snapshot.Exchange, snapshot.Tenant);
        using var insert = new BulkInsert(connection, "baseline", "id", "partnerships", "mailboxes", "managed_devices", "users", "included_users");
        insert
            .Number(1).Number(counts.Partnerships).Number(counts.Mailboxes).Number(counts.ManagedDevices).Number(counts.Users)
            .Number(counts.IncludedUsers).End();
    }

    private void WriteRules(IReadOnlyList<DeviceAccessRule> rules)
    {
        using var insert = new BulkInsert(connection, "access_rule", "id", "name", "characteristic", "query_string", "access_level");
        foreach (var rule in rules) insert.Id(rule.Id).Text(rule.Name).Number((int)rule.Characteristic).Text(rule.QueryString).Number((int)rule.AccessLevel).End();
    }

    private void WriteDevices(IReadOnlyList<OwnedDevice> devices)
    {
        using var insert = new BulkInsert(
            connection,
            "device",
            "position", "owner", "id", "identity", "owner_dn", "owner_canonical_name", "device_key", "device_id", "device_type", "device_model", "device_os",
            "user_agent", "friendly_name", "client_type", "access_state", "access_reason", "access_reason_text", "access_rule", "first_sync", "when_changed",
            "mailbox", "user_principal_name", "managed_device_id", "compliance", "last_sync", "decision", "reason", "conflict");
        for (var i = 0; i < devices.Count; i++)
        {
            var assessment = devices[i].Assessment;
            var partnership = assessment.Partnership;
            insert
                .Number(i).Number(devices[i].Owner).Id(partnership.Id).Text(partnership.Identity)
                .Text(partnership.OwnerDistinguishedName).Text(partnership.OwnerCanonicalName).Text(devices[i].DeviceKey)
                .Text(partnership.DeviceId.Value).Text(partnership.DeviceType).Text(partnership.DeviceModel).Text(partnership.DeviceOS)
                .Text(partnership.UserAgent).Text(partnership.FriendlyName).Text(partnership.ClientType)
                .Number((int)partnership.AccessState).Number((int)partnership.AccessReason).Text(partnership.AccessReasonText)
                .Text(partnership.AccessRule).Instant(partnership.FirstSync).Instant(partnership.WhenChanged).Text(devices[i].Mailbox)
                .Text(assessment.Owner?.UserPrincipalName).Text(assessment.Device?.Id).Number((int?)assessment.Device?.Compliance)
                .Instant(assessment.Device?.LastSync).Number((int)assessment.Decision).Number((int)assessment.Reason)
                .Number((int)assessment.Conflict).End();
        }
    }

    private void WriteMailboxes(SnapshotOwners owners, List<Mailbox?> mailboxes)
    {
        using var insert = new BulkInsert(
            connection,
            "mailbox",
            "owner", "id", "dn", "identity", "display_name", "primary_smtp", "smtp_addresses", "sam_account_name", "active_sync_enabled", "allowed_ids",
            "blocked_ids", "mailbox_policy", "when_changed");
        for (var i = 0; i < mailboxes.Count; i++)
        {
            if (mailboxes[i] is not { } mailbox || !(owners.HasDevice(i) || mailbox.AllowedDeviceIds.Count + mailbox.BlockedDeviceIds.Count > 0)) continue;
            insert
                .Number(i).Id(mailbox.Id).Text(mailbox.DistinguishedName).Text(mailbox.Identity).Text(mailbox.DisplayName)
                .Text(mailbox.PrimarySmtpAddress).Text(StateText.OfList(mailbox.SmtpAddresses)).Text(mailbox.SamAccountName)
                .Flag(mailbox.ActiveSyncEnabled).Text(StateText.OfList(mailbox.AllowedDeviceIds))
                .Text(StateText.OfList(mailbox.BlockedDeviceIds)).Text(mailbox.MailboxPolicy).Instant(mailbox.WhenChanged).End();
        }
    }

    // Sorted before they are written: a tree that grows at its end is built several times faster than one that grows everywhere.
    private void WriteNames(SnapshotOwners owners)
    {
        var names = new List<(string Key, int Owner)>();
        for (var i = 0; i < owners.Mailboxes.Count; i++)
        {
            if (owners.Mailboxes[i] is not { } mailbox) continue;
            Add(StateText.Of(mailbox.Id), i);
            Add(mailbox.Identity, i);
            Add(mailbox.PrimarySmtpAddress, i);
            foreach (var address in mailbox.SmtpAddresses) Add(address, i);
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

    private void WriteUsers(TenantSnapshot tenant, SnapshotOwners owners)
    {
        using var insert = new BulkInsert(
            connection,
            "tenant_user",
            "number", "id", "upn", "on_premises_dn", "on_premises_guid", "on_premises_sam", "on_premises_domain", "smtp_addresses", "licensed", "included", "excluded");
        using var link = new BulkInsert(connection, "candidate", "owner", "user");
        var candidates = new OwnerCandidates([.. owners.Mailboxes.Select((mailbox, i) => owners.HasDevice(i) ? mailbox : null)]);
        var included = tenant.IncludedUsers is { } some ? new HashSet<Guid>(some) : null;
        var excluded = new HashSet<Guid>(tenant.ExcludedUsers);
        var found = new HashSet<int>();
        for (var i = 0; i < tenant.Users.Count; i++)
        {
            var user = tenant.Users[i];
            found.Clear();
            candidates.Find(user, found);
            if (found.Count == 0) continue;

            insert
                .Number(i).Id(user.Id).Text(user.UserPrincipalName).Text(user.OnPremisesDistinguishedName).Id(user.OnPremisesObjectGuid)
                .Text(user.OnPremisesSamAccountName).Text(user.OnPremisesDomainName).Text(StateText.OfList(user.SmtpAddresses))
                .Flag(user.IsLicensed).Flag(included is null || included.Contains(user.Id)).Flag(excluded.Contains(user.Id)).End();
            foreach (var owner in found) link.Number(owner).Number(i).End();
        }
    }

    private void WriteManagedDevices(IReadOnlyList<ManagedDevice> devices, IReadOnlyList<OwnedDevice> partnerships)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partnership in partnerships) ids.Add(partnership.DeviceKey);
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
