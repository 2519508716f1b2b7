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
    private readonly bool _ownsFolder;
    private readonly List<ExchangeEndpoint> _endpoints = [];
    private int _disposed;

    private SandboxHost(string stateFolder, bool ownsFolder, WorldState state)
    {
        StateFolder = stateFolder;
        _ownsFolder = ownsFolder;
        State = state;
    }

    public string StateFolder { get; }

    /// <summary>The world as this process sees it; changes made here reach every session at its next command, and the other way round after a refresh.</summary>
    public WorldState State { get; }

    /// <summary>The endpoint that stands for the organisation's first server.</summary>
    public ExchangeEndpoint Exchange => _endpoints[0];

    /// <summary>Where a connector finds Exchange: <c>pipe://localhost/name</c>.</summary>
    public Uri ExchangeUri => UriOf(Exchange);

    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        string folder = options.StateFolder ?? Directory.CreateTempSubdirectory("sandbox-").FullName;
        SandboxHost host = new(Path.GetFullPath(folder), options.StateFolder is null, WorldState.Create(folder, options.World));
        try
        {
            options.Exchange.Save(host.StateFolder);
            await host.StartExchangeAsync(null, options.PipeName, options.PreparedSessions, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public static Uri UriOf(ExchangeEndpoint endpoint) => new($"pipe://localhost/{endpoint.PipeName}");

    /// <summary>Adds an endpoint that stands for another server of the organisation; disposing it takes that server down.</summary>
    public Task<ExchangeEndpoint> StartServerAsync(string serverName, CancellationToken cancellationToken = default) =>
        StartExchangeAsync(serverName, pipeName: null, preparedSessions: 0, cancellationToken);

    /// <summary>Opens a session as a client does.</summary>
    public async Task<Runspace> OpenRunspaceAsync(CancellationToken cancellationToken = default)
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(Exchange.PipeName));
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

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await Task.WhenAll(_endpoints.Select(e => e.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (_ownsFolder)
            Directory.Delete(StateFolder, recursive: true);
    }

    private async Task<ExchangeEndpoint> StartExchangeAsync(string? serverName, string? pipeName, int preparedSessions, CancellationToken cancellationToken)
    {
        ExchangeEndpoint endpoint = await ExchangeEndpoint.StartAsync(
            new ExchangeEndpointOptions
            {
                StateFolder = StateFolder,
                ServerName = serverName,
                PipeName = pipeName,
                PreparedSessions = preparedSessions,
            },
            cancellationToken).ConfigureAwait(false);
        _endpoints.Add(endpoint);
        return endpoint;
    }
}
