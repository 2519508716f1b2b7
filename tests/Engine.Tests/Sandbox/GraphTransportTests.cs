using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphTransportTests
{
    private const string Devices = "/v1.0/deviceManagement/managedDevices";

    [Fact]
    public async Task Answers_are_compressed_for_who_takes_that_and_refusals_are_not()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        byte[] plain = await BytesAsync(graph, Devices);
        graph.Headers.AcceptEncoding.ParseAdd("gzip, deflate");
        using HttpResponseMessage response = await graph.SendAsync(Devices);
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        byte[] packed = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)) await gzip.CopyToAsync(unpacked, TestContext.Current.CancellationToken);

        Assert.Equal(plain, unpacked.ToArray());
        Assert.True(packed.Length < plain.Length / 2);
        (_, JsonObject error, HttpResponseMessage refused) = await graph.FailAsync(Devices + "?$select=nothing");
        using (refused) Assert.Empty(refused.Content.Headers.ContentEncoding);
        Assert.Equal("BadRequest", (string?)error["code"]);
    }

    [Fact]
    public async Task An_answer_can_break_off_inside_its_gzip()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults.Next(GraphRoute.ManagedDevices, GraphFault.TruncatedGzip, GraphFault.TruncatedGzip, GraphFault.TruncatedBody, GraphFault.ResetInBody);
        await Assert.ThrowsAnyAsync<JsonException>(() => graph.GetAsync(Devices));

        graph.Headers.AcceptEncoding.ParseAdd("gzip");
        await Assert.ThrowsAnyAsync<Exception>(() => UnpackAsync(graph));
        await Assert.ThrowsAnyAsync<JsonException>(() => UnpackAsync(graph));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => UnpackAsync(graph));
        Assert.Equal(graph.World.ManagedDevices.Count, (await UnpackAsync(graph))["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task Intune_makes_an_app_wait_after_so_many_requests_in_twenty_seconds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { Time = clock, RateLimits = new GraphRateLimits { Devices = 3 } });
        for (int i = 0; i < 3; i++)
        {
            await graph.GetAsync(Devices + "?$top=1");
            clock.Advance(TimeSpan.FromSeconds(2.25));
        }

        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync("/v1.0/deviceManagement/managedDeviceOverview");
        using (response)
        {
            Assert.Equal((429, "TooManyRequests"), (status, (string?)error["code"]));
            Assert.Equal("13.25", response.Headers.NonValidated["Retry-After"].ToString());
        }

        // The old connector's rows and the directory have allowances of their own.
        await graph.GetAsync("/v1.0/deviceManagement/exchangeConnectors");
        await graph.GetAsync("/v1.0/users?$top=1");
        clock.Advance(TimeSpan.FromSeconds(13.25));
        await graph.GetAsync(Devices + "?$top=1");
    }

    [Fact]
    public async Task The_directory_counts_units_and_gives_them_back_over_ten_seconds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { Time = clock, RateLimits = new GraphRateLimits { IdentityUnits = 10 } });
        graph.Headers.Add("ConsistencyLevel", "eventual");
        string members = $"/v1.0/groups/{graph.World.Groups[0].Id}/transitiveMembers/microsoft.graph.user?$count=true";
        Assert.Equal("5", await UnitsAsync(graph, members));
        Assert.Equal("4", await UnitsAsync(graph, members + "&$select=id"));
        Assert.Equal("1", await UnitsAsync(graph, "/v1.0/users?$select=id&$top=5"));

        (int status, _, HttpResponseMessage response) = await graph.FailAsync("/v1.0/users");
        using (response) Assert.Equal((429, "2"), (status, response.Headers.NonValidated["Retry-After"].ToString()));
        clock.Advance(TimeSpan.FromSeconds(2));
        await graph.GetAsync("/v1.0/users");
        await graph.GetAsync(Devices + "?$top=1");
    }

    [Fact]
    public async Task In_a_batch_each_request_meets_the_limit_by_itself()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { Time = clock, RateLimits = new GraphRateLimits { Devices = 4 } });
        var requests = new JsonArray([.. Enumerable.Range(0, 6).Select(i => new JsonObject { ["id"] = $"{i}", ["method"] = "GET", ["url"] = "/deviceManagement/managedDevices?$top=1" })]);
        using HttpResponseMessage response = await graph.PostAsync("/v1.0/$batch", System.Net.Http.Json.JsonContent.Create(new JsonObject { ["requests"] = requests }));
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal([200, 200, 200, 200, 429, 429], answer["responses"]!.AsArray().Select(part => (int)part!["status"]!).Order());
    }

    [Fact]
    public async Task An_error_can_carry_any_code()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Endpoint.Faults.Next(GraphRoute.DevicesDelta, GraphFault.Problem(400, "syncStateNotFound"));
        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync("/v1.0/devices/delta");
        using (response) Assert.Equal((400, "syncStateNotFound"), (status, (string?)error["code"]));
    }

    private static async Task<string> UnitsAsync(GraphClient graph, string path)
    {
        using HttpResponseMessage response = await graph.SendAsync(path);
        Assert.True(response.IsSuccessStatusCode);
        return response.Headers.GetValues("x-ms-resource-unit").Single();
    }

    private static async Task<byte[]> BytesAsync(GraphClient graph, string path)
    {
        using HttpResponseMessage response = await graph.SendAsync(path);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> UnpackAsync(GraphClient graph)
    {
        await using var gzip = new GZipStream(new MemoryStream(await BytesAsync(graph, Devices)), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return JsonNode.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken))!;
    }
}
