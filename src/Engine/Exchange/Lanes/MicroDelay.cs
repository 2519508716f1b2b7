using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IntuneExchangeConnector.Engine.Exchange.Lanes;

/// <summary>Reads out of a command's warnings how long the server held it back to keep the account within its budget.</summary>
internal static class MicroDelay
{
    private static readonly Regex s_told = new(@"Actual delayed:\s*(\d{1,9})\s*msecs", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The delay that the warnings tell of.</summary>
    /// <param name="warnings">The warnings.</param>
    /// <returns>The delay; zero when none is told.</returns>
    public static TimeSpan Of(IReadOnlyList<string> warnings)
    {
        var delay = TimeSpan.Zero;
        for (var i = 0; i < warnings.Count; i++)
        {
            if (s_told.Match(warnings[i]) is not { Success: true } told) continue;
            delay += TimeSpan.FromMilliseconds(int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        return delay;
    }
}
