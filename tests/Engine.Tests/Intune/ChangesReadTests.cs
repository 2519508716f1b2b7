using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;
using GraphFault = IntuneExchangeConnector.Sandbox.Graph.GraphFault;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed partial class ChangesReadTests
{
    private static readonly string[] s_roles = [.. GraphRoles.Sync, GraphRoles.ReadDevices];

    [Fact]
    public async Task Where_nothing_changed_one_request_tells_it()
    {
        await using var tenant = await SandboxTenant.StartAsync(partnerships: 1500);
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var before = source.RequestsSent;

        var quick = await QuickAsync(tenant, source, whole.Memory);

        Assert.Equal(1, source.RequestsSent - before);
        Assert.NotNull(quick.Changes);
        Assert.True(quick.Changes.IsEmpty);
        AssertSame(whole.Tenant, quick.Tenant);
    }

    [Fact]
    public async Task Whatever_happens_to_a_tenant_its_changes_lead_to_what_a_whole_read_sees()
    {
        await Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 6]).SampleAsync(
            async (seed, steps) =>
            {
                await using var tenant = await SandboxTenant.StartAsync(partnerships: 40);
                using var source = tenant.WithToken(s_roles);
                var history = new TenantHistory(tenant, seed);
                var read = await WholeAsync(tenant, source);
                for (var step = 0; step < steps; step++)
                {
                    history.Step(1 + step % 4);
                    tenant.Time.Advance(TimeSpan.FromMinutes(5));
                    var before = read.Tenant;
                    read = await QuickAsync(tenant, source, read.Memory);
                    using var other = tenant.WithToken(s_roles);
                    var whole = await WholeAsync(tenant, other);
                    Assert.True(whole.Tenant.ManagedDevices.ToHashSet().SetEquals(read.Tenant.ManagedDevices), $"After: {history}");
                    AssertSame(whole.Tenant, read.Tenant);
                    AssertTold(before, read);
                }
            },
            iter: 25, threads: 2);
    }

    [Fact]
    public async Task A_device_that_leaves_without_a_trace_is_missed_in_the_count()
    {
        await using var tenant = await SandboxTenant.StartAsync(partnerships: 600);
        using var source = tenant.WithToken(s_roles);
        var unregistered = tenant.World.ManagedDevices.First(device => device.AzureAdDeviceId is null);
        var whole = await WholeAsync(tenant, source);
        tenant.Endpoint.State.Append(new ManagedDeviceRemoved(unregistered.Id) { At = tenant.Time.GetUtcNow() });

        var quick = await QuickAsync(tenant, source, whole.Memory);

        Assert.DoesNotContain(quick.Tenant.ManagedDevices, device => device.Id == unregistered.Id.ToString());
        Assert.Null(quick.Changes);
        Assert.Contains(tenant.Console.Verboses, verbose => verbose.Contains("managed devices where"));
    }

    [Theory]
    [InlineData(GraphRoute.DevicesDelta)]
    [InlineData(GraphRoute.UsersDelta)]
    [InlineData(GraphRoute.GroupsDelta)]
    public async Task A_link_that_graph_has_forgotten_has_its_list_read_whole(GraphRoute route)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        tenant.Endpoint.Faults.Next(route, GraphFault.Status(410));

        var quick = await QuickAsync(tenant, source, whole.Memory);

        AssertSame(whole.Tenant, quick.Tenant);
        Assert.Contains(tenant.Console.Verboses, verbose => verbose.StartsWith("Graph does not tell the changed", StringComparison.Ordinal));
        var next = await QuickAsync(tenant, source, quick.Memory);
        Assert.True(next.Changes!.IsEmpty);
    }

    [Fact]
    public async Task Without_the_permission_for_changes_managed_devices_are_read_whole()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(GraphRoles.Sync.Where(role => role != GraphRoles.ReadDevices).ToArray());
        var whole = await WholeAsync(tenant, source);
        Assert.Null(whole.Memory.Checkpoint.DeviceLink);

        var quick = await QuickAsync(tenant, source, whole.Memory);

        AssertSame(whole.Tenant, quick.Tenant);
        Assert.Contains(tenant.Console.Verboses, verbose => verbose.Contains("Device.Read.All"));
    }

    [Fact]
    public async Task A_permission_that_was_taken_away_is_named_with_the_address_of_consent()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        using var lesser = tenant.WithToken([.. s_roles.Where(role => role != GraphRoles.ReadManagedDevices)]);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => QuickAsync(tenant, lesser, whole.Memory));

        Assert.Equal((ErrorIds.GraphPermissionMissing, "DeviceManagementManagedDevices.Read.All"), (failure.ErrorId, failure.Target));
        Assert.Contains("/adminconsent?client_id=", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_week_everything_is_read_anew()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var old = whole.Memory with { Checkpoint = whole.Memory.Checkpoint with { ReadAt = tenant.Time.GetUtcNow().AddDays(-7) } };

        var quick = await QuickAsync(tenant, source, old);

        Assert.Null(quick.Changes);
        AssertSame(whole.Tenant, quick.Tenant);
        Assert.Contains(tenant.Console.Verboses, verbose => verbose.Contains("more than a week ago"));
    }

    [Fact]
    public async Task What_is_throttled_inside_the_batch_is_asked_again_alone()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var users = tenant.Endpoint.Requests.Count(GraphRoute.UsersDelta);
        tenant.Endpoint.Faults.Next(GraphRoute.ManagedDeviceOverview, GraphFault.Throttled("7"), GraphFault.Unavailable());

        var quick = await QuickAsync(tenant, source, whole.Memory);

        AssertSame(whole.Tenant, quick.Tenant);
        Assert.Equal(1, tenant.Endpoint.Requests.Count(GraphRoute.UsersDelta) - users);
        Assert.Contains(tenant.Time.Waits, wait => wait >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_part_of_the_batch_that_stays_busy_fails_the_read()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        tenant.Endpoint.Faults.Always(GraphRoute.DevicesDelta, GraphFault.Throttled("170"));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => QuickAsync(tenant, source, whole.Memory));

        Assert.Equal(ErrorIds.GraphThrottled, failure.ErrorId);
    }

    [Theory]
    [InlineData(GraphRoute.ManagedDeviceOverview)]
    [InlineData(GraphRoute.DevicesDelta)]
    [InlineData(GraphRoute.UsersDelta)]
    [InlineData(GraphRoute.GroupsDelta)]
    public async Task A_question_that_stays_unanswered_does_not_take_the_others_with_it(GraphRoute route)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        tenant.Endpoint.Faults.Always(route, GraphFault.Unavailable());

        AssertSame(whole.Tenant, (await QuickAsync(tenant, source, whole.Memory)).Tenant);
    }

    public static TheoryData<string> Broken => ["gzip", "body", "reset"];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_batch_that_breaks_off_costs_a_wait(string name)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        tenant.Endpoint.Faults.Next(GraphRoute.Batch, name switch { "gzip" => GraphFault.TruncatedGzip, "body" => GraphFault.TruncatedBody, _ => GraphFault.ResetInBody });

        var quick = await QuickAsync(tenant, source, whole.Memory);

        AssertSame(whole.Tenant, quick.Tenant);
        Assert.True(quick.Changes!.IsEmpty);
        Assert.Single(tenant.Time.Waits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_group_that_changes_while_another_is_read_anew_is_not_forgotten(bool isPolicyChanged)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var (target, exempt) = (tenant.Group(WorldNames.TargetGroup), tenant.Group(WorldNames.ExemptGroup));
        var both = tenant.Policy;
        var before = isPolicyChanged ? both with { IncludedGroups = [AccessPolicy.AllUsers] } : both;
        var whole = await source.ReadAsync(before, null, tenant.Console, TestContext.Current.CancellationToken);
        var strangers = whole.Tenant.Users.Select(user => user.Id).Except(tenant.UsersOf(WorldNames.TargetGroup)).Except(tenant.UsersOf(WorldNames.ExemptGroup)).Take(2).ToList();
        tenant.Endpoint.State.Append(new GroupChanged(target) { AddUsers = [strangers[0]], At = tenant.Time.GetUtcNow() });
        var batches = 0;
        tenant.Sending = request =>
        {
            // The first batch asks what changed; by the next ones the links for the time to come are taken.
            if (!request.RequestUri!.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal) || ++batches != 2) return;
            tenant.Endpoint.State.Append(new GroupChanged(exempt) { AddUsers = [strangers[1]], At = tenant.Time.GetUtcNow() });
        };

        var quick = await QuickAsync(tenant, source, whole.Memory);
        quick = await QuickAsync(tenant, source, quick.Memory);

        Assert.True(batches > 2);
        Assert.Contains(strangers[1], quick.Tenant.ExcludedUsers);
        using var other = tenant.WithToken(s_roles);
        AssertSame((await WholeAsync(tenant, other)).Tenant, quick.Tenant);
    }

    [Fact]
    public async Task A_word_for_compliance_that_is_not_known_is_kept_and_told_once()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var devices = tenant.World.ManagedDevices.Where(device => device.AzureAdDeviceId is not null && device.ComplianceState == "compliant").Take(2).ToList();
        tenant.Endpoint.State.Append(new ManagedDeviceChanged(devices[0].Id) { ComplianceState = "compliantWithRemarks", At = tenant.Time.GetUtcNow() });

        var whole = await WholeAsync(tenant, source);

        Assert.Equal((ComplianceState.Unknown, "compliantWithRemarks"), Words(whole, devices[0].Id));
        Assert.Equal(
            "Managed devices whose compliance Graph tells in a word that this version does not know: 1 (compliantWithRemarks). MissingCompliancePolicy decides on them: Compliant.",
            Assert.Single(tenant.Console.Warnings));

        tenant.Endpoint.State.Append(new ManagedDeviceChanged(devices[1].Id) { ComplianceState = "halfCompliant", At = tenant.Time.GetUtcNow() });
        var quick = await QuickAsync(tenant, source, whole.Memory);

        Assert.NotNull(quick.Changes);
        Assert.Equal((ComplianceState.Unknown, "halfCompliant"), Words(quick, devices[1].Id));
        Assert.Contains("2 (compliantWithRemarks, halfCompliant)", tenant.Console.Warnings[1]);
    }

    [Fact]
    public async Task A_filter_that_intune_does_not_take_is_noticed_and_the_list_read_whole()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var device = tenant.World.ManagedDevices.First(one => one.AzureAdDeviceId is not null && one.ComplianceState == "compliant");
        tenant.Endpoint.State.Append(new ManagedDeviceChanged(device.Id) { ComplianceState = "noncompliant", At = tenant.Time.GetUtcNow() });
        // The question about check-ins passes, the one about the device does not.
        tenant.Endpoint.Faults.Next(GraphRoute.ManagedDevices, null, GraphFault.IgnoredFilter);

        var quick = await QuickAsync(tenant, source, whole.Memory);

        Assert.Null(quick.Changes);
        Assert.Equal(ComplianceState.NonCompliant, quick.Tenant.ManagedDevices.Single(one => one.Id == device.Id.ToString()).Compliance);
    }

    [Fact]
    public async Task A_group_of_the_policy_that_is_gone_fails_the_read()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        tenant.Endpoint.State.Append(new GroupRemoved(tenant.Group(WorldNames.TargetGroup)) { At = tenant.Time.GetUtcNow() });

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => QuickAsync(tenant, source, whole.Memory));

        Assert.Equal(ErrorIds.GroupNotFound, failure.ErrorId);
    }

    [Fact]
    public async Task Another_policy_has_its_groups_read_and_the_rest_remembered()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var lists = tenant.Endpoint.Requests.Count(GraphRoute.Users);
        var policy = tenant.Policy with { IncludedGroups = [AccessPolicy.AllUsers] };

        var quick = await source.ReadAsync(policy, whole.Memory, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Null(quick.Tenant.IncludedUsers);
        Assert.Equal(whole.Tenant.ExcludedUsers.Order(), quick.Tenant.ExcludedUsers.Order());
        Assert.Equal(lists, tenant.Endpoint.Requests.Count(GraphRoute.Users));
        var plans = await source.ReadAsync(policy with { LicencePlans = [Guid.Empty] }, quick.Memory, tenant.Console, TestContext.Current.CancellationToken);
        Assert.Null(plans.Changes);
        Assert.DoesNotContain(plans.Tenant.Users, user => user.IsLicensed);
    }

    private static (ComplianceState, string?) Words(TenantRead read, Guid device)
    {
        var one = read.Tenant.ManagedDevices.Single(row => row.Id == device.ToString());
        return (one.Compliance, one.ComplianceText);
    }

    private static Task<TenantRead> WholeAsync(SandboxTenant tenant, GraphDeviceSource source) =>
        source.ReadAsync(tenant.Policy, null, tenant.Console, TestContext.Current.CancellationToken);

    private static Task<TenantRead> QuickAsync(SandboxTenant tenant, GraphDeviceSource source, TenantMemory known) =>
        source.ReadAsync(tenant.Policy, known, tenant.Console, TestContext.Current.CancellationToken);

    private static void AssertSame(TenantSnapshot expected, TenantSnapshot actual)
    {
        Assert.Null(actual.Incomplete);
        Assert.Equal(expected.ManagedDevices.OrderBy(device => device.Id, StringComparer.Ordinal), actual.ManagedDevices.OrderBy(device => device.Id, StringComparer.Ordinal));
        Assert.Equal(expected.Users.OrderBy(user => user.Id).Select(Describe), actual.Users.OrderBy(user => user.Id).Select(Describe));
        Assert.Equal(expected.IncludedUsers?.Order(), actual.IncludedUsers?.Order());
        Assert.Equal(expected.ExcludedUsers.Order(), actual.ExcludedUsers.Order());
    }

    // What is not told as changed must be what it was.
    private static void AssertTold(TenantSnapshot before, TenantRead read)
    {
        if (read.Changes is not { } changes) return;
        var users = changes.Users.Select(change => (change.Before ?? change.After)!.Id).ToHashSet();
        var devices = changes.Devices.Select(change => (change.Before ?? change.After)!.Id).ToHashSet();
        Assert.Equal(
            before.Users.Where(user => !users.Contains(user.Id)).OrderBy(user => user.Id).Select(Describe),
            read.Tenant.Users.Where(user => !users.Contains(user.Id)).OrderBy(user => user.Id).Select(Describe));
        Assert.Equal(
            before.ManagedDevices.Where(device => !devices.Contains(device.Id)).OrderBy(device => device.Id, StringComparer.Ordinal),
            read.Tenant.ManagedDevices.Where(device => !devices.Contains(device.Id)).OrderBy(device => device.Id, StringComparer.Ordinal));
        var moved = changes.Memberships.Select(user => user.Id).Concat(before.Users.Select(user => user.Id).Except(read.Tenant.Users.Select(user => user.Id))).ToList();
        Assert.Equal(before.IncludedUsers!.Except(moved).Order(), read.Tenant.IncludedUsers!.Except(moved).Order());
        Assert.Equal(before.ExcludedUsers.Except(moved).Order(), read.Tenant.ExcludedUsers.Except(moved).Order());
    }

    private static string Describe(TenantUser user) => $"{user with { SmtpAddresses = [] }} {string.Join(',', user.SmtpAddresses)}";
}
