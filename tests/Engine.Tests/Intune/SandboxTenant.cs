using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>The sandbox's tenant over HTTPS, and the product's way to it. Its authority is trusted by this client only.</summary>
internal sealed class SandboxTenant : IAsyncDisposable
{
    private readonly GraphEndpoint _endpoint;

    private SandboxTenant(GraphEndpoint endpoint) => _endpoint = endpoint;

    public GraphEndpoint Endpoint => _endpoint;

    public SandboxWorld World => _endpoint.State.World;

    public RecordingConsole Console { get; } = new();

    public ImpatientTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Is told of every request before it leaves, so that something may happen in between.</summary>
    public Action<HttpRequestMessage>? Sending { get; set; }

    public TenantSettings Settings => new()
    {
        TenantId = _endpoint.TenantId.ToString(),
        ClientId = GraphEndpointOptions.DefaultApplication.ClientId.ToString(),
        Method = SignInMethod.AccessToken,
        Environment = CloudEnvironment.Custom,
        GraphEndpoint = _endpoint.BaseUri,
        LoginEndpoint = _endpoint.LoginUri,
    };

    public AccessPolicy Policy => new()
    {
        IncludedGroups = [Group(WorldNames.TargetGroup).ToString()],
        ExcludedGroups = [Group(WorldNames.ExemptGroup).ToString()],
    };

    public static async Task<SandboxTenant> StartAsync(GraphEndpointOptions? options = null, int partnerships = 200) => new(await GraphEndpoint.StartAsync(
        WorldGenerator.Generate(new WorldOptions { Partnerships = partnerships }), options, TestContext.Current.CancellationToken));

    public Guid Group(string name) => World.Groups.Single(group => group.DisplayName == name).Id;

    /// <summary>Ids of a group's users, counted here by hand.</summary>
    public IReadOnlyList<Guid> UsersOf(string name)
    {
        var users = new SortedSet<Guid>();
        var groups = new Stack<SandboxGroup>([World.Groups.Single(group => group.DisplayName == name)]);
        var seen = new HashSet<SandboxGroup>();
        while (groups.TryPop(out var group))
        {
            if (!seen.Add(group)) continue;
            users.UnionWith(group.UserIndexes.Select(index => World.Users[index].Id));
            foreach (var index in group.GroupIndexes) groups.Push(World.Groups[index]);
        }

        return [.. users];
    }

    public GraphDeviceSource WithToken(params string[] roles) => Source(Settings, TestTenant.Secure(_endpoint.IssueToken(roles)));

    /// <summary>Time stands still unless the test moves it, so a further attempt must not need any.</summary>
    public GraphDeviceSource WithClock(TimeProvider clock) => ManagedDeviceSourceFactory.Create(
        Settings,
        TestTenant.Secure(_endpoint.IssueToken()),
        null,
        Console,
        clock,
        null,
        new GraphRetryOptions { BaseDelay = TimeSpan.Zero },
        login => new GraphHttp(clock, login, Trusting()));

    public GraphDeviceSource Source(
        TenantSettings settings,
        SecureString? token = null,
        SecureString? certificatePassword = null,
        AccessPolicy? policy = null) => ManagedDeviceSourceFactory.Create(
            settings,
            token,
            certificatePassword,
            Console,
            Time,
            policy,
            TestTenant.Patience,
            login => new GraphHttp(Time, login, new Told(this, Trusting())));

    /// <summary>A transport that trusts the endpoint and goes straight to it.</summary>
    public SocketsHttpHandler Trusting()
    {
        var handler = _endpoint.Authority.CreateHandler();
        handler.UseProxy = false;
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
        return handler;
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private sealed class Told(SandboxTenant tenant, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            tenant.Sending?.Invoke(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
