using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>
/// Ends partnerships. Exchange keeps a removed device's id in the mailbox's lists, and a device that comes back with it is let in without
/// being asked, so the entries go first; where they cannot go, the partnership stays.
/// </summary>
internal sealed class DeviceRemover(DeviceSession session)
{
    private readonly List<ConnectorException> _failures = [];

    /// <summary>Removes devices.</summary>
    /// <param name="removals">The devices, each with the entries that whoever ordered it was told of.</param>
    /// <param name="cancellationToken">Ends it between two devices.</param>
    /// <returns>The devices that are gone, and what could not be done.</returns>
    public async Task<CommandReport<ConnectorDevice>> RunAsync(IReadOnlyList<DeviceRemoval> removals, CancellationToken cancellationToken)
    {
        var entries = new EntryRemover(session);
        DeviceJournal? journal = null;
        try
        {
            var checkedOnes = await CheckAsync(removals, cancellationToken).ConfigureAwait(false);
            var wanted = checkedOnes.SelectMany(static removal => removal.Entries).ToList();
            var left = new HashSet<ConnectorExemption>(await entries.RemoveAsync(wanted, cancellationToken).ConfigureAwait(false));
            _failures.AddRange(entries.Failures);
            journal = new DeviceJournal(session, entries.Announced);
            var removed = new List<ConnectorDevice>();
            foreach (var removal in checkedOnes.Where(removal => removal.Entries.All(left.Contains)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await RemoveAsync(journal, removal.Device, cancellationToken).ConfigureAwait(false)) removed.Add(removal.Device);
            }

            session.Finish(entries.Changes + journal.Sent, entries.Writes, _failures.Count);
            return new(session.RunId, removed, _failures);
        }
        catch (Exception failure)
        {
            session.Finish(entries.Changes + (journal?.Sent ?? 0), entries.Writes, removals.Count - (journal?.Sent ?? 0), failure);
            throw;
        }
    }

    private async Task<List<DeviceRemoval>> CheckAsync(IReadOnlyList<DeviceRemoval> removals, CancellationToken cancellationToken)
    {
        var check = new DeviceCheck(session.Exchange);
        var ledger = session.Store.ReadLedger();
        var leaving = new HashSet<Guid>(removals.Select(static removal => removal.Device.PartnershipId));
        var checkedOnes = new List<DeviceRemoval>();
        foreach (var removal in removals)
        {
            try
            {
                var mailbox = await check.CheckAsync(removal.Device, cancellationToken).ConfigureAwait(false);
                checkedOnes.Add(removal with { Entries = removal.SharedWith.All(other => leaving.Contains(other.PartnershipId)) ? Entries(removal, mailbox, ledger) : [] });
            }
            catch (ConnectorException failure) when (!DeviceErrors.EndsCommand(failure))
            {
                _failures.Add(failure);
            }
        }

        return checkedOnes;
    }

    // Exchange's lists of now, not of the last read: an entry that somebody made since lets the device in just the same.
    private static List<ConnectorExemption> Entries(DeviceRemoval removal, Mailbox mailbox, Ledger ledger)
    {
        var id = new EasDeviceId(removal.Device.DeviceId);
        var entries = new List<ConnectorExemption>();
        foreach (var (list, ids) in new[] { (EntryList.Allowed, mailbox.AllowedDeviceIds), (EntryList.Blocked, mailbox.BlockedDeviceIds) })
        {
            if (ids.FirstOrDefault(entry => new EasDeviceId(entry) == id) is not { } spelled) continue;
            var ours = ledger.Find(mailbox.Id, list, id) is not null;
            var entry = new ConnectorExemption
            {
                Mailbox = removal.Device.Mailbox,
                MailboxId = mailbox.Id,
                DeviceId = spelled,
                List = list,
                Owner = ours ? EntryOwner.Connector : EntryOwner.Administrator,
            };

            // An administrator's block goes on keeping the device out when it comes back.
            if (!ours && list == EntryList.Blocked) continue;
            if (!ours && !removal.Entries.Any(told => told.List == list && told.Owner == EntryOwner.Administrator)) throw DeviceErrors.EntryNotTold(removal.Device, spelled);
            entries.Add(entry);
        }

        return entries;
    }

    private async Task<bool> RemoveAsync(DeviceJournal journal, ConnectorDevice device, CancellationToken cancellationToken)
    {
        try
        {
            await journal.SendAsync(device, "remove the partnership", Sync.ChangeRecords.DeviceRemoved, () => session.Exchange.RemoveDeviceAsync(device.PartnershipId, cancellationToken)).ConfigureAwait(false);
            session.Store.ForgetDevices([device.PartnershipId]);
            return true;
        }
        catch (ConnectorException failure) when (!DeviceErrors.EndsCommand(failure))
        {
            _failures.Add(DeviceErrors.OrderFailed(device, "The removal", failure));
            return false;
        }
    }
}
