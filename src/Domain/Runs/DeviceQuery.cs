using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What somebody wants to know of changed ids.</summary>
public enum IdChangeFilter
{
    /// <summary>Nothing: they are not looked for.</summary>
    NotAsked = 0,

    /// <summary>Devices that have one say so.</summary>
    Marked = 1,

    /// <summary>Only devices that have one.</summary>
    Changed = 2,

    /// <summary>Only devices that may have one, once their mailboxes are asked when the devices were last heard.</summary>
    Possible = 3,
}

/// <summary>Which devices of the last complete read are asked for; null means any.</summary>
public sealed record DeviceQuery
{
    /// <summary>Primary SMTP address of the mailbox, any of its names, or its Guid; without case, no wildcards.</summary>
    public string? Mailbox { get; init; }

    /// <summary>EAS device id, without case.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The decision.</summary>
    public AccessDecision? Decision { get; init; }

    /// <summary>Any of these reasons.</summary>
    public IReadOnlyList<AccessReason>? Reasons { get; init; }

    /// <summary>Any of these conflicts.</summary>
    public IReadOnlyList<AccessConflict>? Conflicts { get; init; }

    /// <summary>Whether changed ids are looked for, and whether they decide which devices are wanted.</summary>
    public IdChangeFilter IdChanges { get; init; }
}
