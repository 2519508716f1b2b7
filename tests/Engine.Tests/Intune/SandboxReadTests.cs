using System;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using GraphFault = IntuneExchangeConnector.Sandbox.Graph.GraphFault;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class SandboxReadTests
{
    private static readonly GraphEndpointOptions s_shortPages = new() { ManagedDevicePageSize = 30 };

    [Theory]
    [InlineData(30, false)]
    [InlineData(30, true)]
    [InlineData(1000, false)]
    public async Task The_whole_tenant_arrives_as_it_is(int pageSize, bool countsPages)
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { ManagedDevicePageSize = pageSize, CountsPages = countsPages });
        using var source = tenant.WithToken(GraphRoles.Sync);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        AssertWhole(tenant, snapshot);
        Assert.Equal(tenant.UsersOf(WorldNames.TargetGroup), snapshot.IncludedUsers!.Order());
        Assert.Equal(tenant.UsersOf(WorldNames.ExemptGroup), snapshot.ExcludedUsers.Order());
        Assert.Equal(tenant.Endpoint.Requests.Sent, source.RequestsSent);
    }

    [Fact]
    public async Task What_is_asked_needs_no_filter_and_names_every_property()
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        using var source = tenant.WithToken();

        await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        var requests = tenant.Endpoint.Requests.Records().Where(request => !request.InBatch && request.Route != GraphRoute.Batch).ToList();
        Assert.DoesNotContain(requests, request => request.PathAndQuery.Contains("filter"));
        Assert.All(requests, request => Assert.Contains("$select", request.PathAndQuery));
        Assert.All(requests, request => Assert.Equal("include-unknown-enum-members", request.Prefer));
        Assert.All(requests, request => Assert.StartsWith("IntuneExchangeConnector/", request.UserAgent));
        Assert.All(requests.Where(request => request.Route == GraphRoute.TransitiveMembers), request => Assert.Equal("eventual", request.ConsistencyLevel));
        Assert.Equal(requests.Count, requests.Select(request => request.ClientRequestId).Distinct().Count());
    }

    public static TheoryData<string> PassingFaults => ["throttled", "fraction", "dated", "unavailable", "reset", "resetInBody", "truncated", "emptyPage", "gateway"];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_passing_fault_costs_a_wait_and_no_row(string name)
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        var fault = name switch
        {
            "throttled" => GraphFault.Throttled("3"),
            "fraction" => GraphFault.Throttled("2.128"),
            "dated" => GraphFault.Throttled(tenant.Time.GetUtcNow().AddSeconds(20).ToString("r")),
            "unavailable" => GraphFault.Unavailable(),
            "reset" => GraphFault.Reset,
            "resetInBody" => GraphFault.ResetInBody,
            "truncated" => GraphFault.TruncatedBody,
            "emptyPage" => GraphFault.EmptyPage,
            _ => GraphFault.Status(504),
        };
        tenant.Endpoint.Faults
            .At(GraphRoute.ManagedDevices, 2, fault)
            .At(GraphRoute.ManagedDevices, 4, fault)
            .At(GraphRoute.Users, 1, fault)
            .At(GraphRoute.TransitiveMembers, 1, fault);
        using var source = tenant.WithToken();

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        AssertWhole(tenant, snapshot);
        Assert.Equal(tenant.UsersOf(WorldNames.TargetGroup), snapshot.IncludedUsers!.Order());
        if (name == "emptyPage") return;
        Assert.Equal(4, tenant.Time.Waits.Count);
        Assert.Equal(4, tenant.Console.Verboses.Count(verbose => verbose.Contains("Trying again")));
        if (name == "fraction") Assert.All(tenant.Time.Waits, wait => Assert.InRange(wait.TotalSeconds, 2.128, 2.4));
    }

    [Fact]
    public async Task A_list_whose_end_was_cut_off_is_incomplete()
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        tenant.Endpoint.Faults.At(GraphRoute.ManagedDevices, 3, GraphFault.MissingNextLink).At(GraphRoute.ManagedDevices, 6, GraphFault.MissingNextLink);
        using var source = tenant.WithToken();

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal(90, snapshot.ManagedDevices.Count);
        Assert.Equal($"Graph announced {tenant.World.ManagedDevices.Count} managed devices and sent 90.", snapshot.Incomplete);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    public async Task A_last_page_of_three_devices_is_missed_and_asked_for_once_more(int times, int missing)
    {
        var all = WorldGenerator.Generate(new WorldOptions { Partnerships = 200 }).ManagedDevices.Count;
        await using var tenant = await SandboxTenant.StartAsync(new() { ManagedDevicePageSize = all - 3 });
        for (var time = 1; time <= times; time++) tenant.Endpoint.Faults.At(GraphRoute.ManagedDevices, time, GraphFault.MissingNextLink);
        using var source = tenant.WithToken();

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.Incomplete);
        Assert.Equal(all - missing, snapshot.ManagedDevices.Count);
        Assert.Equal(missing > 0, tenant.Console.Warnings.Any(warning => warning.StartsWith($"Graph announced {all} managed devices and sent {all - 3}.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Users_that_are_cut_off_make_the_read_incomplete()
    {
        await using var tenant = await SandboxTenant.StartAsync(partnerships: 3000);
        tenant.Endpoint.Faults.At(GraphRoute.Users, 1, GraphFault.MissingNextLink);
        using var source = tenant.WithToken();

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal($"Graph announced {tenant.World.Users.Count(user => !user.IsDeleted)} users and sent 999.", snapshot.Incomplete);
    }

    [Fact]
    public async Task A_row_that_stands_on_two_pages_is_read_once()
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        tenant.Endpoint.Faults.At(GraphRoute.ManagedDevices, 2, GraphFault.RepeatedRow).At(GraphRoute.ManagedDevices, 3, GraphFault.RepeatedRow);
        using var source = tenant.WithToken();

        AssertWhole(tenant, await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_error_that_comes_with_a_good_status_is_no_list()
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        tenant.Endpoint.Faults.At(GraphRoute.ManagedDevices, 2, GraphFault.ErrorBody);
        using var source = tenant.WithToken();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.GraphAnswerInvalid, failure.ErrorId);
    }

    [Theory]
    [InlineData(SyncKind.Full, "fullSync")]
    [InlineData(SyncKind.Quick, "deltaSync")]
    public async Task Intunes_own_connector_is_asked_to_synchronise(SyncKind kind, string asked)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(GraphRoles.WriteServiceConfiguration);
        var entry = Assert.Single(await source.ReadConnectorsAsync(TestContext.Current.CancellationToken));

        await source.RequestSyncAsync(entry.Id, kind, TestContext.Current.CancellationToken);

        Assert.Equal([(entry.Id, asked)], tenant.Endpoint.SyncRequests.Select(request => (request.Connector, request.SyncType)));
    }

    [Fact]
    public async Task Members_that_are_cut_off_twice_make_the_read_incomplete()
    {
        await using var tenant = await SandboxTenant.StartAsync(partnerships: 3000);
        Assert.True(tenant.UsersOf(WorldNames.TargetGroup).Count > 999);
        tenant.Endpoint.Faults.At(GraphRoute.TransitiveMembers, 1, GraphFault.MissingNextLink).At(GraphRoute.TransitiveMembers, 2, GraphFault.MissingNextLink);
        using var source = tenant.WithToken();

        var snapshot = await source.ReadAsync(tenant.Policy with { ExcludedGroups = [] }, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Contains("members of the group", snapshot.Incomplete);
    }

    [Fact]
    public async Task A_link_that_leads_to_its_own_page_is_noticed()
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        tenant.Endpoint.Faults.At(GraphRoute.ManagedDevices, 2, GraphFault.RepeatedNextLink);
        using var source = tenant.WithToken();

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Contains("circle", snapshot.Incomplete);
        Assert.Equal(60, snapshot.ManagedDevices.Count);
    }

    [Fact]
    public async Task A_throttle_that_lasts_ends_the_read()
    {
        await using var tenant = await SandboxTenant.StartAsync(s_shortPages);
        tenant.Endpoint.Faults.Always(GraphRoute.Users, GraphFault.Throttled("0.5"));
        using var source = tenant.WithToken();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphThrottled, ErrorKind.Throttled), (failure.ErrorId, failure.Kind));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        tenant.Endpoint.Faults.At(GraphRoute.ManagedDevices, 1, GraphFault.Silence);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var source = tenant.WithClock(clock);

        var connecting = source.ConnectAsync(TestContext.Current.CancellationToken);
        await tenant.Endpoint.Requests.WhenAsync(GraphRoute.ManagedDevices, 1, TestContext.Current.CancellationToken);
        Assert.False(connecting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(100));
        await connecting;

        Assert.Contains("stopped answering", Assert.Single(tenant.Console.Verboses));
        Assert.Equal(2, tenant.Endpoint.Requests.Count(GraphRoute.ManagedDevices));
    }

    [Theory]
    [InlineData(GraphRoles.ReadManagedDevices)]
    [InlineData(GraphRoles.ReadUsers)]
    [InlineData(GraphRoles.ReadGroupMembers)]
    public async Task The_permission_that_is_missing_is_named_before_anything_is_read(string missing)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var token = TestTenant.Secure(tenant.Endpoint.IssueToken([.. GraphRoles.Sync.Except([missing])]));
        using var source = tenant.Source(tenant.Settings, token, policy: tenant.Policy);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphPermissionMissing, missing), (failure.ErrorId, failure.Target));
        Assert.Contains(missing, failure.Remedy);
    }

    [Fact]
    public async Task A_group_that_the_tenant_does_not_know_is_named()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var unknown = new Guid("aaaaaaaa-0000-0000-0000-000000000001");
        using var source = tenant.WithToken();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ReadAsync(
            tenant.Policy with { ExcludedGroups = [unknown.ToString()] }, tenant.Console, TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GroupNotFound, unknown.ToString()), (failure.ErrorId, failure.Target));
    }

    [Fact]
    public async Task A_token_that_expired_says_when()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.Source(tenant.Settings, TestTenant.Secure(tenant.Endpoint.IssueToken(TimeSpan.FromMinutes(-5))));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.AccessTokenExpired, failure.ErrorId);
        Assert.Contains(" UTC", failure.Message);
        Assert.Equal(0, source.RequestsSent);
    }

    [Fact]
    public async Task A_token_that_is_revoked_in_the_middle_ends_the_read()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken();
        await source.ConnectAsync(TestContext.Current.CancellationToken);
        tenant.Endpoint.RevokeTokens();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.AccessTokenExpired, failure.ErrorId);
        Assert.Contains("refuses", failure.Message);
    }

    private static void AssertWhole(SandboxTenant tenant, TenantSnapshot snapshot)
    {
        Assert.Null(snapshot.Incomplete);
        Assert.Empty(snapshot.Unreadable);
        Assert.Equal(
            tenant.World.ManagedDevices.Select(device => (
                device.Id.ToString(),
                device.UserIndex < 0 ? null : (Guid?)tenant.World.Users[device.UserIndex].Id,
                device.EasDeviceId ?? "",
                device.EasActivated,
                device.OperatingSystem,
                device.DeviceName,
                device.Model,
                GraphRows.Compliance(device.ComplianceState),
                (DateTimeOffset?)device.LastSyncDateTime)),
            snapshot.ManagedDevices.Select(device => (
                device.Id,
                device.UserId,
                device.EasDeviceId.Value,
                device.EasActivated,
                device.OperatingSystem,
                device.DeviceName,
                device.Model,
                device.Compliance,
                device.LastSync)));
        Assert.Equal(
            tenant.World.Users.Select(user => (
                user.Id,
                user.UserPrincipalName,
                user.OnPremisesDistinguishedName,
                user.OnPremisesImmutableId is { } anchor ? (Guid?)new Guid(Convert.FromBase64String(anchor)) : null,
                user.OnPremisesSamAccountName,
                user.HasIntuneLicence)),
            snapshot.Users.Select(user => (
                user.Id,
                user.UserPrincipalName,
                user.OnPremisesDistinguishedName,
                user.OnPremisesObjectGuid,
                user.OnPremisesSamAccountName,
                user.IsLicensed)));
        var mailed = tenant.World.Users.Where(user => user.Mail is not null).Select(user => user.Mail!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Superset(mailed, snapshot.Users.SelectMany(user => user.SmtpAddresses).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }
}
