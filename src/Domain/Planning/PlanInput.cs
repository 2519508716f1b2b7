using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>All that a plan is made from. The same input gives the same plan, whatever the order of its rows.</summary>
public sealed record PlanInput
{
    /// <summary>What Exchange said.</summary>
    public required ExchangeSnapshot Exchange { get; init; }

    /// <summary>What the tenant said.</summary>
    public required TenantSnapshot Tenant { get; init; }

    /// <summary>The access policy.</summary>
    public required AccessPolicy Policy { get; init; }

    /// <summary>What this connector wrote before.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>What is looked after in the organisation's configuration.</summary>
    public WantedConfiguration Wanted { get; init; } = WantedConfiguration.Nothing;

    /// <summary>Rules and policies that this connector created before.</summary>
    public IReadOnlyList<OwnedObject> Owned { get; init; } = [];

    /// <summary>Whether the organisation's settings, rules and mailbox policies are compared too, as a full run does.</summary>
    public bool IncludeSettings { get; init; } = true;

    /// <summary>What is decided anew; null for everything. A plan of the organisation's settings is always one of everything.</summary>
    public PlanScope? Scope { get; init; }

    /// <summary>The instant of the reads, UTC.</summary>
    public required DateTimeOffset Now { get; init; }
}
