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

/// <summary>The tenant's port over a simulated organisation. Given a memory it tells what changed since, exactly, but for what it is to overlook.</summary>
internal sealed class SimulatedTenant(SimulatedOrganization organization, TimeProvider time, Func<TenantSnapshot, TenantSnapshot>? distort = null, Func<TenantSnapshot, TenantSnapshot>? overlook = null, bool usersAreWhole = false) : IManagedDeviceSource
{
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
        var tenant = organization.Tenant(policy);
        if (distort is not null) tenant = distort(tenant);
        if (overlook is not null && known is not null) tenant = overlook(tenant);
        var mark = string.Join(' ', policy.LicencePlans) + policy.IncludesEverybody;
        var groups = new Dictionary<Guid, GroupMembers>
        {
            [s_everybody] = new([.. tenant.IncludedUsers ?? []], []),
            [s_excluded] = new([.. tenant.ExcludedUsers], []),
        };
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
                Users = Changes(known.Users, tenant.Users, static user => user.Id, static user => (user with { SmtpAddresses = [] }, string.Join(' ', user.SmtpAddresses))),
                Devices = Changes(known.Devices, tenant.ManagedDevices, static device => device.Id, static device => device),
                Memberships = [.. Differ(known.Groups[s_everybody], groups[s_everybody]).Union(Differ(known.Groups[s_excluded], groups[s_excluded])).Join(tenant.Users, static id => id, static user => user.Id, static (_, user) => user)],
                GroupsChanged = true,
            },
        };
    }

    public async Task<TenantRead> ConfirmAsync(
        AccessPolicy policy, TenantRead read, IReadOnlyCollection<Guid> users, IReadOnlyCollection<string> devices, ISyncConsole console, CancellationToken cancellationToken)
    {
        await Task.Yield();
        RequestsSent++;
        if (overlook is null) return read;
        var truth = organization.Tenant(policy);
        var changes = Changes(read.Memory.Devices, truth.ManagedDevices, static device => device.Id, static device => device);
        if (changes.Count == 0) return read;
        return read with
        {
            Tenant = read.Tenant with { ManagedDevices = truth.ManagedDevices },
            Memory = read.Memory with { Devices = truth.ManagedDevices },
            Changes = read.Changes is { } told ? told with { Devices = [.. told.Devices, .. changes] } : null,
        };
    }

    public void Dispose()
    {
    }

    private static IEnumerable<Guid> Differ(GroupMembers left, GroupMembers right) => left.Users.Except(right.Users).Union(right.Users.Except(left.Users));

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
