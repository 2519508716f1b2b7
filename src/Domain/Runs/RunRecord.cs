using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What became of one planned change.</summary>
public enum ChangeOutcome
{
    /// <summary>Announced in the journal; the write was not confirmed yet. Found after a kill, the next run settles it.</summary>
    Pending = 0,

    /// <summary>Written and confirmed.</summary>
    Applied = 1,

    /// <summary>Not written: the mailbox changed since the plan was made, or a change it relies on failed.</summary>
    Skipped = 2,

    /// <summary>The server refused it, or it could not be sent.</summary>
    Failed = 3,
}

/// <summary>One change of a run as the journal holds it, with the values from before and after.</summary>
public sealed record ChangeRecord
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Position in the run, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>What was changed: a mailbox's address or a setting's name.</summary>
    public required string Target { get; init; }

    /// <summary>The mailbox; null for a setting.</summary>
    public Guid? MailboxId { get; init; }

    /// <summary>What was done to it.</summary>
    public required string Action { get; init; }

    /// <summary>Values before: the lists by name, or the setting.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Before { get; init; }

    /// <summary>Values after, as written.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> After { get; init; }

    /// <summary>What became of it.</summary>
    public required ChangeOutcome Outcome { get; init; }

    /// <summary>Why it failed or was skipped; null when it did not.</summary>
    public string? Message { get; init; }

    /// <summary>When it was journalled or settled, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One run with, where asked for, its changes.</summary>
public sealed record RunRecord
{
    /// <summary>What the run did.</summary>
    public required SyncResult Result { get; init; }

    /// <summary>The run's id.</summary>
    public Guid RunId => Result.RunId;

    /// <summary>The kind of run.</summary>
    public SyncKind Kind => Result.Kind;

    /// <summary>How it ended.</summary>
    public SyncStatus Status => Result.Status;

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset Started => Result.Started;

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset Finished => Result.Finished;

    /// <summary>Its changes in order; empty when they were not asked for.</summary>
    public IReadOnlyList<ChangeRecord> Changes { get; init; } = [];
}
