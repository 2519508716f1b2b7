using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphBatchTests
{
    [Fact]
    public async Task Lists_and_rounds_of_changes_come_in_one_batch()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxManagedDevice device = graph.World.ManagedDevices.First(candidate => candidate.AzureAdDeviceId is not null);
        Dictionary<string, JsonNode> parts = await SendAsync(
            graph,
            Get("list", $"/deviceManagement/managedDevices?$filter=azureADDeviceId eq '{device.AzureAdDeviceId}'&$select=id"),
            Get("changes", "/devices/delta?$deltatoken=latest&$select=deviceId"),
            Get("gone", "/users/delta?$deltatoken=AAAA"),
            Get("next", "/users?$top=3&$select=id"));

        Assert.Equal(device.Id.ToString(), (string?)parts["list"]["body"]!["value"]!.AsArray().Single()!["id"]);
        Assert.Contains("$deltatoken=", (string)parts["changes"]["body"]!["@odata.deltaLink"]!, StringComparison.Ordinal);
        Assert.Equal(410, (int)parts["gone"]["status"]!);
        Assert.NotNull(parts["gone"]["headers"]!["Location"]);
        // A next link out of a batch is one to follow by itself.
        Assert.Equal(3, (await graph.GetAsync((string)parts["next"]["body"]!["@odata.nextLink"]!))["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_depends_on_a_failure_fails_with_it()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults.Next(GraphRoute.Organization, GraphFault.Throttled("2.5"));
        Dictionary<string, JsonNode> parts = await SendAsync(
            graph,
            Get("first", "/users?$top=1"),
            Get("after-first", "/users?$top=1", "first"),
            Get("throttled", "/organization"),
            Get("after-throttled", "/users?$top=1", "throttled", "first"),
            Get("after-that", "/users?$top=1", "after-throttled"));

        Assert.Equal([200, 200, 429, 424, 424], new[] { "first", "after-first", "throttled", "after-throttled", "after-that" }.Select(id => (int)parts[id]["status"]!));
        Assert.Equal("2.5", (string?)parts["throttled"]["headers"]!["Retry-After"]);
        Assert.Equal("FailedDependency", (string?)parts["after-that"]["body"]!["error"]!["code"]);
        Assert.Equal(2, graph.Endpoint.Requests.Count(GraphRoute.Users));
    }

    [Fact]
    public async Task A_request_with_a_body_needs_its_type_and_answers_may_come_without_one()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.SignIn(graph.Endpoint.IssueToken([.. GraphRoles.Everything, GraphRoles.WriteServiceConfiguration]));
        JsonNode connector = (await graph.GetAsync("/v1.0/deviceManagement/exchangeConnectors"))["value"]![0]!;
        JsonObject Sync() => new()
        {
            ["id"] = "s", ["method"] = "POST", ["url"] = $"/deviceManagement/exchangeConnectors/{connector["id"]}/sync", ["body"] = new JsonObject { ["syncType"] = "deltaSync" },
        };
        Assert.Equal(400, await FailAsync(graph, new JsonObject { ["requests"] = new JsonArray(Sync()) }));

        JsonObject typed = Sync();
        typed["headers"] = new JsonObject { ["Content-Type"] = "application/json" };
        Dictionary<string, JsonNode> parts = await SendAsync(graph, typed);
        Assert.Equal(204, (int)parts["s"]["status"]!);
        Assert.Null(parts["s"]["body"]);
        Assert.Equal("deltaSync", Assert.Single(graph.Endpoint.SyncRequests).SyncType);
    }

    [Fact]
    public async Task A_batch_that_makes_no_sense_is_refused_whole()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        JsonObject[] wrong =
        [
            [],
            new() { ["requests"] = new JsonArray() },
            new() { ["requests"] = new JsonArray([.. Enumerable.Range(0, 21).Select(i => Get($"{i}", "/users"))]) },
            new() { ["requests"] = new JsonArray(Get("a", "/users"), Get("A", "/users")) },
            new() { ["requests"] = new JsonArray(Get("a", "/users", "b")) },
            new() { ["requests"] = new JsonArray(Get("a", "/users", "b"), Get("b", "/users", "a")) },
        ];
        foreach (JsonObject batch in wrong) Assert.Equal(400, await FailAsync(graph, batch));
        Assert.Equal(0, graph.Endpoint.Requests.Count(GraphRoute.Users));
    }

    [Fact]
    public async Task An_address_must_be_relative_and_a_broken_answer_breaks_its_part_alone()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults.Next(GraphRoute.Organization, GraphFault.Reset).Next(GraphRoute.ManagedDevices, GraphFault.TruncatedBody);
        Dictionary<string, JsonNode> parts = await SendAsync(
            graph, Get("absolute", graph.Endpoint.BaseUri + "v1.0/users"), Get("reset", "/organization"), Get("cut", "/deviceManagement/managedDevices"), Get("fine", "/users?$top=1"));

        Assert.Equal([400, 504, 504, 200], new[] { "absolute", "reset", "cut", "fine" }.Select(id => (int)parts[id]["status"]!));
    }

    private static JsonObject Get(string id, string url, params string[] dependsOn)
    {
        var request = new JsonObject { ["id"] = id, ["method"] = "GET", ["url"] = url };
        if (dependsOn.Length > 0) request["dependsOn"] = new JsonArray([.. dependsOn.Select(other => (JsonNode)other)]);
        return request;
    }

    private static async Task<Dictionary<string, JsonNode>> SendAsync(GraphClient graph, params JsonObject[] requests)
    {
        using HttpResponseMessage response = await graph.PostAsync("/v1.0/$batch", JsonContent.Create(new JsonObject { ["requests"] = new JsonArray([.. requests]) }));
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!["responses"]!.AsArray().ToDictionary(part => (string)part!["id"]!, part => part!);
    }

    private static async Task<int> FailAsync(GraphClient graph, JsonObject batch)
    {
        using HttpResponseMessage response = await graph.PostAsync("/v1.0/$batch", JsonContent.Create(batch));
        return (int)response.StatusCode;
    }
}
