using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>One change on its way, and the record that announced it.</summary>
/// <param name="Change">The change.</param>
/// <param name="Record">The record, pending.</param>
internal sealed record AnnouncedChange(PlannedChange Change, ChangeRecord Record);

/// <summary>
/// Hands out a plan's changes, each of them announced before anybody may write it, and settles them. Both happen in batches, because every
/// transaction waits for the disk. Safe for several lanes at once.
/// </summary>
internal sealed class ChangeJournal
{
    private const int BatchSize = 64;

    private readonly object _gate = new();
    private readonly IReadOnlyList<PlannedChange> _changes;
    private readonly IStateStore _store;
    private readonly TimeProvider _time;
    private readonly Guid _runId;
    private readonly Queue<AnnouncedChange> _announced = new();
    private readonly List<Settlement> _settled = [];
    private int _next;
    private int _end;
    private bool _closed;

    public ChangeJournal(IReadOnlyList<PlannedChange> changes, IStateStore store, TimeProvider time, Guid runId)
    {
        _changes = changes;
        _store = store;
        _time = time;
        _runId = runId;
    }

    /// <summary>Opens a stretch of the changes, from the end of the last one.</summary>
    /// <param name="end">Index behind its last change.</param>
    public void Open(int end)
    {
        lock (_gate) _end = end;
    }

    /// <summary>Takes the next change of the stretch; it is announced.</summary>
    /// <returns>The change; null when the stretch is at its end or the run breaks off.</returns>
    public AnnouncedChange? Take()
    {
        lock (_gate)
        {
            if (_closed) return null;
            if (_announced.Count == 0 && _next < _end) Announce();
            return _announced.Count == 0 ? null : _announced.Dequeue();
        }
    }

    /// <summary>Settles a change that was written and confirmed: its entries are ours from here on.</summary>
    /// <param name="change">The change.</param>
    /// <param name="message">What is remarkable about it; null for nothing.</param>
    public void Confirm(AnnouncedChange change, string? message)
    {
        var written = new List<LedgerEntry>();
        var withdrawn = new List<LedgerEntry>();
        if (change.Change is MailboxChange mailbox)
        {
            AddEntries(written, mailbox, EntryList.Allowed, mailbox.AllowedAdd);
            AddEntries(written, mailbox, EntryList.Blocked, mailbox.BlockedAdd);
            AddEntries(withdrawn, mailbox, EntryList.Allowed, mailbox.AllowedRemove);
            AddEntries(withdrawn, mailbox, EntryList.Blocked, mailbox.BlockedRemove);
        }

        var now = _time.GetUtcNow();
        Settle(new Settlement(change.Record with { Outcome = ChangeOutcome.Applied, Message = message, At = now }, written, withdrawn)
        {
            Created = ConfigurationRecords.Created(change.Change, _runId, now),
            Removed = ConfigurationRecords.Removed(change.Change, _runId, now),
        });
    }

    /// <summary>Settles a change that was not written.</summary>
    /// <param name="change">The change.</param>
    /// <param name="outcome">Skipped or failed.</param>
    /// <param name="message">Why.</param>
    public void Settle(AnnouncedChange change, ChangeOutcome outcome, string message) =>
        Settle(new Settlement(change.Record with { Outcome = outcome, Message = message, At = _time.GetUtcNow() }, [], []));

    /// <summary>Puts what is settled onto the disk.</summary>
    public void Flush()
    {
        lock (_gate) FlushSettled();
    }

    /// <summary>Gives nothing out any more. What was announced and not taken is settled as skipped; what was taken is its taker's.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_announced.Count > 0)
            {
                var record = _announced.Dequeue().Record;
                _settled.Add(new Settlement(
                    record with { Outcome = ChangeOutcome.Skipped, Message = "The run broke off before this change; the next run plans it again.", At = _time.GetUtcNow() }, [], []));
            }
        }
    }

    private void Announce()
    {
        var count = Math.Min(BatchSize, _end - _next);
        var announcements = new Announcement[count];
        for (var i = 0; i < count; i++)
        {
            var change = _changes[_next + i];
            announcements[i] = new(ChangeRecords.Announce(change, _runId, _next + i + 1, _time.GetUtcNow()), change.Denials);
        }

        _store.Announce(announcements);
        for (var i = 0; i < count; i++) _announced.Enqueue(new(_changes[_next + i], announcements[i].Change));
        _next += count;
    }

    private void Settle(Settlement settlement)
    {
        lock (_gate)
        {
            _settled.Add(settlement);
            if (_settled.Count >= BatchSize) FlushSettled();
        }
    }

    private void FlushSettled()
    {
        if (_settled.Count == 0) return;
        _store.Settle(_settled);
        _settled.Clear();
    }

    private void AddEntries(List<LedgerEntry> entries, MailboxChange change, EntryList list, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            entries.Add(new LedgerEntry
            {
                MailboxId = change.MailboxId,
                DeviceId = new EasDeviceId(id),
                List = list,
                WrittenAt = _time.GetUtcNow(),
                RunId = _runId,
            });
        }
    }
}
