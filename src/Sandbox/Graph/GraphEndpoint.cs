using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// A tenant on loopback: its sign-in service and its Microsoft Graph over HTTPS, from the same world that the Exchange endpoint
/// serves. Disposing it ends the server and, if it made one, the authority behind its certificate.
/// </summary>
public sealed class GraphEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;
    private readonly bool _ownsAuthority;
    private readonly GraphEndpointOptions _options;
    private TokenIssuer? _issuer;
    private GraphPipeline? _pipeline;
    private GraphContext? _context;

    private GraphEndpoint(WorldState state, GraphEndpointOptions options)
    {
        State = state;
        _options = options;
        _ownsAuthority = options.Authority is null;
        Authority = options.Authority ?? new ThrowAwayAuthority(options.Time);
        _certificate = Authority.IssueLoopbackCertificate();
        _application = Build();
    }

    public WorldState State { get; }

    public ThrowAwayAuthority Authority { get; }

    public GraphFaults Faults { get; } = new();

    public GraphRequestLog Requests { get; } = new();

    /// <summary>The syncs that clients asked old connectors for, oldest first.</summary>
    public IReadOnlyList<GraphSyncRequest> SyncRequests => [.. _context!.SyncRequests];

    public Guid TenantId => State.World.TenantId;

    /// <summary>The address of Graph, without a version: what a custom cloud names as its Graph endpoint.</summary>
    public Uri BaseUri { get; private set; } = new("https://localhost");

    /// <summary>The address of the sign-in service, without a tenant.</summary>
    public Uri LoginUri => BaseUri;

    public static Task<GraphEndpoint> StartAsync(SandboxWorld world, GraphEndpointOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(WorldState.InMemory(world), options, cancellationToken);

    public static async Task<GraphEndpoint> StartAsync(WorldState state, GraphEndpointOptions? options = null, CancellationToken cancellationToken = default)
    {
        var endpoint = new GraphEndpoint(state, options ?? new GraphEndpointOptions());
        try
        {
            await endpoint._application.StartAsync(cancellationToken).ConfigureAwait(false);
            endpoint.Open();
            return endpoint;
        }
        catch
        {
            await endpoint.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A token with these application permissions; all that the endpoint knows when none is named.</summary>
    public string IssueToken(params string[] roles) => IssueToken(_options.TokenLifetime, roles);

    /// <summary>A token that ends after <paramref name="lifetime"/>; a negative one is expired already.</summary>
    public string IssueToken(TimeSpan lifetime, params string[] roles) =>
        _issuer!.WriteAccessToken(_options.Applications[0].ClientId, roles.Length == 0 ? GraphRoles.Everything : roles, lifetime);

    /// <summary>From now on every token issued so far is refused with 401.</summary>
    public void RevokeTokens() => _issuer!.RevokeAll();

    /// <summary>From now on every link to changes that was given out so far is answered with 410: the client has to begin again.</summary>
    public void ResetDeltas() => _context!.DeltasFrom = _options.Time.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        // A client may hold a silent request open; nobody waits for it.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync(atOnce.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _issuer?.Dispose();
        _certificate.Dispose();
        if (_ownsAuthority) Authority.Dispose();
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, _options.Port, listen =>
            {
                // Without TLS there is nothing to agree on a protocol with.
                listen.Protocols = _options.PlainHttp ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (!_options.PlainHttp) listen.UseHttps(_certificate);
            });
        });
        WebApplication application = builder.Build();
        application.Run(HandleAsync);
        return application;
    }

    private Task HandleAsync(HttpContext http)
    {
        if (_pipeline is { } pipeline) return pipeline.HandleAsync(http);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    /// <summary>The port is known only once the server listens.</summary>
    private void Open()
    {
        string bound = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        BaseUri = new UriBuilder(_options.PlainHttp ? "http" : "https", "localhost", new Uri(bound).Port).Uri;
        _issuer = new TokenIssuer(BaseUri, TenantId, _options.Time);
        _context = new GraphContext(BaseUri.AbsoluteUri.TrimEnd('/'), State, _options, _issuer, Faults, Requests);
        var service = new LoginService(BaseUri, TenantId, State.World.DomainName, _options, _issuer);
        _pipeline = new GraphPipeline(_context, new LoginPipeline(_context, service));
    }
}
