using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>
/// The output of one command. Rows are taken out of PowerShell's buffer the moment they are put in, so that an answer of any length
/// never stands there whole; warnings that were merged into the output are told from rows.
/// </summary>
internal sealed class RowStream : IDisposable
{
    // An answer that fails row by row says the same thing over and over.
    private const int KeptFaults = 20;

    private readonly PowerShell _shell;
    private readonly Action<PSObject> _onRow;
    private readonly Action _onSign;
    private readonly List<string> _warnings = [];
    private ExceptionDispatchInfo? _failure;
    private volatile bool _isAbandoned;

    /// <summary>Takes the output of a pipeline.</summary>
    /// <param name="shell">The pipeline.</param>
    /// <param name="onRow">Receives each row.</param>
    /// <param name="onSign">Told that something arrived, a row or a warning.</param>
    public RowStream(PowerShell shell, Action<PSObject> onRow, Action onSign)
    {
        _shell = shell;
        _onRow = onRow;
        _onSign = onSign;
        Output.DataAdded += (_, _) => Drain();
    }

    /// <summary>What the pipeline writes to.</summary>
    public PSDataCollection<PSObject> Output { get; } = [];

    /// <summary>Throws what taking a row threw, if any did.</summary>
    public void ThrowRowFailure() => _failure?.Throw();

    /// <summary>What the command left beside its rows.</summary>
    public ExchangeReply Reply()
    {
        foreach (var warning in _shell.Streams.Warning) _warnings.Add(FaultText.Clean(warning.Message));
        List<ExchangeFault> faults = [];
        foreach (var error in _shell.Streams.Error)
        {
            if (faults.Count == KeptFaults) break;
            faults.Add(ExchangeFaults.Of(error));
        }

        return new(_warnings, faults);
    }

    /// <summary>Takes nothing any more: whoever asked has gone, and the pipeline may still be writing.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <inheritdoc/>
    public void Dispose() => Output.Dispose();

    private void Drain()
    {
        if (_isAbandoned) return;
        _onSign();
        while (Output.Count > 0)
        {
            var row = Output[0];
            Output.RemoveAt(0);
            if (row is null || _failure is not null) continue;
            if (row.BaseObject is WarningRecord warning) _warnings.Add(FaultText.Clean(warning.Message));
            else Take(row);
        }
    }

    // PowerShell's own thread runs this; an exception that left it would end the process.
    private void Take(PSObject row)
    {
        try
        {
            _onRow(row);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            ShellStop.Begin(_shell);
        }
    }
}
