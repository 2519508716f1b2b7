using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;
using GraphFault = IntuneExchangeConnector.Sandbox.Graph.GraphFault;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>The machine's own identity: its token from the address that only the machine reaches, then Graph over HTTPS.</summary>
public sealed class ManagedIdentityTests
{
    private static readonly Guid s_assigned = new("0f5c1f0a-6a3e-4c62-9a55-1f1d0c7b9e21");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_machines_identity_reads_the_whole_tenant_with_one_token(bool isAssigned)
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { ManagedDevicePageSize = 30 });
        await using var machine = await StartAsync(tenant, new() { HasSystemIdentity = !isAssigned, Assigned = [s_assigned] });
        using var source = Source(tenant, machine, isAssigned ? s_assigned : null);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal(tenant.World.ManagedDevices.Count, snapshot.ManagedDevices.Count);
        var asked = Assert.Single(machine.Requests);
        Assert.StartsWith("/metadata/identity/oauth2/token?", asked);
        Assert.Equal(isAssigned, asked.Contains($"client_id={s_assigned}", StringComparison.Ordinal));
        Assert.Equal(0, tenant.Endpoint.Requests.Count(GraphRoute.Token));
        Assert.Empty(tenant.Console.Prompts);
    }

    [Fact]
    public async Task A_token_that_graph_refuses_is_asked_for_anew()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        await using var machine = await StartAsync(tenant);
        using var source = Source(tenant, machine);
        await source.ConnectAsync(TestContext.Current.CancellationToken);

        tenant.Endpoint.RevokeTokens();
        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, machine.Requests.Count);
    }

    [Fact]
    public async Task A_machine_that_is_busy_is_waited_for()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        await using var machine = await StartAsync(tenant, new() { Failures = [429, 503] });
        using var source = Source(tenant, machine);

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, machine.Requests.Count);
        Assert.Equal(2, tenant.Time.Waits.Count);
    }

    [Fact]
    public async Task A_machine_without_one_says_what_to_install()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = Source(tenant, new NoRoute());

        var failure = await FailureAsync(source);

        Assert.Equal((ErrorIds.ManagedIdentityUnavailable, ErrorKind.Authentication), (failure.ErrorId, failure.Kind));
        Assert.Contains("has no managed identity", failure.Message);
        Assert.Contains("azcmagent", failure.Remedy);
        Assert.Contains("-CertificateThumbprint", failure.Remedy);
    }

    [Fact]
    public async Task An_identity_that_was_not_assigned_is_named()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        await using var machine = await StartAsync(tenant);
        using var source = Source(tenant, machine, s_assigned);

        var failure = await FailureAsync(source);

        Assert.Equal((ErrorIds.ManagedIdentityUnavailable, s_assigned.ToString()), (failure.ErrorId, failure.Target));
        Assert.Contains("Identity not found", failure.Message);
        Assert.Contains("-ManagedIdentityClientId", failure.Remedy);
        Assert.DoesNotContain("eyJ", failure.ToString());
    }

    [Fact]
    public async Task An_identity_of_another_tenant_is_refused_before_graph_sees_its_token()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        await using var machine = await StartAsync(tenant);
        var other = Guid.Parse("11111111-2222-3333-4444-555555555555");
        using var source = Source(tenant.Settings with { TenantId = other.ToString() }, tenant, machine.CreateHandler(), null);

        var failure = await FailureAsync(source);

        Assert.Equal(ErrorIds.ManagedIdentityUnavailable, failure.ErrorId);
        Assert.Contains(tenant.Endpoint.TenantId.ToString(), failure.Message);
        Assert.Contains(other.ToString(), failure.Message);
        Assert.Equal(0, tenant.Endpoint.Requests.Total);
    }

    [Fact]
    public async Task A_permission_of_a_machine_is_granted_otherwise_than_an_applications()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        await using var machine = await StartAsync(tenant);
        tenant.Endpoint.Faults.Always(GraphRoute.Users, GraphFault.Forbidden);
        using var source = Source(tenant, machine);

        var failure = await FailureAsync(source);

        Assert.Equal(ErrorIds.GraphPermissionMissing, failure.ErrorId);
        Assert.DoesNotContain("adminconsent", failure.Remedy);
    }

    private static Task<ManagedIdentityEndpoint> StartAsync(SandboxTenant tenant, ManagedIdentityOptions? options = null) =>
        ManagedIdentityEndpoint.StartAsync(tenant.Endpoint, options, TestContext.Current.CancellationToken);

    private static GraphDeviceSource Source(SandboxTenant tenant, ManagedIdentityEndpoint machine, Guid? assigned = null) => Source(tenant.Settings, tenant, machine.CreateHandler(), assigned);

    private static GraphDeviceSource Source(SandboxTenant tenant, HttpMessageHandler machine) => Source(tenant.Settings, tenant, machine, null);

    private static GraphDeviceSource Source(TenantSettings settings, SandboxTenant tenant, HttpMessageHandler machine, Guid? assigned) => ManagedDeviceSourceFactory.Create(
        settings with { Method = SignInMethod.ManagedIdentity, ClientId = string.Empty, ManagedIdentityClientId = assigned?.ToString() },
        null,
        null,
        tenant.Console,
        tenant.Time,
        null,
        TestTenant.Patience,
        login => new GraphHttp(tenant.Time, login, tenant.Trusting(), machine: machine));

    private static async Task<ConnectorException> FailureAsync(GraphDeviceSource source) =>
        await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

    private sealed class NoRoute : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, System.Threading.CancellationToken cancellationToken) =>
            throw new HttpRequestException("No route to host.");
    }
}
