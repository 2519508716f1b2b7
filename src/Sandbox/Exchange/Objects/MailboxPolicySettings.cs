using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>
/// The settings of a mailbox policy. One directory object is seen in two vocabularies: nine settings have one name in the
/// ActiveSync cmdlets, in which the world keeps them, and another in the MobileDevice cmdlets.
/// </summary>
internal static class MailboxPolicySettings
{
    // Parameters that name or guard the policy rather than set something in it.
    private static readonly HashSet<string> s_notSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "Identity", "Name", "IsDefault", "IsDefaultPolicy", "DomainController", "Confirm", "WhatIf",
    };

    // Switches that are on in a fresh policy although their name does not begin with Allow, and the one that is off although it does.
    private static readonly HashSet<string> s_on = new(StringComparer.OrdinalIgnoreCase)
    {
        "AttachmentsEnabled", "IrmEnabled", "UNCAccessEnabled", "WSSAccessEnabled",
    };

    private static readonly Dictionary<string, object?> s_defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AllowBluetooth"] = "Allow",
        ["AllowExternalDeviceManagement"] = false,
        ["AllowSMIMEEncryptionAlgorithmNegotiation"] = "AllowAnyAlgorithmNegotiation",
        ["MaxCalendarAgeFilter"] = "All",
        ["MaxEmailAgeFilter"] = "All",
        ["MinPasswordComplexCharacters"] = 1L,
        ["MinPasswordLength"] = null,
        ["PasswordHistory"] = 0L,
        ["RequireEncryptionSMIMEAlgorithm"] = "TripleDES",
        ["RequireSignedSMIMEAlgorithm"] = "SHA1",
    };

    private static readonly Dictionary<string, string> s_activeSyncNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AllowSimplePassword"] = "AllowSimpleDevicePassword",
        ["AlphanumericPasswordRequired"] = "AlphanumericDevicePasswordRequired",
        ["PasswordEnabled"] = "DevicePasswordEnabled",
        ["PasswordExpiration"] = "DevicePasswordExpiration",
        ["PasswordHistory"] = "DevicePasswordHistory",
        ["MaxPasswordFailedAttempts"] = "MaxDevicePasswordFailedAttempts",
        ["MaxInactivityTimeLock"] = "MaxInactivityTimeDeviceLock",
        ["MinPasswordComplexCharacters"] = "MinDevicePasswordComplexCharacters",
        ["MinPasswordLength"] = "MinDevicePasswordLength",
    };

    /// <summary>Every setting: its name in the MobileDevice vocabulary, the one it is kept under, and what a fresh policy has.</summary>
    public static IReadOnlyList<(string MobileName, string StoredName, object? Default)> All { get; } =
    [
        .. CmdletContract.All["Set-MobileDeviceMailboxPolicy"].Sets[0].Parameters
            .Where(p => !s_notSettings.Contains(p.Name))
            .Select(p => (p.Name, StoredName(p.Name), Default(p))),
    ];

    public static string StoredName(string name) => s_activeSyncNames.GetValueOrDefault(name, name);

    public static bool IsSetting(string parameter) => !s_notSettings.Contains(parameter);

    private static object? Default(ParameterContract parameter) =>
        s_defaults.TryGetValue(parameter.Name, out object? value) ? value : parameter.Type switch
        {
            "Boolean" => parameter.Name.StartsWith("Allow", StringComparison.Ordinal) || s_on.Contains(parameter.Name),
            "Unlimited" => "Unlimited",
            _ => null,
        };
}
