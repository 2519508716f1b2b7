using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One EAS device partnership: the msExchActiveSyncDevice object below a user.</summary>
public sealed class SandboxPartnership
{
    public required Guid Guid { get; init; }

    public required int MailboxIndex { get; init; }

    /// <summary>Empty for the odd device that sent none.</summary>
    public required string DeviceType { get; init; }

    public required string DeviceId { get; init; }

    public string? DeviceModel { get; set; }

    public string? DeviceOS { get; set; }

    public string? DeviceUserAgent { get; set; }

    public string? FriendlyName { get; set; }

    public string? DeviceImei { get; set; }

    public string ClientType { get; init; } = "EAS";

    public string DeviceActiveSyncVersion { get; init; } = "16.1";

    public DateTimeOffset? FirstSyncTime { get; init; }

    public DateTimeOffset? LastSuccessSync { get; set; }

    public DateTimeOffset WhenChanged { get; set; }

    /// <summary>A transient state that Exchange itself set (an autoblock reason, Upgrade, DeviceDiscovery); null for the evaluated one.</summary>
    public string? TransientState { get; set; }

    public string? TransientReason { get; set; }

    public DateTimeOffset? WipeRequestTime { get; set; }

    public DateTimeOffset? WipeSentTime { get; set; }

    public DateTimeOffset? WipeAcknowledgedTime { get; set; }

    public string? WipeRequestor { get; set; }

    /// <summary>True when the wipe that was asked for takes the account's data only.</summary>
    public bool WipeAccountOnly { get; set; }

    /// <summary>True when the assigned mailbox policy is not met: Exchange blocks with reason Policy.</summary>
    public bool PolicyNotMet { get; set; }
}
