using System;
using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Reads how long a server asks to wait. Graph writes seconds with a fraction, which the platform's own reader refuses; others write a
/// date.
/// </summary>
internal static class RetryAfter
{
    private const decimal Longest = 24 * 60 * 60;

    /// <summary>Reads the header.</summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <returns>The wait, not negative, a day at most; null when the header is missing or makes no sense.</returns>
    public static TimeSpan? Read(HttpResponseHeaders? headers, DateTimeOffset now) =>
        headers is not null && headers.TryGetValues("Retry-After", out var values) ? Read(values.FirstOrDefault(), now) : null;

    /// <summary>Reads the header's value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <returns>The wait, not negative, a day at most; null when it makes no sense.</returns>
    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        var text = value?.Trim();
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromMilliseconds((double)Math.Ceiling(Math.Min(seconds, Longest) * 1000));
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;
        var wait = date - now;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(wait.TotalSeconds, (double)Longest));
    }
}
