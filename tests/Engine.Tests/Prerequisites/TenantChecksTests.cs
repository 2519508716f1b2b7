using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Tests.Intune;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

/// <summary>The checks of a tenant, over HTTPS.</summary>
public sealed class TenantChecksTests
{
    [Fact]
    public async Task A_tenant_that_is_ready_passes_and_the_token_is_not_shown()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var rows = await RunAsync(tenant.WithToken());

        Assert.All(rows, row => Assert.Equal(PrerequisiteStatus.Passed, row.Status));
        Assert.Equal(
            ["TenantSignIn", "GraphPermission", "GraphPermission", "GraphPermission", "GraphPermission", "MdmAuthority", "DirectorySync", "IntuneLicence", "IntuneConnector"],
            rows.Select(row => row.Id));
        Assert.Contains("permissions: Device.Read.All, DeviceManagementManagedDevices.Read.All, ", rows[0].Proof);
        Assert.DoesNotContain("eyJ", rows.Short());
        Assert.Equal("EMS: 5000 licences, 4211 given to users.", rows.Of(PrerequisiteIds.IntuneLicence).Proof);
        Assert.Matches(@"^CONNECTOR1\..+ for .+: disconnected, last sync \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$", rows.Of(PrerequisiteIds.IntuneConnector).Proof);
    }

    [Theory]
    [InlineData("DeviceManagementManagedDevices.Read.All")]
    [InlineData("User.Read.All")]
    [InlineData("GroupMember.Read.All")]
    public async Task Each_permission_has_a_row_and_the_missing_one_fails_by_its_name(string missing)
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var rows = await RunAsync(tenant.WithToken([.. GraphRoles.Everything.Where(role => role != missing)]));

        var failed = Assert.Single(rows, row => row.Status == PrerequisiteStatus.Failed);
        Assert.Equal((PrerequisiteIds.GraphPermission, missing, true), (failed.Id, failed.Target, failed.IsRequired));
        Assert.Contains(missing, failed.Remedy);
    }

    [Fact]
    public async Task A_wider_permission_will_do_and_is_told()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var rows = await RunAsync(tenant.WithToken([.. GraphRoles.Everything.Where(role => role != GraphRoles.ReadManagedDevices), GraphRoles.WriteManagedDevices]));

        Assert.EndsWith("another one that includes it.", rows.Of(PrerequisiteIds.GraphPermission, GraphRoles.ReadManagedDevices).Proof);
    }

    [Fact]
    public async Task What_the_application_may_not_ask_is_skipped_and_no_failure()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var rows = await RunAsync(tenant.WithToken(GraphRoles.Sync));

        Assert.Equal(["MdmAuthority", "DirectorySync", "IntuneLicence", "IntuneConnector"], rows.Where(row => row.Status == PrerequisiteStatus.Skipped).Select(row => row.Id));
        Assert.All(rows.Where(row => row.Status == PrerequisiteStatus.Skipped).SkipLast(1), row => Assert.Contains("Organization.Read.All", row.Remedy));
        Assert.Contains("DeviceManagementServiceConfig.Read.All", rows[^1].Remedy);
    }

    [Fact]
    public async Task Without_the_permission_of_quick_syncs_there_is_a_warning_that_says_what_it_costs()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var rows = await RunAsync(tenant.WithToken([.. GraphRoles.Everything.Where(role => role != GraphRoles.ReadDevices)]));

        var row = rows.Of(PrerequisiteIds.GraphPermission, GraphRoles.ReadDevices);
        Assert.Equal(PrerequisiteStatus.Warning, row.Status);
        Assert.Contains("reads managed devices whole", row.Proof);
        Assert.Contains("/adminconsent?client_id=", row.Remedy);
        Assert.DoesNotContain(rows, other => other.Status == PrerequisiteStatus.Failed);
    }

    [Theory]
    [InlineData("intune", PrerequisiteStatus.Passed)]
    [InlineData("office365", PrerequisiteStatus.Failed)]
    [InlineData("sccm", PrerequisiteStatus.Failed)]
    [InlineData("unknown", PrerequisiteStatus.Failed)]
    [InlineData(null, PrerequisiteStatus.Warning)]
    public async Task The_authority_has_to_be_Intune(string? authority, PrerequisiteStatus expected) =>
        Assert.Equal((expected, true), Judged(await RunAsync(new GraphOrganization { MdmAuthority = authority }), PrerequisiteIds.MdmAuthority));

    [Theory]
    [InlineData(true, 179, PrerequisiteStatus.Passed)]
    [InlineData(true, 182, PrerequisiteStatus.Warning)]
    [InlineData(false, 1, PrerequisiteStatus.Failed)]
    [InlineData(null, 1, PrerequisiteStatus.Failed)]
    public async Task Users_have_to_come_from_the_directory_and_lately(bool? isSynchronised, int minutes, PrerequisiteStatus expected) =>
        Assert.Equal((expected, false), Judged(await RunAsync(new GraphOrganization { IsSynchronised = isSynchronised, SyncAge = TimeSpan.FromMinutes(minutes) }), PrerequisiteIds.DirectorySync));

    [Theory]
    [InlineData("Enabled", true, 7, PrerequisiteStatus.Passed)]
    [InlineData("Warning", true, 7, PrerequisiteStatus.Passed)]
    [InlineData("Enabled", true, 0, PrerequisiteStatus.Warning)]
    [InlineData("Suspended", true, 7, PrerequisiteStatus.Failed)]
    [InlineData("Enabled", false, 7, PrerequisiteStatus.Failed)]
    public async Task A_subscription_in_force_has_to_hold_Intune_and_be_given_to_somebody(string capability, bool hasIntune, int consumed, PrerequisiteStatus expected) =>
        Assert.Equal((expected, false), Judged(await RunAsync(new GraphOrganization { Subscriptions = [new("EMS", 10, consumed) { Capability = capability, HasIntune = hasIntune }] }), PrerequisiteIds.IntuneLicence));

    [Fact]
    public async Task An_expired_token_is_one_failed_row_and_the_rest_is_skipped()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        var rows = await RunAsync(tenant.Source(tenant.Settings, TestTenant.Secure(tenant.Endpoint.IssueToken(TimeSpan.FromMinutes(-1)))));

        Assert.StartsWith("AccessTokenExpired: ", rows.Of(PrerequisiteIds.TenantSignIn).Proof);
        Assert.All(rows.Skip(1), row => Assert.Equal(PrerequisiteStatus.Skipped, row.Status));
        Assert.Equal(8, rows.Count);
    }

    [Fact]
    public void A_token_tells_roles_and_scopes_and_an_opaque_one_tells_nothing()
    {
        Assert.Equal(["A.Read", "B.Read"], TokenClaims.Read(Token("""{"roles":["B.Read","A.Read"],"exp":1893456000}""")).Permissions);
        var person = TokenClaims.Read(Token("""{"scp":"openid User.Read"}"""));
        Assert.Equal((true, 2), (person.IsDelegated, person.Permissions!.Count));
        Assert.Null(TokenClaims.Read("opaque").Permissions);
        Assert.Null(TokenClaims.Read("a.b.c").Permissions);
        Assert.Empty(TokenClaims.Read(Token("""{"roles":7,"scp":[]}""")).Permissions!);
        Assert.DoesNotContain('\u001b', TokenClaims.Read(Token("""{"roles":["x\u001b[2J"]}""")).Permissions![0]);
    }

    private static string Token(string payload) => $"e30.{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.x";

    private static (PrerequisiteStatus, bool) Judged(IEnumerable<PrerequisiteCheck> rows, string id) => (rows.Of(id).Status, rows.Of(id).IsRequired);

    private static async Task<IReadOnlyList<PrerequisiteCheck>> RunAsync(GraphOrganization organization)
    {
        await using var tenant = await SandboxTenant.StartAsync(new GraphEndpointOptions { Organization = organization }, partnerships: 10);
        return await RunAsync(tenant.WithToken());
    }

    private static async Task<IReadOnlyList<PrerequisiteCheck>> RunAsync(GraphDeviceSource source)
    {
        using (source)
        {
            var rows = await new TenantChecks(source.Inspection, "contoso.onmicrosoft.com", new AccessPolicy(), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken).ToListAsync();
            rows.AssertComplete();
            return rows;
        }
    }
}
