using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>One command that a plan would send.</summary>
public abstract record PlannedChange
{
    private protected PlannedChange()
    {
    }

    /// <summary>What is changed, for people: a mailbox's address or a setting's name.</summary>
    public abstract string Target { get; }

    /// <summary>What is done to it, for people.</summary>
    public abstract string Action { get; }

    /// <summary>Number of list entries and settings that the command changes.</summary>
    public abstract int Size { get; }

    /// <summary>How many partnerships lose mail by this change, alone or together with the plan's others.</summary>
    public int Denials { get; init; }
}

/// <summary>Why an entry of a change is written or withdrawn.</summary>
/// <param name="DeviceId">The id.</param>
/// <param name="Decision">The combined decision for that id on that mailbox.</param>
/// <param name="Reason">Its reason.</param>
public sealed record ChangeEvidence(EasDeviceId DeviceId, AccessDecision Decision, AccessReason Reason);

/// <summary>All changes to one mailbox: one <c>Set-CASMailbox</c> that adds to and removes from its personal lists, and never assigns them.</summary>
public sealed record MailboxChange : PlannedChange
{
    /// <summary>The mailbox: the identity that is passed to Exchange.</summary>
    public required Guid MailboxId { get; init; }

    /// <summary>Its primary SMTP address, for people.</summary>
    public required string Mailbox { get; init; }

    /// <summary>Ids to add to the allowed list.</summary>
    public IReadOnlyList<string> AllowedAdd { get; init; } = [];

    /// <summary>Ids to take out of the allowed list, spelled as Exchange holds them.</summary>
    public IReadOnlyList<string> AllowedRemove { get; init; } = [];

    /// <summary>Ids to add to the blocked list.</summary>
    public IReadOnlyList<string> BlockedAdd { get; init; } = [];

    /// <summary>Ids to take out of the blocked list, spelled as Exchange holds them.</summary>
    public IReadOnlyList<string> BlockedRemove { get; init; } = [];

    /// <summary>The allowed list that the plan was made from.</summary>
    public required IReadOnlyList<string> AllowedBefore { get; init; }

    /// <summary>The blocked list that the plan was made from.</summary>
    public required IReadOnlyList<string> BlockedBefore { get; init; }

    /// <summary>Whether the assigned EAS mailbox policy changes too.</summary>
    public bool ChangesMailboxPolicy { get; init; }

    /// <summary>Name of the EAS mailbox policy to assign; null for the organisation's default. Without <see cref="ChangesMailboxPolicy"/> it means nothing.</summary>
    public string? MailboxPolicyTo { get; init; }

    /// <summary>Guid of that policy; null for the default, and for one that the plan creates.</summary>
    public Guid? MailboxPolicyId { get; init; }

    /// <summary>The assignment that the plan was made from, as Exchange told it.</summary>
    public string? MailboxPolicyBefore { get; init; }

    /// <summary>True when no list changes.</summary>
    public bool ChangesPolicyOnly => ChangesMailboxPolicy && Size == 1;

    /// <summary>True when this change by itself would take mail away that the plan's rules or default level give: it must not go ahead without them.</summary>
    public bool LeansOnSettings { get; init; }

    /// <summary>True when the change comes after rules and default level. One that blocks as well does not wait: they may let in the very device.</summary>
    public bool WaitsForSettings => LeansOnSettings && BlockedAdd.Count == 0;

    /// <summary>Why, per id.</summary>
    public IReadOnlyList<ChangeEvidence> Evidence { get; init; } = [];

    /// <inheritdoc/>
    public override string Target => Mailbox;

    /// <inheritdoc/>
    public override string Action
    {
        get
        {
            var parts = new List<string>(5);
            if (AllowedAdd.Count > 0) parts.Add("allow " + string.Join(", ", AllowedAdd));
            if (AllowedRemove.Count > 0) parts.Add("withdraw allow " + string.Join(", ", AllowedRemove));
            if (BlockedAdd.Count > 0) parts.Add("block " + string.Join(", ", BlockedAdd));
            if (BlockedRemove.Count > 0) parts.Add("withdraw block " + string.Join(", ", BlockedRemove));
            if (ChangesMailboxPolicy) parts.Add(MailboxPolicyTo is null ? "assign the default mailbox policy" : "assign mailbox policy " + MailboxPolicyTo);
            return string.Join("; ", parts);
        }
    }

    /// <inheritdoc/>
    public override int Size => AllowedAdd.Count + AllowedRemove.Count + BlockedAdd.Count + BlockedRemove.Count + (ChangesMailboxPolicy ? 1 : 0);
}

/// <summary>A change of the organisation's default access level. It follows every mailbox change that it relies on.</summary>
public sealed record DefaultAccessLevelChange : PlannedChange
{
    /// <summary>The level that the plan was made from.</summary>
    public required ExchangeAccessLevel From { get; init; }

    /// <summary>The level that is wanted.</summary>
    public required ExchangeAccessLevel To { get; init; }

    /// <inheritdoc/>
    public override string Target => "DefaultAccessLevel";

    /// <inheritdoc/>
    public override string Action => $"set {To} (was {From})";

    /// <inheritdoc/>
    public override int Size => 1;
}
