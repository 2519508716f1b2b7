using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>What is remembered of the tenant.</summary>
internal sealed class TenantTable(SqliteConnection connection)
{
    private static readonly string[] s_userColumns =
        ["id", "upn", "on_premises_dn", "on_premises_guid", "on_premises_sam", "on_premises_domain", "smtp_addresses", "licensed"];

    private static readonly string[] s_deviceColumns =
        ["id", "user_id", "upn", "entra_device_id", "eas_id", "eas_activated", "compliance", "os", "device_name", "model", "last_sync"];

    public TenantMemory? Read()
    {
        using var select = new Statement(connection, "SELECT mark, read_at, newest_check_in, device_link, user_link, group_links, count_excess FROM known_tenant");
        using var reader = select.Read();
        var row = new Row(reader);
        if (!row.Next()) return null;
        var checkpoint = new TenantCheckpoint
        {
            Mark = row.Text(),
            ReadAt = row.Instant(),
            NewestCheckIn = row.InstantOrNull(),
            DeviceLink = row.TextOrNull(),
            UserLink = row.TextOrNull(),
            GroupLinks = row.TextOrNull() is { } links ? StateText.ReadList(links) : null,
            CountExcess = row.NumberOrNull(),
        };
        return new TenantMemory { Users = ReadUsers(), Devices = ReadDevices(), Groups = ReadGroups(), Checkpoint = checkpoint };
    }

    public void Write(TenantRead read)
    {
        if (read.Changes is { } changes)
        {
            Delete("known_user", changes.Users.Where(static change => change.After is null).Select(static change => StateText.Of(change.Before!.Id)));
            Delete("known_device", changes.Devices.Where(static change => change.After is null).Select(static change => change.Before!.Id));
            WriteUsers(changes.Users.Where(static change => change.After is not null).Select(static change => change.After!));
            WriteDevices(changes.Devices.Where(static change => change.After is not null).Select(static change => change.After!));
            if (changes.GroupsChanged) WriteGroups(read.Memory.Groups);
        }
        else
        {
            Forget();
            WriteUsers(read.Memory.Users);
            WriteDevices(read.Memory.Devices);
            WriteGroups(read.Memory.Groups);
        }

        WriteCheckpoint(read.Memory.Checkpoint);
    }

    public void Forget()
    {
        foreach (var table in (string[])["known_tenant", "known_user", "known_device", "known_group", "known_member"]) StateDatabase.Run(connection, "DELETE FROM " + table);
    }

    private void Delete(string table, IEnumerable<string> ids)
    {
        using var delete = new Statement(connection, $"DELETE FROM {table} WHERE id = $1");
        foreach (var id in ids) delete.Execute(id);
    }

    private void WriteCheckpoint(TenantCheckpoint checkpoint)
    {
        StateDatabase.Run(connection, "DELETE FROM known_tenant");
        using var insert = new BulkInsert(connection, "known_tenant", "id", "mark", "read_at", "newest_check_in", "device_link", "user_link", "group_links", "count_excess");
        insert
            .Number(1).Text(checkpoint.Mark).Instant(checkpoint.ReadAt).Instant(checkpoint.NewestCheckIn).Text(checkpoint.DeviceLink)
            .Text(checkpoint.UserLink).Text(checkpoint.GroupLinks is { } links ? StateText.OfList(links) : null).Number(checkpoint.CountExcess).End();
    }

    // Sorted before they are written: a tree that grows at its end is built several times faster than one that grows everywhere.
    private void WriteUsers(IEnumerable<TenantUser> users)
    {
        using var insert = BulkInsert.Of(connection, Replacing("known_user", s_userColumns));
        foreach (var (id, user) in users.Select(static user => (Id: StateText.Of(user.Id), user)).OrderBy(static pair => pair.Id, StringComparer.Ordinal))
        {
            insert
                .Text(id).Text(user.UserPrincipalName).Text(user.OnPremisesDistinguishedName).Id(user.OnPremisesObjectGuid)
                .Text(user.OnPremisesSamAccountName).Text(user.OnPremisesDomainName).Text(StateText.OfList(user.SmtpAddresses)).Flag(user.IsLicensed).End();
        }
    }

    private void WriteDevices(IEnumerable<ManagedDevice> devices)
    {
        using var insert = BulkInsert.Of(connection, Replacing("known_device", s_deviceColumns));
        foreach (var device in devices.OrderBy(static device => device.Id, StringComparer.Ordinal))
        {
            insert
                .Text(device.Id).Id(device.UserId).Text(device.UserPrincipalName).Id(device.EntraDeviceId).Text(device.EasDeviceId.Value)
                .Flag(device.EasActivated).Number((int)device.Compliance).Text(device.OperatingSystem).Text(device.DeviceName)
                .Text(device.Model).Instant(device.LastSync).End();
        }
    }

    private void WriteGroups(IReadOnlyDictionary<Guid, GroupMembers> groups)
    {
        StateDatabase.Run(connection, "DELETE FROM known_group");
        StateDatabase.Run(connection, "DELETE FROM known_member");
        using var group = new BulkInsert(connection, "known_group", "id", "nested_groups");
        using var member = new BulkInsert(connection, "known_member", "group_id", "user_id");
        foreach (var (id, members) in groups.Select(static pair => (StateText.Of(pair.Key), pair.Value)).OrderBy(static pair => pair.Item1, StringComparer.Ordinal))
        {
            group.Text(id).Text(StateText.OfList([.. members.NestedGroups.Select(StateText.Of)])).End();
            foreach (var user in members.Users.Distinct().Select(StateText.Of).OrderBy(static user => user, StringComparer.Ordinal)) member.Text(id).Text(user).End();
        }
    }

    private static string Replacing(string table, string[] columns) =>
        Statement.Insert(table, columns) + " ON CONFLICT (id) DO UPDATE SET " + string.Join(", ", columns.Skip(1).Select(static column => $"{column} = excluded.{column}"));

    private List<TenantUser> ReadUsers()
    {
        using var select = new Statement(connection, $"SELECT {string.Join(", ", s_userColumns)} FROM known_user ORDER BY id");
        using var reader = select.Read();
        var row = new Row(reader);
        var users = new List<TenantUser>();
        while (row.Next())
        {
            users.Add(new TenantUser
            {
                Id = row.Id(),
                UserPrincipalName = row.Text(),
                OnPremisesDistinguishedName = row.TextOrNull(),
                OnPremisesObjectGuid = row.IdOrNull(),
                OnPremisesSamAccountName = row.TextOrNull(),
                OnPremisesDomainName = row.TextOrNull(),
                SmtpAddresses = StateText.ReadList(row.Text()),
                IsLicensed = row.Flag(),
            });
        }

        return users;
    }

    private List<ManagedDevice> ReadDevices()
    {
        using var select = new Statement(connection, $"SELECT {string.Join(", ", s_deviceColumns)} FROM known_device ORDER BY id");
        using var reader = select.Read();
        var row = new Row(reader);
        var devices = new List<ManagedDevice>();
        while (row.Next())
        {
            devices.Add(new ManagedDevice
            {
                Id = row.Text(),
                UserId = row.IdOrNull(),
                UserPrincipalName = row.TextOrNull(),
                EntraDeviceId = row.IdOrNull(),
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

    private Dictionary<Guid, GroupMembers> ReadGroups()
    {
        var members = new Dictionary<Guid, HashSet<Guid>>();
        using (var select = new Statement(connection, "SELECT group_id, user_id FROM known_member"))
        using (var reader = select.Read())
        {
            var row = new Row(reader);
            while (row.Next())
            {
                var group = row.Id();
                if (!members.TryGetValue(group, out var users)) members.Add(group, users = []);
                users.Add(row.Id());
            }
        }

        using var groups = new Statement(connection, "SELECT id, nested_groups FROM known_group");
        using var rows = groups.Read();
        var next = new Row(rows);
        var result = new Dictionary<Guid, GroupMembers>();
        while (next.Next())
        {
            var id = next.Id();
            var nested = StateText.ReadList(next.Text()).Select(static group => Guid.ParseExact(group, "D")).ToList();
            result.Add(id, new GroupMembers(members.TryGetValue(id, out var users) ? users : [], nested));
        }

        return result;
    }
}
