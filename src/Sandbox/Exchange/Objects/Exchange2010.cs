using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Exchange.Data;
using Microsoft.Exchange.Data.Directory;
using Microsoft.Exchange.Data.Directory.SystemConfiguration;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>How a 2010 server differs from the later ones: fewer names, fewer properties, and values that keep their depth on the way.</summary>
internal static class Exchange2010
{
    /// <summary>Levels of an object that travel whole; later servers send one.</summary>
    public const int SerializationDepth = 2;

    private static readonly Dictionary<string, string[]> s_laterParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-ActiveSyncDevice"] = ["Monitoring", "ActiveSync", "OWAforDevices", "RestApi", "UniversalOutlook"],
        ["Get-CASMailbox"] = ["Monitoring", "RecalculateHasActiveSyncDevicePartnership"],
        ["Set-CASMailbox"] = ["ResetAutoBlockedDevices", "ActiveSyncSuppressReadReceipt", "OWAforDevicesEnabled"],
        ["Set-ActiveSyncOrganizationSettings"] = ["AllowAccessForUnSupportedPlatform", "AllowRMSSupportForUnenlightenedApps"],
    };

    private static readonly HashSet<string> s_laterProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        "ClientType", "ClientVersion", "OWAforDevicesEnabled", "ActiveSyncSuppressReadReceipt", "AllowAccessForUnSupportedPlatform", "DeviceFiltering",
        "AccountOnlyDeviceWipeSentTime", "AccountOnlyDeviceWipeRequestTime", "AccountOnlyDeviceWipeAckTime", "LastAccountOnlyDeviceWipeRequestor",
        "IsFrontendTransportServer", "IsE15OrLater", "AllowGooglePushNotifications", "AllowMicrosoftPushNotifications",
    };

    private static readonly HashSet<string> s_links = new(StringComparer.OrdinalIgnoreCase)
    {
        "DeviceAccessControlRule", "DevicePolicyApplied", "ActiveSyncMailboxPolicy", "Site", "Database",
    };

    /// <summary>Whether the release has a cmdlet; it knows devices by the older names alone.</summary>
    public static bool Has(string command) => !command.Contains("-MobileDevice", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parameters of a cmdlet that came with later releases.</summary>
    public static string[] LaterParameters(string command) => s_laterParameters.GetValueOrDefault(command, []);

    public static IEnumerable<string> TypeNames(IEnumerable<string> later) => later.Where(n => !n.Contains(".MobileDevice", StringComparison.Ordinal));

    /// <summary>The columns that the release has, with values as it sends them.</summary>
    public static IEnumerable<Column<TRow>> Columns<TRow>(IReadOnlyList<Column<TRow>> later)
    {
        Column<TRow> name = later.FirstOrDefault(c => c.Name == "DistinguishedName");
        Column<TRow> guid = later.FirstOrDefault(c => c.Name == "Guid");
        return later.Where(c => !s_laterProperties.Contains(c.Name)).Select(c => c.Name switch
        {
            "Identity" or "Id" when name.Read is not null => c with { Read = row => new ADObjectId((string)c.Read(row)!, (string?)name.Read(row), (Guid)guid.Read(row)!) },
            "DeviceAccessState" => c with { Read = row => Enum.Parse<DeviceAccessState>((string)c.Read(row)!) },
            "DeviceAccessStateReason" => c with { Read = row => Enum.TryParse((string?)c.Read(row), out DeviceAccessStateReason reason) ? reason : DeviceAccessStateReason.Unknown },
            "ServerRole" => c with { Read = row => Enum.Parse<ServerRole>((string)c.Read(row)!) },
            "AdminDisplayVersion" => c with { Read = row => c.Read(row) is string text ? new ServerVersion(VersionOf(text), text) : null },
            _ when s_links.Contains(c.Name) => c with { Read = row => c.Read(row) is string text ? new ADObjectId(text, null, Guid.Empty) : null },
            _ => c,
        });
    }

    // Version 14.3 (Build 513.0)
    private static Version VersionOf(string printed)
    {
        string[] words = printed.Split(' ', '(', ')');
        return Version.Parse($"{words[1]}.{words[4]}");
    }
}
