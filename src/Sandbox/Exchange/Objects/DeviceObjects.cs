using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>One partnership on its way out; what several properties share is worked out once.</summary>
internal sealed class DeviceRow(ExchangeDirectory directory, SandboxPartnership device)
{
    private static readonly string[] s_classes = ["top", "msExchActiveSyncDevice"];

    private DeviceAccess? _access;
    private DirectoryColumns.Facts? _facts;

    public SandboxPartnership Device => device;

    public SandboxMailbox Owner { get; } = directory.OwnerOf(device);

    public DeviceAccess Access => _access ??= DeviceAccess.Evaluate(directory.World, Owner, device);

    public DirectoryColumns.Facts Facts => _facts ??= new DirectoryColumns.Facts(
        ExchangeNames.Device(device),
        ExchangeNames.DeviceDistinguishedName(device, Owner),
        ExchangeNames.DeviceIdentity(device, Owner),
        device.Guid,
        directory.Names.ObjectCategory("ms-Exch-Active-Sync-Device"),
        s_classes,
        device.FirstSyncTime ?? device.WhenChanged,
        device.WhenChanged,
        directory.DomainController);
}

/// <summary>What <c>Get-MobileDevice</c> and <c>Get-ActiveSyncDevice</c> emit.</summary>
internal static class DeviceObjects
{
    private static readonly Column<DeviceRow>[] s_device =
    [
        new("FriendlyName", static r => r.Device.FriendlyName),
        new("DeviceId", static r => r.Device.DeviceId),
        new("DeviceImei", static r => r.Device.DeviceImei),
        new("DeviceMobileOperator", static _ => string.Empty),
        new("DeviceOS", static r => r.Device.DeviceOS),
        new("DeviceOSLanguage", static _ => string.Empty),
        new("DeviceTelephoneNumber", static _ => string.Empty),
        new("DeviceType", static r => r.Device.DeviceType),
        new("DeviceUserAgent", static r => r.Device.DeviceUserAgent),
        new("DeviceModel", static r => r.Device.DeviceModel),
        new("FirstSyncTime", static r => r.Device.FirstSyncTime?.UtcDateTime),
        new("UserDisplayName", static r => r.Owner.Identity),
        new("DeviceAccessState", static r => r.Access.State),
        new("DeviceAccessStateReason", static r => r.Access.Reason),
        new("DeviceAccessControlRule", static r => r.Access.Rule is { } rule ? ExchangeNames.Rule(rule) : null),
        new("ClientType", static r => r.Device.ClientType),
    ];

    private static readonly Column<DeviceRow> s_version = new("DeviceActiveSyncVersion", static r => r.Device.DeviceActiveSyncVersion);

    public static ObjectShape<DeviceRow> ActiveSync { get; } = new(
        TypeNames.ActiveSyncDevice,
        [s_version, .. s_device, .. DirectoryColumns.Of<DeviceRow>(static r => r.Facts)]);

    public static ObjectShape<DeviceRow> Mobile { get; } = new(
        TypeNames.MobileDevice,
        [.. s_device, new("ClientVersion", static r => r.Device.DeviceActiveSyncVersion), .. DirectoryColumns.Of<DeviceRow>(static r => r.Facts)]);

    /// <summary>The properties that <c>-Filter</c> takes.</summary>
    public static IReadOnlyDictionary<string, Column<DeviceRow>> Filterable { get; } = FilterableColumns.Of<DeviceRow>(
        [s_version, .. s_device, new("ProvisioningFlags", static _ => 0)]);
}
