using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>
/// Takes named entries out of mailboxes' lists, through the applier of plans: each mailbox is read, its entries go with one command that only
/// removes, and the history has the lists from before and after.
/// </summary>
internal sealed class EntryRemover(DeviceSession session)
{
    private readonly Dictionary<Guid, Mailbox> _now = [];
    private readonly List<ConnectorException> _failures = [];

    /// <summary>Entries that could not be removed, and why.</summary>
    public IReadOnlyList<ConnectorException> Failures => _failures;

    /// <summary>Changes that were put into the history.</summary>
    public int Announced { get; private set; }

    /// <summary>Entries that were removed.</summary>
    public int Changes { get; private set; }

    /// <summary>Mailboxes that were written.</summary>
    public int Writes { get; private set; }

    /// <summary>Removes entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="cancellationToken">Ends it between two writes.</param>
    /// <returns>The entries that are in their lists no more.</returns>
    public async Task<IReadOnlyList<ConnectorExemption>> RemoveAsync(IReadOnlyList<ConnectorExemption> entries, CancellationToken cancellationToken)
    {
        var ledger = session.Store.ReadLedger();
        var changes = new List<PlannedChange>();
        var gone = new List<ConnectorExemption>();
        foreach (var own in entries.GroupBy(static entry => entry.MailboxId))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReadAsync(own.Key, own, cancellationToken).ConfigureAwait(false) is not { } mailbox) continue;
            gone.AddRange(own.Where(entry => !Holds(mailbox, entry)));

            // What was ours when somebody said yes to it, and is in the list again by somebody else's hand, is not what was meant.
            var strange = own.Where(entry => entry.Owner == EntryOwner.Connector && Holds(mailbox, entry) && ledger.Find(own.Key, entry.List, new EasDeviceId(entry.DeviceId)) is null).ToList();
            _failures.AddRange(strange.Select(DeviceErrors.NotOurs));
            if (Removal(mailbox, [.. own.Except(strange)]) is { } change) changes.Add(change);
        }

        foreach (var entry in gone) session.Console.Warning($"{entry.Mailbox}: '{entry.DeviceId}' was in the {entry.List} list no more.");
        var applied = await ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        Forget(gone, ledger);
        if (_now.Count > 0) session.Store.UpdateLists([.. _now.Values], session.Time.GetUtcNow());
        return [.. entries.Where(entry => gone.Contains(entry) || (applied.Contains(entry.MailboxId) && !Holds(_now[entry.MailboxId], entry)))];
    }

    private async Task<Mailbox?> ReadAsync(Guid id, IEnumerable<ConnectorExemption> entries, CancellationToken cancellationToken)
    {
        try
        {
            if (await session.Exchange.ReadMailboxAsync(id, null, cancellationToken).ConfigureAwait(false) is { } mailbox) return _now[id] = mailbox;
            _failures.Add(DeviceErrors.MailboxGone(entries.First().Mailbox));
        }
        catch (ConnectorException failure) when (!DeviceErrors.EndsCommand(failure))
        {
            _failures.AddRange(entries.Select(entry => DeviceErrors.NotRemoved(entry, failure.Message)));
        }

        return null;
    }

    private async Task<HashSet<Guid>> ApplyAsync(List<PlannedChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0) return [];
        session.Begin();
        Announced = changes.Count;
        var applier = new PlanApplier(session.Exchange, session.Store, session.Console, session.Time, session.Holder.RunId);
        try
        {
            await applier.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            (Changes, Writes) = (applier.Changes, applier.Applied.Count);
            foreach (var change in applier.Applied.Values) _now[change.MailboxId] = After(_now[change.MailboxId], change);
        }

        foreach (var change in changes.OfType<MailboxChange>().Where(change => !applier.Applied.ContainsKey(change.MailboxId))) AddFailures(change);
        return [.. applier.Applied.Keys];
    }

    private void AddFailures(MailboxChange change)
    {
        var record = session.Store.ReadRuns(null, session.Holder.RunId, includeChanges: true)[0].Changes.FirstOrDefault(made => made.MailboxId == change.MailboxId);
        foreach (var (list, id) in change.AllowedRemove.Select(static id => (EntryList.Allowed, id)).Concat(change.BlockedRemove.Select(static id => (EntryList.Blocked, id))))
        {
            var entry = new ConnectorExemption { Mailbox = change.Mailbox, MailboxId = change.MailboxId, DeviceId = id, List = list, Owner = EntryOwner.Connector };
            _failures.Add(DeviceErrors.NotRemoved(entry, record?.Message ?? "It was not sent."));
        }
    }

    // What somebody else took out is ours no more.
    private void Forget(List<ConnectorExemption> gone, Ledger ledger)
    {
        if (gone.Count == 0) return;
        var notes = gone.Select(entry => ledger.Find(entry.MailboxId, entry.List, new EasDeviceId(entry.DeviceId))).OfType<LedgerEntry>();
        session.Store.Note([.. notes.Select(static entry => new LedgerNote(entry, LedgerFinding.Gone))], session.Time.GetUtcNow());
    }

    private static MailboxChange? Removal(Mailbox mailbox, IReadOnlyList<ConnectorExemption> entries)
    {
        var allowed = Spelled(mailbox.AllowedDeviceIds, entries, EntryList.Allowed);
        var blocked = Spelled(mailbox.BlockedDeviceIds, entries, EntryList.Blocked);
        return allowed.Count + blocked.Count == 0
            ? null
            : new MailboxChange
            {
                MailboxId = mailbox.Id,
                Mailbox = mailbox.PrimarySmtpAddress,
                AllowedRemove = allowed,
                BlockedRemove = blocked,
                AllowedBefore = mailbox.AllowedDeviceIds,
                BlockedBefore = mailbox.BlockedDeviceIds,
            };
    }

    private static Mailbox After(Mailbox mailbox, MailboxChange change) => mailbox with
    {
        AllowedDeviceIds = ChangeRecords.After(change.AllowedBefore, [], change.AllowedRemove),
        BlockedDeviceIds = ChangeRecords.After(change.BlockedBefore, [], change.BlockedRemove),
    };

    private static bool Holds(Mailbox mailbox, ConnectorExemption entry) =>
        (entry.List == EntryList.Allowed ? mailbox.AllowedDeviceIds : mailbox.BlockedDeviceIds).Contains(entry.DeviceId, EasDeviceId.Comparer);

    private static List<string> Spelled(IReadOnlyList<string> list, IReadOnlyList<ConnectorExemption> entries, EntryList which) =>
        [.. list.Where(id => entries.Any(entry => entry.List == which && EasDeviceId.Comparer.Equals(entry.DeviceId, id)))];
}
