using System;
using System.Globalization;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>Spans of time as people say them.</summary>
internal static class Ages
{
    /// <summary>Says how long ago something was.</summary>
    /// <param name="age">The span; a negative one, as of clocks that differ, counts as none.</param>
    /// <returns>Minutes below two hours, hours below two days, otherwise days.</returns>
    public static string Describe(TimeSpan age)
    {
        if (age < TimeSpan.Zero) age = TimeSpan.Zero;
        var (form, count) =
            age.TotalHours < 2 ? (Strings.AgeMinutes, age.TotalMinutes) :
            age.TotalDays < 2 ? (Strings.AgeHours, age.TotalHours) :
            (Strings.AgeDays, age.TotalDays);
        return string.Format(CultureInfo.CurrentCulture, form, Math.Floor(count));
    }
}
