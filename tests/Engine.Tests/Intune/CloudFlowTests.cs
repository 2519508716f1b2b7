using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>Every national cloud from sign-in to managed devices, by a transport that stands for its servers.</summary>
public sealed class CloudFlowTests : IDisposable
{
    private readonly TestCertificates _files = new();
    private readonly string _pfx;

    public CloudFlowTests()
    {
        using var certificate = _files.Create();
        _pfx = _files.Pfx(certificate, null);
    }

    public static TheoryData<CloudEnvironment, string, string> Clouds { get; } = new()
    {
        { CloudEnvironment.Global, "login.microsoftonline.com", "graph.microsoft.com" },
        { CloudEnvironment.USGov, "login.microsoftonline.us", "graph.microsoft.us" },
        { CloudEnvironment.USGovDoD, "login.microsoftonline.us", "dod-graph.microsoft.us" },
        { CloudEnvironment.China, "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn" },
        { CloudEnvironment.Custom, "login.test", "graph.test" },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task A_certificate_signs_in_and_devices_are_read_within_the_cloud(CloudEnvironment cloud, string login, string graph)
    {
        var token = Token($$"""{"aud":"https://{{graph}}"}""");
        var server = new ScriptedGraph(request => Answer(request, login, graph, token));
        using var source = Source(Settings(cloud), server);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        var snapshot = await source.ReadAsync(new AccessPolicy { IncludedGroups = [AccessPolicy.AllUsers] }, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Single(snapshot.ManagedDevices);
        // Not one request leaves the cloud, and the login server never sees the token.
        Assert.Equal(new[] { graph, login }.Order(), server.Requests.Select(request => new Uri(request.Url).Host).Distinct().Order());
        Assert.All(server.Requests, request => Assert.Equal(new Uri(request.Url).Host == graph ? "Bearer " + token : null, request.Header("Authorization")));
        Assert.Contains(server.Requests, request => request.Path == $"https://{graph}/v1.0/deviceManagement/managedDevices");
        Assert.Contains(server.Requests, request => request.Path == $"https://{login}/contoso.com/oauth2/v2.0/token");
    }

    [Theory]
    [InlineData(CloudEnvironment.Global, "https://graph.microsoft.us", CloudEnvironment.USGov)]
    [InlineData(CloudEnvironment.Global, "https://dod-graph.microsoft.us/", CloudEnvironment.USGovDoD)]
    [InlineData(CloudEnvironment.USGov, "https://dod-graph.microsoft.us", CloudEnvironment.USGovDoD)]
    [InlineData(CloudEnvironment.USGov, "https://graph.microsoft.com", CloudEnvironment.Global)]
    [InlineData(CloudEnvironment.Global, "https://microsoftgraph.chinacloudapi.cn", CloudEnvironment.China)]
    [InlineData(CloudEnvironment.China, "https://graph.microsoft.com", CloudEnvironment.Global)]
    public void A_passed_token_of_another_cloud_is_not_sent_at_all(CloudEnvironment named, string audience, CloudEnvironment actual)
    {
        var server = new ScriptedGraph(_ => throw new InvalidOperationException("Something was sent."));
        var settings = Settings(named) with { Method = SignInMethod.AccessToken };

        var failure = Assert.Throws<ConnectorException>(() => Source(settings, server, Token($$"""{"aud":"{{audience}}"}""")));

        Assert.Equal((ErrorIds.TenantCloudMismatch, ErrorKind.Authentication), (failure.ErrorId, failure.Kind));
        Assert.Contains($"the cloud {actual}", failure.Message);
        Assert.Contains($"-Environment {actual}", failure.Remedy);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("""{"iss":"https://login.microsoftonline.us/x/v2.0"}""", CloudEnvironment.USGov)]
    [InlineData("""{"iss":"https://login.microsoftonline.us/x/v2.0","tenant_region_sub_scope":"DOD"}""", CloudEnvironment.USGovDoD)]
    [InlineData("""{"iss":"https://sts.chinacloudapi.cn/x/"}""", CloudEnvironment.China)]
    [InlineData("""{"iss":"https://sts.windows.net/x/","tenant_region_scope":"USGov"}""", CloudEnvironment.USGov)]
    [InlineData("""{"iss":"https://sts.windows.net/x/","tenant_region_scope":"EU"}""", null)]
    [InlineData("""{"iss":"https://sts.windows.net/x/"}""", null)]
    [InlineData("""{"aud":"00000003-0000-0000-c000-000000000000"}""", null)]
    [InlineData("""{"aud":7,"iss":[]}""", null)]
    [InlineData("""[]""", null)]
    public void A_tokens_marks_tell_its_cloud_where_they_can(string payload, CloudEnvironment? expected) => Assert.Equal(expected, Engine.Intune.Clouds.OfToken(Token(payload)));

    [Theory]
    [InlineData("AADSTS90002: Tenant 'contoso.com' not found.", "login.microsoftonline.us", "graph.microsoft.us", CloudEnvironment.USGov)]
    [InlineData("AADSTS900023: Specified tenant identifier is neither a valid DNS name nor a valid external domain.", "login.microsoftonline.us", "dod-graph.microsoft.us", CloudEnvironment.USGovDoD)]
    [InlineData("AADSTS500011: The resource principal was not found in the tenant.", "login.microsoftonline.com", "graph.microsoft.us", CloudEnvironment.USGov)]
    [InlineData("AADSTS900382: Confidential Client is not supported in Cross Cloud request.", "login.microsoftonline.com", "graph.microsoft.us", CloudEnvironment.USGov)]
    [InlineData("AADSTS900439: USGClientNotSupportedOnPublicEndpoint.", "login.microsoftonline.com", "graph.microsoft.us", CloudEnvironment.USGov)]
    public async Task A_tenant_of_another_cloud_is_found_there_and_named(string refusal, string asked, string graph, CloudEnvironment actual)
    {
        var server = new ScriptedGraph(request => request.Path.EndsWith("/token", StringComparison.Ordinal)
            ? Refusal(refusal)
            : request.Path == $"https://{asked}/contoso.com/v2.0/.well-known/openid-configuration"
                ? ScriptedGraph.Json($$"""{"msgraph_host":"{{graph}}","tenant_region_scope":"USGov"}""")
                : new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("") });
        using var source = Source(Settings(CloudEnvironment.Global), server);

        var failure = await FailureAsync(source);

        Assert.Equal((ErrorIds.TenantCloudMismatch, "contoso.com"), (failure.ErrorId, failure.Target));
        Assert.Contains($"belongs to the cloud {actual}", failure.Message);
        Assert.Contains("AADSTS", failure.Message);
        Assert.Contains($"Set-IntuneExchangeConnector -Environment {actual}", failure.Remedy);
        // The question costs one request and carries no token.
        var requests = server.Requests.Where(static request => !request.Path.Contains("/discovery/instance", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, requests.Count);
        Assert.Null(requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task A_tenant_that_no_cloud_knows_stays_not_found()
    {
        var server = new ScriptedGraph(request => request.Path.EndsWith("/token", StringComparison.Ordinal) ? Refusal("AADSTS90002: Tenant not found.") : new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("") });
        using var source = Source(Settings(CloudEnvironment.Global), server);

        var failure = await FailureAsync(source);

        Assert.Equal(ErrorIds.TenantNotFound, failure.ErrorId);
        Assert.Contains("-Environment", failure.Remedy);
    }

    [Fact]
    public async Task A_name_is_not_carried_to_a_cloud_that_nothing_points_at()
    {
        var server = new ScriptedGraph(request => request.Path.EndsWith("/token", StringComparison.Ordinal) ? Refusal("AADSTS90002: Tenant not found.") : new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("") });
        using var source = Source(Settings(CloudEnvironment.USGov), server);

        await FailureAsync(source);

        Assert.DoesNotContain(server.Requests, request => request.Url.Contains(".cn/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Graph_that_refuses_a_tokens_audience_leads_to_the_tenants_cloud()
    {
        var server = new ScriptedGraph(request => new Uri(request.Url).Host switch
        {
            "graph.microsoft.us" => ScriptedGraph.Error(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience."),
            _ when request.Path.Contains("openid-configuration", StringComparison.Ordinal) => ScriptedGraph.Json("""{"msgraph_host":"dod-graph.microsoft.us"}"""),
            _ => TokenAnswer("opaque"),
        });
        using var source = Source(Settings(CloudEnvironment.USGov), server);

        var failure = await FailureAsync(source);

        Assert.Equal(ErrorIds.TenantCloudMismatch, failure.ErrorId);
        Assert.Contains("USGovDoD", failure.Message);
        Assert.Contains("Invalid audience", failure.Message);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Every_cloud_has_an_address_for_the_administrators_consent(CloudEnvironment cloud, string login, string graph)
    {
        Assert.NotEqual(login, graph);
        var settings = Settings(cloud);
        Assert.Equal($"https://{login}/contoso.com/adminconsent?client_id={settings.ClientId}", CloudEndpoints.Of(settings).AdminConsent(settings)!.AbsoluteUri);
    }

    private static HttpResponseMessage Answer(SentRequest request, string login, string graph, string token)
    {
        var host = new Uri(request.Url).Host;
        if (host == login) return TokenAnswer(token);
        Assert.Equal(graph, host);
        return request.Path.EndsWith("/managedDevices", StringComparison.Ordinal)
            ? ScriptedGraph.Page("""{"id":"d0000000-0000-4000-8000-000000000001","easDeviceId":"ABC","complianceState":"compliant"}""")
            : ScriptedGraph.Page(string.Empty);
    }

    private static HttpResponseMessage TokenAnswer(string token) => ScriptedGraph.Json($$"""{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"{{token}}"}""");

    private static HttpResponseMessage Refusal(string text) => ScriptedGraph.Json($$"""{"error":"invalid_request","error_description":"{{text}}","error_codes":[1]}""", HttpStatusCode.BadRequest);

    private static string Token(string payload) => $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";

    private TenantSettings Settings(CloudEnvironment cloud) => TestTenant.Settings with
    {
        Method = SignInMethod.CertificateFile,
        CertificatePath = _pfx,
        Environment = cloud,
        GraphEndpoint = cloud == CloudEnvironment.Custom ? TestTenant.Settings.GraphEndpoint : null,
        LoginEndpoint = cloud == CloudEnvironment.Custom ? TestTenant.Settings.LoginEndpoint : null,
    };

    private static GraphDeviceSource Source(TenantSettings settings, ScriptedGraph server, string? token = null)
    {
        var time = new ImpatientTime(TimeProvider.System.GetUtcNow());
        return ManagedDeviceSourceFactory.Create(
            settings, token is null ? null : TestTenant.Secure(token), null, new RecordingConsole(), time, null, TestTenant.Patience, login => new GraphHttp(time, login, server));
    }

    private static async Task<ConnectorException> FailureAsync(GraphDeviceSource source) =>
        await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));
}
