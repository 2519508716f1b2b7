using System;
using System.Collections.Concurrent;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>
/// The one address of the simulated Exchange: a named pipe. Each connection becomes a session with a process of its own, as
/// WSMan gives every shell its own host, and the endpoint only carries the bytes between the two.
/// </summary>
public sealed class ExchangeEndpoint : IAsyncDisposable
{
    private const int LeavingAttempts = 10;

    private static readonly TimeSpan s_leavingPatience = TimeSpan.FromMilliseconds(20);

    private readonly ExchangeEndpointOptions _options;
    private readonly string _server;
    private readonly FaultSchedule _faults;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<SessionProcess> _prepared = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private NamedPipeServerStream _listening;
    private Task _accepting = Task.CompletedTask;
    private int _activeSessions;
    private int _disposed;

    private ExchangeEndpoint(ExchangeEndpointOptions options)
    {
        _options = options;
        PipeName = options.PipeName ?? $"exchange-{Guid.NewGuid():N}"[..24];
        _server = options.ServerName ?? WorldNames.FirstServer;
        _faults = new FaultSchedule(options.StateFolder, _server);
        _listening = Listen();
    }

    /// <summary>What a client gives to <c>NamedPipeConnectionInfo</c>.</summary>
    public string PipeName { get; }

    /// <summary>Short name of the server that the endpoint stands for.</summary>
    public string ServerName => _server;

    /// <summary>Sessions open now.</summary>
    public int OpenSessions => Volatile.Read(ref _activeSessions);

    public static Task<ExchangeEndpoint> StartAsync(ExchangeEndpointOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ExchangeEndpoint endpoint = new(options);
        for (int i = 0; i < options.PreparedSessions; i++)
            endpoint._prepared.Enqueue(SessionProcess.Start(options));

        endpoint._accepting = endpoint.AcceptAsync();
        return Task.FromResult(endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
        await Task.WhenAll(_prepared.Select(p => p.DisposeAsync().AsTask())).ConfigureAwait(false);
        _prepared.Clear();
        await _listening.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private NamedPipeServerStream Listen() => new(
        PipeName,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                await _listening.WaitForConnectionAsync(_closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (IOException)
            {
                // The client left between knocking and being let in; its place is given to the next.
            }

            // The next instance exists before this one can end: the pipe's address is never gone in between.
            NamedPipeServerStream connected = _listening;
            _listening = Listen();

            Task connection = Task.Run(() => ServeAsync(connected));
            _connections[connection] = 0;
            _ = connection.ContinueWith(done => _connections.TryRemove(done, out byte _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(NamedPipeServerStream client)
    {
        await using NamedPipeServerStream owned = client;
        ExchangeOptions options = ExchangeOptions.Load(_options.StateFolder);
        ServerOptions own = options.Of(_server);
        int limit = own.SessionLimit ?? options.SessionLimit;
        ExchangeFaultKind? fault = own.State switch
        {
            ServerState.Down => ExchangeFaultKind.RefuseConnection,
            ServerState.Hanging => ExchangeFaultKind.HangConnection,
            _ => _faults.OfConnection(options.Faults)?.Kind,
        };
        switch (fault)
        {
            case ExchangeFaultKind.RefuseConnection or ExchangeFaultKind.ServerDown:
                await SessionBridge.RefuseAsync(client, ExchangeTexts.ConnectionRefused(_server), _closing.Token).ConfigureAwait(false);
                break;
            case ExchangeFaultKind.HangConnection:
                await SessionBridge.IgnoreAsync(client, _closing.Token).ConfigureAwait(false);
                break;
            case ExchangeFaultKind.RefuseSession:
                await SessionBridge.RefuseAsync(client, ExchangeTexts.TooManySessions(limit), _closing.Token).ConfigureAwait(false);
                break;
            case null when await TryEnterAsync(limit).ConfigureAwait(false):
                await ServeSessionAsync(client).ConfigureAwait(false);
                break;
            default:
                await SessionBridge.RefuseAsync(client, ExchangeTexts.TooManySessions(limit), _closing.Token).ConfigureAwait(false);
                break;
        }
    }

    private async Task ServeSessionAsync(NamedPipeServerStream client)
    {
        await using SessionProcess session = _prepared.TryDequeue(out SessionProcess? ready) ? ready : SessionProcess.Start(_options);
        try
        {
            await SessionBridge.RunAsync(client, session, _closing.Token).ConfigureAwait(false);
        }
        finally
        {
            // The client is gone; what its process still has to do counts against nobody.
            Interlocked.Decrement(ref _activeSessions);
            ActiveSessions.Clear(_options.StateFolder, _server, session.Id);
        }
    }

    // A client that closes one session and opens the next at once may be heard in the other order: a short wait sorts that out.
    private async Task<bool> TryEnterAsync(int limit)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (Interlocked.Increment(ref _activeSessions) <= limit)
                return true;
            Interlocked.Decrement(ref _activeSessions);
            if (attempt == LeavingAttempts)
                return false;
            await Task.Delay(s_leavingPatience, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
