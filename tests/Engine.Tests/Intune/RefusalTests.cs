using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using GraphFault = IntuneExchangeConnector.Sandbox.Graph.GraphFault;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>What is said when the login server or Graph refuses: consent, roles, the clock, and never a bare number.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Consent = "https://login.test/contoso.com/adminconsent?client_id=5a0db0c5-7d5e-4c0a-9f9e-0c0c0f1d2e3a";

    private readonly TestCertificates _files = new();
    private readonly string _pfx;
    private readonly ImpatientTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly RecordingConsole _console = new();

    public RefusalTests()
    {
        using var certificate = _files.Create();
        _pfx = _files.Pfx(certificate, null);
    }

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("AADSTS65001: The user or administrator has not consented to use the application.")]
    [InlineData("AADSTS90094: An administrator of the tenant has set a policy that prevents you from granting.")]
    [InlineData("AADSTS650056: Misconfigured application.")]
    public async Task Missing_consent_prints_the_address_where_it_is_given(string refusal)
    {
        var failure = await SignInFailureAsync(Refusal(refusal));

        Assert.Equal(ErrorIds.TenantSignIn, failure.ErrorId);
        Assert.Contains(refusal, failure.Message);
        Assert.Contains(Consent, failure.Remedy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><h1>Bad Request</h1></html>")]
    [InlineData("""{"error":"invalid_request"}""")]
    public async Task A_bad_request_never_stands_alone(string body)
    {
        var failure = await SignInFailureAsync(() => ScriptedGraph.Json(body, HttpStatusCode.BadRequest));

        Assert.Equal(ErrorIds.TenantSignIn, failure.ErrorId);
        Assert.Contains("HTTP 400 without a reason", failure.Message);
        Assert.Contains("login.test", failure.Message);
        Assert.Contains("-LoginEndpoint", failure.Remedy);
    }

    [Theory]
    [InlineData("AADSTS700024: Client assertion is not within its valid time range.", -7, "7 minutes ahead of the server's")]
    [InlineData("AADSTS700024: Client assertion is not within its valid time range.", 180, "3 hours behind the server's")]
    [InlineData("AADSTS700021: Client assertion application identifier doesn't match.", 4320, "3 days behind the server's")]
    [InlineData("AADSTS7000215: Invalid client secret.", 20, "20 minutes behind the server's")]
    public async Task A_clock_that_is_off_is_told_by_how_much(string refusal, int serverMinutes, string off)
    {
        var failure = await SignInFailureAsync(Refusal(refusal, TimeSpan.FromMinutes(serverMinutes)));

        Assert.Contains(off, failure.Message);
        Assert.Contains("w32tm /resync", failure.Remedy);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(-4, 0)]
    [InlineData(6, 1)]
    [InlineData(-6, 1)]
    public async Task More_than_five_minutes_are_a_warning_even_where_everything_works(int minutes, int warnings)
    {
        var server = new ScriptedGraph(request => Dated(
            request.Path.EndsWith("/token", StringComparison.Ordinal) ? ScriptedGraph.Json("""{"token_type":"Bearer","expires_in":3599,"access_token":"opaque"}""") : ScriptedGraph.Page(string.Empty),
            TimeSpan.FromMinutes(minutes)));
        using var source = Source(server);

        await source.ConnectAsync(TestContext.Current.CancellationToken);
        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(warnings, _console.Warnings.Count);
        Assert.All(_console.Warnings, warning => Assert.Contains("6 minutes", warning));
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_points_at_the_clock()
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(90)) }, partnerships: 10);
        using var source = tenant.WithToken();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.GraphUnreachable, failure.ErrorId);
        Assert.Contains("which is this computer's time", failure.Message);
        Assert.Contains("clock", failure.Remedy);
    }

    [Theory]
    [InlineData(GraphRoles.ReadManagedDevices)]
    [InlineData(GraphRoles.ReadUsers)]
    public async Task An_application_without_a_permission_gets_its_name_and_the_address_of_consent(string missing)
    {
        await using var tenant = await SandboxTenant.StartAsync(partnerships: 10);
        using var source = tenant.WithToken([.. GraphRoles.Everything.Where(role => role != missing)]);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphPermissionMissing, missing), (failure.ErrorId, failure.Target));
        Assert.Contains(missing, failure.Message);
        Assert.Contains("as an application permission", failure.Remedy);
        Assert.EndsWith($"{tenant.Settings.LoginEndpoint}{tenant.Settings.TenantId}/adminconsent?client_id={tenant.Settings.ClientId}", failure.Remedy);
    }

    [Theory]
    [InlineData(GraphRoute.ManagedDevices, "Intune Administrator", "Managed devices/Read")]
    [InlineData(GraphRoute.Users, "Directory Readers", "Directory Readers")]
    public async Task A_person_without_the_role_is_told_which(GraphRoute route, string role, string permission)
    {
        await using var tenant = await SandboxTenant.StartAsync(new() { DeviceCodePendingPolls = 0 }, partnerships: 10);
        tenant.Endpoint.Faults.Always(route, GraphFault.Forbidden);
        using var source = tenant.Source(tenant.Settings with { Method = SignInMethod.DeviceCode });

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.GraphPermissionMissing, failure.ErrorId);
        Assert.Contains("the person who signed in may not", failure.Message);
        Assert.Contains(role, failure.Remedy);
        Assert.Contains(permission, failure.Remedy);
    }

    [Fact]
    public async Task An_application_that_has_the_permission_is_not_sent_to_consent_again()
    {
        await using var tenant = await SandboxTenant.StartAsync(partnerships: 10);
        tenant.Endpoint.Faults.Always(GraphRoute.ManagedDevices, GraphFault.Forbidden);
        using var source = tenant.WithToken();

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Contains("although the token carries DeviceManagementManagedDevices.Read.All", failure.Message);
        Assert.Contains("licence", failure.Remedy);
    }

    [Fact]
    public async Task A_token_that_a_wrong_clock_makes_invalid_is_told_as_that()
    {
        var server = new ScriptedGraph(request => Dated(
            request.Path.EndsWith("/token", StringComparison.Ordinal)
                ? ScriptedGraph.Json("""{"token_type":"Bearer","expires_in":3599,"access_token":"opaque"}""")
                : ScriptedGraph.Error(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is not yet valid."),
            TimeSpan.FromMinutes(-30)));
        using var source = Source(server);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.TenantSignIn, failure.ErrorId);
        Assert.Contains("30 minutes ahead of the server's", failure.Message);
    }

    private Func<HttpResponseMessage> Refusal(string text, TimeSpan? ahead = null) => () =>
    {
        var answer = ScriptedGraph.Json(System.Text.Json.JsonSerializer.Serialize(new { error = "invalid_grant", error_description = text }), HttpStatusCode.BadRequest);
        return ahead is { } span ? Dated(answer, span) : answer;
    };

    private HttpResponseMessage Dated(HttpResponseMessage answer, TimeSpan ahead)
    {
        answer.Headers.Date = _time.GetUtcNow() + ahead;
        return answer;
    }

    private GraphDeviceSource Source(ScriptedGraph server) => ManagedDeviceSourceFactory.Create(
        TestTenant.Settings with { Method = SignInMethod.CertificateFile, CertificatePath = _pfx },
        null,
        null,
        _console,
        _time,
        null,
        TestTenant.Patience,
        login => new GraphHttp(_time, login, server));

    private async Task<ConnectorException> SignInFailureAsync(Func<HttpResponseMessage> answer)
    {
        using var source = Source(new ScriptedGraph(_ => answer()));
        return await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));
    }
}
