using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using Polly;
using Polly.Retry;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>An attempt at a read that came to its end and said that it should be made again.</summary>
internal interface IRepeatable
{
    /// <summary>Why another attempt may see more; null when it would not.</summary>
    ExchangeFault? Repeatable { get; }
}

/// <summary>
/// How reads are tried again: three times, after 2, 4 and 8 seconds; where the server asks to slow down, after the time for which it says that the account stays locked, else
/// after 15, 30 and 60. Writes never are: one that broke may have happened, and only a new read can tell.
/// </summary>
internal static class ExchangeRetry
{
    // A text that names hours must not keep a run, and its lease, for hours.
    private static readonly TimeSpan s_longestLock = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_firstSlowDown = TimeSpan.FromSeconds(15);

    private static readonly Regex s_lock = new(@"LockRemaining:\s*(\d{1,2}:\d{2}:\d{2})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Makes the pipeline.</summary>
    /// <param name="time">The clock that the waits go by.</param>
    /// <param name="notes">Told of each wait that the server asked for.</param>
    /// <returns>The pipeline.</returns>
    public static ResiliencePipeline ForReads(TimeProvider time, RunNotes notes) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(2),
                DelayGenerator = static attempt => new ValueTask<TimeSpan?>(SlowDown(attempt.Outcome, attempt.AttemptNumber)),
                ShouldHandle = static attempt => new ValueTask<bool>(FaultOf(attempt.Outcome) is not null),
                OnRetry = attempt =>
                {
                    if (SlowDown(attempt.Outcome, attempt.AttemptNumber) is not { } wait) return default;
                    notes.Add(RunNoteKind.Lanes, string.Format(CultureInfo.InvariantCulture, "The server asks to slow down; it is asked again in {0:0} seconds.", wait.TotalSeconds));
                    return default;
                },
            })
            .Build();

    /// <summary>How long to wait before a server that asks to slow down is asked again.</summary>
    /// <param name="text">What it said.</param>
    /// <param name="attempt">The attempts that it met with this so far, from 0.</param>
    /// <returns>The time.</returns>
    public static TimeSpan SlowDown(string text, int attempt)
    {
        var told = s_lock.Match(text);
        return told.Success && TimeSpan.TryParse(told.Groups[1].Value, CultureInfo.InvariantCulture, out var locked) && locked > TimeSpan.Zero
            ? locked < s_longestLock ? locked : s_longestLock
            : TimeSpan.FromTicks(s_firstSlowDown.Ticks << attempt);
    }

    private static TimeSpan? SlowDown(Outcome<object> outcome, int attempt) =>
        FaultOf(outcome) is { Kind: ExchangeFaultKind.Throttled } fault ? SlowDown(fault.Text, attempt) : null;

    private static ExchangeFault? FaultOf(Outcome<object> outcome) => outcome.Exception is ExchangeFaultException { CanRetry: true } exception
        ? exception.Fault
        : (outcome.Result as IRepeatable)?.Repeatable;
}
