using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>A plain client of a Graph endpoint, over its real TLS.</summary>
internal sealed class GraphClient : IAsyncDisposable
{
    private readonly HttpClient _http;

    private GraphClient(GraphEndpoint endpoint)
    {
        Endpoint = endpoint;
        _http = new HttpClient(endpoint.Authority.CreateHandler()) { BaseAddress = endpoint.BaseUri };
        SignIn(endpoint.IssueToken());
    }

    public GraphEndpoint Endpoint { get; }

    public SandboxWorld World => Endpoint.State.World;

    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public DateTimeOffset Now => World.Options.Now;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<GraphClient> StartAsync(WorldOptions? world = null, GraphEndpointOptions? options = null) =>
        new(await GraphEndpoint.StartAsync(WorldState.InMemory(world ?? new WorldOptions { Partnerships = 320 }), options, Cancellation));

    public void SignIn(string? token) => Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

    public void Change(params WorldMutation[] mutations) => Endpoint.State.Append(mutations);

    public Task<HttpResponseMessage> SendAsync(string path) => _http.GetAsync(path, Cancellation);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _http.PostAsync(path, content, Cancellation);

    public async Task<JsonObject> GetAsync(string path)
    {
        using HttpResponseMessage response = await SendAsync(path);
        string body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!.AsObject();
    }

    public async Task<(int Status, JsonObject Error, HttpResponseMessage Response)> FailAsync(string path)
    {
        HttpResponseMessage response = await SendAsync(path);
        string body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.False(response.IsSuccessStatusCode, $"{path}: {body}");
        return ((int)response.StatusCode, JsonNode.Parse(body)!["error"]!.AsObject(), response);
    }

    /// <summary>Follows next links to the end and gives every row.</summary>
    public async Task<List<JsonObject>> WalkAsync(string path)
    {
        var rows = new List<JsonObject>();
        for (string? next = path; next is not null;)
        {
            JsonObject page = await GetAsync(next);
            foreach (JsonNode? row in page["value"]!.AsArray()) rows.Add(row!.AsObject());
            next = (string?)page["@odata.nextLink"];
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Endpoint.DisposeAsync();
    }
}
