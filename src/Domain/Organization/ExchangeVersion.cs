using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IntuneExchangeConnector.Domain.Organization;

/// <summary>
/// The version that an Exchange server prints as <c>AdminDisplayVersion</c>. It moves with cumulative updates, not with security updates.
/// </summary>
public sealed record ExchangeVersion : IComparable<ExchangeVersion>
{
    // Exchange 2019 and the Subscription Edition share major and minor; the build tells them apart.
    private const int FirstBuildOfSubscriptionEdition = 2562;

    private static readonly Regex s_printed = new(@"(\d{1,5})\.(\d{1,5})\s*\(Build\s+(\d{1,9})\.(\d{1,9})\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Creates a version.</summary>
    /// <param name="number">Major, minor, build, revision.</param>
    public ExchangeVersion(Version number) => Number = number;

    /// <summary>Major, minor, build, revision, for example 15.2.2562.17.</summary>
    public Version Number { get; }

    /// <summary>The product's name, as <c>Exchange Server 2019</c> or <c>Exchange Server SE</c>; the number where no name is known.</summary>
    public string Product => (Number.Major, Number.Minor) switch
    {
        (14, 0) => "Exchange Server 2010",
        (14, 1) => "Exchange Server 2010 SP1",
        (14, 2) => "Exchange Server 2010 SP2",
        (14, 3) => "Exchange Server 2010 SP3",
        (15, 0) => "Exchange Server 2013",
        (15, 1) => "Exchange Server 2016",
        (15, 2) => Number.Build >= FirstBuildOfSubscriptionEdition ? "Exchange Server SE" : "Exchange Server 2019",
        (8, _) => "Exchange Server 2007",
        _ => "Exchange Server " + Number,
    };

    /// <summary>True from Exchange Server 2010 SP3 on.</summary>
    public bool IsSupported => Number >= new Version(14, 3);

    /// <summary>Reads what a server prints.</summary>
    /// <param name="text">For example <c>Version 15.2 (Build 1748.10)</c>, or plain numbers with dots; may be null.</param>
    /// <returns>The version; null where the text holds none.</returns>
    public static ExchangeVersion? TryParse(string? text)
    {
        if (text is null) return null;
        if (s_printed.Match(text) is { Success: true } printed) return new(new Version(Part(printed, 1), Part(printed, 2), Part(printed, 3), Part(printed, 4)));
        return Version.TryParse(text.Trim(), out var number) && number.Build >= 0 ? new(number) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(ExchangeVersion? other) => other is null ? 1 : Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => $"{Product} ({Number})";

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
