using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Applies a plan, and is the only part of a sync that changes Exchange:
/// <code>
///   announce a batch in the journal ─► for each: re-read ─► still as planned? ─► write ─► settle the batch
/// </code>
/// A mailbox that changed since the plan was made is skipped. A failure of one mailbox is that mailbox's; a lost session ends the run, and the
/// change it was lost in stays announced until the next run has seen what became of it.
/// </summary>
internal sealed class PlanApplier
{
    private const int BatchSize = 64;

    private readonly IExchangeDirectory _exchange;
    private readonly IStateStore _store;
    private readonly ISyncConsole _console;
    private readonly TimeProvider _time;
    private readonly Guid _runId;
    private readonly List<Settlement> _settled = [];
    private readonly Dictionary<Guid, MailboxChange> _applied = [];
    private bool _allowFailed;
    private bool _blockFailed;

    // True from the moment a write is handed over until its confirmation: what breaks off in between may have happened.
    private bool _underWay;

    public PlanApplier(IExchangeDirectory exchange, IStateStore store, ISyncConsole console, TimeProvider time, Guid runId)
    {
        _exchange = exchange;
        _store = store;
        _console = console;
        _time = time;
        _runId = runId;
    }

    /// <summary>Mailbox changes that were written and confirmed.</summary>
    public IReadOnlyDictionary<Guid, MailboxChange> Applied => _applied;

    /// <summary>The default level that was written; null when none was.</summary>
    public DefaultAccessLevelChange? AppliedLevel { get; private set; }

    /// <summary>List entries and settings that were written.</summary>
    public int Changes { get; private set; }

    /// <summary>Commands that were confirmed.</summary>
    public int Writes => _applied.Count + (AppliedLevel is null ? 0 : 1);

    /// <summary>Partnerships that lost mail by what was written.</summary>
    public int Denials { get; private set; }

    /// <summary>Applies the changes in their order.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Ends the run between two writes.</param>
    /// <returns>Completes when the last change is settled.</returns>
    /// <exception cref="ConnectorException">The session was lost, or the journal cannot be written; what was written until then is recorded.</exception>
    public async Task ApplyAsync(IReadOnlyList<PlannedChange> changes, CancellationToken cancellationToken)
    {
        for (var start = 0; start < changes.Count; start += BatchSize)
        {
            await ApplyBatchAsync(changes, start, Math.Min(start + BatchSize, changes.Count), cancellationToken).ConfigureAwait(false);
        }

        _console.Report(new SyncProgress(SyncStage.Apply, changes.Count, changes.Count, Completed: true));
    }

    private async Task ApplyBatchAsync(IReadOnlyList<PlannedChange> changes, int start, int end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var announced = new Announcement[end - start];
        for (var i = start; i < end; i++)
        {
            announced[i - start] = new(ChangeRecords.Announce(changes[i], _runId, i + 1, _time.GetUtcNow()), changes[i].Denials);
        }

        _store.Announce(announced);
        _settled.Clear();
        var at = start;
        try
        {
            for (; at < end; at++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await ApplyOneAsync(changes[at], announced[at - start].Change, cancellationToken).ConfigureAwait(false);
                _console.Report(new SyncProgress(SyncStage.Apply, at + 1, changes.Count));
            }
        }
        catch (Exception)
        {
            for (var i = _underWay ? at + 1 : at; i < end; i++)
            {
                Settle(announced[i - start].Change, ChangeOutcome.Skipped, "The run broke off before this change; the next run plans it again.");
            }

            throw;
        }
        finally
        {
            if (_settled.Count > 0) _store.Settle(_settled);
        }
    }

    private async Task ApplyOneAsync(PlannedChange change, ChangeRecord record, CancellationToken cancellationToken)
    {
        try
        {
            _underWay = false;
            if (await ChangedSinceAsync(change, cancellationToken).ConfigureAwait(false) is { } skipped)
            {
                Fail(change);
                Settle(record, ChangeOutcome.Skipped, skipped);
                _console.Warning($"{change.Target}: not changed. {skipped}");
                return;
            }

            _underWay = true;
            await _exchange.WriteAsync(change, cancellationToken).ConfigureAwait(false);
            _underWay = false;
            Confirm(change, record);
        }
        catch (ConnectorException failure) when (!EndsRun(failure))
        {
            Fail(change);
            Settle(record, ChangeOutcome.Failed, failure.Message);
            _console.Warning($"{change.Target}: not changed. {failure.Message}");
        }
    }

    private static bool EndsRun(ConnectorException failure) =>
        failure.Kind is ErrorKind.Unreachable or ErrorKind.Authentication or ErrorKind.Storage or ErrorKind.Throttled
        || failure.ErrorId is ErrorIds.ExchangeSessionLost or ErrorIds.ExchangeSessionInvalid or ErrorIds.ExchangeCmdletMissing or ErrorIds.ExchangeParameterMissing;

    private async Task<string?> ChangedSinceAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        if (change is MailboxChange mailbox)
        {
            var current = await _exchange.ReadMailboxAsync(mailbox.MailboxId, cancellationToken).ConfigureAwait(false);
            return current is null ? "The mailbox does not exist any more."
                : Same(current.AllowedDeviceIds, mailbox.AllowedBefore) && Same(current.BlockedDeviceIds, mailbox.BlockedBefore) ? null
                : "Its lists were changed by somebody else since they were read; the next run decides anew.";
        }

        var level = (DefaultAccessLevelChange)change;
        var tightens = level.To > level.From;
        if (tightens ? _allowFailed : _blockFailed)
        {
            return tightens
                ? "Entries that keep compliant devices in could not all be written, so the default level is not tightened."
                : "Entries that keep other devices out could not all be written, so the default level is not loosened.";
        }

        var settings = await _exchange.ReadSettingsAsync(cancellationToken).ConfigureAwait(false);
        return settings.DefaultAccessLevel == level.From
            ? null
            : string.Format(CultureInfo.InvariantCulture, "It is {0} now and was {1} when the plan was made.", settings.DefaultAccessLevel, level.From);
    }

    private void Confirm(PlannedChange change, ChangeRecord record)
    {
        Changes += change.Size;
        Denials += change.Denials;
        var written = new List<LedgerEntry>();
        var withdrawn = new List<LedgerEntry>();
        if (change is MailboxChange mailbox)
        {
            _applied[mailbox.MailboxId] = mailbox;
            AddEntries(written, mailbox, EntryList.Allowed, mailbox.AllowedAdd);
            AddEntries(written, mailbox, EntryList.Blocked, mailbox.BlockedAdd);
            AddEntries(withdrawn, mailbox, EntryList.Allowed, mailbox.AllowedRemove);
            AddEntries(withdrawn, mailbox, EntryList.Blocked, mailbox.BlockedRemove);
        }
        else
        {
            AppliedLevel = (DefaultAccessLevelChange)change;
        }

        _settled.Add(new Settlement(record with { Outcome = ChangeOutcome.Applied, At = _time.GetUtcNow() }, written, withdrawn));
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

    private void Fail(PlannedChange change)
    {
        if (change is not MailboxChange mailbox) return;
        _allowFailed |= mailbox.AllowedAdd.Count > 0;
        _blockFailed |= mailbox.BlockedAdd.Count > 0;
    }

    private void Settle(ChangeRecord record, ChangeOutcome outcome, string message)
    {
        _settled.Add(new Settlement(record with { Outcome = outcome, Message = message, At = _time.GetUtcNow() }, [], []));
    }

    private static bool Same(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Count == right.Count && new HashSet<string>(left, EasDeviceId.Comparer).SetEquals(right);
}
