using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Devices;

namespace IntuneExchangeConnector.Engine;

/// <content>Devices whose id changed: proposed to people, never acted on.</content>
public sealed partial class ConnectorEngine
{
    /// <summary>
    /// Reads what mailboxes remember of devices, with one command for each, and tells by that which devices have a changed id. What a mailbox does not
    /// remember is judged by its directory object.
    /// </summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="onlyChanged">True for only those that have one.</param>
    /// <param name="force">True to read more than a hundred mailboxes.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it between two mailboxes.</param>
    /// <returns>The devices with their statistics and changes, in their order.</returns>
    /// <exception cref="ConnectorException">StatisticsLimit, before anything is opened; or the connection failed.</exception>
    public Task<IReadOnlyList<ConnectorDevice>> ProveChangesAsync(
        string? name, IReadOnlyList<ConnectorDevice> devices, bool onlyChanged, bool force, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return ProveAsync();

        async Task<IReadOnlyList<ConnectorDevice>> ProveAsync()
        {
            var read = await ReadStatisticsAsync(name, devices, force, secrets, shell, console, cancellationToken).ConfigureAwait(false);
            var statistics = new Dictionary<Guid, DeviceStatistics>();
            foreach (var device in read)
            {
                if (device.Statistics is { } known) statistics[device.PartnershipId] = known;
            }

            using var store = OpenState(_services.Configurations.Read(name));
            var indexes = new Dictionary<Guid, IdChangeIndex>();
            foreach (var mailbox in read.Select(static device => device.MailboxId).OfType<Guid>().Distinct())
            {
                indexes.Add(mailbox, new IdChangeIndex(store, new DeviceQuery { Mailbox = mailbox.ToString() }, statistics));
            }

            var settled = read.Select(device => device with { IdChanges = device.MailboxId is { } mailbox ? indexes[mailbox].Of(device.PartnershipId) : [] });
            return [.. settled.Where(device => !onlyChanged || device.IdChanges.Count > 0)];
        }
    }
}
