using System;
using System.Globalization;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Exchange.Lanes;

/// <summary>
/// How many lanes work at once. One more after every round of commands that went well and left somebody waiting; half as many after a sign
/// that the server, or the account's budget on it, has enough:
/// <code>
///   a session was refused        also the new ceiling, less what is left to people
///   a micro delay, or throttled  the budget of the account is used up
///   answers take ever longer     the server works off more than it can
/// </code>
/// Every change is told with its reason. Safe for several lanes.
/// </summary>
internal sealed class LaneWidth
{
    /// <summary>Sessions of the account that stay free for the people who share it.</summary>
    public const int Reserve = 2;

    // Sessions take their time to open; growing on while too many are on their way would find the limit all at once.
    private const int Opening = 4;

    private readonly object _gate = new();
    private readonly RunNotes _notes;
    private readonly LatencyWatch _latency = new();
    private int _ceiling;
    private int _current;
    private int _round;
    private int _epoch;

    /// <summary>Creates a width.</summary>
    /// <param name="start">How many lanes work from the start, from 1.</param>
    /// <param name="maximum">How many may, at most.</param>
    /// <param name="notes">Told of every change.</param>
    public LaneWidth(int start, int maximum, RunNotes notes)
    {
        _current = start;
        _ceiling = maximum;
        _notes = notes;
    }

    /// <summary>How many lanes may work at once now.</summary>
    public int Current
    {
        get
        {
            lock (_gate) return _current;
        }
    }

    /// <summary>How many lanes may be open, working or not: what only goes down when a session was refused.</summary>
    public int Ceiling
    {
        get
        {
            lock (_gate) return _ceiling;
        }
    }

    /// <summary>Counts the times that the width was halved. A command that was sent before tells of a load that is gone already.</summary>
    public int Epoch
    {
        get
        {
            lock (_gate) return _epoch;
        }
    }

    /// <summary>A command ended well.</summary>
    /// <param name="epoch">The epoch in which it was sent.</param>
    /// <param name="cmdlet">Its name.</param>
    /// <param name="took">How long it took; null where that tells nothing, as of a bulk read.</param>
    /// <param name="microDelay">How long the server held it back, and said so.</param>
    /// <param name="open">How many lanes are open.</param>
    /// <param name="someoneWaits">Whether somebody waited for a lane.</param>
    public void Completed(int epoch, string cmdlet, TimeSpan? took, TimeSpan microDelay, int open, bool someoneWaits)
    {
        lock (_gate)
        {
            if (epoch != _epoch) return;
            if (microDelay > TimeSpan.Zero)
            {
                Halve($"the server holds commands back ({Milliseconds(microDelay)} ms)");
                return;
            }

            if (took is not { } latency) return;
            _latency.Add(cmdlet, latency);
            if (++_round < _current) return;
            _round = 0;
            if (_latency.EndRound() is { } slower && _current > 1) Halve(slower);
            else if (someoneWaits && _current < _ceiling && _current < open + Opening) Set(_current + 1, "every command of a round was answered well and others wait");
        }
    }

    /// <summary>The server asked to slow down.</summary>
    /// <param name="epoch">The epoch in which the command was sent.</param>
    public void Throttled(int epoch)
    {
        lock (_gate)
        {
            if (epoch == _epoch) Halve("the server asks to slow down");
        }
    }

    /// <summary>The server refused one more session.</summary>
    /// <param name="open">How many were open then.</param>
    public void Refused(int open)
    {
        lock (_gate)
        {
            _ceiling = Math.Max(1, Math.Min(_ceiling, open - Reserve));
            Halve(string.Format(CultureInfo.InvariantCulture, "a session was refused with {0} open, of which {1} are left to people from here on", open, Math.Min(Reserve, open - 1)));
        }
    }

    /// <summary>A further session was not opened, for a reason that tells nothing of how many the server bears.</summary>
    /// <param name="open">How many were open then.</param>
    /// <param name="forGood">Whether trying again later is of no use.</param>
    /// <param name="why">Why, as the server or the connection said.</param>
    public void NotOpened(int open, bool forGood, string why)
    {
        lock (_gate)
        {
            if (forGood) _ceiling = Math.Min(_ceiling, open);
            _round = 0;
            Set(Math.Min(_current, open), $"a further session was not opened: {why.TrimEnd('.')}");
        }
    }

    private void Halve(string why)
    {
        _round = 0;
        _epoch++;
        _latency.Forget();
        Set(Math.Max(1, Math.Min(_current / 2, _ceiling)), why);
    }

    private void Set(int width, string why)
    {
        if (width == _current) return;
        var before = _current;
        _current = width;
        _notes.Add(RunNoteKind.Lanes, string.Format(CultureInfo.InvariantCulture, "Lanes: {0} instead of {1}, because {2}.", width, before, why));
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
