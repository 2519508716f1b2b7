using System;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>One partnership as the mailbox itself remembers it.</summary>
internal sealed class StatisticsRow(ExchangeDirectory directory, SandboxPartnership device, bool showRecoveryPassword)
{
    private DeviceAccess? _access;

    public SandboxPartnership Device => device;

    public SandboxMailbox Owner { get; } = directory.OwnerOf(device);

    public bool ShowRecoveryPassword => showRecoveryPassword;

    public SandboxMailboxPolicy? Policy => directory.PolicyOf(Owner);

    // This client is the known case in which the mailbox and the directory disagree.
    public DeviceAccess Access => _access ??= device.DeviceType == "UniversalOutlook"
        ? new DeviceAccess("Unknown", "Unknown")
        : DeviceAccess.Evaluate(directory.World, Owner, device);

    public string Status => device switch
    {
        { WipeRequestTime: null } => "DeviceOk",
        { WipeAccountOnly: true, WipeAcknowledgedTime: null } => "AccountOnlyDeviceWipePending",
        { WipeAccountOnly: true } => "AccountOnlyDeviceWipeSucceeded",
        { WipeAcknowledgedTime: null } => "DeviceWipePending",
        _ => "DeviceWipeSucceeded",
    };

    public DateTime? Wipe(DateTimeOffset? time, bool accountOnly) => device.WipeAccountOnly == accountOnly ? time?.UtcDateTime : null;
}

/// <summary>What <c>Get-MobileDeviceStatistics</c> and <c>Get-ActiveSyncDeviceStatistics</c> emit; all times are UTC.</summary>
internal static class StatisticsObjects
{
    private static readonly Column<StatisticsRow>[] s_columns =
    [
        new("FirstSyncTime", static r => r.Device.FirstSyncTime?.UtcDateTime),
        new("LastPolicyUpdateTime", static r => r.Device.FirstSyncTime?.UtcDateTime),
        new("LastSyncAttemptTime", static r => r.Device.LastSuccessSync?.UtcDateTime),
        new("LastSuccessSync", static r => r.Device.LastSuccessSync?.UtcDateTime),
        new("SyncStateUpgradeTime", static _ => null),
        new("DeviceType", static r => r.Device.DeviceType),
        new("DeviceID", static r => r.Device.DeviceId),
        new("DeviceUserAgent", static r => r.Device.DeviceUserAgent),
        new("DeviceWipeSentTime", static r => r.Wipe(r.Device.WipeSentTime, accountOnly: false)),
        new("DeviceWipeRequestTime", static r => r.Wipe(r.Device.WipeRequestTime, accountOnly: false)),
        new("DeviceWipeAckTime", static r => r.Wipe(r.Device.WipeAcknowledgedTime, accountOnly: false)),
        new("AccountOnlyDeviceWipeSentTime", static r => r.Wipe(r.Device.WipeSentTime, accountOnly: true)),
        new("AccountOnlyDeviceWipeRequestTime", static r => r.Wipe(r.Device.WipeRequestTime, accountOnly: true)),
        new("AccountOnlyDeviceWipeAckTime", static r => r.Wipe(r.Device.WipeAcknowledgedTime, accountOnly: true)),
        new("LastPingHeartbeat", static _ => 900),
        new("RecoveryPassword", static r => r.ShowRecoveryPassword ? string.Empty : "********"),
        new("DeviceModel", static r => r.Device.DeviceModel),
        new("DeviceImei", static r => r.Device.DeviceImei),
        new("DeviceFriendlyName", static r => r.Device.FriendlyName),
        new("DeviceOS", static r => r.Device.DeviceOS),
        new("DeviceOSLanguage", static _ => string.Empty),
        new("DevicePhoneNumber", static _ => string.Empty),
        new("MailboxLogReport", static _ => null),
        new("DeviceEnableOutboundSMS", static _ => false),
        new("DeviceMobileOperator", static _ => string.Empty),
        new("Identity", static r => $"{r.Owner.Identity}\\AirSync-{r.Device.DeviceType}-{r.Device.DeviceId}"),
        new("Guid", static r => r.Device.Guid),
        new("IsRemoteWipeSupported", static _ => true),
        new("Status", static r => r.Status),
        new("StatusNote", static _ => string.Empty),
        new("DeviceAccessState", static r => r.Access.State),
        new("DeviceAccessStateReason", static r => r.Access.Reason),
        new("DeviceAccessControlRule", static r => r.Access.Rule is { } rule ? ExchangeNames.Rule(rule) : null),
        new("DevicePolicyApplied", static r => r.Policy?.Name),
        new("DevicePolicyApplicationStatus", static r => r.Device.PolicyNotMet ? "NotApplied" : "AppliedInFull"),
        new("LastDeviceWipeRequestor", static r => r.Device.WipeAccountOnly ? null : r.Device.WipeRequestor),
        new("LastAccountOnlyDeviceWipeRequestor", static r => r.Device.WipeAccountOnly ? r.Device.WipeRequestor : null),
        new("NumberOfFoldersSynced", static _ => 6),
        new("ClientType", static r => r.Device.ClientType),
        new("IsValid", static _ => true),
        new("ObjectState", static _ => "New"),
    ];

    public static ObjectShape<StatisticsRow> ActiveSync { get; } = new(
        TypeNames.ActiveSyncStatistics,
        [.. s_columns, new("DeviceActiveSyncVersion", static r => r.Device.DeviceActiveSyncVersion)]);

    public static ObjectShape<StatisticsRow> Mobile { get; } = new(
        TypeNames.MobileStatistics,
        [.. s_columns, new("ClientVersion", static r => r.Device.DeviceActiveSyncVersion)]);
}
