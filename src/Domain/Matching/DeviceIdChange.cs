using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>How it is known that an id fell silent.</summary>
public enum SilenceProof
{
    /// <summary>The directory object has not changed since the new id appeared: a sign only, because a sync does not change it.</summary>
    DirectoryObject = 0,

    /// <summary>The mailbox remembers no contact since the new id appeared.</summary>
    Statistics = 1,
}

/// <summary>
/// A device that presents itself under a new id, as after a reset or a restore. It is a proposal for a person: no sync acts on it.
/// </summary>
public sealed record DeviceIdChange
{
    /// <summary>Key of the mailbox.</summary>
    public required Guid MailboxId { get; init; }

    /// <summary>The id that fell silent.</summary>
    public required EasDeviceId OldDeviceId { get; init; }

    /// <summary>The id that took its place.</summary>
    public required EasDeviceId NewDeviceId { get; init; }

    /// <summary>Key of the old partnership.</summary>
    public required Guid OldPartnershipId { get; init; }

    /// <summary>Key of the new partnership.</summary>
    public required Guid NewPartnershipId { get; init; }

    /// <summary>First sync under the new id, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How it is known that the old id fell silent.</summary>
    public required SilenceProof Silence { get; init; }

    /// <summary>Graph's id of the managed device that carries the new id; null when Intune knows neither id.</summary>
    public string? ManagedDeviceId { get; init; }

    /// <summary>What speaks for it, in sentences.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>What to do next, in a sentence.</summary>
    public required string NextStep { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{OldDeviceId} -> {NewDeviceId}";
}
