using System;
using System.Collections.Generic;
using System.Globalization;

namespace IntuneExchangeConnector.Engine.Exchange.Lanes;

/// <summary>
/// Sees when answers take ever longer. Each cmdlet is measured against its own best round, because a write takes longer than a read for
/// reasons that have nothing to do with the server's load.
/// </summary>
internal sealed class LatencyWatch
{
    private const double Growth = 2.5;

    private static readonly TimeSpan s_leastGrowth = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, Measured> _cmdlets = new(StringComparer.OrdinalIgnoreCase);

    private sealed class Measured
    {
        public TimeSpan Sum { get; set; }

        public int Count { get; set; }

        public TimeSpan? Best { get; set; }
    }

    /// <summary>Takes in one command.</summary>
    /// <param name="cmdlet">Its name.</param>
    /// <param name="took">How long it took.</param>
    public void Add(string cmdlet, TimeSpan took)
    {
        if (!_cmdlets.TryGetValue(cmdlet, out var measured)) _cmdlets[cmdlet] = measured = new Measured();
        measured.Sum += took;
        measured.Count++;
    }

    /// <summary>Ends a round.</summary>
    /// <returns>What became slower, as the reason of a sentence; null when nothing did.</returns>
    public string? EndRound()
    {
        string? slower = null;
        foreach (var entry in _cmdlets)
        {
            var measured = entry.Value;
            if (measured.Count == 0) continue;
            var average = TimeSpan.FromTicks(measured.Sum.Ticks / measured.Count);
            (measured.Sum, measured.Count) = (TimeSpan.Zero, 0);
            if (measured.Best is not { } best || average < best) measured.Best = average;
            else if (average - best > s_leastGrowth && average.Ticks > best.Ticks * Growth)
            {
                slower = string.Format(CultureInfo.InvariantCulture, "{0} takes {1:0} ms and took {2:0}", entry.Key, average.TotalMilliseconds, best.TotalMilliseconds);
            }
        }

        return slower;
    }

    /// <summary>Forgets the round that is under way; the best ones stay.</summary>
    public void Forget()
    {
        foreach (var measured in _cmdlets.Values) (measured.Sum, measured.Count) = (TimeSpan.Zero, 0);
    }
}
