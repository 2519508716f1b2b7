using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One managedDevice of the tenant.</summary>
public sealed class SandboxManagedDevice
{
    public required Guid Id { get; init; }

    /// <summary>Index of the owner in <see cref="SandboxWorld.Users"/>; -1 for none.</summary>
    public required int UserIndex { get; set; }

    public string? EasDeviceId { get; set; }

    public bool EasActivated { get; set; }

    public DateTimeOffset? EasActivationDateTime { get; set; }

    public Guid? AzureAdDeviceId { get; init; }

    public required string OperatingSystem { get; init; }

    public string? OsVersion { get; set; }

    public string? Model { get; init; }

    public string? Manufacturer { get; init; }

    public string? SerialNumber { get; init; }

    public required string DeviceName { get; init; }

    /// <summary>Graph's text: compliant, noncompliant, inGracePeriod, unknown, configManager, conflict, error.</summary>
    public required string ComplianceState { get; set; }

    /// <summary>What the directory makes of the state: null where Intune has no verdict of its own.</summary>
    internal bool? IsCompliant => ComplianceState switch
    {
        "compliant" or "inGracePeriod" => true,
        "unknown" or "configManager" => null,
        _ => false,
    };

    public string ManagementAgent { get; init; } = "mdm";

    public string ManagementState { get; set; } = "managed";

    public string OwnerType { get; init; } = "company";

    public DateTimeOffset EnrolledDateTime { get; init; }

    public DateTimeOffset LastSyncDateTime { get; set; }
}
