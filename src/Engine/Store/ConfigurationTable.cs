using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The organisation's configuration as the last complete read saw it, and the objects in it that are ours.</summary>
internal sealed class ConfigurationTable(SqliteConnection connection)
{
    private const int PolicyRead = 1;
    private const int ClassRead = 2;

    /// <summary>Keeps what a read saw; what it did not ask for stays as it was.</summary>
    public void Write(RunSnapshot snapshot)
    {
        using (var update = new Statement(connection, "UPDATE snapshot SET ota_mail_insert = $1, admin_recipients = $2"))
        {
            update.Execute(snapshot.Exchange.Settings.OtaNotificationMailInsert, StateText.OfList(snapshot.Exchange.Settings.AdminMailRecipients));
        }

        if (snapshot.Exchange.Policies is { } policies) Write(policies, snapshot.AsOf);
        if (snapshot.Exchange.Classes is { } classes) Write(classes, snapshot.AsOf);
    }

    /// <summary>What is known of the configuration; null before the first read.</summary>
    public StoredConfiguration? Read()
    {
        using var select = new Statement(connection, "SELECT as_of, default_level, user_mail_insert, ota_mail_insert, admin_recipients FROM snapshot");
        using var reader = select.Read();
        var row = new Row(reader);
        if (!row.Next()) return null;
        return new StoredConfiguration
        {
            AsOf = row.Instant(),
            Settings = new OrganizationAccessSettings
            {
                DefaultAccessLevel = (ExchangeAccessLevel)row.Number(),
                UserMailInsert = row.TextOrNull(),
                OtaNotificationMailInsert = row.TextOrNull(),
                AdminMailRecipients = StateText.ReadList(row.Text()),
            },
            Rules = ReadRules(),
            PoliciesAsOf = ReadAsOf(PolicyRead),
            Policies = ReadAsOf(PolicyRead) is null ? null : ReadPolicies(),
        };
    }

    /// <summary>Types, models, systems and agents that a rule may look for, as the last complete read saw them.</summary>
    public IReadOnlyList<string> ReadQueryStrings(RuleCharacteristic characteristic)
    {
        var texts = characteristic switch
        {
            RuleCharacteristic.DeviceType => "SELECT device_type FROM device UNION SELECT device_type FROM device_class",
            RuleCharacteristic.DeviceModel => "SELECT device_model FROM device UNION SELECT device_model FROM device_class",
            RuleCharacteristic.DeviceOS => "SELECT DISTINCT device_os FROM device",
            RuleCharacteristic.UserAgent => "SELECT DISTINCT user_agent FROM device",
            _ => null,
        };
        var found = new List<string>();
        if (texts is null) return found;
        using var select = new Statement(connection, texts);
        using var reader = select.Read();
        var row = new Row(reader);
        while (row.Next())
        {
            if (row.TextOrNull() is { Length: > 0 } text) found.Add(text);
        }

        found.Sort(StringComparer.OrdinalIgnoreCase);
        return found;
    }

    public IReadOnlyList<OwnedObject> ReadOwned()
    {
        using var select = new Statement(connection, "SELECT kind, name, id, written_at, run_id FROM owned_object ORDER BY kind, name_key");
        using var reader = select.Read();
        var row = new Row(reader);
        var owned = new List<OwnedObject>();
        while (row.Next())
        {
            owned.Add(new OwnedObject { Kind = (OwnedKind)row.Number(), Name = row.Text(), Id = row.IdOrNull(), WrittenAt = row.Instant(), RunId = row.Id() });
        }

        return owned;
    }

    public void Own(OwnedObject owned)
    {
        using var insert = new Statement(
            connection,
            Statement.Insert("owned_object", "kind", "name_key", "name", "id", "written_at", "run_id")
            + " ON CONFLICT (kind, name_key) DO UPDATE SET name = excluded.name, id = excluded.id, written_at = excluded.written_at, run_id = excluded.run_id");
        insert.Execute(owned.Kind, StateText.Key(owned.Name), owned.Name, owned.Id, owned.WrittenAt, owned.RunId);
    }

    /// <summary>Forgets an object that is gone; one that was created again since is another.</summary>
    public void Forget(OwnedObject owned)
    {
        using var delete = new Statement(connection, "DELETE FROM owned_object WHERE kind = $1 AND name_key = $2 AND written_at <= $3");
        delete.Execute(owned.Kind, StateText.Key(owned.Name), owned.WrittenAt);
    }

    private void Write(IReadOnlyList<ExchangeMailboxPolicy> policies, DateTimeOffset asOf)
    {
        StateDatabase.Run(connection, "DELETE FROM mailbox_policy");
        using var insert = new BulkInsert(connection, "mailbox_policy", "id", "name", "dn", "is_default", "settings");
        foreach (var policy in policies)
        {
            var settings = policy.Settings.Said().ToDictionary(static pair => pair.Key, static pair => (IReadOnlyList<string>)[pair.Value], StringComparer.Ordinal);
            insert.Id(policy.Id).Text(policy.Name).Text(policy.DistinguishedName).Flag(policy.IsDefault).Text(StateText.OfValues(settings)).End();
        }

        WriteAsOf(PolicyRead, asOf);
    }

    private void Write(IReadOnlyList<DeviceClass> classes, DateTimeOffset asOf)
    {
        StateDatabase.Run(connection, "DELETE FROM device_class");
        using var insert = new BulkInsert(connection, "device_class", "device_type", "device_model");
        foreach (var one in classes) insert.Text(one.DeviceType).Text(one.DeviceModel).End();
        WriteAsOf(ClassRead, asOf);
    }

    private void WriteAsOf(int kind, DateTimeOffset asOf)
    {
        using var insert = new Statement(
            connection, Statement.Insert("configuration_read", "kind", "as_of") + " ON CONFLICT (kind) DO UPDATE SET as_of = excluded.as_of");
        insert.Execute(kind, asOf);
    }

    private DateTimeOffset? ReadAsOf(int kind)
    {
        using var select = new Statement(connection, "SELECT as_of FROM configuration_read WHERE kind = $1");
        using var reader = select.Read(kind);
        var row = new Row(reader);
        return row.Next() ? row.Instant() : null;
    }

    private List<DeviceAccessRule> ReadRules()
    {
        using var select = new Statement(connection, "SELECT id, name, characteristic, query_string, access_level FROM access_rule");
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

    private List<ExchangeMailboxPolicy> ReadPolicies()
    {
        using var select = new Statement(connection, "SELECT id, name, dn, is_default, settings FROM mailbox_policy");
        using var reader = select.Read();
        var row = new Row(reader);
        var policies = new List<ExchangeMailboxPolicy>();
        while (row.Next())
        {
            policies.Add(new ExchangeMailboxPolicy
            {
                Id = row.Id(),
                Name = row.Text(),
                DistinguishedName = row.TextOrNull(),
                IsDefault = row.Flag(),
                Settings = ReadSettings(row.Text()),
            });
        }

        return policies;
    }

    private static MailboxPolicySettings ReadSettings(string json)
    {
        var settings = MailboxPolicySettings.Nothing;
        foreach (var pair in StateText.ReadValues(json))
        {
            if (MailboxPolicySetting.Find(pair.Key) is { } setting && pair.Value.Count == 1) settings = setting.Read(settings, pair.Value[0]) ?? settings;
        }

        return settings;
    }
}
