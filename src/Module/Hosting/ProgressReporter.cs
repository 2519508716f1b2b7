using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>
/// Makes progress bars of what the engine reports: one for each stage, because both sides are read at the same time. A bar is
/// redrawn at most four times a second, and every bar that was opened is closed.
/// </summary>
internal sealed class ProgressReporter
{
    private const int FirstActivityId = 4600;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly Dictionary<SyncStage, Bar> _open = new();
    private readonly ModuleClock _clock;
    private readonly Action<ProgressRecord> _write;

    private sealed class Bar
    {
        public required TimeSpan Since { get; init; }

        public TimeSpan Drawn { get; set; }
    }

    /// <summary>Creates a reporter.</summary>
    /// <param name="clock">Measures rates and intervals.</param>
    /// <param name="write">Takes a record to the pipeline thread.</param>
    public ProgressReporter(ModuleClock clock, Action<ProgressRecord> write) => (_clock, _write) = (clock, write);

    /// <summary>Takes a report; any thread.</summary>
    /// <param name="progress">The stage and its count.</param>
    public void Report(SyncProgress progress)
    {
        lock (_gate)
        {
            if (progress.Completed)
            {
                if (_open.Remove(progress.Stage)) _write(Closing(progress.Stage, progress.Done > 1 ? Status(progress, 0) : Strings.ProgressDone));
                return;
            }

            var now = _clock.Elapsed;
            if (!_open.TryGetValue(progress.Stage, out var bar))
            {
                _open[progress.Stage] = bar = new Bar { Since = now };
            }
            else if (now - bar.Drawn < s_interval)
            {
                return;
            }

            bar.Drawn = now;
            _write(Drawing(progress, now - bar.Since));
        }
    }

    /// <summary>Closes every bar that is still open.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            foreach (var stage in _open.Keys) _write(Closing(stage, Strings.ProgressDone));
            _open.Clear();
        }
    }

    private static ProgressRecord Closing(SyncStage stage, string status) =>
        new(FirstActivityId + (int)stage, Name(stage), status) { RecordType = ProgressRecordType.Completed };

    private static ProgressRecord Drawing(SyncProgress progress, TimeSpan elapsed)
    {
        var rate = elapsed.TotalSeconds >= 1 ? progress.Done / elapsed.TotalSeconds : 0;
        var record = new ProgressRecord(FirstActivityId + (int)progress.Stage, Name(progress.Stage), Status(progress, rate));
        if (progress.Total is > 0 and var total)
        {
            var left = Math.Max(0, total - progress.Done);
            record.PercentComplete = (int)Math.Min(100L, 100L * progress.Done / total);
            if (rate > 0) record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling(left / rate));
        }

        return record;
    }

    private static string Status(SyncProgress progress, double rate)
    {
        var culture = CultureInfo.CurrentCulture;
        if (progress.Done == 0 && progress.Total is null) return Strings.ProgressUnderWay;
        var count = progress.Total is { } total
            ? string.Format(culture, Strings.ProgressCountOfTotal, progress.Done, total)
            : string.Format(culture, Strings.ProgressCount, progress.Done);
        return rate > 0 ? string.Format(culture, Strings.ProgressWithRate, count, rate) : count;
    }

    private static string Name(SyncStage stage) => stage switch
    {
        SyncStage.Connect => Strings.StageConnect,
        SyncStage.ReadPartnerships => Strings.StageReadPartnerships,
        SyncStage.ReadMailboxes => Strings.StageReadMailboxes,
        SyncStage.ReadManagedDevices => Strings.StageReadManagedDevices,
        SyncStage.ReadUsers => Strings.StageReadUsers,
        SyncStage.Plan => Strings.StagePlan,
        SyncStage.Apply => Strings.StageApply,
        SyncStage.Record => Strings.StageRecord,
        SyncStage.ReadStatistics => Strings.StageReadStatistics,
        _ => stage.ToString(),
    };
}
