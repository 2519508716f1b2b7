using System;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>One managed device of the tenant (Graph <c>managedDevice</c>), with what a decision needs.</summary>
public sealed record ManagedDevice
{
    /// <summary>Graph's id of the device.</summary>
    public required string Id { get; init; }

    /// <summary>Graph's id of its user; null for a device without one.</summary>
    public Guid? UserId { get; init; }

    /// <summary>UPN of its user; for messages only.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>Entra's id of the device (<c>azureADDeviceId</c>); null for a device that is not registered.</summary>
    public Guid? EntraDeviceId { get; init; }

    /// <summary>The EAS id that Intune knows it by; empty when it has none.</summary>
    public EasDeviceId EasDeviceId { get; init; }

    /// <summary>True when the EAS id is bound to the device's registration.</summary>
    public bool EasActivated { get; init; }

    /// <summary>Compliance as Graph gave it.</summary>
    public ComplianceState Compliance { get; init; }

    /// <summary>
    /// Graph's word for the compliance where this version does not know it, and <see cref="Compliance"/> says unknown; otherwise null. It is shown
    /// only, and the connector's state does not keep it.
    /// </summary>
    public string? ComplianceText { get; init; }

    /// <summary>Operating system, for example <c>iOS</c>; may be empty.</summary>
    public string OperatingSystem { get; init; } = string.Empty;

    /// <summary>Name of the device; may be empty.</summary>
    public string DeviceName { get; init; } = string.Empty;

    /// <summary>Model; null when not told.</summary>
    public string? Model { get; init; }

    /// <summary>Last check-in with Intune, UTC; null when it never checked in.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>True on iOS, iPadOS and Android: the platforms whose mail has to be activated where the policy asks for it.</summary>
    public bool NeedsEasActivation =>
        OperatingSystem.StartsWith("iOS", StringComparison.OrdinalIgnoreCase)
        || OperatingSystem.StartsWith("iPadOS", StringComparison.OrdinalIgnoreCase)
        || OperatingSystem.StartsWith("Android", StringComparison.OrdinalIgnoreCase);
}
