using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Settles what a killed run left behind. A change is announced in the journal with its values before and after, then written, then
/// settled; a kill may fall between any two of these. What Exchange holds now tells which: an entry that was to be added, was not there
/// before and is there now was written by us. Nothing is written again here: the plan that follows sees to what is still wanted.
/// </summary>
internal static class PendingChanges
{
    /// <summary>Finds out what became of the changes.</summary>
    /// <param name="pending">Changes that were announced and never settled.</param>
    /// <param name="exchange">What Exchange says now; complete.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <returns>How each is to be settled; what this read cannot tell stays pending.</returns>
    public static IReadOnlyList<Settlement> Settle(IReadOnlyList<ChangeRecord> pending, ExchangeSnapshot exchange, DateTimeOffset now)
    {
        if (pending.Count == 0) return [];
        var mailboxes = new Dictionary<Guid, Mailbox>();
        foreach (var mailbox in exchange.Mailboxes) mailboxes[mailbox.Id] = mailbox;
        var settled = new List<Settlement>(pending.Count);
        foreach (var change in pending)
        {
            if (change.After.ContainsKey(ChangeRecords.Device)) settled.Add(SettleDevice(change, exchange, now));
            else if (change.MailboxId is { } id) settled.Add(SettleMailbox(change, id, mailboxes, now));
            else if (PendingConfiguration.Find(change, exchange) is { } found) settled.Add(SettleSetting(change, found.Written, now) with { Created = found.Created, Removed = found.Removed });
        }

        return settled;
    }

    private static Settlement SettleMailbox(ChangeRecord change, Guid id, Dictionary<Guid, Mailbox> mailboxes, DateTimeOffset now)
    {
        if (!mailboxes.TryGetValue(id, out var mailbox)) return NotWritten(change, "The mailbox does not exist any more.", now);

        var written = new List<LedgerEntry>();
        var withdrawn = new List<LedgerEntry>();
        foreach (var list in new[] { EntryList.Allowed, EntryList.Blocked })
        {
            var before = Values(change.Before, list);
            var after = Values(change.After, list);
            var current = new HashSet<string>(list == EntryList.Allowed ? mailbox.AllowedDeviceIds : mailbox.BlockedDeviceIds, EasDeviceId.Comparer);
            foreach (var added in after.Where(entry => !before.Contains(entry) && current.Contains(entry))) written.Add(Entry(change, id, list, added));
            foreach (var removed in before.Where(entry => !after.Contains(entry) && !current.Contains(entry))) withdrawn.Add(Entry(change, id, list, removed));
        }

        return written.Count + withdrawn.Count == 0 && !IsReassigned(change, mailbox)
            ? NotWritten(change, "The run broke off before the write.", now)
            : new Settlement(change with { Outcome = ChangeOutcome.Applied, Message = "Confirmed by the next run.", At = now }, written, withdrawn);
    }

    private static Settlement SettleSetting(ChangeRecord change, bool written, DateTimeOffset now) => written
        ? new Settlement(change with { Outcome = ChangeOutcome.Applied, Message = "Confirmed by the next run.", At = now }, [], [])
        : NotWritten(change, "The run broke off before the write.", now);

    private static bool IsReassigned(ChangeRecord change, Mailbox mailbox) =>
        change.After.ContainsKey(ConfigurationRecords.AssignedPolicy)
        && !string.Equals(mailbox.MailboxPolicy, ConfigurationRecords.Value(change.Before, ConfigurationRecords.AssignedPolicy), StringComparison.OrdinalIgnoreCase);

    // Whether a removal happened can be seen; whether a wipe was asked for, only by who asks the mailbox.
    private static Settlement SettleDevice(ChangeRecord change, ExchangeSnapshot exchange, DateTimeOffset now)
    {
        if (change.After.ContainsKey(ChangeRecords.DeviceRemoved))
        {
            return Guid.TryParse(change.After[ChangeRecords.Device][0], out var id) && exchange.Partnerships.Any(partnership => partnership.Id == id)
                ? NotWritten(change, "The command broke off before the removal.", now)
                : new Settlement(change with { Outcome = ChangeOutcome.Applied, Message = "Confirmed by the next run.", At = now }, [], []);
        }

        return NotWritten(change, "The command broke off before Exchange confirmed. Get-ConnectorDevice -IncludeStatistics shows whether the request was taken.", now);
    }

    private static Settlement NotWritten(ChangeRecord change, string message, DateTimeOffset now) =>
        new(change with { Outcome = ChangeOutcome.Failed, Message = message, At = now }, [], []);

    private static HashSet<string> Values(IReadOnlyDictionary<string, IReadOnlyList<string>> values, EntryList list) =>
        new(values.TryGetValue(list.ToString(), out var found) ? found : [], EasDeviceId.Comparer);

    private static LedgerEntry Entry(ChangeRecord change, Guid mailbox, EntryList list, string id) => new()
    {
        MailboxId = mailbox,
        DeviceId = new EasDeviceId(id),
        List = list,
        WrittenAt = change.At,
        RunId = change.RunId,
    };
}
