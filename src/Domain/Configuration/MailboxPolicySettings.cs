using System;
using System.Collections.Generic;
using System.Linq;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>How far back a device may synchronise. No version of Exchange takes every value for both kinds of item; the server decides.</summary>
public enum AgeFilter
{
    /// <summary>Everything.</summary>
    All = 0,

    /// <summary>One day.</summary>
    OneDay = 1,

    /// <summary>Three days.</summary>
    ThreeDays = 2,

    /// <summary>One week.</summary>
    OneWeek = 3,

    /// <summary>Two weeks.</summary>
    TwoWeeks = 4,

    /// <summary>One month.</summary>
    OneMonth = 5,

    /// <summary>Three months; calendar only.</summary>
    ThreeMonths = 6,

    /// <summary>Six months; calendar only.</summary>
    SixMonths = 7,
}

/// <summary>
/// The settings of an EAS mailbox policy that the connector knows, under the names of Exchange 2013 and later. Null: not looked after in a
/// wanted policy, not told in one that was read. Zero means no limit where Exchange says <c>Unlimited</c>.
/// </summary>
public sealed record MailboxPolicySettings
{
    /// <summary>Nothing said about anything.</summary>
    public static MailboxPolicySettings Nothing { get; } = new();

    /// <summary>A password is required.</summary>
    public bool? PasswordEnabled { get; init; }

    /// <summary>The password needs letters.</summary>
    public bool? AlphanumericPasswordRequired { get; init; }

    /// <summary>Shortest password, 1 to 16 characters; 0 for no least length.</summary>
    public int? MinPasswordLength { get; init; }

    /// <summary>Kinds of characters that a password with letters needs, 1 to 4.</summary>
    public int? MinPasswordComplexCharacters { get; init; }

    /// <summary>A password like 1234 is accepted.</summary>
    public bool? AllowSimplePassword { get; init; }

    /// <summary>Wrong passwords after which the device wipes itself, 4 to 16; 0 for no limit.</summary>
    public int? MaxPasswordFailedAttempts { get; init; }

    /// <summary>Age at which a password has to be changed, 1 to 730 days; zero for never.</summary>
    public TimeSpan? PasswordExpiration { get; init; }

    /// <summary>Former passwords that may not come back, 0 to 50.</summary>
    public int? PasswordHistory { get; init; }

    /// <summary>Idle time after which the device locks, one minute to one hour; zero for never.</summary>
    public TimeSpan? MaxInactivityTimeLock { get; init; }

    /// <summary>The device must be encrypted.</summary>
    public bool? RequireDeviceEncryption { get; init; }

    /// <summary>The storage card must be encrypted.</summary>
    public bool? RequireStorageCardEncryption { get; init; }

    /// <summary>Attachments may be downloaded.</summary>
    public bool? AttachmentsEnabled { get; init; }

    /// <summary>How far back the calendar synchronises.</summary>
    public AgeFilter? MaxCalendarAgeFilter { get; init; }

    /// <summary>How far back mail synchronises.</summary>
    public AgeFilter? MaxEmailAgeFilter { get; init; }

    /// <summary>Devices that cannot apply every setting are let in. False keeps them out before any list or rule is looked at.</summary>
    public bool? AllowNonProvisionableDevices { get; init; }

    /// <summary>The device's browser may be used.</summary>
    public bool? AllowBrowser { get; init; }

    /// <summary>The device's camera may be used.</summary>
    public bool? AllowCamera { get; init; }

    /// <summary>True when nothing is said about anything.</summary>
    public bool IsEmpty => this == Nothing;

    /// <summary>What is said, by setting, as text in the invariant culture.</summary>
    /// <returns>The settings that are not null, in the catalogue's order.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Said() =>
        [.. MailboxPolicySetting.All.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Text(this)))
            .Where(static pair => pair.Value is not null)
            .Select(static pair => new KeyValuePair<string, string>(pair.Key, pair.Value!))];

    /// <summary>The settings that this policy names and another one has otherwise.</summary>
    /// <param name="actual">What stands.</param>
    /// <returns>Of this policy only what differs; <see cref="Nothing"/> where all agree.</returns>
    public MailboxPolicySettings Beyond(MailboxPolicySettings actual)
    {
        var differing = Nothing;
        foreach (var setting in MailboxPolicySetting.All)
        {
            if (setting.Text(this) is { } wanted && wanted != setting.Text(actual)) differing = setting.Copy(this, differing);
        }

        return differing;
    }

    /// <summary>Of this policy only the settings that another one names.</summary>
    /// <param name="named">Names the settings.</param>
    /// <returns>This policy's values of them.</returns>
    public MailboxPolicySettings Only(MailboxPolicySettings named)
    {
        var kept = Nothing;
        foreach (var setting in MailboxPolicySetting.All)
        {
            if (setting.Text(named) is not null) kept = setting.Copy(this, kept);
        }

        return kept;
    }

    /// <summary>This policy with what another one says laid over it.</summary>
    /// <param name="other">What comes on top.</param>
    /// <returns>Both together.</returns>
    public MailboxPolicySettings With(MailboxPolicySettings other)
    {
        var merged = this;
        foreach (var setting in MailboxPolicySetting.All)
        {
            if (setting.Text(other) is not null) merged = setting.Copy(other, merged);
        }

        return merged;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Said().Select(static pair => pair.Key + " = " + pair.Value));
}
