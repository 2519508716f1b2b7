using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Setup;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// One sync, told from top to bottom:
/// <code>
///   gather ─► settle what a killed run left ─► doubt the read ─► match, decide, plan ─► fuse ─► apply ─► record
/// </code>
/// A full run reads and computes everything anew. A quick run reads Exchange whole and of the tenant what changed, and computes anew what depends
/// on anything that is not as it was; from the same facts both come to the same plan.
/// </summary>
internal sealed class SyncRun
{
    /// <summary>Key under which the name of the server that answered last is kept.</summary>
    public const string ServerKey = "server";

    private readonly ConnectorSettings _settings;
    private readonly SyncRequest _request;
    private readonly IExchangeDirectory _exchange;
    private readonly IManagedDeviceSource _tenant;
    private readonly IStateStore _store;
    private readonly ISyncConsole _console;
    private readonly TimeProvider _time;
    private IReadOnlyList<OwnedObject> _owned;
    private SyncResult _result;
    private PlanScope? _scope;
    private string? _before;
    private string? _agreement;
    private RunNote? _told;

    public SyncRun(
        ConnectorSettings settings,
        SyncRequest request,
        IExchangeDirectory exchange,
        IManagedDeviceSource tenant,
        IStateStore store,
        ISyncConsole console,
        TimeProvider time,
        Guid runId)
    {
        _settings = settings;
        _request = request;
        _exchange = exchange;
        _tenant = tenant;
        _store = store;
        _console = console;
        _time = time;
        _owned = store.ReadOwned();
        var now = time.GetUtcNow();
        _result = new SyncResult
        {
            RunId = runId,
            Connector = settings.Name,
            Kind = request.Kind ?? (store.ReadLastSuccess(SyncKind.Full) is null ? SyncKind.Full : SyncKind.Quick),
            Status = SyncStatus.Failed,
            Started = now,
            Finished = now,
            FailureId = ErrorIds.SyncFailed,
            FailureMessage = "The run broke off before it could say why.",
        };
    }

    /// <summary>Runs it. A failure to connect is recorded and thrown; any later failure is recorded and told in the result.</summary>
    /// <param name="cancellationToken">Ends the run between two writes.</param>
    /// <returns>What the run did.</returns>
    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        _before = _store.ReadValue(Agreement.Key);
        if (!_request.PlanOnly)
        {
            _store.WriteValue(Agreement.Key, null);
            _store.BeginRun(_result);
        }

        try
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Finish(Failed(failure));
            throw;
        }

        try
        {
            var result = await WorkAsync(cancellationToken).ConfigureAwait(false);
            if (_tenant is IExchangeConnectorEntries entries) _told = await new IntuneNotice(_settings, entries, _store, _console, _time).AfterAsync(result, cancellationToken).ConfigureAwait(false);
            return Finish(result);
        }
        catch (OperationCanceledException failure)
        {
            Finish(Failed(failure));
            throw;
        }
        catch (ConnectorException failure)
        {
            return Finish(Failed(failure));
        }
        catch (Exception failure)
        {
            FinishUnforeseen(failure);
            throw;
        }
    }

    // The history should know of it; where even that fails, the first failure is the one that has to be told.
    private void FinishUnforeseen(Exception failure)
    {
        try
        {
            Finish(Failed(failure));
        }
        catch (Exception)
        {
            _console.Verbose("The failure could not be recorded in the history.");
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _console.Report(new SyncProgress(SyncStage.Connect, 0, null));
        var organization = await _exchange.ConnectAsync(cancellationToken).ConfigureAwait(false);
        OrganizationCheck.Pass(organization, _settings);

        if (Needs is { } needs) await _exchange.RequireAsync(needs, cancellationToken).ConfigureAwait(false);
        await (_result.Kind == SyncKind.Full ? _tenant.ConnectAsync(cancellationToken) : _tenant.SignInAsync(cancellationToken)).ConfigureAwait(false);
        if (!_request.PlanOnly) _store.WriteValue(ServerKey, organization.Server);
        _console.Report(new SyncProgress(SyncStage.Connect, 1, 1, Completed: true));
    }

    // A full run believes nothing that it has not read itself.
    private TenantMemory? Remembered() => _result.Kind == SyncKind.Full ? null : _store.ReadTenant();

    // Only a full run compares the organisation's configuration.
    private ConfigurationNeeds? Needs => _result.Kind == SyncKind.Full ? ConfigurationRun.Needs(_settings, _owned) : null;

    private async Task<SyncResult> WorkAsync(CancellationToken cancellationToken)
    {
        Gathered read;
        try
        {
            read = await Gathered.ReadAsync(_exchange, _tenant, _settings.Policy, Remembered, Needs, _console, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (RunHolds.IsOfTenantRead(failure))
        {
            return Held(RunHolds.Unread(failure, _tenant.RequestsSent));
        }

        Count(read);
        if ((read.Exchange.Incomplete ?? read.Tenant.Incomplete) is { } cut) return Held(RunHolds.Cut(cut));

        var ledger = SettlePending(read);
        if (!_request.Force && Doubt(read) is { } doubt) return Held(doubt);

        _console.Report(new SyncProgress(SyncStage.Plan, 0, read.Exchange.Partnerships.Count));
        _agreement = Agreement.Of(_settings, read.Exchange);
        SyncPlan plan;
        try
        {
            (read, plan) = await PlanAsync(read, ledger, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (RunHolds.IsOfTenantRead(failure))
        {
            return Held(RunHolds.Unread(failure, _tenant.RequestsSent));
        }

        if (read.Tenant.Incomplete is { } gap) return Held(RunHolds.Cut(gap));
        if (!_request.Force && Doubt(read) is { } late) return Held(late);
        Count(plan);
        foreach (var warning in plan.Warnings) _console.Warning(warning);
        _console.Report(new SyncProgress(SyncStage.Plan, read.Exchange.Partnerships.Count, read.Exchange.Partnerships.Count, Completed: true));

        if (_request.PlanOnly) return Show(read, plan);
        if (DoubtOwners(plan) is { } strange) return Held(strange);
        if (Limit(read, plan) is { } limit)
        {
            Keep(read, plan);
            return Held(limit);
        }

        return await ApplyAsync(read, plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Gathered Read, SyncPlan Plan)> PlanAsync(Gathered read, Ledger ledger, CancellationToken cancellationToken)
    {
        var evidence = new DenialEvidence(_tenant, _settings.Policy, _store.ReadTenant, _console);
        while (true)
        {
            _scope = Scope(read, ledger);
            var plan = PlanBuilder.Build(new PlanInput
            {
                Exchange = read.Exchange,
                Tenant = read.Tenant,
                Policy = _settings.Policy,
                Ledger = ledger,
                Wanted = _settings.Wanted,
                Owned = _owned,
                IncludeSettings = _result.Kind == SyncKind.Full,
                Scope = _scope,
                Now = read.At,
            });
            // A run that is held writes nothing, so nobody need be asked for; what was only remembered is looked at first all the same.
            if (read.TenantRead.IsWhole && (DoubtOwners(plan) ?? Limit(read, plan)) is not null) return (read, plan);
            var confirmed = await evidence.ConfirmAsync(plan, read.TenantRead, cancellationToken).ConfigureAwait(false);
            if (ReferenceEquals(confirmed, read.TenantRead)) return (read, plan);
            read = read with { TenantRead = confirmed };
        }
    }

    private async Task<SyncResult> ApplyAsync(Gathered read, SyncPlan plan, CancellationToken cancellationToken)
    {
        if (_result.Kind == SyncKind.Full) await GroupMemory.RefreshAsync(_tenant, _settings.Policy, _store, _console, cancellationToken).ConfigureAwait(false);
        if (plan.LedgerNotes.Count > 0) _store.Note(plan.LedgerNotes, read.At);
        if (plan.OwnedGone.Count > 0) _store.Forget(plan.OwnedGone);
        var applier = new PlanApplier(_exchange, _store, _console, _time, _result.RunId);
        try
        {
            await applier.ApplyAsync(plan.Changes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _result = _result with
            {
                Changes = applier.Changes,
                MailboxWrites = applier.Applied.Count,
                Failures = plan.Changes.Count - applier.Writes,
                Denials = applier.Denials,
                ReReads = applier.ReReads,
            };
        }

        _console.Report(new SyncProgress(SyncStage.Record, 0, null));
        if (_scope is null) _store.SaveSnapshot(Snapshot(read, plan, applier), asBaseline: true);
        else _store.UpdateSnapshot(Snapshot(read, plan, applier), _scope.Mailboxes, asBaseline: true);
        Remember(read);
        _console.Report(new SyncProgress(SyncStage.Record, 1, 1, Completed: true));
        return Ended(_result.Failures + _result.Unreadable + plan.Withheld == 0 ? SyncStatus.Succeeded : SyncStatus.SucceededWithErrors);
    }

    // A row that could not be read would stay unknown for as long as nothing changes in it.
    private void Remember(Gathered read)
    {
        if (read.Tenant.Unreadable.Count == 0) _store.RememberTenant(read.TenantRead);
        else _store.ForgetTenant();
    }

    // What is answered from until the next read: what was read, with what was written since.
    private static RunSnapshot Snapshot(Gathered read, SyncPlan plan, PlanApplier applier) => new()
    {
        AsOf = read.At,
        Exchange = ConfigurationAfter.Of(read.Exchange, applier.AppliedSettings),
        Tenant = read.Tenant,
        Assessments = plan.Assessments,
        MatchedOwners = plan.MatchedOwners,
        Written = read.Exchange.Mailboxes.Where(mailbox => applier.Applied.ContainsKey(mailbox.Id)).ToDictionary(
            static mailbox => mailbox.Id,
            mailbox => After(mailbox, applier.Applied[mailbox.Id])),
    };

    private static Mailbox After(Mailbox mailbox, MailboxChange change) => mailbox with
    {
        AllowedDeviceIds = ChangeRecords.After(mailbox.AllowedDeviceIds, change.AllowedAdd, change.AllowedRemove),
        BlockedDeviceIds = ChangeRecords.After(mailbox.BlockedDeviceIds, change.BlockedAdd, change.BlockedRemove),
        MailboxPolicy = change.ChangesMailboxPolicy ? change.MailboxPolicyTo : mailbox.MailboxPolicy,
    };

    // Only after a run that left nothing undone may the next one look at nothing but what changed since.
    private PlanScope? Scope(Gathered read, Ledger ledger)
    {
        if (_result.Kind == SyncKind.Full || read.TenantRead.Changes is not { } changes || _before != _agreement || _store.ReadMarks() is not { } marks) return null;
        var scope = ChangeScope.Of(read.Exchange, changes, ledger, marks);
        _console.Verbose(FormattableString.Invariant($"Decided anew: {scope.Mailboxes.Count} of {read.Exchange.Mailboxes.Count} mailboxes; nothing that the others depend on has changed."));
        return scope;
    }

    private Ledger SettlePending(Gathered read)
    {
        var ledger = _store.ReadLedger();
        var pending = _store.ReadPending();
        if (pending.Count == 0) return ledger;

        var settlements = PendingChanges.Settle(pending, read.Exchange, read.At);
        _console.Verbose($"An earlier run broke off with {pending.Count} changes announced; {settlements.Count(static settlement => settlement.Change.Outcome == ChangeOutcome.Applied)} of them had been written.");
        if (!_request.PlanOnly)
        {
            _store.Settle(settlements);
            _owned = _store.ReadOwned();
            return _store.ReadLedger();
        }

        var gone = new HashSet<(Guid, EntryList, EasDeviceId)>(settlements.SelectMany(static settlement => settlement.Withdrawn).Select(Key));
        var entries = ledger.Mailboxes.SelectMany(ledger.Of).Where(entry => !gone.Contains(Key(entry)));
        return new Ledger(entries.Concat(settlements.SelectMany(static settlement => settlement.Written)));

        static (Guid, EntryList, EasDeviceId) Key(LedgerEntry entry) => (entry.MailboxId, entry.List, entry.DeviceId);
    }

    private RunHold? Doubt(Gathered read) =>
        RunHolds.Join(Baseline.Of(read.Exchange, read.Tenant).Doubt(_store.ReadBaseline(), _settings.Policy.Enabled), RunHolds.Unreadable(read.Tenant.Unreadable));

    private RunHold? DoubtOwners(SyncPlan plan) =>
        _request.Force ? null : OwnerDoubt.Of(plan, _store.ReadBaseline()?.MatchedOwners, _settings.Policy.Enabled);

    private RunHold? Limit(Gathered read, SyncPlan plan) =>
        Fuse.Hold(_settings.Policy, plan, _store.CountDenials(read.At.AddDays(-1)), _request.Force);

    private SyncResult Show(Gathered read, SyncPlan plan)
    {
        foreach (var change in plan.Changes) _console.Plan(change);
        _result = _result with
        {
            Changes = plan.Changes.Sum(static change => change.Size),
            MailboxWrites = plan.Changes.Count(static change => change is MailboxChange),
        };
        var hold = (DoubtOwners(plan) ?? Limit(read, plan))?.ToString();
        if (hold is not null) _console.Warning($"The run would be held. {hold}");
        return Ended(SyncStatus.Planned) with { HeldReason = hold };
    }

    // What the limit was asked about was read and decided, so questions are answered from it.
    private void Keep(Gathered read, SyncPlan plan)
    {
        var snapshot = new RunSnapshot { AsOf = read.At, Exchange = read.Exchange, Tenant = read.Tenant, Assessments = plan.Assessments };
        if (_scope is null) _store.SaveSnapshot(snapshot, asBaseline: false);
        else _store.UpdateSnapshot(snapshot, _scope.Mailboxes, asBaseline: false);
    }

    private SyncResult Held(RunHold hold)
    {
        _console.Warning($"The run is held and nothing was written. {hold}");
        return Ended(SyncStatus.Held) with { HeldReason = hold.ToString() };
    }

    private SyncResult Ended(SyncStatus status) => _result with { Status = status, FailureId = null, FailureMessage = null, FailureRemedy = null };

    private SyncResult Failed(Exception failure) => _result with
    {
        Status = SyncStatus.Failed,
        FailureId = failure is ConnectorException known ? known.ErrorId : failure is OperationCanceledException ? ErrorIds.SyncCancelled : ErrorIds.Unexpected,
        FailureMessage = failure is OperationCanceledException ? "The run was stopped. What it had written is recorded; the next run does the rest." : failure.Message,
        FailureRemedy = failure is ConnectorException { Remedy: { } remedy } ? remedy : failure is OperationCanceledException ? "Run the sync again." : "This is a defect. Repeat the command with -Verbose and report what it says.",
    };

    private SyncResult Finish(SyncResult result)
    {
        _result = result with
        {
            Finished = _time.GetUtcNow(),
            ExchangeCommands = _exchange.CommandsSent,
            Notes = _told is null ? _exchange.Notes : [.. _exchange.Notes, _told],
            GraphRequests = _tenant.RequestsSent,
        };
        if (_request.PlanOnly) return _result;
        _store.FinishRun(_result);
        if (_result.Status == SyncStatus.Succeeded) _store.WriteValue(Agreement.Key, _agreement);
        return _result;
    }

    private void Count(Gathered read) => _result = _result with
    {
        Partnerships = read.Exchange.Partnerships.Count + read.UnreadablePartnerships,
        Unreadable = read.UnreadablePartnerships,
    };

    private void Count(SyncPlan plan) => _result = _result with
    {
        Allowed = plan.Allowed,
        Blocked = plan.Blocked,
        LeftToExchange = plan.LeftToExchange,
        SystemPartnerships = plan.SystemPartnerships,
        Conflicts = plan.Conflicts,
        Denials = plan.Denials,
    };
}
