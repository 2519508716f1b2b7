using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>Removes a connector, and on request gives back every entry that it wrote first.</summary>
internal sealed class ConnectorRemover
{
    private readonly EngineServices _services;

    public ConnectorRemover(EngineServices services) => _services = services;

    public async Task RemoveAsync(string? name, bool withdrawEntries, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        // To the end: whoever waits for the lease would otherwise run for a connector that is on its way out, with a ledger that knows nothing.
        using var held = await HeldConnector.TakeAsync(_services, name, _services.NewId(), wait: false, cancellationToken).ConfigureAwait(false);
        var settings = held.Settings;
        if (withdrawEntries)
        {
            using var store = _services.OpenState(_services.Configurations.StatePath(settings.Name));
            await WithdrawAsync(settings, store, secrets, shell, console, cancellationToken).ConfigureAwait(false);
        }

        KeptSecrets.Forget(_services.Secrets, settings.Name);
        _services.SignIns.Forget(settings.Tenant);
        _services.Configurations.Remove(settings.Name);
    }

    private async Task WithdrawAsync(ConnectorSettings settings, IStateStore store, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        var exchange = _services.OpenExchange(new ExchangeWay(settings, KeptSecrets.Complete(_services.Secrets, settings, secrets), shell, console, store));
        await using (exchange.ConfigureAwait(false))
        {
            OrganizationCheck.Pass(await exchange.ConnectAsync(cancellationToken).ConfigureAwait(false), settings);
            // An entry that a killed run announced, wrote and never confirmed is ours too, and nobody will know once the state is gone.
            var pending = store.ReadPending().Where(static change => change.MailboxId is not null).ToList();
            var mailboxes = new List<Mailbox>();
            foreach (var id in pending.Select(static change => change.MailboxId).OfType<Guid>().Union(store.ReadLedger().Mailboxes).OrderBy(static id => id))
            {
                if (await exchange.ReadMailboxAsync(id, null, cancellationToken).ConfigureAwait(false) is { } mailbox) mailboxes.Add(mailbox);
            }

            store.Settle(PendingChanges.Settle(pending, Of(mailboxes), _services.Time.GetUtcNow()));
            var ledger = store.ReadLedger();
            List<PlannedChange> changes = [.. mailboxes.Select(mailbox => Withdrawal(mailbox, ledger.Of(mailbox.Id))).OfType<MailboxChange>()];
            var now = _services.Time.GetUtcNow();
            var run = new SyncResult
            {
                RunId = _services.NewId(),
                Connector = settings.Name,
                Kind = SyncKind.Full,
                Status = SyncStatus.Failed,
                Started = now,
                Finished = now,
            };
            store.BeginRun(run);
            var applier = new PlanApplier(exchange, store, console, _services.Time, run.RunId);
            await applier.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
            var failures = changes.Count - applier.Writes;
            store.FinishRun(run with
            {
                Status = failures == 0 ? SyncStatus.Succeeded : SyncStatus.SucceededWithErrors,
                Finished = _services.Time.GetUtcNow(),
                Changes = applier.Changes,
                MailboxWrites = applier.Writes,
                Failures = failures,
                ReReads = applier.ReReads,
                ExchangeCommands = exchange.CommandsSent,
                Notes = exchange.Notes,
            });
            if (failures > 0)
            {
                throw new ConnectorException(
                    ErrorIds.EntriesNotWithdrawn,
                    ErrorKind.ServerFault,
                    settings.Name,
                    $"{failures} of {changes.Count} mailboxes still hold entries of this connector, so it was not removed.",
                    "Get-ConnectorSyncHistory -Last 1 -IncludeChange names them. Run Uninstall-IntuneExchangeConnector -WithdrawEntries again.");
            }
        }
    }

    // Only mailboxes are asked about here, so nothing else of the organisation needs to be read.
    private static ExchangeSnapshot Of(IReadOnlyList<Mailbox> mailboxes) =>
        new() { Partnerships = [], Mailboxes = mailboxes, Settings = new OrganizationAccessSettings { DefaultAccessLevel = default }, Rules = [] };

    private static MailboxChange? Withdrawal(Mailbox mailbox, IReadOnlyList<LedgerEntry> entries)
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
                Evidence = [.. entries.Select(static entry => new ChangeEvidence(entry.DeviceId, AccessDecision.LeaveToExchange, AccessReason.PolicyDisabled))],
            };
    }

    private static List<string> Spelled(IReadOnlyList<string> list, IReadOnlyList<LedgerEntry> entries, EntryList which) =>
        [.. list.Where(id => entries.Any(entry => entry.List == which && entry.DeviceId == new EasDeviceId(id)))];
}
