using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox;

/// <summary>A whole sandbox in one object: a world in a folder and the endpoints that serve it.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    // Short: the pipe's path must fit into a socket's address, of which the server's name takes its share.
    private const int InstanceLength = 12;

    private readonly bool _ownsFolder;
    private readonly List<ExchangeEndpoint> _endpoints = [];
    private int _disposed;

    private SandboxHost(string stateFolder, string instance, bool ownsFolder, WorldState state)
    {
        StateFolder = stateFolder;
        Instance = instance;
        _ownsFolder = ownsFolder;
        State = state;
    }

    public string StateFolder { get; }

    /// <summary>The world as this process sees it; changes made here reach every session at its next command, and the other way round after a refresh.</summary>
    public WorldState State { get; }

    /// <summary>What the addresses of this sandbox's servers have in common: <c>pipe://server/instance</c>, and the local pipe <c>instance.server</c> behind it.</summary>
    public string Instance { get; }

    /// <summary>The endpoint that stands for the organisation's first server.</summary>
    public ExchangeEndpoint Exchange => _endpoints[0];

    /// <summary>The endpoints of all servers that were started, the organisation's first server first.</summary>
    public IReadOnlyList<ExchangeEndpoint> Endpoints => _endpoints;

    /// <summary>Where a connector finds Exchange: <c>pipe://ex1.contoso.com/instance</c>.</summary>
    public Uri ExchangeUri => UriOf(Exchange);

    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        string folder = options.StateFolder ?? Directory.CreateTempSubdirectory("sandbox-").FullName;
        string instance = options.Instance ?? Guid.NewGuid().ToString("N")[..InstanceLength];
        SandboxHost host = new(Path.GetFullPath(folder), instance, options.StateFolder is null, WorldState.Create(folder, options.World));
        try
        {
            options.Exchange.Save(host.StateFolder);
            await host.StartExchangeAsync(host.State.World.Servers[0].Name, options.PreparedSessions, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The address of one of the servers: the first one's with another host.</summary>
    public Uri UriOf(ExchangeEndpoint endpoint) => new($"pipe://{ServerOf(endpoint.ServerName).Fqdn}/{Instance}");

    /// <summary>Adds an endpoint that stands for another server of the organisation; disposing it takes the server's address away, and it may be started again.</summary>
    /// <exception cref="ArgumentException">The organisation has no such server, or nobody can connect to it.</exception>
    public Task<ExchangeEndpoint> StartServerAsync(string serverName, CancellationToken cancellationToken = default) =>
        StartExchangeAsync(serverName, preparedSessions: 0, cancellationToken);

    /// <summary>Starts the next of the organisation's servers that offer sessions and are not started, until so many run.</summary>
    public async Task StartServersAsync(int count = int.MaxValue, CancellationToken cancellationToken = default)
    {
        foreach (SandboxServer server in State.World.Servers.Where(s => s.OffersSessions && !_endpoints.Exists(e => e.ServerName == s.Name)).ToArray())
        {
            if (_endpoints.Count >= count)
                return;
            await StartServerAsync(server.Name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a session on the first server as a client does.</summary>
    public Task<Runspace> OpenRunspaceAsync(CancellationToken cancellationToken = default) => OpenRunspaceAsync(Exchange, cancellationToken);

    /// <summary>Opens a session on one server as a client does.</summary>
    public static async Task<Runspace> OpenRunspaceAsync(ExchangeEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(endpoint.PipeName));
        try
        {
            await Task.Run(runspace.Open, cancellationToken).ConfigureAwait(false);
            return runspace;
        }
        catch
        {
            runspace.Dispose();
            throw;
        }
    }

    /// <summary>Every Exchange command that any session executed so far.</summary>
    public IReadOnlyList<ExecutedCommand> Commands() => CommandLog.Read(StateFolder);

    public int CountOf(string command) => Commands().Count(c => c.Name.Equals(command, StringComparison.OrdinalIgnoreCase));

    /// <summary>Changes how Exchange behaves; see <see cref="ExchangeOptions"/> for when each setting acts.</summary>
    public void Configure(Func<ExchangeOptions, ExchangeOptions> change) => change(ExchangeOptions.Load(StateFolder)).Save(StateFolder);

    /// <summary>
    /// Lets a device contact its server once. A device without a partnership gets one, also where it had one that was removed. A wipe that was asked for is sent at one
    /// contact and acknowledged at the next. Else the device syncs, if Exchange lets it.
    /// </summary>
    /// <param name="alias">Alias of the mailbox.</param>
    /// <param name="deviceType">The type that the device names itself by.</param>
    /// <param name="deviceId">Its id.</param>
    /// <exception cref="ArgumentException">No mailbox has the alias.</exception>
    public void SyncDevice(string alias, string deviceType, string deviceId)
    {
        int mailbox = State.World.Mailboxes.FindIndex(m => m.Alias.Equals(alias, StringComparison.OrdinalIgnoreCase));
        if (mailbox < 0)
            throw new ArgumentException($"No mailbox has the alias '{alias}'.", nameof(alias));
        State.Change(world => DeviceContact.Of(world, mailbox, deviceType, deviceId, world.Options.Now + TimeSpan.FromMilliseconds(State.Version + 1)));
    }

    /// <summary>Takes a server down, lets it hang, or brings it up again; acts on the next connection and on the next command of its sessions.</summary>
    /// <exception cref="ArgumentException">The organisation has no such server.</exception>
    public void SetServer(string serverName, ServerState state)
    {
        string name = ServerOf(serverName).Name;
        Configure(o => o with { Servers = new(o.Servers, StringComparer.OrdinalIgnoreCase) { [name] = o.Of(name) with { State = state } } });
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await Task.WhenAll(_endpoints.Select(e => e.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (_ownsFolder)
            Directory.Delete(StateFolder, recursive: true);
    }

    private async Task<ExchangeEndpoint> StartExchangeAsync(string serverName, int preparedSessions, CancellationToken cancellationToken)
    {
        SandboxServer server = ServerOf(serverName);
        if (!server.OffersSessions)
            throw new ArgumentException($"Nobody can connect to '{server.Name}': its roles offer no sessions.", nameof(serverName));

        ExchangeEndpoint endpoint = await ExchangeEndpoint.StartAsync(
            new ExchangeEndpointOptions
            {
                StateFolder = StateFolder,
                ServerName = server.Name,
                PipeName = $"{Instance}.{server.Fqdn}",
                PreparedSessions = preparedSessions,
            },
            cancellationToken).ConfigureAwait(false);
        int place = _endpoints.FindIndex(e => e.ServerName == server.Name);
        if (place < 0)
            _endpoints.Add(endpoint);
        else
            _endpoints[place] = endpoint;
        return endpoint;
    }

    private SandboxServer ServerOf(string name) =>
        State.World.Servers.Find(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"The organisation has no server '{name}'.", nameof(name));
}
