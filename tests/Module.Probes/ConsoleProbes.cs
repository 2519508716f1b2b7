using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Probes;

/// <summary>Shows a plan as the engine does for a dry run.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PlanProbe", SupportsShouldProcess = true)]
public sealed class InvokePlanProbeCommand : AsyncCmdlet
{
    /// <summary>Number of changes.</summary>
    [Parameter(Mandatory = true)]
    public int Count { get; set; }

    /// <summary>The id that each change allows.</summary>
    [Parameter]
    public string DeviceId { get; set; } = "ID";

    protected override void ProcessRecord() => RunEngine([], (_, console, _) =>
    {
        for (var i = 1; i <= Count; i++)
        {
            console.Plan(new MailboxChange
            {
                MailboxId = default,
                Mailbox = $"user{i}@contoso.com",
                AllowedAdd = [DeviceId],
                AllowedBefore = [],
                BlockedBefore = [],
            });
        }

        return Task.CompletedTask;
    });
}

/// <summary>Says a text on the streams that the engine can speak on.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SayProbe")]
public sealed class InvokeSayProbeCommand : AsyncCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Mandatory = true)]
    public string Text { get; set; } = string.Empty;

    protected override void ProcessRecord() => RunEngine([], (_, console, _) =>
    {
        console.Verbose(Text);
        console.Warning(Text);
        console.Prompt(Text);
        return Task.CompletedTask;
    });
}

/// <summary>Opens a progress bar and leaves it open.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OpenBarProbe")]
public sealed class InvokeOpenBarProbeCommand : AsyncCmdlet
{
    /// <summary>Fails while the bar is open.</summary>
    [Parameter]
    public SwitchParameter Fail { get; set; }

    protected override void ProcessRecord() => RunEngine([], (_, console, _) =>
    {
        console.Report(new SyncProgress(SyncStage.ReadMailboxes, 1, 2));
        return Fail ? throw new InvalidOperationException("broken") : Task.CompletedTask;
    });
}

/// <summary>Feeds the reporter a series of reports at given instants and emits the records that it makes of them.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ProgressProbe")]
public sealed class InvokeProgressProbeCommand : PSCmdlet
{
    /// <summary>Reports: instant in milliseconds, stage, done, total or -1, and 1 for the last.</summary>
    [Parameter(Mandatory = true)]
    public int[][] Report { get; set; } = [];

    protected override void ProcessRecord()
    {
        var clock = new SetClock();
        var made = new List<ProgressRecord>();
        var reporter = new ProgressReporter(clock, made.Add);
        foreach (var report in Report)
        {
            clock.Set(report[0]);
            reporter.Report(new SyncProgress((SyncStage)report[1], report[2], report[3] < 0 ? null : report[3], report[4] == 1));
        }

        reporter.Finish();
        foreach (var record in made)
        {
            WriteObject(FormattableString.Invariant(
                $"{record.ActivityId % 100} {record.Activity}|{record.StatusDescription}|{record.PercentComplete}%|{record.SecondsRemaining}s|{record.RecordType}"));
        }
    }

    private sealed class SetClock : ModuleClock
    {
        private TimeSpan _elapsed;

        public override TimeSpan Elapsed => _elapsed;

        public void Set(int milliseconds) => _elapsed = TimeSpan.FromMilliseconds(milliseconds);
    }
}

/// <summary>Makes an error record of a failure.</summary>
[Cmdlet(VerbsData.ConvertTo, "ErrorProbe")]
public sealed class ConvertToErrorProbeCommand : PSCmdlet
{
    /// <summary>The failure.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Exception Failure { get; set; } = null!;

    protected override void ProcessRecord() => WriteError(Errors.From(Failure));
}

/// <summary>Says how long ago something was.</summary>
[Cmdlet(VerbsData.ConvertTo, "AgeProbe")]
public sealed class ConvertToAgeProbeCommand : PSCmdlet
{
    /// <summary>The span.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TimeSpan Age { get; set; }

    protected override void ProcessRecord() => WriteObject(Ages.Describe(Age));
}

/// <summary>Makes the record of a run that failed.</summary>
[Cmdlet(VerbsData.ConvertTo, "FailedRunProbe")]
public sealed class ConvertToFailedRunProbeCommand : PSCmdlet
{
    /// <summary>Id of the failure; null for none.</summary>
    [Parameter]
    public string? FailureId { get; set; }

    /// <summary>What to do about it; null for none.</summary>
    [Parameter]
    public string? FailureRemedy { get; set; }

    protected override void ProcessRecord() => WriteError(Errors.RunFailed(new SyncResult
    {
        RunId = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Connector = "Default",
        Kind = SyncKind.Quick,
        Status = SyncStatus.Failed,
        Started = default,
        Finished = default,
        FailureId = FailureId,
        FailureMessage = FailureId is null ? null : "Exchange went away.",
        FailureRemedy = FailureRemedy,
    }));
}
