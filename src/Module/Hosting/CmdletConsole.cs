using System;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>What the engine says, on the streams of a cmdlet. Called from any thread; the pipeline thread does the writing.</summary>
internal sealed class CmdletConsole : ISyncConsole, IDisposable
{
    /// <summary>Changes that a dry run shows one by one. An organisation's first plan has thousands, and nobody reads those at a prompt.</summary>
    private const int ShownChanges = 20;

    private readonly PSCmdlet _cmdlet;
    private readonly PipelineThread _pipeline;
    private readonly ProgressReporter _progress;
    private int _changes;

    /// <summary>Creates the console of one command.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="pipeline">Its pipeline thread.</param>
    /// <param name="clock">Measures progress.</param>
    public CmdletConsole(PSCmdlet cmdlet, PipelineThread pipeline, ModuleClock clock)
    {
        _cmdlet = cmdlet;
        _pipeline = pipeline;
        _progress = new ProgressReporter(clock, record => pipeline.Post(() => cmdlet.WriteProgress(record)));
    }

    /// <inheritdoc/>
    public void Report(SyncProgress progress) => _progress.Report(progress);

    /// <inheritdoc/>
    public void Verbose(string message) => _pipeline.Post(() => _cmdlet.WriteVerbose(PlainText.OneLine(message)));

    /// <inheritdoc/>
    public void Warning(string message) => _pipeline.Post(() => _cmdlet.WriteWarning(PlainText.OneLine(message)));

    /// <inheritdoc/>
    public void Prompt(string message) => Warning(message);

    /// <inheritdoc/>
    public void Plan(PlannedChange change) => _pipeline.Post(() => Show(change));

    /// <summary>Says what is left to say; on the pipeline thread, when the engine has ended.</summary>
    public void Finish()
    {
        if (_changes > ShownChanges) WriteWhatIf(string.Format(CultureInfo.CurrentCulture, Strings.WhatIfMoreChanges, _changes - ShownChanges));
    }

    /// <summary>Closes every progress bar.</summary>
    public void Dispose()
    {
        try
        {
            _progress.Finish();
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline closes its bars by itself.
        }
    }

    private void Show(PlannedChange change)
    {
        var target = PlainText.OneLine(change.Target);
        var action = PlainText.OneLine(change.Action);
        if (++_changes <= ShownChanges)
        {
            _cmdlet.ShouldProcess(target, action);
        }
        else
        {
            _cmdlet.WriteVerbose(string.Format(CultureInfo.CurrentCulture, Strings.WhatIfChange, action, target));
        }
    }

    private void WriteWhatIf(string sentence) => _cmdlet.ShouldProcess(sentence, sentence, Strings.WhatIfCaption);
}
