using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>How many rows the last complete read saw. The next one is measured against it.</summary>
public sealed record Baseline
{
    private const string ShrinkRemedy =
        "See whether that is true: another tenant, an Exchange account that no longer sees the whole organisation or a group that was changed looks like this. If it is true, run Invoke-ConnectorSync -Force; otherwise mend it and run the sync again.";

    private const string CountRemedy =
        "Intune counts at intervals, so run the sync again in an hour; if the list is right all the same, run Invoke-ConnectorSync -Force, and the difference is normal from then on.";

    /// <summary>Partnerships.</summary>
    public required int Partnerships { get; init; }

    /// <summary>Mailboxes.</summary>
    public required int Mailboxes { get; init; }

    /// <summary>Managed devices.</summary>
    public required int ManagedDevices { get; init; }

    /// <summary>Users.</summary>
    public required int Users { get; init; }

    /// <summary>Members of the included groups; null when every user was included.</summary>
    public int? IncludedUsers { get; init; }

    /// <summary>Members of the excluded groups; null in a baseline that was kept before they were counted.</summary>
    public int? ExcludedUsers { get; init; }

    /// <summary>Mailboxes with devices that have a user in the tenant; null where nothing was matched, or not counted yet.</summary>
    public int? MatchedOwners { get; init; }

    /// <summary>By how much Intune's own count of managed devices exceeds those listed; null where it gave no count.</summary>
    public int? DeviceExcess { get; init; }

    /// <summary>Counts the rows of a read.</summary>
    /// <param name="exchange">What Exchange said.</param>
    /// <param name="tenant">What the tenant said.</param>
    /// <returns>The counts.</returns>
    public static Baseline Of(ExchangeSnapshot exchange, TenantSnapshot tenant) => new()
    {
        Partnerships = exchange.Partnerships.Count,
        Mailboxes = exchange.Mailboxes.Count,
        ManagedDevices = tenant.ManagedDevices.Count,
        Users = tenant.Users.Count,
        IncludedUsers = tenant.IncludedUsers?.Count,
        ExcludedUsers = tenant.ExcludedUsers.Count,
        DeviceExcess = tenant.CountedDevices - tenant.ManagedDevices.Count,
    };

    /// <summary>
    /// Judges a read by its counts. A list that came back empty or shrank by more than a tenth and more than five rows is more likely a fault of the
    /// server than a change of the world, and acting on it would deny those who are missing from it. An excluded group may be emptied:
    /// that is how an exemption ends. So is a list of managed devices that falls short of Intune's own count of them by more than it did.
    /// </summary>
    /// <param name="last">The last complete read; null before the first.</param>
    /// <param name="policyEnabled">Whether the policy decides anything: an empty list denies nobody while it does not.</param>
    /// <returns>Null when the read may be believed; otherwise what is wrong, with the numbers.</returns>
    public RunHold? Doubt(Baseline? last, bool policyEnabled)
    {
        var doubts = new List<string>();
        var remedies = new List<string>();
        Judge(doubts, "partnerships", last?.Partnerships, Partnerships, neededNow: policyEnabled);
        Judge(doubts, "mailboxes", last?.Mailboxes, Mailboxes, neededNow: Partnerships > 0);
        Judge(doubts, "managed devices", last?.ManagedDevices, ManagedDevices, neededNow: policyEnabled && Partnerships > 0);
        Judge(doubts, "users", last?.Users, Users, neededNow: policyEnabled && Partnerships > 0);
        if (IncludedUsers is { } included)
        {
            Judge(doubts, "members of the included groups", last?.IncludedUsers, included, neededNow: policyEnabled && Partnerships > 0);
        }

        if (ExcludedUsers is > 0 and { } excluded) Judge(doubts, "members of the excluded groups", last?.ExcludedUsers, excluded, neededNow: false);
        if (doubts.Count > 0) remedies.Add(ShrinkRemedy);
        if (DeviceCountDoubt.Of(ManagedDevices, DeviceExcess, last?.DeviceExcess) is { } missing)
        {
            doubts.Add(missing);
            remedies.Add(CountRemedy);
        }

        return doubts.Count == 0 ? null : new RunHold(string.Join(" ", doubts), string.Join(" ", remedies));
    }

    /// <summary>Whether a number fell by more than a tenth and more than five.</summary>
    /// <param name="before">The number before.</param>
    /// <param name="now">The number now.</param>
    /// <returns>True when it did.</returns>
    internal static bool IsCollapse(int before, int now) => before - now > 5 && (before - now) * 10L > before;

    private static void Judge(List<string> doubts, string what, int? before, int now, bool neededNow)
    {
        if (now == 0 && (neededNow || before > 0))
        {
            doubts.Add(string.Format(CultureInfo.InvariantCulture, "The read returned no {0} (last complete read: {1}).", what, before ?? 0));
        }
        else if (before is { } last && IsCollapse(last, now))
        {
            doubts.Add(string.Format(CultureInfo.InvariantCulture, "The read returned {0} {1}; the last complete one returned {2}.", now, what, last));
        }
    }
}
