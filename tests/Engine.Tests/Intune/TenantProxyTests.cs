using System;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>A proxy of its own towards the tenant: a real one that opens tunnels, with TLS through them.</summary>
public sealed class TenantProxyTests : IDisposable
{
    private static readonly NetworkCredential s_account = new("svc-proxy", "pass:word");

    private readonly TestCertificates _files = new();
    private readonly X509Certificate2 _certificate;

    public TenantProxyTests() => _certificate = _files.Create();

    public void Dispose()
    {
        _certificate.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Login_and_graph_both_go_through_it(bool withAccount)
    {
        await using var proxy = new TunnelProxy(withAccount ? s_account : null);
        await using var tenant = await StartAsync();
        using var source = Source(tenant, proxy, withAccount ? s_account : null);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal(tenant.World.ManagedDevices.Count, snapshot.ManagedDevices.Count);
        Assert.Equal(1, tenant.Endpoint.Requests.Count(GraphRoute.Token));
        // Every connection was a tunnel: the sandbox saw no client but the proxy.
        Assert.NotEmpty(proxy.Tunnels);
        Assert.All(proxy.Tunnels, target => Assert.Equal($"localhost:{tenant.Endpoint.BaseUri.Port}", target));
    }

    [Theory]
    [InlineData(SignInMethod.CertificateFile)]
    [InlineData(SignInMethod.AccessToken)]
    public async Task A_proxy_that_wants_an_account_is_named_and_nothing_is_tried_again(SignInMethod method)
    {
        await using var proxy = new TunnelProxy(s_account);
        await using var tenant = await StartAsync();
        using var source = Source(tenant, proxy, new NetworkCredential("svc-other", "wrong-pass-word"), method);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphUnreachable, ErrorKind.Unreachable), (failure.ErrorId, failure.Kind));
        Assert.Contains(proxy.Address.Authority, failure.Message);
        Assert.Contains("svc-other", failure.Message);
        Assert.Contains("407", failure.Message);
        Assert.Contains("-TenantProxyCredential", failure.Remedy);
        Assert.DoesNotContain("wrong-pass-word", failure.ToString());
        Assert.Empty(tenant.Time.Waits);
        Assert.Empty(proxy.Tunnels);
        Assert.Equal(0, tenant.Endpoint.Requests.Total);
    }

    [Fact]
    public async Task The_machines_own_identity_never_goes_through_it()
    {
        await using var proxy = new TunnelProxy();
        await using var tenant = await StartAsync();
        await using var machine = await ManagedIdentityEndpoint.StartAsync(tenant.Endpoint, null, TestContext.Current.CancellationToken);
        using var source = Source(tenant, proxy, null, SignInMethod.ManagedIdentity, machine);

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Single(machine.Requests);
        Assert.All(proxy.Tunnels, target => Assert.Equal($"localhost:{tenant.Endpoint.BaseUri.Port}", target));
    }

    [Fact]
    public void Without_one_the_systems_is_taken_and_with_one_nothing_goes_round_it()
    {
        var proxy = new TenantProxy(new Uri("http://proxy.contoso.com:8080"), null);

        Assert.False(proxy.IsBypassed(new Uri("https://localhost")));
        Assert.Equal("proxy.contoso.com", proxy.GetProxy(new Uri("https://graph.microsoft.com")).Host);
        Assert.Same(CredentialCache.DefaultCredentials, proxy.Credentials);
    }

    private GraphDeviceSource Source(SandboxTenant tenant, TunnelProxy proxy, NetworkCredential? account, SignInMethod method = SignInMethod.CertificateFile, ManagedIdentityEndpoint? machine = null)
    {
        var settings = tenant.Settings with { Method = method, CertificatePath = _files.Pfx(_certificate, null), Proxy = proxy.Address, ProxyUserName = account?.UserName };
        return ManagedDeviceSourceFactory.Create(
            settings,
            method == SignInMethod.AccessToken ? TestTenant.Secure(tenant.Endpoint.IssueToken()) : null,
            null,
            tenant.Console,
            tenant.Time,
            null,
            TestTenant.Patience,
            login =>
            {
                var transport = tenant.Trusting();
                transport.UseProxy = true;
                transport.Proxy = new TenantProxy(settings.Proxy, account);
                return new GraphHttp(tenant.Time, login, transport, machine: machine?.CreateHandler());
            });
    }

    private Task<SandboxTenant> StartAsync() => SandboxTenant.StartAsync(new()
    {
        Applications = [GraphEndpointOptions.DefaultApplication with { Certificates = [_certificate] }],
    });
}
