using System;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>
/// One EAS device on one mailbox, as <c>Get-ActiveSyncDevice</c> or <c>Get-MobileDevice</c> returns it. The object carries
/// no mailbox address: its owner is the parent of its container in the directory.
/// </summary>
public sealed record EasPartnership
{
    /// <summary>The directory object's Guid: the key of a partnership.</summary>
    public required Guid Id { get; init; }

    /// <summary>How Exchange prints the object's identity; for messages.</summary>
    public required string Identity { get; init; }

    /// <summary>Distinguished name of the owner, from the object's own; null where the server did not give one.</summary>
    public string? OwnerDistinguishedName { get; init; }

    /// <summary>Canonical name of the owner (<c>contoso.com/Users/Jane Doe</c>), from <see cref="Identity"/>; null where it has another form.</summary>
    public string? OwnerCanonicalName { get; init; }

    /// <summary>The id that the device presents; may be empty.</summary>
    public required EasDeviceId DeviceId { get; init; }

    /// <summary>Device type as presented, for example <c>iPhone</c>; may be empty.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>Device model as presented; null when never told.</summary>
    public string? DeviceModel { get; init; }

    /// <summary>Operating system as presented; null when never told.</summary>
    public string? DeviceOS { get; init; }

    /// <summary>User agent as presented; null when never told.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The name its user gave it; null when never told.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Client family (EAS, REST, Outlook…); null on servers that do not tell.</summary>
    public string? ClientType { get; init; }

    /// <summary>Access as Exchange stated it when it was read.</summary>
    public ExchangeAccessState AccessState { get; init; }

    /// <summary>Exchange's reason for that access.</summary>
    public ExchangeAccessReason AccessReason { get; init; }

    /// <summary>The server's own word for the reason, kept because the list of words is open.</summary>
    public string? AccessReasonText { get; init; }

    /// <summary>Name of the device access rule that decided; null when none did.</summary>
    public string? AccessRule { get; init; }

    /// <summary>First sync, UTC; null when it never synced.</summary>
    public DateTimeOffset? FirstSync { get; init; }

    /// <summary>Last change of the directory object, UTC. A sync alone does not move it.</summary>
    public DateTimeOffset? WhenChanged { get; init; }

    /// <summary>
    /// True for partnerships that belong to Exchange itself: managed-availability probes, connectivity tests and clients that only
    /// asked for options. They are counted, never decided.
    /// </summary>
    public bool IsSystem =>
        DeviceType.StartsWith("EASProbeDeviceType", StringComparison.OrdinalIgnoreCase)
        || DeviceType.StartsWith("TestActiveSyncConnectivity", StringComparison.OrdinalIgnoreCase)
        || DeviceId.Value.Equals("validate", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the cloud service that fetches mail for Outlook under hybrid modern authentication.</summary>
    public bool IsOutlookService => DeviceType.Equals("OutlookService", StringComparison.OrdinalIgnoreCase);
}
