using System;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What a note of a run tells about.</summary>
public enum RunNoteKind
{
    /// <summary>The number of sessions that work at once changed.</summary>
    Lanes = 0,

    /// <summary>A server failed, took over, or was returned to.</summary>
    Failover = 1,

    /// <summary>Intune was asked to synchronise its own entry of an Exchange connector, or was not and why.</summary>
    Intune = 2,
}

/// <summary>Something that happened to a run on its way and explains how it went.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">What it tells about.</param>
/// <param name="Text">A sentence.</param>
public sealed record RunNote(DateTimeOffset At, RunNoteKind Kind, string Text);
