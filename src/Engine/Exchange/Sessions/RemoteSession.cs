using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>
/// A session in a runspace: one that the connector opens, or the one behind a <c>PSSession</c> of the caller. Its own it opens again when
/// it broke, or when it stood idle for so long that the server is about to end it; the caller's it never closes.
/// </summary>
internal sealed class RemoteSession : IExchangeSession
{
    // WinRM ends a shell after 15 idle minutes, and says so only to the next command.
    private static readonly TimeSpan s_idleLimit = TimeSpan.FromMinutes(12);

    private readonly Func<Runspace>? _create;
    private readonly TimeProvider _time;
    private Runspace? _runspace;
    private long _lastUse;

    private RemoteSession(Func<Runspace>? create, Runspace? runspace, string server, TimeProvider time)
    {
        _create = create;
        _runspace = runspace;
        _time = time;
        Server = server;
    }

    /// <inheritdoc/>
    public string Server { get; }

    /// <inheritdoc/>
    public bool IsOwn => _create is not null;

    /// <inheritdoc/>
    public bool IsRemote => true;

    /// <inheritdoc/>
    public bool IsLost => _create is null && !IsOpen;

    private bool IsOpen => _runspace?.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>A session that the connector opens and removes.</summary>
    /// <param name="create">Makes a runspace that is not open yet.</param>
    /// <param name="server">The server, for people.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The session, not open yet.</returns>
    public static RemoteSession Own(Func<Runspace> create, string server, TimeProvider time) => new(create, null, server, time);

    /// <summary>A session that somebody lends.</summary>
    /// <param name="runspace">The open runspace.</param>
    /// <param name="server">The server, for people.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The session.</returns>
    public static RemoteSession Borrow(Runspace runspace, string server, TimeProvider time) => new(null, runspace, server, time);

    /// <inheritdoc/>
    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        if (_create is null || (IsOpen && _time.GetElapsedTime(_lastUse) < s_idleLimit)) return false;
        await CloseAsync().ConfigureAwait(false);
        _runspace = await RunspaceOpener.OpenAsync(_create, _time, cancellationToken).ConfigureAwait(false);
        _lastUse = _time.GetTimestamp();
        return true;
    }

    /// <inheritdoc/>
    public async Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        if (!IsOpen) throw new ExchangeFaultException(new(ExchangeFaultKind.SessionLost, "The session is not open."));
        try
        {
            return await RemotePipeline.RunAsync(_runspace!, command, onRow, _time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _lastUse = _time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsOwn) await CloseAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        var runspace = _runspace;
        _runspace = null;
        if (runspace is not null) await RunspaceOpener.CloseAsync(runspace, _time).ConfigureAwait(false);
    }
}
