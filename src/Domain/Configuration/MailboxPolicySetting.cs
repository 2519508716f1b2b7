using System;
using System.Collections.Generic;
using System.Globalization;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>
/// One setting of an EAS mailbox policy: its names in both vocabularies of Exchange, how its value reads as text, and what it may be. The
/// directory object is one; nine settings have one name in the cmdlets of Exchange 2010 and another in those of 2013 and later.
/// </summary>
public abstract class MailboxPolicySetting
{
    /// <summary>What Exchange calls no limit.</summary>
    public const string Unlimited = "Unlimited";

    private protected MailboxPolicySetting(string name, string? activeSyncName, string allowed) =>
        (Name, ActiveSyncName, Allowed) = (name, activeSyncName ?? name, allowed);

    /// <summary>Every setting, in the order in which people are shown them.</summary>
    public static IReadOnlyList<MailboxPolicySetting> All { get; } =
    [
        Flag(nameof(MailboxPolicySettings.PasswordEnabled), static s => s.PasswordEnabled, static (s, v) => s with { PasswordEnabled = v }, "DevicePasswordEnabled"),
        Flag(nameof(MailboxPolicySettings.AlphanumericPasswordRequired), static s => s.AlphanumericPasswordRequired, static (s, v) => s with { AlphanumericPasswordRequired = v }, "AlphanumericDevicePasswordRequired"),
        Number(nameof(MailboxPolicySettings.MinPasswordLength), static s => s.MinPasswordLength, static (s, v) => s with { MinPasswordLength = v }, 1, 16, NoLimit.Null, "MinDevicePasswordLength"),
        Number(nameof(MailboxPolicySettings.MinPasswordComplexCharacters), static s => s.MinPasswordComplexCharacters, static (s, v) => s with { MinPasswordComplexCharacters = v }, 1, 4, NoLimit.None, "MinDevicePasswordComplexCharacters"),
        Flag(nameof(MailboxPolicySettings.AllowSimplePassword), static s => s.AllowSimplePassword, static (s, v) => s with { AllowSimplePassword = v }, "AllowSimpleDevicePassword"),
        Number(nameof(MailboxPolicySettings.MaxPasswordFailedAttempts), static s => s.MaxPasswordFailedAttempts, static (s, v) => s with { MaxPasswordFailedAttempts = v }, 4, 16, NoLimit.Unlimited, "MaxDevicePasswordFailedAttempts"),
        Time(nameof(MailboxPolicySettings.PasswordExpiration), static s => s.PasswordExpiration, static (s, v) => s with { PasswordExpiration = v }, TimeSpan.FromDays(1), TimeSpan.FromDays(730), "DevicePasswordExpiration"),
        Number(nameof(MailboxPolicySettings.PasswordHistory), static s => s.PasswordHistory, static (s, v) => s with { PasswordHistory = v }, 0, 50, NoLimit.None, "DevicePasswordHistory"),
        Time(nameof(MailboxPolicySettings.MaxInactivityTimeLock), static s => s.MaxInactivityTimeLock, static (s, v) => s with { MaxInactivityTimeLock = v }, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), "MaxInactivityTimeDeviceLock"),
        Flag(nameof(MailboxPolicySettings.RequireDeviceEncryption), static s => s.RequireDeviceEncryption, static (s, v) => s with { RequireDeviceEncryption = v }),
        Flag(nameof(MailboxPolicySettings.RequireStorageCardEncryption), static s => s.RequireStorageCardEncryption, static (s, v) => s with { RequireStorageCardEncryption = v }),
        Flag(nameof(MailboxPolicySettings.AttachmentsEnabled), static s => s.AttachmentsEnabled, static (s, v) => s with { AttachmentsEnabled = v }),
        Age(nameof(MailboxPolicySettings.MaxCalendarAgeFilter), static s => s.MaxCalendarAgeFilter, static (s, v) => s with { MaxCalendarAgeFilter = v }),
        Age(nameof(MailboxPolicySettings.MaxEmailAgeFilter), static s => s.MaxEmailAgeFilter, static (s, v) => s with { MaxEmailAgeFilter = v }),
        Flag(nameof(MailboxPolicySettings.AllowNonProvisionableDevices), static s => s.AllowNonProvisionableDevices, static (s, v) => s with { AllowNonProvisionableDevices = v }),
        Flag(nameof(MailboxPolicySettings.AllowBrowser), static s => s.AllowBrowser, static (s, v) => s with { AllowBrowser = v }),
        Flag(nameof(MailboxPolicySettings.AllowCamera), static s => s.AllowCamera, static (s, v) => s with { AllowCamera = v }),
    ];

    /// <summary>Name in Exchange 2013 and later; also the parameter's and the configuration element's name.</summary>
    public string Name { get; }

    /// <summary>Name in the cmdlets of Exchange 2010.</summary>
    public string ActiveSyncName { get; }

    /// <summary>What it may be, for people.</summary>
    public string Allowed { get; }

    /// <summary>A setting by its name in Exchange 2013 and later.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The setting; null when none has it.</returns>
    public static MailboxPolicySetting? Find(string name)
    {
        foreach (var setting in All)
        {
            if (string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase)) return setting;
        }

        return null;
    }

    /// <summary>A policy's value as text in the invariant culture.</summary>
    /// <param name="settings">The policy.</param>
    /// <returns>The text; null where the policy says nothing.</returns>
    public abstract string? Text(MailboxPolicySettings settings);

    /// <summary>A policy's value as Exchange takes it.</summary>
    /// <param name="settings">The policy; it says something about this setting.</param>
    /// <returns>The value; null where no value is what Exchange calls no limit.</returns>
    public abstract object? ExchangeValue(MailboxPolicySettings settings);

    /// <summary>Reads a value from text.</summary>
    /// <param name="settings">The policy that receives it.</param>
    /// <param name="text">The text, as this class or Exchange writes it.</param>
    /// <returns>The policy with the value; null when the text is no value of this setting.</returns>
    public abstract MailboxPolicySettings? Read(MailboxPolicySettings settings, string text);

    /// <summary>Copies a value from one policy to another.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it goes.</param>
    /// <returns>The other policy with the value.</returns>
    public abstract MailboxPolicySettings Copy(MailboxPolicySettings from, MailboxPolicySettings to);

    /// <summary>Whether Exchange would take a policy's value.</summary>
    /// <param name="settings">The policy.</param>
    /// <returns>True too where it says nothing.</returns>
    public abstract bool IsValid(MailboxPolicySettings settings);

    private enum NoLimit
    {
        None,
        Null,
        Unlimited,
    }

    private static Typed<bool> Flag(string name, Func<MailboxPolicySettings, bool?> get, Func<MailboxPolicySettings, bool?, MailboxPolicySettings> set, string? activeSyncName = null) =>
        new(name, activeSyncName, "true or false", get, set)
        {
            Write = static value => value ? "true" : "false",
            Parse = static text => bool.TryParse(text, out var value) ? value : null,
            ToExchange = static value => value,
            Valid = static _ => true,
        };

    private static Typed<int> Number(
        string name, Func<MailboxPolicySettings, int?> get, Func<MailboxPolicySettings, int?, MailboxPolicySettings> set, int least, int most, NoLimit noLimit, string activeSyncName)
    {
        var allowed = string.Format(CultureInfo.InvariantCulture, noLimit == NoLimit.None ? "{0} to {1}" : "{0} to {1}, or 0 for no limit", least, most);
        return new(name, activeSyncName, allowed, get, set)
        {
            Write = static value => value.ToString(CultureInfo.InvariantCulture),
            Parse = text => text.Length == 0 || IsUnlimited(text) ? 0 : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null,
            ToExchange = value => value != 0 || noLimit == NoLimit.None ? value : noLimit == NoLimit.Unlimited ? Unlimited : null,
            Valid = value => (value >= least && value <= most) || (value == 0 && noLimit != NoLimit.None),
        };
    }

    private static Typed<TimeSpan> Time(
        string name, Func<MailboxPolicySettings, TimeSpan?> get, Func<MailboxPolicySettings, TimeSpan?, MailboxPolicySettings> set, TimeSpan least, TimeSpan most, string activeSyncName) =>
        new(name, activeSyncName, string.Format(CultureInfo.InvariantCulture, "a time span from {0:c} to {1:c}, or 0 for no limit", least, most), get, set)
        {
            Write = static value => value.ToString("c", CultureInfo.InvariantCulture),
            Parse = static text => text.Length == 0 || IsUnlimited(text) ? TimeSpan.Zero : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
            ToExchange = static value => value == TimeSpan.Zero ? Unlimited : value.ToString("c", CultureInfo.InvariantCulture),
            Valid = value => value == TimeSpan.Zero || (value >= least && value <= most),
        };

    private static Typed<AgeFilter> Age(string name, Func<MailboxPolicySettings, AgeFilter?> get, Func<MailboxPolicySettings, AgeFilter?, MailboxPolicySettings> set) =>
        new(name, null, string.Join(", ", Enum.GetNames(typeof(AgeFilter))), get, set)
        {
            Write = static value => value.ToString(),
            Parse = static text => Enum.TryParse<AgeFilter>(text, ignoreCase: true, out var value) && Enum.IsDefined(typeof(AgeFilter), value) ? value : null,
            ToExchange = static value => value.ToString(),
            Valid = static value => Enum.IsDefined(typeof(AgeFilter), value),
        };

    private static bool IsUnlimited(string text) => string.Equals(text, Unlimited, StringComparison.OrdinalIgnoreCase);

    private sealed class Typed<T>(
        string name, string? activeSyncName, string allowed, Func<MailboxPolicySettings, T?> get, Func<MailboxPolicySettings, T?, MailboxPolicySettings> set)
        : MailboxPolicySetting(name, activeSyncName, allowed)
        where T : struct
    {
        public required Func<T, string> Write { get; init; }

        public required Func<string, T?> Parse { get; init; }

        public required Func<T, object?> ToExchange { get; init; }

        public required Func<T, bool> Valid { get; init; }

        public override string? Text(MailboxPolicySettings settings) => get(settings) is { } value ? Write(value) : null;

        public override object? ExchangeValue(MailboxPolicySettings settings) => ToExchange(get(settings)!.Value);

        public override MailboxPolicySettings? Read(MailboxPolicySettings settings, string text) => Parse(text) is { } value ? set(settings, value) : null;

        public override MailboxPolicySettings Copy(MailboxPolicySettings from, MailboxPolicySettings to) => set(to, get(from));

        public override bool IsValid(MailboxPolicySettings settings) => get(settings) is not { } value || Valid(value);
    }
}
