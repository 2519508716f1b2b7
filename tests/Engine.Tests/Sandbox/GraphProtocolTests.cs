using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphProtocolTests
{
    private const string Devices = "/v1.0/deviceManagement/managedDevices";

    [Fact]
    public async Task A_token_is_needed_and_must_be_genuine_and_in_time()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string good = graph.Endpoint.IssueToken();
        string[] bad = ["", "abc", good[..^6] + "AAAAAA", graph.Endpoint.IssueToken(TimeSpan.FromMinutes(-1))];
        foreach (string token in bad)
        {
            graph.SignIn(token.Length == 0 ? null : token);
            (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync(Devices);
            using (response)
            {
                Assert.Equal(401, status);
                Assert.Equal("InvalidAuthenticationToken", (string?)error["code"]);
                Assert.NotEmpty(response.Headers.WwwAuthenticate);
            }
        }

        graph.SignIn(good);
        await graph.GetAsync(Devices + "?$top=1");
        graph.Endpoint.RevokeTokens();
        (int revoked, _, HttpResponseMessage answer) = await graph.FailAsync(Devices);
        using (answer) Assert.Equal(401, revoked);
        graph.SignIn(graph.Endpoint.IssueToken());
        await graph.GetAsync(Devices + "?$top=1");
    }

    [Fact]
    public async Task A_token_of_another_tenant_is_refused()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        await using GraphEndpoint other = await GraphEndpoint.StartAsync(WorldGenerator.Generate(new WorldOptions { Seed = 2 }), cancellationToken: TestContext.Current.CancellationToken);
        graph.SignIn(other.IssueToken());
        (int status, _, HttpResponseMessage response) = await graph.FailAsync(Devices);
        using (response) Assert.Equal(401, status);
    }

    [Theory]
    [InlineData(GraphRoles.ReadManagedDevices, "/v1.0/deviceManagement/managedDevices", true)]
    [InlineData(GraphRoles.ReadManagedDevices, "/v1.0/deviceManagement/managedDeviceOverview", true)]
    [InlineData(GraphRoles.ReadServiceConfiguration, "/v1.0/deviceManagement/exchangeConnectors", true)]
    [InlineData(GraphRoles.ReadServiceConfiguration, "/beta/deviceManagement/exchangeOnPremisesPolicy", true)]
    [InlineData(GraphRoles.ReadUsers, "/v1.0/users", false)]
    [InlineData(GraphRoles.ReadGroupMembers, "/v1.0/groups", false)]
    [InlineData(GraphRoles.ReadOrganization, "/v1.0/organization", false)]
    public async Task Each_route_needs_its_own_permission(string role, string path, bool isIntune)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.SignIn(graph.Endpoint.IssueToken(role));
        await graph.GetAsync(path);

        graph.SignIn(graph.Endpoint.IssueToken([.. GraphRoles.Everything.Where(other => other != role)]));
        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync(path);
        using (response)
        {
            Assert.Equal(403, status);
            Assert.Equal(isIntune ? "Forbidden" : "Authorization_RequestDenied", (string?)error["code"]);
            if (isIntune) Assert.Contains(role, (string)JsonNode.Parse((string)error["message"]!)!["Message"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Members_come_without_names_for_who_may_not_read_users()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.SignIn(graph.Endpoint.IssueToken(GraphRoles.ReadGroupMembers));
        graph.Headers.Add("ConsistencyLevel", "eventual");
        List<JsonObject> rows = await graph.WalkAsync($"/v1.0/groups/{graph.World.Groups[0].Id}/transitiveMembers/microsoft.graph.user?$count=true&$select=id,userPrincipalName");

        Assert.All(rows, row => Assert.True(row["id"] is not null && row["userPrincipalName"] is null));
        Assert.NotEmpty(rows);
    }

    [Fact]
    public async Task Request_ids_come_back()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Headers.Add("client-request-id", "8d1b0f2e-0000-4000-8000-000000000001");
        using HttpResponseMessage response = await graph.SendAsync(Devices + "?$top=1");

        Assert.Equal("8d1b0f2e-0000-4000-8000-000000000001", response.Headers.GetValues("client-request-id").Single());
        Assert.True(Guid.TryParse(response.Headers.GetValues("request-id").Single(), out _));
        Assert.Equal("8d1b0f2e-0000-4000-8000-000000000001", graph.Endpoint.Requests.Records()[^1].ClientRequestId);
        Assert.Equal(1, graph.Endpoint.Requests.Total);
    }

    [Theory]
    [InlineData("/v1.0/deviceManagement/nothing", 400)]
    [InlineData("/v1.0/deviceManagement/managedDevices?$select=nothing", 400)]
    [InlineData("/v1.0/users?$select=id,nothing", 400)]
    [InlineData("/v1.0/users?$filter=nothing eq 'x'", 400)]
    [InlineData("/v1.0/deviceManagement/managedDevices?$skiptoken=abc", 400)]
    [InlineData("/v1.0/groups/not-a-guid", 400)]
    [InlineData("/v1.0/users/nobody@contoso.com", 404)]
    public async Task What_makes_no_sense_is_refused(string path, int expected)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        (int status, _, HttpResponseMessage response) = await graph.FailAsync(path);
        using (response) Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Faults_come_at_the_request_they_are_scheduled_for_and_only_there()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults
            .At(GraphRoute.ManagedDevices, 2, GraphFault.Throttled("2.128"))
            .At(GraphRoute.ManagedDevices, 3, GraphFault.Unavailable())
            .At(GraphRoute.ManagedDevices, 4, GraphFault.Forbidden)
            .At(GraphRoute.ManagedDevices, 5, GraphFault.Unauthorized);

        var seen = new List<int>();
        for (int i = 0; i < 6; i++)
        {
            using HttpResponseMessage response = await graph.SendAsync(Devices + "?$top=1");
            seen.Add((int)response.StatusCode);
            if (i == 1) Assert.Equal("2.128", response.Headers.NonValidated["Retry-After"].ToString());
            if (i == 2) Assert.False(response.Headers.Contains("Retry-After"));
        }

        Assert.Equal([200, 429, 503, 403, 401, 200], seen);
        await graph.GetAsync("/v1.0/users?$top=1");
    }

    [Fact]
    public async Task Broken_bodies_break_the_reader()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults.Next(GraphRoute.ManagedDevices, GraphFault.TruncatedBody, GraphFault.ResetInBody, GraphFault.Reset);

        await Assert.ThrowsAnyAsync<JsonException>(() => graph.GetAsync(Devices));
        await Assert.ThrowsAnyAsync<Exception>(() => graph.GetAsync(Devices));
        await Assert.ThrowsAsync<HttpRequestException>(() => graph.SendAsync(Devices));
        Assert.Equal(graph.World.ManagedDevices.Count, (await graph.WalkAsync(Devices)).Count);
    }

    [Fact]
    public async Task Broken_pages_are_what_they_say()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string path = Devices + "?$top=10";
        graph.Endpoint.Faults.Next(GraphRoute.ManagedDevices, GraphFault.RepeatedNextLink, GraphFault.MissingNextLink, GraphFault.EmptyList, GraphFault.EmptyPage);

        JsonObject repeated = await graph.GetAsync(path);
        Assert.Equal(path, new Uri((string)repeated["@odata.nextLink"]!).PathAndQuery);
        JsonObject cut = await graph.GetAsync(path);
        Assert.Null(cut["@odata.nextLink"]);
        Assert.Equal(10, cut["value"]!.AsArray().Count);
        JsonObject none = await graph.GetAsync(path);
        Assert.Empty(none["value"]!.AsArray());
        Assert.Null(none["@odata.nextLink"]);
        JsonObject blank = await graph.GetAsync(path);
        Assert.Empty(blank["value"]!.AsArray());
        Assert.Equal(graph.World.ManagedDevices.Count, (await graph.WalkAsync((string)blank["@odata.nextLink"]!)).Count);
    }

    [Fact]
    public async Task Silence_lasts_until_the_client_gives_up_and_holds_nothing_open()
    {
        GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults.Always(GraphRoute.ManagedDevices, GraphFault.Silence);
        Task<HttpResponseMessage> waiting = graph.SendAsync(Devices);
        await graph.Endpoint.Requests.WhenAsync(GraphRoute.ManagedDevices, 1, TestContext.Current.CancellationToken);

        Assert.False(waiting.IsCompleted);
        await graph.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
    }

    [Fact]
    public async Task A_batch_answers_each_request_by_itself()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.SignIn(graph.Endpoint.IssueToken(GraphRoles.ReadManagedDevices));
        graph.Endpoint.Faults.At(GraphRoute.ManagedDevice, 2, GraphFault.Throttled("7"));
        Guid id = graph.World.ManagedDevices[0].Id;
        var batch = new JsonObject
        {
            ["requests"] = new JsonArray(
                new JsonObject { ["id"] = "a", ["method"] = "GET", ["url"] = $"/deviceManagement/managedDevices/{id}?$select=id" },
                new JsonObject { ["id"] = "b", ["method"] = "GET", ["url"] = "/users" },
                new JsonObject { ["id"] = "c", ["method"] = "GET", ["url"] = $"/deviceManagement/managedDevices/{id}" }),
        };
        using HttpResponseMessage response = await graph.PostAsync("/v1.0/$batch", JsonContent.Create(batch));
        JsonObject answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        Dictionary<string, JsonNode> parts = answer["responses"]!.AsArray().ToDictionary(part => (string)part!["id"]!, part => part!);

        Assert.Equal([200, 403, 429], new[] { "a", "b", "c" }.Select(part => (int)parts[part]["status"]!).Order());
        Assert.Equal(403, (int)parts["b"]["status"]!);
        JsonNode throttled = parts.Values.Single(part => (int)part["status"]! == 429);
        Assert.Equal("7", (string?)throttled["headers"]!["Retry-After"]);
        Assert.Equal(id.ToString(), (string?)parts.Values.Single(part => (int)part["status"]! == 200)["body"]!["id"]);
        Assert.Equal(4, graph.Endpoint.Requests.Total);
    }

    [Fact]
    public async Task Only_the_throw_away_authority_makes_the_endpoint_trusted()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        using var stranger = new HttpClient(new SocketsHttpHandler());
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(graph.Endpoint.BaseUri, TestContext.Current.CancellationToken));
        Assert.IsType<AuthenticationException>(refused.InnerException);
        Assert.Equal("localhost", graph.Endpoint.BaseUri.Host);
    }

    [Fact]
    public async Task A_client_without_that_authority_may_have_plain_http()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { PlainHttp = true });
        using var stranger = new HttpClient();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", graph.Endpoint.IssueToken());
        JsonNode page = JsonNode.Parse(await stranger.GetStringAsync(new Uri(graph.Endpoint.BaseUri, Devices + "?$top=4"), TestContext.Current.CancellationToken))!;

        Assert.Equal("http", graph.Endpoint.BaseUri.Scheme);
        Assert.StartsWith(graph.Endpoint.BaseUri.AbsoluteUri, (string)page["@odata.nextLink"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trust_store_holds_the_authority_and_everybody_else_and_no_key()
    {
        string folder = Directory.CreateTempSubdirectory("sandbox-trust-").FullName;
        try
        {
            using var authority = new ThrowAwayAuthority();
            string store = Path.Combine(folder, "store.pem");
            string pem = Path.Combine(folder, "ca.pem");
            TrustStore.Write(store, authority);
            authority.WritePem(pem);
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(store);

            Assert.Contains(all, certificate => certificate.Thumbprint == authority.Certificate.Thumbprint);
            Assert.DoesNotContain("PRIVATE", File.ReadAllText(store), StringComparison.Ordinal);
            Assert.False(authority.Certificate.HasPrivateKey);
            Assert.Equal(authority.Certificate.Thumbprint, X509Certificate2.CreateFromPem(File.ReadAllText(pem)).Thumbprint);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
