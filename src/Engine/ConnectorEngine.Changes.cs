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
    /// Asks mailboxes when their devices were last heard, with one command for each, and tells which devices have a changed id by that. What a mailbox does
    /// not remember is judged by its directory object.
    /// </summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="devices">The devices that may have one, as <see cref="IdChangeFilter.Possible"/> gives them.</param>
    /// <param name="force">True to read more than a hundred mailboxes.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it between two mailboxes.</param>
    /// <returns>The devices that have, with their statistics, in their order.</returns>
    /// <exception cref="ConnectorException">StatisticsLimit, before anything is opened; or the connection failed.</exception>
    public Task<IReadOnlyList<ConnectorDevice>> ProveChangesAsync(
        string? name, IReadOnlyList<ConnectorDevice> devices, bool force, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
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
            var changed = new List<ConnectorDevice>();
            foreach (var mailbox in read.Where(static device => device.MailboxId is not null).GroupBy(static device => device.MailboxId!.Value))
            {
                var index = new IdChangeIndex(store, new DeviceQuery { Mailbox = mailbox.Key.ToString() }, statistics);
                changed.AddRange(mailbox.Select(index.Mark).Where(static device => device.IdChanges.Count > 0));
            }

            return changed;
        }
    }
}
