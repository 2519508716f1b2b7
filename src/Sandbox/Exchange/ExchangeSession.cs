using System;
using System.Collections.Generic;
using System.IO;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>What the commands of one session share: the organisation, the options, the log and the server they pretend to run on.</summary>
internal sealed class ExchangeSession : IDisposable
{
    public const string VariableName = "ExchangeSession";

    private readonly HashSet<string> _none = [];
    private readonly Dictionary<string, string[]> _hiddenParameters;
    private readonly string _optionsPath;
    private readonly FaultSchedule _faults;
    private readonly CommandLog _log;
    private DateTime _optionsRead;

    private ExchangeSession(string stateFolder, WorldState state, string? server)
    {
        State = state;
        StateFolder = stateFolder;
        _optionsPath = Path.Combine(stateFolder, ExchangeOptions.FileName);
        _optionsRead = File.GetLastWriteTimeUtc(_optionsPath);
        Options = ExchangeOptions.Load(stateFolder);
        _hiddenParameters = Options.HiddenParameters;
        _faults = new FaultSchedule(stateFolder);
        Directory = new ExchangeDirectory(state, server);
        _log = new CommandLog(stateFolder, Directory.ServerName);
    }

    public string StateFolder { get; }

    public WorldState State { get; }

    public ExchangeDirectory Directory { get; }

    /// <summary>The options in force; a changed file is read before the next command.</summary>
    public ExchangeOptions Options { get; private set; }

    public static ExchangeSession Open(string stateFolder, string? server = null) =>
        new(stateFolder, WorldState.Open(stateFolder), server);

    /// <summary>Parameters of a command that this session does not show; fixed when the session began.</summary>
    public IReadOnlyCollection<string> HiddenParameters(string command) =>
        _hiddenParameters.TryGetValue(command, out string[]? hidden) ? hidden : _none;

    /// <summary>Records a call, lets its fault strike and brings the organisation up to date before the command looks at it.</summary>
    /// <returns>The fault that the command must carry out itself, or null.</returns>
    public ExchangeFault? Begin(string command, IEnumerable<string> parameters, string? identity)
    {
        RefreshOptions();
        _log.Write(command, parameters, identity);
        ExchangeFault? fault = _faults.Next(Options.Faults, command);
        State.Refresh();
        return fault;
    }

    public int LatencyOf(string command) =>
        Options.CommandLatencyMilliseconds.TryGetValue(command, out int own) ? own : Options.LatencyMilliseconds;

    public void Dispose() => _log.Dispose();

    private void RefreshOptions()
    {
        DateTime written = File.GetLastWriteTimeUtc(_optionsPath);
        if (written == _optionsRead)
            return;

        Options = ExchangeOptions.Load(StateFolder);
        _optionsRead = written;
    }
}
