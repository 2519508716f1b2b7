using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Module.Harness;

/// <summary>A runspace of the real PowerShell engine that records every stream in order.</summary>
public sealed class Shell : IDisposable
{
    private readonly Runspace _runspace;
    private readonly List<ShellRecord> _records = [];
    private readonly Lock _gate = new();
    private Action<ShellRecord>? _listener;

    private Shell()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(new RecordingHost(Add, Answers), state);
        _runspace.Open();
    }

    /// <summary>Answers to questions, by position of the choice.</summary>
    public Queue<int> Answers { get; } = new();

    /// <summary>Opens a shell with the staged module imported by its manifest.</summary>
    public static Shell Open()
    {
        var shell = OpenBare();
        var transcript = shell.Run("param($Manifest) Import-Module -Name $Manifest -ErrorAction Stop", new() { ["Manifest"] = Places.Manifest });
        return transcript.Records.Count == 0 ? shell : throw new InvalidOperationException(transcript.ToString());
    }

    /// <summary>Opens a shell without any module.</summary>
    public static Shell OpenBare() => new();

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="input">Objects to pipe into it.</param>
    /// <returns>What it said.</returns>
    public Transcript Run(string script, Dictionary<string, object?>? parameters = null, IEnumerable<object>? input = null)
    {
        using var powershell = Prepare(script, parameters, out var output);
        try
        {
            powershell.Invoke(input ?? [], output);
        }
        catch (RuntimeException e)
        {
            Add(ShellRecord.Of(e.ErrorRecord));
        }

        return Take();
    }

    /// <summary>Starts a script, stops it as Ctrl+C does once it is under way, and waits for its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="underWay">What the script says when it is under way.</param>
    /// <param name="meanwhile">What is done before it is stopped.</param>
    /// <param name="cancellationToken">Ends the wait for that.</param>
    /// <returns>What it said until then.</returns>
    public async Task<Transcript> StopAsync(string script, Func<ShellRecord, bool> underWay, Action? meanwhile, CancellationToken cancellationToken)
    {
        using var powershell = Prepare(script, null, out var output);
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _listener = record => _ = underWay(record) && said.TrySetResult();
        var running = powershell.InvokeAsync<PSObject, PSObject>(null, output);
        await said.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        meanwhile?.Invoke();
        await powershell.StopAsync(null, null).ConfigureAwait(false);
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (PipelineStoppedException)
        {
            Add(new ShellRecord(ShellStream.Host, "stopped"));
        }

        lock (_gate) _listener = null;
        return Take();
    }

    /// <summary>Sets a variable of the shell.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Completes a line as the Tab key does at its end.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What is offered.</returns>
    public IReadOnlyList<string> Complete(string line)
    {
        using var powershell = PowerShell.Create(_runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, powershell).CompletionMatches.Select(match => match.CompletionText)];
    }

    public void Dispose() => _runspace.Dispose();

    private PowerShell Prepare(string script, Dictionary<string, object?>? parameters, out PSDataCollection<PSObject> output)
    {
        var powershell = PowerShell.Create(_runspace).AddScript(script);
        foreach (var (name, value) in parameters ?? []) powershell.AddParameter(name, value);

        output = [];
        Record(output, ShellRecord.Of);
        Record(powershell.Streams.Error, ShellRecord.Of);
        Record(powershell.Streams.Warning, record => new ShellRecord(ShellStream.Warning, record.Message));
        Record(powershell.Streams.Verbose, record => new ShellRecord(ShellStream.Verbose, record.Message));
        Record(powershell.Streams.Debug, record => new ShellRecord(ShellStream.Debug, record.Message));
        Record(powershell.Streams.Information, record => new ShellRecord(ShellStream.Information, $"{record.MessageData}"));
        Record(powershell.Streams.Progress, ShellRecord.Of);
        return powershell;
    }

    private void Record<T>(PSDataCollection<T> stream, Func<T, ShellRecord> make) => stream.DataAdded += (_, added) => Add(make(stream[added.Index]));

    private void Add(ShellRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
            _listener?.Invoke(record);
        }
    }

    private Transcript Take()
    {
        lock (_gate)
        {
            var transcript = new Transcript([.. _records]);
            _records.Clear();
            return transcript;
        }
    }
}
