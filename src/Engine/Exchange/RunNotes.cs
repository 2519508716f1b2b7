using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>What happens on the way: told at once to whoever watches, and kept for the record of the run.</summary>
internal sealed class RunNotes
{
    // A server that comes and goes all night must not fill the history.
    private const int Kept = 500;

    private readonly object _gate = new();
    private readonly List<RunNote> _notes = [];
    private readonly ISyncConsole? _console;
    private readonly TimeProvider _time;

    public RunNotes(ISyncConsole? console, TimeProvider time)
    {
        _console = console;
        _time = time;
    }

    /// <summary>The notes so far.</summary>
    public IReadOnlyList<RunNote> All
    {
        get
        {
            lock (_gate) return _notes.Count == 0 ? [] : _notes.ToArray();
        }
    }

    /// <summary>Adds a note.</summary>
    /// <param name="kind">What it tells about.</param>
    /// <param name="text">A sentence.</param>
    public void Add(RunNoteKind kind, string text)
    {
        lock (_gate)
        {
            if (_notes.Count < Kept) _notes.Add(new RunNote(_time.GetUtcNow(), kind, text));
        }

        if (kind == RunNoteKind.Failover) _console?.Warning(text);
        else _console?.Verbose(text);
    }
}
