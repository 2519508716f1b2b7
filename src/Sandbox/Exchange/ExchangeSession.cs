using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>What the commands of one session share: the organisation, the options, the log and the server they pretend to run on.</summary>
internal sealed class ExchangeSession : IDisposable
{
    public const string VariableName = "ExchangeSession";

    private static readonly TimeSpan s_hangingCheck = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<string> _none = [];
    private readonly Dictionary<string, string[]> _hiddenParameters;
    private readonly string _optionsPath;
    private readonly FaultSchedule _faults;
    private readonly CommandLog _log;
    private readonly ActiveSessions _active;
    private readonly ITimer _idle;
    private readonly DirectoryViews _views;
    private DateTime _optionsRead;
    private int _commands;
    private int _working;

    private ExchangeSession(string stateFolder, string? server)
    {
        StateFolder = stateFolder;
        _optionsPath = Path.Combine(stateFolder, ExchangeOptions.FileName);
        _optionsRead = File.GetLastWriteTimeUtc(_optionsPath);
        Options = ExchangeOptions.Load(stateFolder);
        _hiddenParameters = Options.HiddenParameters;
        _views = new DirectoryViews(stateFolder, server, Options);
        _faults = new FaultSchedule(stateFolder, Directory.ServerName);
        _active = new ActiveSessions(stateFolder, Directory.ServerName);
        _idle = TimeProvider.System.CreateTimer(static _ => SessionProcessEnd.Now(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _log = new CommandLog(stateFolder, Directory.ServerName);
    }

    public string StateFolder { get; }

    /// <summary>The organisation as the domain controller that answers the command in hand knows it.</summary>
    public ExchangeDirectory Directory => _views.Current;

    /// <summary>The options in force; a changed file is read before the next command.</summary>
    public ExchangeOptions Options { get; private set; }

    public static ExchangeSession Open(string stateFolder, string? server = null) => new(stateFolder, server);

    /// <summary>Parameters of a command that this session does not show; fixed when the session began.</summary>
    public IReadOnlyCollection<string> HiddenParameters(string command)
    {
        IReadOnlyCollection<string> hidden = _hiddenParameters.TryGetValue(command, out string[]? named) ? named : _none;
        return Directory.Server.IsExchange2010 ? [.. hidden, .. Exchange2010.LaterParameters(command)] : hidden;
    }

    /// <summary>Whether the server has a command and the session's user is let see it; fixed when the session began.</summary>
    public bool Offers(string command) =>
        !Options.HiddenCommands.Contains(command, StringComparer.OrdinalIgnoreCase) && (!Directory.Server.IsExchange2010 || Exchange2010.Has(command));

    /// <summary>Starts the clock that ends a session which is asked nothing: when its client is there, and after each command.</summary>
    public void Rest() => _idle.Change(TimeSpan.FromMilliseconds(Options.SessionIdleMilliseconds), Timeout.InfiniteTimeSpan);

    /// <summary>Records a call and lets its fault strike. On a server that is down it does not return.</summary>
    /// <returns>The fault that the command must carry out itself, or null.</returns>
    public ExchangeFault? Begin(string command, IEnumerable<string> parameters, string? identity)
    {
        _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        RefreshOptions();
        EndIfDown();
        if (Options.SessionCommandLimit > 0 && ++_commands > Options.SessionCommandLimit)
            SessionProcessEnd.Now();

        _log.Write(command, parameters, identity);
        ExchangeFault? fault = _faults.OfCommand(Options.Faults, command);
        if (Options.LatencyPerActiveSessionMilliseconds > 0)
            _working = _active.Enter();
        return fault;
    }

    /// <summary>Brings the organisation up to date, as the domain controller knows it that a command names.</summary>
    /// <exception cref="Commands.ExchangeCommandException">The domain has no such controller.</exception>
    public void Look(string? domainController) => _views.Turn(domainController, Options);

    /// <summary>Makes one domain controller answer the session's later commands.</summary>
    /// <exception cref="Commands.ExchangeCommandException">The domain has no such controller.</exception>
    public void Prefer(string domainController) => _views.Prefer(domainController);

    /// <summary>The command has answered.</summary>
    public void End()
    {
        if (_working > 0)
            _active.Leave();
        _working = 0;
        Rest();
    }

    /// <summary>Returns when the server does not hang, or no longer; false when <paramref name="stopped"/> is signalled meanwhile.</summary>
    public bool WaitWhileHanging(WaitHandle stopped)
    {
        while (Options.Of(Directory.ServerName).State == ServerState.Hanging)
        {
            if (stopped.WaitOne(s_hangingCheck))
                return false;
            RefreshOptions();
            EndIfDown();
        }

        return true;
    }

    public int LatencyOf(string command)
    {
        int alone = Options.CommandLatencyMilliseconds.TryGetValue(command, out int own) ? own
            : Options.Of(Directory.ServerName).LatencyMilliseconds ?? Options.LatencyMilliseconds;
        return alone + Options.LatencyPerActiveSessionMilliseconds * Math.Max(0, _working - Options.FreeActiveSessions);
    }

    public void Dispose()
    {
        _idle.Dispose();
        _log.Dispose();
    }

    private void EndIfDown()
    {
        if (Options.Of(Directory.ServerName).State == ServerState.Down)
            SessionProcessEnd.Now();
    }

    private void RefreshOptions()
    {
        DateTime written = File.GetLastWriteTimeUtc(_optionsPath);
        if (written == _optionsRead)
            return;

        Options = ExchangeOptions.Load(StateFolder);
        _optionsRead = written;
    }
}
