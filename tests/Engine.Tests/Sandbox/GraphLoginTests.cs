using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Identity.Client;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphLoginTests
{
    private static readonly Guid s_client = new("7c5d4b3a-1111-4222-8333-94a5b6c7d8e9");

    private static readonly X509Certificate2 s_registered = SelfSigned();
    private static readonly X509Certificate2 s_stranger = SelfSigned();

    [Fact]
    public async Task A_registered_certificate_gets_a_token_that_opens_graph()
    {
        await using GraphClient graph = await StartAsync();
        AuthenticationResult result = await Confidential(graph, s_client, graph.Endpoint.TenantId.ToString()).WithCertificate(s_registered).Build()
            .AcquireTokenForClient(Scopes(graph)).ExecuteAsync(TestContext.Current.CancellationToken);

        graph.SignIn(result.AccessToken);
        await graph.GetAsync("/v1.0/deviceManagement/managedDevices?$top=1");
        Assert.InRange((result.ExpiresOn - DateTimeOffset.UnixEpoch).TotalDays, 1, 1e6);
        Assert.Equal(1, graph.Endpoint.Requests.Count(GraphRoute.Token));
    }

    [Fact]
    public async Task A_secret_gets_a_token_and_a_wrong_one_does_not()
    {
        await using GraphClient graph = await StartAsync();
        string tenant = graph.Endpoint.TenantId.ToString();
        await Confidential(graph, s_client, tenant).WithClientSecret("right").Build().AcquireTokenForClient(Scopes(graph)).ExecuteAsync(TestContext.Current.CancellationToken);
        MsalServiceException wrong = await RefusedAsync(graph, Confidential(graph, s_client, tenant).WithClientSecret("wrong"));

        Assert.Equal("invalid_client", wrong.ErrorCode);
        Assert.Contains("AADSTS7000215", wrong.Message, StringComparison.Ordinal);
        Assert.NotEmpty(wrong.CorrelationId);
    }

    [Fact]
    public async Task Each_mistake_has_its_own_number()
    {
        await using GraphClient graph = await StartAsync();
        string tenant = graph.Endpoint.TenantId.ToString();
        var refusals = new Dictionary<string, ConfidentialClientApplicationBuilder>
        {
            ["AADSTS700027"] = Confidential(graph, s_client, tenant).WithCertificate(s_stranger),
            ["AADSTS700016"] = Confidential(graph, new Guid("00000000-1111-4222-8333-94a5b6c7d8e9"), tenant).WithCertificate(s_registered),
            ["AADSTS90002"] = Confidential(graph, s_client, "11111111-1111-4222-8333-94a5b6c7d8e9").WithCertificate(s_registered),
        };
        foreach ((string number, ConfidentialClientApplicationBuilder builder) in refusals)
            Assert.Contains(number, (await RefusedAsync(graph, builder)).Message, StringComparison.Ordinal);

        IConfidentialClientApplication good = Confidential(graph, s_client, tenant).WithCertificate(s_registered).Build();
        MsalServiceException foreign = await Assert.ThrowsAsync<MsalServiceException>(() =>
            good.AcquireTokenForClient(["https://graph.microsoft.us/.default"]).ExecuteAsync(TestContext.Current.CancellationToken));
        Assert.Contains("AADSTS500011", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_is_json_with_its_numbers()
    {
        await using GraphClient graph = await StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = s_client.ToString(), ["grant_type"] = "client_credentials", ["scope"] = "x/.default",
        });
        using HttpResponseMessage response = await graph.PostAsync($"/{graph.Endpoint.TenantId}/oauth2/v2.0/token", form);
        JsonNode error = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(7000218, (int)error["error_codes"]![0]!);
        Assert.True(Guid.TryParse((string?)error["correlation_id"], out _));
    }

    [Fact]
    public async Task A_token_ends_when_it_says()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using GraphClient graph = await StartAsync(new GraphEndpointOptions { Time = time, TokenLifetime = TimeSpan.FromMinutes(5) });
        string token = graph.Endpoint.IssueToken(GraphRoles.ReadUsers);
        graph.SignIn(token);
        await graph.GetAsync("/v1.0/users?$top=1");

        time.Advance(TimeSpan.FromMinutes(5));
        (int status, _, HttpResponseMessage response) = await graph.FailAsync("/v1.0/users?$top=1");
        using (response) Assert.Equal(401, status);
    }

    [Fact]
    public async Task A_device_code_waits_for_the_person_and_then_signs_in_for_good()
    {
        await using GraphClient graph = await StartAsync(new GraphEndpointOptions { DeviceCodePendingPolls = 2, DeviceCodeInterval = 0 });
        IPublicClientApplication client = Public(graph);
        string? message = null;
        AuthenticationResult first = await client.AcquireTokenWithDeviceCode([graph.Endpoint.BaseUri + "User.Read.All"], code =>
        {
            message = code.Message;
            return Task.CompletedTask;
        }).ExecuteAsync(TestContext.Current.CancellationToken);

        Assert.Contains("devicelogin", message, StringComparison.Ordinal);
        Assert.Equal("admin@contoso.com", first.Account.Username);
        Assert.Equal(3, graph.Endpoint.Requests.Count(GraphRoute.Token));
        graph.SignIn(first.AccessToken);
        await graph.GetAsync("/v1.0/users?$top=1");

        AuthenticationResult second = await client.AcquireTokenSilent([graph.Endpoint.BaseUri + "User.Read.All"], first.Account).WithForceRefresh(true).ExecuteAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(first.AccessToken, second.AccessToken);
        graph.SignIn(second.AccessToken);
        await graph.GetAsync("/v1.0/users?$top=1");
    }

    [Fact]
    public async Task A_person_may_decline()
    {
        await using GraphClient graph = await StartAsync(new GraphEndpointOptions { DeviceCodePendingPolls = 0, DeviceCodeInterval = 0, DeviceCodeDeclined = true });
        MsalServiceException declined = await Assert.ThrowsAsync<MsalServiceException>(() => Public(graph)
            .AcquireTokenWithDeviceCode([graph.Endpoint.BaseUri + "User.Read.All"], _ => Task.CompletedTask).ExecuteAsync(TestContext.Current.CancellationToken));
        Assert.Equal("authorization_declined", declined.ErrorCode);
    }

    [Fact]
    public async Task Discovery_names_the_endpoints_of_this_tenant()
    {
        await using GraphClient graph = await StartAsync();
        JsonObject discovery = await graph.GetAsync($"/{graph.Endpoint.TenantId}/v2.0/.well-known/openid-configuration");

        Assert.Equal($"{graph.Endpoint.LoginUri}{graph.Endpoint.TenantId}/oauth2/v2.0/token", (string?)discovery["token_endpoint"]);
        Assert.Single((await graph.GetAsync(new Uri((string)discovery["jwks_uri"]!).PathAndQuery))["keys"]!.AsArray());
    }

    [Fact]
    public async Task The_token_endpoint_fails_on_schedule_too()
    {
        await using GraphClient graph = await StartAsync();
        graph.Endpoint.Faults.Next(GraphRoute.Token, GraphFault.Throttled("1"), GraphFault.TruncatedBody);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = s_client.ToString(), ["grant_type"] = "client_credentials", ["scope"] = graph.Endpoint.BaseUri + ".default", ["client_secret"] = "right",
        });
        string path = $"/{graph.Endpoint.TenantId}/oauth2/v2.0/token";
        using HttpResponseMessage throttled = await graph.PostAsync(path, form);
        using HttpResponseMessage truncated = await graph.PostAsync(path, form);
        using HttpResponseMessage good = await graph.PostAsync(path, form);

        Assert.Equal(429, (int)throttled.StatusCode);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(truncated.Content.ReadAsStream(TestContext.Current.CancellationToken)));
        Assert.NotNull(JsonNode.Parse(good.Content.ReadAsStream(TestContext.Current.CancellationToken))!["access_token"]);
    }

    private static async Task<GraphClient> StartAsync(GraphEndpointOptions? options = null) => await GraphClient.StartAsync(
        new WorldOptions { Partnerships = 20 },
        (options ?? new GraphEndpointOptions()) with { Applications = [new GraphApplication(s_client) { Secret = "right", Certificates = [s_registered] }] });

    private static async Task<MsalServiceException> RefusedAsync(GraphClient graph, ConfidentialClientApplicationBuilder builder) =>
        await Assert.ThrowsAnyAsync<MsalServiceException>(() => builder.Build().AcquireTokenForClient(Scopes(graph)).ExecuteAsync(TestContext.Current.CancellationToken));

    private static string[] Scopes(GraphClient graph) => [graph.Endpoint.BaseUri + ".default"];

    private static ConfidentialClientApplicationBuilder Confidential(GraphClient graph, Guid client, string tenant) => ConfidentialClientApplicationBuilder
        .Create(client.ToString())
        .WithAuthority(graph.Endpoint.LoginUri + tenant, validateAuthority: false)
        .WithInstanceDiscovery(false)
        .WithHttpClientFactory(new Factory(graph.Endpoint.Authority));

    private static IPublicClientApplication Public(GraphClient graph) => PublicClientApplicationBuilder
        .Create(s_client.ToString())
        .WithAuthority(graph.Endpoint.LoginUri + graph.Endpoint.TenantId.ToString(), validateAuthority: false)
        .WithInstanceDiscovery(false)
        .WithHttpClientFactory(new Factory(graph.Endpoint.Authority))
        .Build();

    private static X509Certificate2 SelfSigned()
    {
        using RSA key = RSA.Create(2048);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=connector", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    private sealed class Factory(ThrowAwayAuthority authority) : IMsalHttpClientFactory
    {
        private readonly HttpClient _client = new(authority.CreateHandler());

        public HttpClient GetHttpClient() => _client;
    }
}
