using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What was asked of another default access level.</summary>
public sealed record DefaultLevelRequest
{
    /// <summary>The connector; null for the only one.</summary>
    public string? Name { get; init; }

    /// <summary>The level that is thought of.</summary>
    public required ExchangeAccessLevel Level { get; init; }

    /// <summary>How recently a device that is hit must have synced to be kept in; null when nobody asks, and no mailbox is asked.</summary>
    public TimeSpan? ActiveWithin { get; init; }

    /// <summary>The secrets that came with the command.</summary>
    public CommandSecrets Secrets { get; init; } = CommandSecrets.None;
}

/// <summary>How many partnerships something covers.</summary>
/// <param name="CoveredBy">What, for people.</param>
/// <param name="Count">How many.</param>
public sealed record DefaultLevelCoverage(string CoveredBy, int Count);

/// <summary>Whom a change of the organisation's default access level would hit. Nothing was written for it.</summary>
public sealed record DefaultLevelPreview
{
    /// <summary>The connector.</summary>
    public required string Connector { get; init; }

    /// <summary>The default level that stands now.</summary>
    public required ExchangeAccessLevel CurrentLevel { get; init; }

    /// <summary>The level that is thought of.</summary>
    public required ExchangeAccessLevel Level { get; init; }

    /// <summary>When both sides were read, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether the access policy is switched on. Off, the connector would write neither the level nor an entry.</summary>
    public required bool PolicyEnabled { get; init; }

    /// <summary>Every partnership but those of Exchange itself, by mailbox and id.</summary>
    public required IReadOnlyList<DefaultLevelRow> Rows { get; init; }

    /// <summary>Partnerships of Exchange itself, left out.</summary>
    public int SystemPartnerships { get; init; }

    /// <summary>Partnerships in all, without Exchange's own.</summary>
    public int Partnerships => Rows.Count;

    /// <summary>Partnerships that get mail now and would lose it because of the level.</summary>
    public int Hit => Count(DefaultLevelEffect.Hit);

    /// <summary>Mailboxes of those.</summary>
    public int HitMailboxes => Rows.Where(static row => row.Effect == DefaultLevelEffect.Hit).Select(static row => row.Mailbox).Distinct(StringComparer.OrdinalIgnoreCase).Count();

    /// <summary>Partnerships that lose mail at the next sync, whatever the level.</summary>
    public int DeniedAnyway => Count(DefaultLevelEffect.DeniedAnyway);

    /// <summary>Partnerships that the level would keep out, and that something else lets in.</summary>
    public int Covered => Count(DefaultLevelEffect.Covered);

    /// <summary>Partnerships that would get mail because of the level.</summary>
    public int Admitted => Count(DefaultLevelEffect.Admitted);

    /// <summary>Partnerships that get no mail now, and none afterwards.</summary>
    public int AlreadyDenied => Count(DefaultLevelEffect.AlreadyDenied);

    /// <summary>Partnerships that get mail afterwards as well, where the level keeps nobody out.</summary>
    public int Unaffected => Count(DefaultLevelEffect.Unaffected);

    /// <summary>What decides in place of the new level, and for how many; the most frequent first.</summary>
    public IReadOnlyList<DefaultLevelCoverage> Coverage =>
    [
        .. Rows.Where(static row => row.CoveredBy is not null).GroupBy(static row => row.CoveredBy!, StringComparer.Ordinal)
            .Select(static group => new DefaultLevelCoverage(group.Key, group.Count()))
            .OrderByDescending(static cover => cover.Count).ThenBy(static cover => cover.CoveredBy, StringComparer.Ordinal),
    ];

    /// <summary>How recently a device that is hit must have synced to be counted below; null when nobody asked.</summary>
    public TimeSpan? ActiveWithin { get; init; }

    /// <summary>Partnerships that are hit and synced within that time; null when nobody asked.</summary>
    public int? Grandfather => ActiveWithin is null ? null : Rows.Count(static row => row.Grandfather == true);

    /// <summary>Partnerships that are hit and of which nobody could say when they synced.</summary>
    public int Unknown => ActiveWithin is null ? 0 : Rows.Count(static row => row is { Effect: DefaultLevelEffect.Hit, Grandfather: null });

    /// <summary>Mailboxes that were asked when their devices synced.</summary>
    public int MailboxesAsked { get; init; }

    /// <summary>Changes that a full sync with the new level would make.</summary>
    public int PlannedChanges { get; init; }

    /// <summary>Why that sync would be held; null when it would not.</summary>
    public string? HeldReason { get; init; }

    /// <summary>Commands that were sent to Exchange.</summary>
    public int ExchangeCommands { get; init; }

    /// <summary>Requests that were sent to Graph.</summary>
    public int GraphRequests { get; init; }

    /// <summary>What to do next, in sentences.</summary>
    public IReadOnlyList<string> NextSteps { get; init; } = [];

    private int Count(DefaultLevelEffect effect) => Rows.Count(row => row.Effect == effect);
}
