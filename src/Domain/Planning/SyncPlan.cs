using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>The ordered changes that would make Exchange agree with the decisions, and what they were derived from.</summary>
public sealed record SyncPlan
{
    /// <summary>The changes, in the order in which they have to be applied.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>Every partnership that was decided or left out for want of its mailbox; system partnerships are not among them.</summary>
    public required IReadOnlyList<DeviceAssessment> Assessments { get; init; }

    /// <summary>What the read teaches about the ledger.</summary>
    public required IReadOnlyList<LedgerNote> LedgerNotes { get; init; }

    /// <summary>Rules and policies that this connector created and that are gone, or were replaced by somebody else's.</summary>
    public IReadOnlyList<OwnedObject> OwnedGone { get; init; } = [];

    /// <summary>What of the wanted configuration could not be planned and why, for people.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Partnerships of Exchange itself, left out.</summary>
    public required int SystemPartnerships { get; init; }

    /// <summary>Partnerships decided Allow.</summary>
    public required int Allowed { get; init; }

    /// <summary>Partnerships decided Block.</summary>
    public required int Blocked { get; init; }

    /// <summary>Partnerships left to Exchange.</summary>
    public required int LeftToExchange { get; init; }

    /// <summary>Partnerships that an administrator's entry holds against their decision.</summary>
    public required int Conflicts { get; init; }

    /// <summary>Partnerships that get mail now and would not after the plan, whatever the kind of change.</summary>
    public required int Denials { get; init; }

    /// <summary>Partnerships that stay as they are, because their decision rests on an absence while rows of the tenant could not be read.</summary>
    public int Withheld { get; init; }

    /// <summary>Mailboxes with devices, those of Exchange itself left out.</summary>
    public int Owners { get; init; }

    /// <summary>Those of them that have a user in the tenant.</summary>
    public int MatchedOwners { get; init; }

    /// <summary>True when Exchange already agrees.</summary>
    public bool IsEmpty => Changes.Count == 0;
}
