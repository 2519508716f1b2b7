using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// What a plan decides anew. Everything else stands as it was decided on the same facts before; it is counted, not looked at.
/// Partnerships whose mailbox was not read are always decided anew.
/// </summary>
public sealed record PlanScope
{
    /// <summary>The mailboxes whose partnerships and entries are decided anew.</summary>
    public required IReadOnlyCollection<Guid> Mailboxes { get; init; }

    /// <summary>Partnerships of other mailboxes that stand decided Allow.</summary>
    public required int Allowed { get; init; }

    /// <summary>Partnerships of other mailboxes that stand decided Block.</summary>
    public required int Blocked { get; init; }

    /// <summary>Partnerships of other mailboxes that stand left to Exchange.</summary>
    public required int LeftToExchange { get; init; }

    /// <summary>Partnerships of other mailboxes that an administrator's entry holds against their decision.</summary>
    public required int Conflicts { get; init; }

    /// <summary>Other mailboxes with devices.</summary>
    public required int Owners { get; init; }

    /// <summary>Those of them that have a user in the tenant.</summary>
    public required int MatchedOwners { get; init; }
}
