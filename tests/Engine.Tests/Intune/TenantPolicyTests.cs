using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;
using GraphFault = IntuneExchangeConnector.Sandbox.Graph.GraphFault;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class TenantPolicyTests
{
    private static readonly GraphLegacyPolicy s_legacy = new()
    {
        DefaultAccessLevel = "block",
        NotificationContent = "<p>Grüße</p>",
        AccessRules = [("WP8", "family", "block"), ("Pixel 'x\"", "model", "quarantine"), ("?", "planet", "none")],
    };

    [Fact]
    public async Task The_old_policy_arrives_as_the_tenant_holds_it()
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { LegacyPolicy = s_legacy });
        using var source = tenant.WithToken(GraphRoles.ReadServiceConfiguration);

        var legacy = await source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken);

        Assert.True(legacy.Access!.Enabled && legacy.Access.OverrideDefaultRule);
        Assert.Equal([tenant.Group(WorldNames.TargetGroup).ToString()], legacy.Access.IncludedGroups);
        Assert.Equal([tenant.Group(WorldNames.ExemptGroup).ToString()], legacy.Access.ExcludedGroups);
        Assert.Equal("block", legacy.Exchange!.DefaultAccessLevel);
        Assert.Equal("PHA+R3LDvMOfZTwvcD4=", legacy.Exchange.NotificationContent);
        Assert.Equal([new("WP8", "family", "block"), new("Pixel 'x\"", "model", "quarantine"), new("?", "planet", "none")], legacy.Exchange.Rules);
        Assert.Equal(
            ["/v1.0/deviceManagement/conditionalAccessSettings", "/beta/deviceManagement/exchangeOnPremisesPolicy"],
            tenant.Endpoint.Requests.Records().Select(request => request.PathAndQuery));
    }

    [Fact]
    public async Task A_tenant_that_never_had_the_connector_is_blank()
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { LegacyPolicy = null });
        using var source = tenant.WithToken();

        Assert.Equal(new LegacyPolicy(null, null), await source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_permission_that_is_missing_is_named_with_where_it_is_granted()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(GraphRoles.Sync);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphPermissionMissing, "DeviceManagementServiceConfig.Read.All"), (failure.ErrorId, failure.Target));
        Assert.Contains("DeviceManagementServiceConfig.Read.All", failure.Message);
        Assert.Contains("DeviceManagementServiceConfig.Read.All", failure.Remedy);
        Assert.Contains("API permissions", failure.Remedy);
        Assert.Contains("consent", failure.Remedy);
    }

    [Theory]
    [InlineData("throttled")]
    [InlineData("unavailable")]
    [InlineData("truncated")]
    [InlineData("reset")]
    public async Task A_passing_fault_costs_a_wait(string name)
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { LegacyPolicy = s_legacy });
        var fault = name switch { "throttled" => GraphFault.Throttled("3"), "unavailable" => GraphFault.Unavailable(), "truncated" => GraphFault.TruncatedBody, _ => GraphFault.Reset };
        tenant.Endpoint.Faults.At(GraphRoute.ConditionalAccessSettings, 1, fault).At(GraphRoute.ExchangeOnPremisesPolicy, 1, fault);
        using var source = tenant.WithToken();

        var legacy = await source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken);

        Assert.True(legacy.Access!.Enabled);
        Assert.Equal(3, legacy.Exchange!.Rules.Count);
        Assert.Equal(2, tenant.Time.Waits.Count);
    }

    [Fact]
    public async Task A_fault_that_lasts_is_no_empty_policy()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        tenant.Endpoint.Faults.Always(GraphRoute.ExchangeOnPremisesPolicy, GraphFault.Unavailable());
        using var source = tenant.WithToken();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.GraphRequestFailed, failure.ErrorId);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    public async Task Half_that_is_gone_leaves_the_other(int status, bool access)
    {
        using var source = TestTenant.Source(new ScriptedGraph(request => request.Url.Contains("conditionalAccess") == access
            ? ScriptedGraph.Error(status, "BadRequest", "Resource not found for the segment.")
            : ScriptedGraph.Json(access ? """{"defaultAccessLevel":"allow"}""" : """{"enabled":true}""")));

        var legacy = await source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(access, legacy.Access is null);
        Assert.Equal(access ? "allow" : null, legacy.Exchange?.DefaultAccessLevel);
    }

    [Theory]
    [InlineData("""{"value":{"enabled":true,"includedGroups":["a"],"excludedGroups":null,"overrideDefaultRule":true}}""", """{"value":{"defaultAccessLevel":"quarantine","accessRules":null}}""", "quarantine")]
    [InlineData("""{"@odata.context":"x","id":"1","enabled":true,"includedGroups":["a"],"overrideDefaultRule":true}""", """{"defaultAccessLevel":"unknownFutureValue","knownDeviceClasses":[{"name":"x"}]}""", "unknownFutureValue")]
    [InlineData("\uFEFF{\"enabled\":true,\"includedGroups\":[\"a\"],\"overrideDefaultRule\":true}", """{"defaultAccessLevel":null,"notificationContent":null}""", "none")]
    public async Task Every_writing_of_an_answer_is_taken(string access, string exchange, string level)
    {
        using var source = TestTenant.Source(Answers(access, exchange));

        var legacy = await source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken);

        Assert.True(legacy.Access!.Enabled && legacy.Access.OverrideDefaultRule);
        Assert.Equal(["a"], legacy.Access.IncludedGroups);
        Assert.Empty(legacy.Access.ExcludedGroups);
        Assert.Equal(level, legacy.Exchange!.DefaultAccessLevel);
        Assert.Empty(legacy.Exchange.Rules);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("", "")]
    [InlineData("""{"value":[]}""", """{"value":{}}""")]
    [InlineData("""{"id":"x","enabled":false,"includedGroups":[],"excludedGroups":[],"overrideDefaultRule":false}""", """{"id":"x","defaultAccessLevel":"none","accessRules":[],"knownDeviceClasses":[{"name":"iPhone","type":"family"}]}""")]
    public async Task Values_that_nobody_ever_set_are_blank(string access, string exchange)
    {
        using var source = TestTenant.Source(Answers(access, exchange));

        Assert.True((await source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken)).IsBlank);
    }

    [Theory]
    [InlineData("""{"enabled":"yes"}""", "{}")]
    [InlineData("""{"includedGroups":"all"}""", "{}")]
    [InlineData("""{"excludedGroups":[7]}""", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("<html>", "{}")]
    [InlineData("{}", """{"accessRules":["WP8"]}""")]
    [InlineData("{}", """{"accessRules":[{"deviceClass":{"name":7},"accessLevel":"block"}]}""")]
    [InlineData("{}", """{"notificationContent":7}""")]
    public async Task What_is_no_policy_is_not_taken_for_one(string access, string exchange)
    {
        using var source = TestTenant.Source(Answers(access, exchange));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.Policy.ReadLegacyPolicyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.GraphAnswerInvalid, failure.ErrorId);
    }

    [Theory]
    [InlineData("Mail-Mobile-Users")]
    [InlineData("MAIL-mobile-users")]
    [InlineData("O'Brien & Söhne #1 + 100%? (a/b)=\"c\"")]
    [InlineData("'")]
    [InlineData("x' or displayName ne '")]
    public async Task A_group_is_found_by_its_whole_name(string name)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var id = tenant.World.Groups.Find(group => group.DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Id ?? new Guid("aaaaaaaa-0000-0000-0000-000000000001");
        if (tenant.World.Groups.TrueForAll(group => group.Id != id)) tenant.Endpoint.State.Append(new GroupAdded(id, name) { At = TestTenant.Now });
        using var source = tenant.WithToken(GraphRoles.ReadGroupMembers);

        var found = Assert.Single(await source.Policy.FindGroupsAsync(name, TestContext.Current.CancellationToken));

        Assert.Equal(id, found.Id);
        Assert.Equal(name, found.DisplayName, ignoreCase: true);
    }

    [Fact]
    public async Task A_name_that_none_or_several_have_finds_none_or_all()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        Guid[] twins = [new("aaaaaaaa-0000-0000-0000-000000000001"), new("aaaaaaaa-0000-0000-0000-000000000002")];
        tenant.Endpoint.State.Append(twins.Select(id => new GroupAdded(id, "Twins") { At = TestTenant.Now }));
        using var source = tenant.WithToken();

        Assert.Empty(await source.Policy.FindGroupsAsync("Mail-Mobile", TestContext.Current.CancellationToken));
        Assert.Equal(twins, (await source.Policy.FindGroupsAsync("twins", TestContext.Current.CancellationToken)).Select(group => group.Id).Order());
    }

    [Fact]
    public async Task A_filter_that_the_server_ignores_is_applied_here()
    {
        using var source = TestTenant.Source(new ScriptedGraph(_ => ScriptedGraph.Page(
            """{"id":"aaaaaaaa-0000-0000-0000-000000000001","displayName":"Board"},{"id":"aaaaaaaa-0000-0000-0000-000000000002","displayName":"sales"}""")));

        Assert.Equal([new TenantGroup(new("aaaaaaaa-0000-0000-0000-000000000002"), "sales")], await source.Policy.FindGroupsAsync("Sales", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_of_groups_arrive_clean_and_those_that_are_gone_are_left_out()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        Guid hostile = new("aaaaaaaa-0000-0000-0000-000000000001"), gone = new("aaaaaaaa-0000-0000-0000-000000000002");
        tenant.Endpoint.State.Append(new GroupAdded(hostile, "a\u001b[2J\r\nb\u202Ec") { At = TestTenant.Now });
        using var source = tenant.WithToken(GraphRoles.ReadGroupMembers);

        var groups = await source.Policy.ReadGroupsAsync([tenant.Group(WorldNames.TargetGroup), gone, hostile, hostile], TestContext.Current.CancellationToken);

        Assert.Equal([new(tenant.Group(WorldNames.TargetGroup), WorldNames.TargetGroup), new(hostile, "a [2J b c")], groups);
        Assert.Equal(3, tenant.Endpoint.Requests.Total);
    }

    [Fact]
    public async Task Names_that_may_not_be_read_are_no_groups_that_are_gone()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(GraphRoles.ReadUsers);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.Policy.ReadGroupsAsync([tenant.Group(WorldNames.TargetGroup)], TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphPermissionMissing, GraphRoles.ReadGroupMembers), (failure.ErrorId, failure.Target));
    }

    private static ScriptedGraph Answers(string access, string exchange) => new(request => ScriptedGraph.Json(request.Url.Contains("conditionalAccess") ? access : exchange));
}
