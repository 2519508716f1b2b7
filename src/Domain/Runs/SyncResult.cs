using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What one run did.</summary>
public sealed record SyncResult
{
    /// <summary>The run's id.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The connector's name.</summary>
    public required string Connector { get; init; }

    /// <summary>The kind of run.</summary>
    public required SyncKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required SyncStatus Status { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Partnerships read, Exchange's own ones included: <see cref="Allowed"/> + <see cref="Blocked"/> + <see cref="LeftToExchange"/> + <see cref="SystemPartnerships"/> + <see cref="Unreadable"/>.</summary>
    public int Partnerships { get; init; }

    /// <summary>Partnerships decided Allow.</summary>
    public int Allowed { get; init; }

    /// <summary>Partnerships decided Block.</summary>
    public int Blocked { get; init; }

    /// <summary>Partnerships left to Exchange.</summary>
    public int LeftToExchange { get; init; }

    /// <summary>Partnerships of Exchange itself, left out.</summary>
    public int SystemPartnerships { get; init; }

    /// <summary>Partnerships that could not be read; each was reported with its identity.</summary>
    public int Unreadable { get; init; }

    /// <summary>List entries and settings written, or planned where only a plan was asked for.</summary>
    public int Changes { get; init; }

    /// <summary>Mailboxes written.</summary>
    public int MailboxWrites { get; init; }

    /// <summary>Changes that failed or were skipped.</summary>
    public int Failures { get; init; }

    /// <summary>Partnerships that an administrator's entry holds against their decision.</summary>
    public int Conflicts { get; init; }

    /// <summary>Partnerships from which the run took mail away, or would.</summary>
    public int Denials { get; init; }

    /// <summary>Commands sent to Exchange.</summary>
    public int ExchangeCommands { get; init; }

    /// <summary>Objects that were read anew before their write; these commands are among <see cref="ExchangeCommands"/>.</summary>
    public int ReReads { get; init; }

    /// <summary>What happened on the way: servers that took over, and every change of the number of sessions with its reason.</summary>
    public IReadOnlyList<RunNote> Notes { get; init; } = [];

    /// <summary>Requests sent to Graph and the login server, retries included.</summary>
    public int GraphRequests { get; init; }

    /// <summary>Why the run was held, and what to do next; null when it was not.</summary>
    public string? HeldReason { get; init; }

    /// <summary>Why the run failed; null when it did not.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Id of that failure; null when there is none.</summary>
    public string? FailureId { get; init; }

    /// <summary>What to do about that failure; null when there is none, and in runs of versions that did not keep it.</summary>
    public string? FailureRemedy { get; init; }

    /// <summary>For schedulers: 0 done, 1 failed, 2 held or finished with errors.</summary>
    public int ExitCode => Status switch
    {
        SyncStatus.Succeeded or SyncStatus.Planned => 0,
        SyncStatus.Failed => 1,
        _ => 2,
    };
}
