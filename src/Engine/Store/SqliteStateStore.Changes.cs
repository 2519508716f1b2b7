using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <content>What the search for changed ids looks at.</content>
public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public IEnumerable<IdTrace> ReadTraces(DeviceQuery query)
    {
        if (Read(_snapshot.ReadAsOf) is null) throw StateFault.NoSnapshot(_path);
        return new StoredRows<IdTrace>(_path, connection => Traces(connection, query), static (row, _) => TraceOf(row));
    }

    /// <inheritdoc/>
    public IdTrace SettleJoin(IdTrace trace)
    {
        if (ReadCase(trace.MailboxId.ToString(), trace.DeviceId.Value) is not { Exchange.Mailboxes: [var mailbox] } found) return trace with { IsJoinOpen = false };
        var user = new UserMatcher(found.Tenant.Users).Find(mailbox).User;
        return trace with { IsJoinOpen = false, Join = new DeviceMatcher(found.Tenant.ManagedDevices).Find(trace.DeviceId, user, anyUser: false).Join };
    }

    private static (Statement Statement, object?[] Values) Traces(SqliteConnection connection, DeviceQuery query)
    {
        var conditions = "d.owner IN (SELECT owner FROM device GROUP BY owner HAVING COUNT(*) > 1)";
        var values = new List<object?>();
        if (query.Mailbox is { } mailbox) Add("d.owner IN (SELECT owner FROM mailbox_name WHERE name_key = $", SnapshotReader.NameKey(mailbox));
        if (query.DeviceId is { } device) Add("d.owner IN (SELECT owner FROM device WHERE device_key = $", StateText.Key(device));
        var statement = new Statement(
            connection,
            "SELECT d.id, m.id, d.device_id, d.device_type, d.device_model, d.device_os, d.first_sync, d.when_changed, d.managed_device_id, d.user_principal_name, d.reason "
            + "FROM device d JOIN mailbox m ON m.owner = d.owner WHERE " + conditions + " ORDER BY d.owner, d.device_key, d.id");
        return (statement, [.. values]);

        void Add(string condition, object value)
        {
            values.Add(value);
            conditions += $" AND {condition}{values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
        }
    }

    private static IdTrace TraceOf(Row row)
    {
        var trace = new IdTrace
        {
            PartnershipId = row.Id(),
            MailboxId = row.Id(),
            DeviceId = new EasDeviceId(row.Text()),
            DeviceType = row.Text(),
            DeviceModel = row.TextOrNull(),
            DeviceOS = row.TextOrNull(),
            FirstSync = row.InstantOrNull(),
            WhenChanged = row.InstantOrNull(),
            ManagedDeviceId = row.TextOrNull(),
        };
        var hasUser = row.TextOrNull() is not null;
        var reason = (AccessReason)row.Number();
        if (trace.ManagedDeviceId is null) return trace;
        if (!hasUser || reason == AccessReason.UserConflict) return trace with { Join = DeviceJoin.OtherUser };

        // A rule that ends before the managed device is looked at leaves open whose it is.
        var open = reason is AccessReason.PolicyDisabled or AccessReason.UserNotTargeted or AccessReason.UserExempt or AccessReason.UserNotLicensed or AccessReason.GovernedElsewhere;
        return trace with { Join = DeviceJoin.Matched, IsJoinOpen = open };
    }
}
