using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Answers from the last complete read.</summary>
internal sealed class SnapshotReader(SqliteConnection connection)
{
    private const string OwnersByName = "(SELECT owner FROM mailbox_name WHERE name_key = ";

    /// <summary>A name of a mailbox as it is looked up. A Guid may be typed in braces or without hyphens.</summary>
    public static string NameKey(string mailbox)
    {
        var name = mailbox.Trim();
        return StateText.Key(Guid.TryParse(name, out var id) ? StateText.Of(id) : name);
    }

    /// <summary>Whether a mailbox of that name was read.</summary>
    public bool HasMailbox(string name)
    {
        using var select = new Statement(connection, "SELECT 1 FROM mailbox_name WHERE name_key = $1");
        return select.Scalar(NameKey(name)) is not null;
    }

    /// <summary>When it was read; null before the first.</summary>
    public DateTimeOffset? ReadAsOf()
    {
        using var select = new Statement(connection, "SELECT as_of FROM snapshot");
        using var reader = select.Read();
        var row = new Row(reader);
        return row.Next() ? row.Instant() : null;
    }

    public Baseline? ReadBaseline()
    {
        using var select = new Statement(connection, "SELECT partnerships, mailboxes, managed_devices, users, included_users, device_excess, excluded_users, matched_owners FROM baseline");
        using var reader = select.Read();
        var row = new Row(reader);
        if (!row.Next()) return null;
        return new Baseline
        {
            Partnerships = row.Number(),
            Mailboxes = row.Number(),
            ManagedDevices = row.Number(),
            Users = row.Number(),
            IncludedUsers = row.NumberOrNull(),
            DeviceExcess = row.NumberOrNull(),
            ExcludedUsers = row.NumberOrNull(),
            MatchedOwners = row.NumberOrNull(),
        };
    }

    /// <summary>What was read and decided, in brief; null where nothing was read yet.</summary>
    public SnapshotMarks? ReadMarks()
    {
        if (ReadAsOf() is null) return null;
        var partnerships = new Dictionary<Guid, PartnershipMark>();
        using (var select = new Statement(connection, "SELECT d.id, d.mark, m.id, d.decision, d.conflict, d.user_principal_name IS NOT NULL FROM device d LEFT JOIN mailbox m ON m.owner = d.owner"))
        using (var reader = select.Read())
        {
            var row = new Row(reader);
            while (row.Next()) partnerships[row.Id()] = new PartnershipMark(row.Mark(), row.IdOrNull(), (AccessDecision)row.Number(), (AccessConflict)row.Number(), row.Flag());
        }

        var mailboxes = new Dictionary<Guid, long>();
        using var marks = new Statement(connection, "SELECT id, mark FROM mailbox_mark");
        using var rows = marks.Read();
        var next = new Row(rows);
        while (next.Next()) mailboxes[next.Id()] = next.Mark();
        return new SnapshotMarks { Partnerships = partnerships, Mailboxes = mailboxes };
    }

    /// <summary>The statement that lists devices, and its values.</summary>
    public static (Statement Statement, object?[] Values) Devices(SqliteConnection connection, DeviceQuery query)
    {
        var conditions = new List<string>();
        var parameters = new List<object?>();
        if (query.Mailbox is { } mailbox) Add("d.owner IN " + OwnersByName, ")", NameKey(mailbox));
        if (query.DeviceId is { } device) Add("d.device_key = ", string.Empty, StateText.Key(device));
        if (query.Decision is { } decision) Add("d.decision = ", string.Empty, decision);
        if (query.Reasons is { } reasons) AddAny("d.reason", reasons);
        if (query.Conflicts is { } conflicts) AddAny("d.conflict", conflicts);

        var statement = new Statement(
            connection,
            "SELECT d.mailbox, d.device_id, d.device_type, d.device_model, d.access_state, d.access_reason, d.access_reason_text, d.managed_device_id, "
            + "d.compliance, d.decision, d.reason, d.conflict, d.last_sync, d.id, d.user_principal_name, m.id "
            + "FROM device d LEFT JOIN mailbox m ON m.owner = d.owner "
            + (conditions.Count == 0 ? string.Empty : "WHERE " + string.Join(" AND ", conditions)) + " ORDER BY d.mailbox_key, d.device_key, d.id");
        return (statement, [.. parameters]);

        void AddAny<T>(string column, IReadOnlyList<T> values)
            where T : struct
        {
            var first = parameters.Count + 1;
            foreach (var value in values) parameters.Add(value);
            conditions.Add($"{column} IN ({string.Join(", ", Enumerable.Range(first, values.Count).Select(static place => "$" + place.ToString(CultureInfo.InvariantCulture)))})");
        }

        void Add(string before, string after, object value)
        {
            parameters.Add(value);
            conditions.Add(string.Format(CultureInfo.InvariantCulture, "{0}${1}{2}", before, parameters.Count, after));
        }
    }

    public static ConnectorDevice DeviceOf(Row row, DateTimeOffset asOf)
    {
        var mailbox = row.Text();
        var deviceId = row.Text();
        var type = row.Text();
        var model = row.TextOrNull();
        var state = (ExchangeAccessState)row.Number();
        var reason = (ExchangeAccessReason)row.Number();
        return new ConnectorDevice
        {
            Mailbox = mailbox,
            DeviceId = deviceId,
            DeviceType = type,
            DeviceModel = model,
            ExchangeState = state,
            ExchangeReason = row.TextOrNull() ?? (reason == ExchangeAccessReason.Unknown ? null : reason.ToString()),
            ManagedDeviceId = row.TextOrNull(),
            ComplianceState = (ComplianceState?)row.NumberOrNull(),
            Decision = (AccessDecision)row.Number(),
            Reason = (AccessReason)row.Number(),
            Conflict = (AccessConflict)row.Number(),
            LastSync = row.InstantOrNull(),
            PartnershipId = row.Id(),
            UserPrincipalName = row.TextOrNull(),
            MailboxId = row.IdOrNull(),
            AsOf = asOf,
        };
    }

    /// <summary>Everything about one id on one mailbox, without the ledger; null when it is not there.</summary>
    public (ExchangeSnapshot Exchange, TenantSnapshot Tenant)? ReadCase(string mailbox, string deviceId)
    {
        var deviceKey = StateText.Key(deviceId);
        var partnerships = ReadPartnerships(NameKey(mailbox), deviceKey, out var owner);
        if (partnerships.Count == 0) return null;

        using var select = new Statement(connection, "SELECT default_level, user_mail_insert, everybody FROM snapshot");
        using var reader = select.Read();
        var row = new Row(reader);
        row.Next();
        var exchange = new ExchangeSnapshot
        {
            Settings = new OrganizationAccessSettings { DefaultAccessLevel = (ExchangeAccessLevel)row.Number(), UserMailInsert = row.TextOrNull() },
            Partnerships = partnerships,
            Mailboxes = ReadMailbox(owner) is { } found ? [found] : [],
            Rules = ReadRules(),
        };
        return (exchange, ReadTenant(owner, deviceKey, everybody: row.Flag()));
    }

    private List<EasPartnership> ReadPartnerships(string nameKey, string deviceKey, out int owner)
    {
        using var select = new Statement(
            connection,
            "SELECT owner, id, identity, owner_dn, owner_canonical_name, device_id, device_type, device_model, device_os, user_agent, friendly_name, "
            + "client_type, access_state, access_reason, access_reason_text, access_rule, first_sync, when_changed FROM device "
            + "WHERE owner IN " + OwnersByName + "$1) AND device_key = $2 ORDER BY mailbox_key, device_key, id");
        using var reader = select.Read(nameKey, deviceKey);
        var row = new Row(reader);
        var partnerships = new List<EasPartnership>();
        owner = -1;
        while (row.Next())
        {
            // One name of two mailboxes cannot be in Exchange; where a read saw it all the same, a case is still of one mailbox.
            var own = row.Number();
            if (partnerships.Count > 0 && own != owner) break;
            owner = own;
            partnerships.Add(new EasPartnership
            {
                Id = row.Id(),
                Identity = row.Text(),
                OwnerDistinguishedName = row.TextOrNull(),
                OwnerCanonicalName = row.TextOrNull(),
                DeviceId = new EasDeviceId(row.Text()),
                DeviceType = row.Text(),
                DeviceModel = row.TextOrNull(),
                DeviceOS = row.TextOrNull(),
                UserAgent = row.TextOrNull(),
                FriendlyName = row.TextOrNull(),
                ClientType = row.TextOrNull(),
                AccessState = (ExchangeAccessState)row.Number(),
                AccessReason = (ExchangeAccessReason)row.Number(),
                AccessReasonText = row.TextOrNull(),
                AccessRule = row.TextOrNull(),
                FirstSync = row.InstantOrNull(),
                WhenChanged = row.InstantOrNull(),
            });
        }

        return partnerships;
    }

    private Mailbox? ReadMailbox(int owner)
    {
        using var select = new Statement(
            connection,
            "SELECT id, dn, identity, display_name, primary_smtp, smtp_addresses, sam_account_name, active_sync_enabled, allowed_ids, blocked_ids, "
            + "mailbox_policy, when_changed FROM mailbox WHERE owner = $1");
        using var reader = select.Read(owner);
        var row = new Row(reader);
        if (!row.Next()) return null;
        return new Mailbox
        {
            Id = row.Id(),
            DistinguishedName = row.TextOrNull(),
            Identity = row.Text(),
            DisplayName = row.Text(),
            PrimarySmtpAddress = row.Text(),
            SmtpAddresses = StateText.ReadList(row.Text()),
            SamAccountName = row.TextOrNull(),
            ActiveSyncEnabled = row.Flag(),
            AllowedDeviceIds = StateText.ReadList(row.Text()),
            BlockedDeviceIds = StateText.ReadList(row.Text()),
            MailboxPolicy = row.TextOrNull(),
            WhenChanged = row.InstantOrNull(),
        };
    }

    private List<DeviceAccessRule> ReadRules()
    {
        using var select = new Statement(connection, "SELECT id, name, characteristic, query_string, access_level FROM access_rule ORDER BY rowid");
        using var reader = select.Read();
        var row = new Row(reader);
        var rules = new List<DeviceAccessRule>();
        while (row.Next())
        {
            rules.Add(new DeviceAccessRule
            {
                Id = row.Id(),
                Name = row.Text(),
                Characteristic = (RuleCharacteristic)row.Number(),
                QueryString = row.Text(),
                AccessLevel = (ExchangeAccessLevel)row.Number(),
            });
        }

        return rules;
    }

    private TenantSnapshot ReadTenant(int owner, string deviceKey, bool everybody)
    {
        using var select = new Statement(
            connection,
            "SELECT id, upn, on_premises_dn, on_premises_guid, on_premises_sam, on_premises_domain, smtp_addresses, licensed, included, excluded "
            + "FROM candidate JOIN tenant_user ON id = user_id WHERE owner = $1 ORDER BY id");
        using var reader = select.Read(owner);
        var row = new Row(reader);
        var users = new List<TenantUser>();
        var included = new HashSet<Guid>();
        var excluded = new HashSet<Guid>();
        while (row.Next())
        {
            var user = new TenantUser
            {
                Id = row.Id(),
                UserPrincipalName = row.Text(),
                OnPremisesDistinguishedName = row.TextOrNull(),
                OnPremisesObjectGuid = row.IdOrNull(),
                OnPremisesSamAccountName = row.TextOrNull(),
                OnPremisesDomainName = row.TextOrNull(),
                SmtpAddresses = StateText.ReadList(row.Text()),
                IsLicensed = row.Flag(),
            };
            users.Add(user);
            if (row.Flag()) included.Add(user.Id);
            if (row.Flag()) excluded.Add(user.Id);
        }

        return new TenantSnapshot
        {
            Users = users,
            IncludedUsers = everybody ? null : included,
            ExcludedUsers = excluded,
            ManagedDevices = ReadManagedDevices(deviceKey),
        };
    }

    private List<ManagedDevice> ReadManagedDevices(string deviceKey)
    {
        using var select = new Statement(
            connection,
            "SELECT id, user_id, upn, eas_id, eas_activated, compliance, os, device_name, model, last_sync FROM managed_device WHERE eas_key = $1 ORDER BY rowid");
        using var reader = select.Read(deviceKey);
        var row = new Row(reader);
        var devices = new List<ManagedDevice>();
        while (row.Next())
        {
            devices.Add(new ManagedDevice
            {
                Id = row.Text(),
                UserId = row.IdOrNull(),
                UserPrincipalName = row.TextOrNull(),
                EasDeviceId = new EasDeviceId(row.Text()),
                EasActivated = row.Flag(),
                Compliance = (ComplianceState)row.Number(),
                OperatingSystem = row.Text(),
                DeviceName = row.Text(),
                Model = row.TextOrNull(),
                LastSync = row.InstantOrNull(),
            });
        }

        return devices;
    }
}
