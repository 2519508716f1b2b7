using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Compares this computer's clock with the servers' by the dates of their answers: a clock that is off makes assertions and tokens
/// invalid, and the refusal alone does not say why.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>The login server takes assertions and Graph takes tokens of clocks that are no further off.</summary>
    public static readonly TimeSpan Bearable = TimeSpan.FromMinutes(5);

    private const long Unknown = long.MinValue;

    private long _skew = Unknown;
    private int _warned;

    /// <summary>This computer's time minus the server's, in whole seconds; null while no server has told its time.</summary>
    public TimeSpan? Skew => Interlocked.Read(ref _skew) is var ticks && ticks == Unknown ? null : TimeSpan.FromTicks(ticks);

    /// <summary>True when the clock is further off than servers bear.</summary>
    public bool IsOff => Skew is { } skew && skew.Duration() > Bearable;

    /// <summary>This computer's time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Takes in an answer.</summary>
    /// <param name="response">The answer; one without a date tells nothing.</param>
    public void Observe(HttpResponseMessage response)
    {
        if (response.Headers.Date is { } date) Interlocked.Exchange(ref _skew, TimeSpan.FromSeconds(Math.Round((time.GetUtcNow() - date).TotalSeconds)).Ticks);
    }

    /// <summary>Says how far the clock is off.</summary>
    /// <returns>A sentence; null when nothing is known.</returns>
    public string? Describe() => Skew is not { } skew ? null : string.Format(
        CultureInfo.InvariantCulture,
        "This computer's clock is {0} {1} the server's.",
        Span(skew.Duration()),
        skew < TimeSpan.Zero ? "behind" : "ahead of");

    /// <summary>Warns, once, of a clock that is further off than servers bear.</summary>
    /// <param name="console">Is warned.</param>
    public void Warn(ISyncConsole console)
    {
        if (!IsOff || Interlocked.Exchange(ref _warned, 1) != 0) return;
        console.Warning($"{Describe()} Servers refuse what is signed by a clock that is more than 5 minutes off: synchronise it (w32tm /resync).");
    }

    private static string Span(TimeSpan span)
    {
        if (span.TotalSeconds < 120) return string.Format(CultureInfo.InvariantCulture, "{0:0} seconds", span.TotalSeconds);
        if (span.TotalMinutes < 120) return string.Format(CultureInfo.InvariantCulture, "{0:0} minutes", span.TotalMinutes);
        return span.TotalHours < 48
            ? string.Format(CultureInfo.InvariantCulture, "{0:0} hours", span.TotalHours)
            : string.Format(CultureInfo.InvariantCulture, "{0:0} days", span.TotalDays);
    }
}
