using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>
/// The tenant's port over a simulated organisation. Given a memory it tells what changed since, exactly, but for what it is to overlook. What its
/// lists are to lack is found all the same when it is asked for by itself.
/// </summary>
internal sealed class SimulatedTenant(
    SimulatedOrganization organization,
    TimeProvider time,
    Func<TenantSnapshot, TenantSnapshot>? distort = null,
    Func<TenantSnapshot, TenantSnapshot>? overlook = null,
    bool usersAreWhole = false,
    Func<TenantSnapshot, TenantSnapshot>? lacking = null) : IManagedDeviceSource
{
    private const int InOneRequest = 20;

    private static readonly Guid s_everybody = new(1, 2, 3, new byte[8]);
    private static readonly Guid s_excluded = new(4, 5, 6, new byte[8]);

    public int RequestsSent { get; private set; }

    public ITenantInspection Inspection => throw new NotSupportedException();

    public ITenantPolicy Policy => organization;

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        RequestsSent++;
        return Task.CompletedTask;
    }

    public Task SignInAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<TenantRead> ReadAsync(AccessPolicy policy, TenantMemory? known, ISyncConsole console, CancellationToken cancellationToken)
    {
        await Task.Yield();
        RequestsSent++;
        var tenant = Truth(policy);
        if (lacking is not null) tenant = lacking(tenant);
        if (overlook is not null && known is not null) tenant = overlook(tenant);
        var mark = string.Join(' ', policy.LicencePlans) + policy.IncludesEverybody;
        var groups = Groups(tenant.IncludedUsers, tenant.ExcludedUsers);
        return new TenantRead
        {
            Tenant = tenant,
            IsWhole = known is null,
            Memory = new TenantMemory
            {
                Users = tenant.Users,
                Devices = tenant.ManagedDevices,
                Groups = groups,
                Checkpoint = new TenantCheckpoint { Mark = mark, ReadAt = time.GetUtcNow() },
            },
            Changes = known is null || known.Checkpoint.Mark != mark || usersAreWhole ? null : new TenantChanges
            {
                Users = ChangedUsers(known.Users, tenant.Users),
                Devices = ChangedDevices(known.Devices, tenant.ManagedDevices),
                Memberships = [.. Differ(known.Groups[s_everybody].Users, groups[s_everybody].Users).Union(Differ(known.Groups[s_excluded].Users, groups[s_excluded].Users)).Join(tenant.Users, static id => id, static user => user.Id, static (_, user) => user)],
                GroupsChanged = true,
            },
        };
    }

    public async Task<TenantRead> ConfirmAsync(
        AccessPolicy policy, TenantRead read, IReadOnlyCollection<Guid> users, IReadOnlyCollection<string> devices, ISyncConsole console, CancellationToken cancellationToken)
    {
        await Task.Yield();
        RequestsSent += (users.Count + InOneRequest - 1) / InOneRequest;
        var truth = Truth(policy);
        var asked = users.ToHashSet();
        var wanted = devices.ToHashSet();
        bool IsAsked(ManagedDevice device) => wanted.Contains(device.Id) || (device.UserId is { } owner && asked.Contains(owner));
        foreach (var device in read.Memory.Devices.Concat(truth.ManagedDevices).Where(IsAsked)) wanted.Add(device.Id);

        IReadOnlyList<TenantUser> userList = [.. read.Memory.Users.Where(user => !asked.Contains(user.Id)), .. truth.Users.Where(user => asked.Contains(user.Id))];
        IReadOnlyList<ManagedDevice> deviceList = [.. read.Memory.Devices.Where(device => !wanted.Contains(device.Id)), .. truth.ManagedDevices.Where(device => wanted.Contains(device.Id))];
        var included = Confirmed(read.Tenant.IncludedUsers, truth.IncludedUsers, asked);
        var excluded = Confirmed(read.Tenant.ExcludedUsers, truth.ExcludedUsers, asked)!;
        var changedUsers = ChangedUsers(read.Memory.Users, userList);
        var changedDevices = ChangedDevices(read.Memory.Devices, deviceList);
        var members = Differ(read.Tenant.IncludedUsers ?? [], included ?? []).Union(Differ(read.Tenant.ExcludedUsers, excluded)).ToHashSet();
        if (changedUsers.Count + changedDevices.Count + members.Count == 0) return read;
        return read with
        {
            Tenant = read.Tenant with { Users = userList, ManagedDevices = deviceList, IncludedUsers = included, ExcludedUsers = excluded },
            Memory = read.Memory with { Users = userList, Devices = deviceList, Groups = Groups(included, excluded) },
            Changes = read.Changes is not { } told ? null : told with
            {
                Users = [.. told.Users, .. changedUsers],
                Devices = [.. told.Devices, .. changedDevices],
                Memberships = [.. told.Memberships, .. userList.Where(user => members.Contains(user.Id))],
            },
        };
    }

    public void Dispose()
    {
    }

    private TenantSnapshot Truth(AccessPolicy policy) => distort is null ? organization.Tenant(policy) : distort(organization.Tenant(policy));

    private static Dictionary<Guid, GroupMembers> Groups(IReadOnlyCollection<Guid>? included, IReadOnlyCollection<Guid> excluded) =>
        new() { [s_everybody] = new([.. included ?? []], []), [s_excluded] = new([.. excluded], []) };

    private static IReadOnlyCollection<Guid>? Confirmed(IReadOnlyCollection<Guid>? read, IReadOnlyCollection<Guid>? truth, HashSet<Guid> asked) =>
        read is null || truth is null ? read : [.. read.Where(id => !asked.Contains(id)), .. truth.Where(asked.Contains)];

    private static IEnumerable<Guid> Differ(IReadOnlyCollection<Guid> left, IReadOnlyCollection<Guid> right) => left.Except(right).Union(right.Except(left));

    private static IReadOnlyList<RowChange<TenantUser>> ChangedUsers(IReadOnlyList<TenantUser> before, IReadOnlyList<TenantUser> after) =>
        Changes(before, after, static user => user.Id, static user => (user with { SmtpAddresses = [] }, string.Join(' ', user.SmtpAddresses)));

    private static IReadOnlyList<RowChange<ManagedDevice>> ChangedDevices(IReadOnlyList<ManagedDevice> before, IReadOnlyList<ManagedDevice> after) =>
        Changes(before, after, static device => device.Id, static device => device);

    private static IReadOnlyList<RowChange<T>> Changes<T, TKey, TContent>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, TKey> key, Func<T, TContent> content)
        where T : class
        where TKey : notnull
    {
        var old = before.ToDictionary(key);
        var now = after.ToDictionary(key);
        return
        [
            .. before.Where(row => !now.ContainsKey(key(row))).Select(static row => new RowChange<T>(row, null)),
            .. after.Where(row => !old.TryGetValue(key(row), out var known) || !Equals(content(known), content(row))).Select(row => new RowChange<T>(old.GetValueOrDefault(key(row)), row)),
        ];
    }
}
