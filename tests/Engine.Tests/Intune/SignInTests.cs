using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;
using GraphFault = IntuneExchangeConnector.Sandbox.Graph.GraphFault;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class SignInTests : IDisposable
{
    private readonly TestCertificates _files = new();
    private readonly X509Certificate2 _certificate;

    public SignInTests() => _certificate = _files.Create();

    public void Dispose()
    {
        _certificate.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("pfx")]
    [InlineData("pem")]
    public async Task A_certificate_signs_in_and_its_token_serves_every_page(string form)
    {
        await using var tenant = await StartAsync(new() { ManagedDevicePageSize = 30 });
        var path = form == "pfx" ? _files.Pfx(_certificate, "word") : _files.Pem(_certificate);
        using var source = tenant.Source(ByFile(tenant, path), certificatePassword: form == "pfx" ? TestTenant.Secure("word") : null);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.Incomplete);
        Assert.Equal(tenant.World.ManagedDevices.Count, snapshot.ManagedDevices.Count);
        Assert.Equal(1, tenant.Endpoint.Requests.Count(GraphRoute.Token));
        Assert.Equal(tenant.Endpoint.Requests.Sent, source.RequestsSent);
        Assert.Empty(tenant.Console.Warnings);
    }

    [Fact]
    public async Task A_tenant_may_be_named_by_its_domain()
    {
        await using var tenant = await StartAsync();
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)) with { TenantId = tenant.World.DomainName });

        await source.ConnectAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends()
    {
        await using var tenant = await StartAsync();
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)));
        await source.ConnectAsync(TestContext.Current.CancellationToken);

        tenant.Time.Advance(TimeSpan.FromMinutes(50));
        await source.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, tenant.Endpoint.Requests.Count(GraphRoute.Token));

        tenant.Time.Advance(TimeSpan.FromMinutes(6));
        await source.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.True(tenant.Endpoint.Requests.Count(GraphRoute.Token) > 1);
    }

    [Fact]
    public async Task A_token_that_graph_refuses_is_renewed_once()
    {
        await using var tenant = await StartAsync();
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)));
        await source.ConnectAsync(TestContext.Current.CancellationToken);
        tenant.Endpoint.RevokeTokens();

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.Incomplete);
        Assert.Equal(2, tenant.Endpoint.Requests.Count(GraphRoute.Token));
    }

    [Fact]
    public async Task A_token_that_graph_goes_on_refusing_is_a_failed_sign_in()
    {
        await using var tenant = await StartAsync();
        tenant.Endpoint.Faults.Always(GraphRoute.ManagedDevices, GraphFault.Unauthorized);
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)));

        var failure = await FailureAsync(source);

        Assert.Equal((ErrorIds.TenantSignIn, ErrorKind.Authentication), (failure.ErrorId, failure.Kind));
        Assert.Equal(2, tenant.Endpoint.Requests.Count(GraphRoute.ManagedDevices));
    }

    [Fact]
    public async Task A_tenant_that_does_not_exist_is_told_from_a_wrong_application_and_a_wrong_certificate()
    {
        await using var tenant = await StartAsync();
        var settings = ByFile(tenant, _files.Pfx(_certificate, null));
        using var other = _files.Create(validFor: TimeSpan.FromDays(200));
        using var noTenant = tenant.Source(settings with { TenantId = "fabrikam.example" });
        using var noApplication = tenant.Source(settings with { ClientId = "11111111-2222-3333-4444-555555555555" });
        using var noCertificate = tenant.Source(ByFile(tenant, _files.Pem(other)));

        var unknownTenant = await FailureAsync(noTenant);
        var unknownApplication = await FailureAsync(noApplication);
        var unknownCertificate = await FailureAsync(noCertificate);

        Assert.Equal((ErrorIds.TenantNotFound, "fabrikam.example"), (unknownTenant.ErrorId, unknownTenant.Target));
        Assert.Equal(ErrorIds.TenantSignIn, unknownApplication.ErrorId);
        Assert.Contains("AADSTS700016", unknownApplication.Message);
        Assert.Contains("registered in this tenant", unknownApplication.Remedy);
        Assert.Equal(ErrorIds.TenantSignIn, unknownCertificate.ErrorId);
        Assert.Contains("AADSTS700027", unknownCertificate.Message);
        Assert.Contains("Upload the public part", unknownCertificate.Remedy);
        Assert.All([unknownTenant, unknownApplication, unknownCertificate], failure => Assert.DoesNotContain("eyJ", failure.ToString()));
    }

    [Fact]
    public async Task A_login_server_that_is_busy_is_waited_for()
    {
        await using var tenant = await StartAsync();
        tenant.Endpoint.Faults.Next(GraphRoute.Token, GraphFault.Throttled("4"), GraphFault.Unavailable(), GraphFault.Reset);
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)));

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, tenant.Endpoint.Requests.Count(GraphRoute.Token));
        Assert.Equal(3, tenant.Time.Waits.Count);
        Assert.InRange(tenant.Time.Waits[0].TotalSeconds, 4, 5);
    }

    [Fact]
    public async Task A_login_server_that_is_not_there_is_named()
    {
        await using var tenant = await StartAsync();
        var closed = ClosedPort();
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)) with { LoginEndpoint = new Uri($"https://127.0.0.1:{closed}") });

        var failure = await FailureAsync(source);

        Assert.Equal((ErrorIds.GraphUnreachable, $"127.0.0.1:{closed}"), (failure.ErrorId, failure.Target));
        Assert.Contains("login server", failure.Message);
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_announced()
    {
        await using var tenant = await StartAsync();
        tenant.Time.Advance(TimeSpan.FromDays(345));
        using var source = tenant.Source(ByFile(tenant, _files.Pfx(_certificate, null)));

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Contains(_certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Assert.Single(tenant.Console.Warnings, warning => warning.Contains("certificate")));
    }

    [Fact]
    public async Task A_person_signs_in_by_a_code_and_is_not_asked_twice()
    {
        await using var tenant = await StartAsync(new() { DeviceCodePendingPolls = 0 });
        using var source = tenant.Source(tenant.Settings with { Method = SignInMethod.DeviceCode });

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        tenant.Time.Advance(TimeSpan.FromHours(1));
        await source.ConnectAsync(TestContext.Current.CancellationToken);

        var prompt = Assert.Single(tenant.Console.Prompts);
        Assert.Contains("/devicelogin", prompt);
        // One by the code, and one renewal for each of the two requests: the server's clock did not move along.
        Assert.Equal(3, tenant.Endpoint.Requests.Count(GraphRoute.Token));
        Assert.DoesNotContain(tenant.Console.Everything, line => line.Contains("eyJ"));
    }

    [Fact]
    public async Task A_person_who_says_no_is_a_failed_sign_in()
    {
        await using var tenant = await StartAsync(new() { DeviceCodeDeclined = true, DeviceCodePendingPolls = 0 });
        using var source = tenant.Source(tenant.Settings with { Method = SignInMethod.DeviceCode });

        Assert.Equal(ErrorIds.TenantSignIn, (await FailureAsync(source)).ErrorId);
    }

    [Fact]
    public async Task A_passed_token_goes_before_the_configured_way()
    {
        await using var tenant = await StartAsync();
        using var source = tenant.Source(ByFile(tenant, _files.Missing()), TestTenant.Secure(tenant.Endpoint.IssueToken()));

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, tenant.Endpoint.Requests.Count(GraphRoute.Token));
    }

    [Fact]
    public void A_connector_that_needs_a_token_says_so_at_once() => Assert.Equal(
        ErrorIds.AccessTokenRequired,
        Assert.Throws<ConnectorException>(() => ManagedDeviceSourceFactory.Create(TestTenant.Settings, null, null, new RecordingConsole(), TimeProvider.System)).ErrorId);

    [Theory]
    [InlineData(SignInMethod.AccessToken)]
    [InlineData(SignInMethod.CertificateFile)]
    public async Task The_product_itself_trusts_only_what_the_system_trusts(SignInMethod method)
    {
        await using var tenant = await StartAsync();
        var settings = ByFile(tenant, _files.Pfx(_certificate, null)) with { Method = method };
        using var source = ManagedDeviceSourceFactory.Create(
            settings, method == SignInMethod.AccessToken ? TestTenant.Secure(tenant.Endpoint.IssueToken()) : null, null, tenant.Console, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.GraphUnreachable, failure.ErrorId);
        Assert.Contains("not trusted", failure.Message);
        Assert.Equal(0, tenant.Endpoint.Requests.Total);
    }

    [Theory]
    [InlineData(SignInMethod.CertificateFile)]
    [InlineData(SignInMethod.DeviceCode)]
    public async Task A_tenant_on_this_computer_may_speak_plain_http(SignInMethod method)
    {
        await using var tenant = await StartAsync(new() { PlainHttp = true, DeviceCodePendingPolls = 0 });
        var settings = ByFile(tenant, _files.Pfx(_certificate, null)) with { Method = method };
        using var source = ManagedDeviceSourceFactory.Create(settings, null, null, tenant.Console, TimeProvider.System);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal(tenant.World.ManagedDevices.Count, snapshot.ManagedDevices.Count);
        Assert.Equal(tenant.Endpoint.Requests.Sent, source.RequestsSent);
    }

    [Fact]
    public async Task Plain_http_is_put_back_for_that_one_address_only()
    {
        var server = new ScriptedGraph(_ => new HttpResponseMessage(HttpStatusCode.OK));
        using var http = new GraphHttp(TimeProvider.System, new Uri("http://localhost:5001"), server);

        foreach (var address in (string[])["https://localhost:5001/a", "https://localhost:5002/a", "https://login.test:5001/a"])
        {
            using var response = await http.GetHttpClient().GetAsync(address, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["http://localhost:5001/a", "https://localhost:5002/a", "https://login.test:5001/a"], server.Requests.Select(request => request.Url));
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static TenantSettings ByFile(SandboxTenant tenant, string path) =>
        tenant.Settings with { Method = SignInMethod.CertificateFile, CertificatePath = path };

    private static async Task<ConnectorException> FailureAsync(GraphDeviceSource source) =>
        await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

    private Task<SandboxTenant> StartAsync(GraphEndpointOptions? options = null) => SandboxTenant.StartAsync((options ?? new()) with
    {
        Applications = [GraphEndpointOptions.DefaultApplication with { Certificates = [_certificate] }],
    });
}
