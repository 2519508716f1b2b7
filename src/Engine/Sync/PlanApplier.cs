using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Applies a plan, and is the only part of a sync that changes Exchange:
/// <code>
///   grants ─► denials ─► settings, one by one ─► what leans on them     mailboxes in several lanes within a stretch, nobody overtakes
///
///   of each change:  announced ─► re-read ─► still as planned? ─► write ─► settled
///                                    ▲                              │
///                                    └── the session broke: what became of it? ──┘
/// </code>
/// What changed since the plan was made is skipped, and so is what relied on a write that failed. A write whose answer was lost is looked for before it is sent again. A failure
/// of one mailbox is that mailbox's; when no server answers any more the run ends, and the changes that were under way stay announced until the
/// next run has seen what became of them.
/// </summary>
internal sealed class PlanApplier
{
    private const int Attempts = 3;

    // Opening a session takes about as long as a dozen changes, so for fewer nobody opens one.
    private const int ChangesOfALane = 12;

    // One mailbox may refuse; when everything does, it is not the mailboxes.
    private const int FailuresInARow = 25;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    // A budget that is used up fills again in a minute or two.
    private static readonly TimeSpan[] s_slowDown = [TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];

    private readonly object _gate = new();
    private readonly IExchangeDirectory _exchange;
    private readonly IStateStore _store;
    private readonly ISyncConsole _console;
    private readonly TimeProvider _time;
    private readonly Guid _runId;
    private readonly Dictionary<Guid, MailboxChange> _applied = [];
    private readonly List<PlannedChange> _appliedSettings = [];
    private readonly ReliedUpon _relied = new();
    private readonly NewPolicies _policies = new();
    private int _failuresInARow;
    private int _done;
    private int _reReads;

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

    /// <summary>Changes of settings, rules and mailbox policies that were written and confirmed, in their order; a created object has its Guid.</summary>
    public IReadOnlyList<PlannedChange> AppliedSettings => _appliedSettings;

    /// <summary>List entries and settings that were written.</summary>
    public int Changes { get; private set; }

    /// <summary>Commands that were confirmed.</summary>
    public int Writes { get; private set; }

    /// <summary>Partnerships that lost mail by what was written.</summary>
    public int Denials { get; private set; }

    /// <summary>Objects that were read anew before their write.</summary>
    public int ReReads => _reReads;

    /// <summary>Applies the changes in their order.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Ends the run between two writes.</param>
    /// <returns>Completes when the last change is settled.</returns>
    /// <exception cref="ConnectorException">No server answers, or the journal cannot be written; what was written until then is recorded.</exception>
    public async Task ApplyAsync(IReadOnlyList<PlannedChange> changes, CancellationToken cancellationToken)
    {
        var journal = new ChangeJournal(changes, _store, _time, _runId);
        try
        {
            for (var start = 0; start < changes.Count;)
            {
                var end = EndOfStretch(changes, start);
                journal.Open(end);
                await ApplyStretchAsync(journal, end - start, changes.Count, cancellationToken).ConfigureAwait(false);
                start = end;
            }
        }
        finally
        {
            journal.Close();
            journal.Flush();
        }

        _console.Report(new SyncProgress(SyncStage.Apply, changes.Count, changes.Count, Completed: true));
    }

    // Mailboxes do not rely on each other, so long as those that gain come before those that lose; a setting relies on everything before it.
    private static int EndOfStretch(IReadOnlyList<PlannedChange> changes, int start)
    {
        var end = start + 1;
        if (changes[start] is not MailboxChange) return end;
        var harms = changes[start].Denials > 0;
        while (end < changes.Count && changes[end] is MailboxChange && changes[end].Denials > 0 == harms) end++;
        return end;
    }

    private async Task ApplyStretchAsync(ChangeJournal journal, int count, int total, CancellationToken cancellationToken)
    {
        var lanes = new Task[Math.Max(1, Math.Min(_exchange.MaximumLanes, 1 + (count / ChangesOfALane)))];
        for (var i = 0; i < lanes.Length; i++) lanes[i] = ApplyLaneAsync(journal, total, cancellationToken);
        await Task.WhenAll(lanes).ConfigureAwait(false);
    }

    private async Task ApplyLaneAsync(ChangeJournal journal, int total, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && journal.Take() is { } change)
            {
                await ApplyAsync(journal, change, cancellationToken).ConfigureAwait(false);
                _console.Report(new SyncProgress(SyncStage.Apply, Interlocked.Increment(ref _done), total));
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception)
        {
            // The other lanes end what they have in hand and take nothing more.
            journal.Close();
            throw;
        }
    }

    private async Task ApplyAsync(ChangeJournal journal, AnnouncedChange announced, CancellationToken cancellationToken)
    {
        var underWay = false;
        var change = announced;
        string? remark = null;
        try
        {
            if (ReliesOnFailed(change.Change) is { } failed)
            {
                Skip(journal, change, failed);
                return;
            }

            lock (_gate) (change, remark) = _policies.Settle(change);
            if (change.Change.Size == 0)
            {
                Skip(journal, change, remark!);
                return;
            }

            string? controller = null;
            var (broken, throttled) = (0, 0);
            while (true)
            {
                Interlocked.Increment(ref _reReads);
                var check = await ChangeCheck.LookAsync(_exchange, change.Change, controller, cancellationToken).ConfigureAwait(false);
                if (underWay && check.Finding == ChangeFinding.Done)
                {
                    Confirm(journal, change with { Change = WithId(change.Change, check.ObjectId) }, "It was written; the answer was lost on the way.");
                    return;
                }

                if (check.Finding != ChangeFinding.AsPlanned)
                {
                    Skip(journal, change, check.Why!);
                    return;
                }

                try
                {
                    controller = check.DomainController;
                    underWay = true;
                    change = change with { Change = await WriteAsync(change.Change, controller, cancellationToken).ConfigureAwait(false) };
                    if (remark is not null) _console.Warning($"{change.Change.Target}: {remark}");
                    Confirm(journal, change, remark);
                    return;
                }
                catch (ConnectorException failure) when (IsThrottled(failure) && throttled < s_slowDown.Length)
                {
                    var pause = s_slowDown[throttled++];
                    _console.Verbose($"{change.Change.Target}: {failure.Message} It is tried again in {pause.TotalSeconds:0} seconds.");
                    await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
                }
                catch (ConnectorException failure) when (IsUnclear(failure) && !IsThrottled(failure) && broken < Attempts - 1)
                {
                    broken++;
                    _console.Verbose($"{change.Change.Target}: {failure.Message} It is read again to see what became of the write.");
                    await PauseAsync(s_pause, cancellationToken).ConfigureAwait(false);
                }
                catch (ConnectorException failure) when (!EndsRun(failure) && !IsUnclear(failure) && change.Change is MailboxChange { ChangesMailboxPolicy: true, ChangesPolicyOnly: false })
                {
                    // A domain controller may not know a new policy yet; who gets mail does not wait for that.
                    (change, remark) = NewPolicies.Without(change, failure.Message);
                    underWay = false;
                }
            }
        }
        catch (ConnectorException failure) when (!EndsRun(failure))
        {
            Fail(journal, change, failure, unclear: underWay && IsUnclear(failure));
        }
        catch (Exception) when (!underWay)
        {
            journal.Settle(change, ChangeOutcome.Skipped, "The run broke off before this change; the next run plans it again.");
            throw;
        }
    }

    private async Task<PlannedChange> WriteAsync(PlannedChange change, string? controller, CancellationToken cancellationToken)
    {
        if (change is AccessRuleChange { Kind: ObjectAction.Create } or MailboxPolicyChange { Kind: ObjectAction.Create })
        {
            return WithId(change, await _exchange.CreateAsync(change, cancellationToken).ConfigureAwait(false));
        }

        await _exchange.WriteAsync(change, controller, cancellationToken).ConfigureAwait(false);
        return change;
    }

    private static PlannedChange WithId(PlannedChange change, Guid? id) => change switch
    {
        AccessRuleChange { Kind: ObjectAction.Create } rule => rule with { RuleId = id },
        MailboxPolicyChange { Kind: ObjectAction.Create } policy => policy with { PolicyId = id },
        _ => change,
    };

    private static bool IsUnclear(ConnectorException failure) => failure.ErrorId is ErrorIds.ExchangeSessionLost || IsThrottled(failure) || IsPassing(failure);

    private static bool IsThrottled(ConnectorException failure) => failure.ErrorId == ErrorIds.ExchangeThrottled;

    private static bool IsPassing(ConnectorException failure) => failure is { ErrorId: ErrorIds.ExchangeCommandFailed, Kind: ErrorKind.Unreachable };

    private static bool EndsRun(ConnectorException failure) =>
        (failure.Kind is ErrorKind.Unreachable or ErrorKind.Authentication or ErrorKind.Storage or ErrorKind.Throttled && !IsPassing(failure))
        || failure.ErrorId is ErrorIds.ExchangeSessionLost or ErrorIds.ExchangeSessionInvalid or ErrorIds.ExchangeCmdletMissing or ErrorIds.ExchangeParameterMissing;

    private string? ReliesOnFailed(PlannedChange change)
    {
        lock (_gate) return _relied.Against(change);
    }

    private void Confirm(ChangeJournal journal, AnnouncedChange change, string? message)
    {
        lock (_gate)
        {
            Writes++;
            Changes += change.Change.Size;
            Denials += change.Change.Denials;
            _failuresInARow = 0;
            if (change.Change is MailboxChange mailbox)
            {
                _applied[mailbox.MailboxId] = mailbox;
            }
            else
            {
                _appliedSettings.Add(change.Change);
                _policies.Note(change.Change);
            }
        }

        journal.Confirm(change, message);
    }

    private void Skip(ChangeJournal journal, AnnouncedChange change, string why)
    {
        NoteFailed(change.Change);
        journal.Settle(change, ChangeOutcome.Skipped, why);
        _console.Warning($"{change.Change.Target}: not changed. {why}");
    }

    private void Fail(ChangeJournal journal, AnnouncedChange change, ConnectorException failure, bool unclear)
    {
        NoteFailed(change.Change);
        if (unclear)
        {
            // It stays announced: taken for failed, an entry that was written after all would count as an administrator's for ever.
            _console.Warning($"{change.Change.Target}: not confirmed, the next run looks what became of it. {failure.Message}");
        }
        else
        {
            journal.Settle(change, ChangeOutcome.Failed, failure.Message);
            _console.Warning($"{change.Change.Target}: not changed. {failure.Message}");
        }

        int inARow;
        lock (_gate) inARow = ++_failuresInARow;
        if (inARow < FailuresInARow) return;
        throw new ConnectorException(
            failure.ErrorId, failure.Kind, failure.Target,
            $"{inARow} changes in a row failed, so the run ends here. The last one: {failure.Message}",
            failure.Remedy);
    }

    private void NoteFailed(PlannedChange change)
    {
        lock (_gate)
        {
            _relied.Failed(change);
            _policies.Fail(change);
        }
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
#if NET
        Task.Delay(pause, _time, cancellationToken);
#else
        _time.Delay(pause, cancellationToken);
#endif
}
