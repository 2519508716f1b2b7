using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>What a wipe was ordered with.</summary>
public sealed record DeviceWipeOrder
{
    /// <summary>True to wipe the account's data alone and leave the rest of the device.</summary>
    public bool AccountOnly { get; init; }

    /// <summary>True to take back a request that the device has not carried out.</summary>
    public bool Cancel { get; init; }

    /// <summary>True to order again what the device has answered since this connector ordered it.</summary>
    public bool Again { get; init; }

    /// <summary>Addresses that Exchange writes to when the device has answered.</summary>
    public IReadOnlyList<string> NotificationAddresses { get; init; } = [];
}

/// <summary>A remote wipe as far as Exchange knows it. A wipe is never reported as done: no server sees what a device does.</summary>
public sealed record DeviceWipe
{
    /// <summary>Primary SMTP address of the mailbox.</summary>
    public required string Mailbox { get; init; }

    /// <summary>EAS device id.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Device type as presented.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>How far it is.</summary>
    public required DeviceWipeStatus Status { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When the device was told, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the device answered, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who asked, as Exchange names them.</summary>
    public string? Requestor { get; init; }

    /// <summary>True when it is of the account's data alone.</summary>
    public bool AccountOnly { get; init; }

    /// <summary>What to do next, in a sentence.</summary>
    public required string NextStep { get; init; }

    /// <summary>Key of the partnership.</summary>
    public Guid PartnershipId { get; init; }
}
