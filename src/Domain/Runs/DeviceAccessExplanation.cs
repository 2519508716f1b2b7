using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Matching;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>Why one device gets mail or not: the connector's chain, Exchange's own chain, and what to do next.</summary>
public sealed record DeviceAccessExplanation
{
    /// <summary>Primary SMTP address of the mailbox.</summary>
    public required string Mailbox { get; init; }

    /// <summary>EAS device id.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Device type as presented.</summary>
    public string DeviceType { get; init; } = string.Empty;

    /// <summary>The decision for this partnership.</summary>
    public required AccessDecision Decision { get; init; }

    /// <summary>Its reason.</summary>
    public required AccessReason Reason { get; init; }

    /// <summary>What stands against it.</summary>
    public AccessConflict Conflict { get; init; }

    /// <summary>The connector's rules as far as they were tried.</summary>
    public required IReadOnlyList<DecisionStep> Steps { get; init; }

    /// <summary>What Exchange gives it now.</summary>
    public required ExchangeAccessLevel ExchangeLevel { get; init; }

    /// <summary>Exchange's own evaluation as far as it goes.</summary>
    public required IReadOnlyList<DecisionStep> ExchangeSteps { get; init; }

    /// <summary>The changes of id that this partnership is the old or the new side of, each with what speaks for it; empty for none.</summary>
    public IReadOnlyList<DeviceIdChange> IdChanges { get; init; } = [];

    /// <summary>What to do next, in a sentence.</summary>
    public required string NextStep { get; init; }

    /// <summary>When this was read, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }
}
