using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// The address that only a machine itself reaches, where Azure hands out tokens of the machine's identity: as a virtual machine has it
/// (169.254.169.254, which <see cref="CreateHandler"/> stands in for) and as a hosted process has it (<c>IDENTITY_ENDPOINT</c> with
/// <c>IDENTITY_HEADER</c>).
/// </summary>
public sealed class ManagedIdentityEndpoint : IAsyncDisposable
{
    /// <summary>The link-local address that a virtual machine asks.</summary>
    public const string LinkLocalAddress = "169.254.169.254";

    private readonly GraphEndpoint _tenant;
    private readonly ManagedIdentityOptions _options;
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<string> _requests = new();
    private int _failures;

    private ManagedIdentityEndpoint(GraphEndpoint tenant, ManagedIdentityOptions options)
    {
        _tenant = tenant;
        _options = options;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>Value of <c>IDENTITY_ENDPOINT</c> in a hosted process.</summary>
    public Uri HostedAddress { get; private set; } = new("http://localhost");

    /// <summary>Value of <c>IDENTITY_HEADER</c> in a hosted process.</summary>
    public string HostedHeader { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Path and query of every request, oldest first.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<ManagedIdentityEndpoint> StartAsync(GraphEndpoint tenant, ManagedIdentityOptions? options = null, CancellationToken cancellationToken = default)
    {
        var endpoint = new ManagedIdentityEndpoint(tenant, options ?? new ManagedIdentityOptions());
        await endpoint._application.StartAsync(cancellationToken).ConfigureAwait(false);
        string bound = endpoint._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        endpoint.HostedAddress = new Uri(new Uri(bound), "/msi/token");
        return endpoint;
    }

    /// <summary>A handler that finds the link-local address here; whatever else is asked has no route.</summary>
    public HttpMessageHandler CreateHandler() => new LinkLocal(HostedAddress) { InnerHandler = new SocketsHttpHandler { UseProxy = false } };

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HandleAsync(HttpContext http)
    {
        _requests.Enqueue(http.Request.Path + http.Request.QueryString.Value);
        int failure = Interlocked.Increment(ref _failures) - 1;
        (int status, JsonObject body) = failure < _options.Failures.Count ? (_options.Failures[failure], Refusal("temporarily_unavailable", "Try again.")) : Answer(http.Request);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted).ConfigureAwait(false);
    }

    private (int Status, JsonObject Body) Answer(HttpRequest request)
    {
        bool hosted = request.Path == "/msi/token";
        if (!hosted && request.Path != "/metadata/identity/oauth2/token") return (404, Refusal("not_found", "There is nothing here."));
        // A page that a browser was lured to cannot send these headers.
        bool isLocal = hosted ? request.Headers["X-IDENTITY-HEADER"] == HostedHeader : request.Headers["Metadata"] == "true" && !request.Headers.ContainsKey("X-Forwarded-For");
        if (!isLocal) return (hosted ? 401 : 400, Refusal("invalid_request", "Required metadata header not specified."));
        if (request.Query["api-version"] != (hosted ? "2019-08-01" : "2018-02-01")) return (400, Refusal("invalid_request", "The api-version is not supported."));

        string resource = request.Query["resource"].ToString();
        if (resource.TrimEnd('/') != _tenant.BaseUri.AbsoluteUri.TrimEnd('/')) return (400, Refusal("invalid_resource", $"AADSTS500011: The resource principal named {resource} was not found in the tenant."));
        string client = request.Query["client_id"].ToString();
        bool exists = client.Length == 0 ? _options.HasSystemIdentity : Guid.TryParse(client, out Guid id) && _options.Assigned.Contains(id);
        return exists ? (200, Token(resource)) : (400, Refusal("invalid_request", "Identity not found"));
    }

    private JsonObject Token(string resource)
    {
        long seconds = (long)_options.TokenLifetime.TotalSeconds;
        return new JsonObject
        {
            ["access_token"] = _tenant.IssueToken(_options.TokenLifetime),
            ["expires_in"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["expires_on"] = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture),
            ["resource"] = resource,
            ["token_type"] = "Bearer",
        };
    }

    private static JsonObject Refusal(string error, string description) => new() { ["error"] = error, ["error_description"] = description };

    private sealed class LinkLocal(Uri endpoint) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != LinkLocalAddress) throw new HttpRequestException($"No route to {request.RequestUri.Host}.");
            request.RequestUri = new UriBuilder(request.RequestUri) { Host = endpoint.Host, Port = endpoint.Port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
