using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Devices;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine;

/// <content>Single entries and devices: what somebody looks at, and what somebody orders. No sync comes here.</content>
public sealed partial class ConnectorEngine
{
    /// <summary>Entries of every mailbox's lists, streamed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="query">Which.</param>
    /// <returns>The entries, ordered by mailbox, id and list.</returns>
    /// <exception cref="ConnectorException">MailboxNotFound, at the first step, where a mailbox is asked for that was not read.</exception>
    public IEnumerable<ConnectorExemption> GetExemptions(string? name, ExemptionQuery query)
    {
        var settings = _services.Configurations.Read(name);
        return Stream();

        IEnumerable<ConnectorExemption> Stream()
        {
            using var store = OpenState(settings);
            var entries = store.ReadEntries(query);
            if (query.Mailbox is { } mailbox && !store.HasMailbox(mailbox)) throw DeviceErrors.MailboxNotFound(mailbox);
            foreach (var entry in entries) yield return entry;
        }
    }

    /// <summary>Finds the entries of one id on one mailbox.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="mailbox">Any name of the mailbox.</param>
    /// <param name="deviceId">The EAS id.</param>
    /// <param name="list">One list only; null for both.</param>
    /// <returns>One or two entries.</returns>
    /// <exception cref="ConnectorException">MailboxNotFound or ExemptionNotFound.</exception>
    public IReadOnlyList<ConnectorExemption> FindExemptions(string? name, string mailbox, string deviceId, EntryList? list)
    {
        var found = GetExemptions(name, new ExemptionQuery { Mailbox = mailbox, DeviceId = deviceId, List = list }).ToList();
        return found.Count > 0 ? found : throw DeviceErrors.ExemptionNotFound(mailbox, deviceId, list);
    }

    /// <summary>Tells whose entries are and what becomes of them when they are removed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="exemptions">The entries.</param>
    /// <returns>One preview for each, in their order.</returns>
    public IReadOnlyList<ExemptionRemoval> PreviewRemoval(string? name, IReadOnlyList<ConnectorExemption> exemptions)
    {
        var settings = _services.Configurations.Read(name);
        using var store = OpenState(settings);
        var preview = new ExemptionPreview(store, settings.Policy);
        return [.. exemptions.Select(preview.Of)];
    }

    /// <summary>Takes entries out of their lists, with one command for each mailbox.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="exemptions">The entries; whose they are is not asked any more.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it between two writes.</param>
    /// <returns>The entries that are gone, and what could not be removed.</returns>
    public Task<CommandReport<ConnectorExemption>> RemoveExemptionsAsync(
        string? name, IReadOnlyList<ConnectorExemption> exemptions, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return InSessionAsync(new DeviceCall(name, secrets, shell, console), exclusive: true, RunAsync, cancellationToken);

        async Task<CommandReport<ConnectorExemption>> RunAsync(DeviceSession session)
        {
            var remover = new EntryRemover(session);
            try
            {
                var removed = await remover.RemoveAsync(exemptions, cancellationToken).ConfigureAwait(false);
                session.Finish(remover.Changes, remover.Writes, remover.Failures.Count);
                return new(session.RunId, removed, remover.Failures);
            }
            catch (Exception failure)
            {
                session.Finish(remover.Changes, remover.Writes, exemptions.Count - remover.Changes, failure);
                throw;
            }
        }
    }

    /// <summary>Finds one device of the last complete read.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="mailbox">Any name of the mailbox.</param>
    /// <param name="deviceId">The EAS id.</param>
    /// <param name="deviceType">The type, where the id has several partnerships; null or empty for any.</param>
    /// <param name="partnershipId">The partnership's key; null where it is not known.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ConnectorException">MailboxNotFound, DeviceNotFound, or DeviceAmbiguous, which names them all.</exception>
    public ConnectorDevice FindDevice(string? name, string mailbox, string deviceId, string? deviceType, Guid? partnershipId)
    {
        var found = GetDevices(name, new DeviceQuery { Mailbox = mailbox, DeviceId = deviceId }).ToList();
        var meant = found.Where(device =>
            (partnershipId is null || device.PartnershipId == partnershipId)
            && (string.IsNullOrEmpty(deviceType) || string.Equals(device.DeviceType, deviceType, StringComparison.OrdinalIgnoreCase))).ToList();
        return meant.Count switch
        {
            1 => meant[0],
            0 => throw DeviceErrors.DeviceNotFound(mailbox, deviceId, deviceType),
            _ => throw DeviceErrors.DeviceAmbiguous(mailbox, deviceId, meant),
        };
    }

    /// <summary>Tells which entries go with a device that is removed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="device">The device.</param>
    /// <returns>The device with its entries.</returns>
    public DeviceRemoval PreviewRemoval(string? name, ConnectorDevice device)
    {
        if (device.MailboxId is not { } mailbox) throw DeviceErrors.MailboxUnread(device);
        var entries = GetExemptions(name, new ExemptionQuery { Mailbox = mailbox.ToString(), DeviceId = device.DeviceId }).ToList();
        var shared = GetDevices(name, new DeviceQuery { Mailbox = mailbox.ToString(), DeviceId = device.DeviceId }).Where(other => other.PartnershipId != device.PartnershipId);
        var block = entries.Exists(static entry => entry is { Owner: EntryOwner.Administrator, List: EntryList.Blocked });
        return new DeviceRemoval(device, [.. entries.Where(static entry => entry is not { Owner: EntryOwner.Administrator, List: EntryList.Blocked })], [.. shared], block);
    }

    /// <summary>Asks for wipes of devices, or takes requests back.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it between two devices.</param>
    /// <returns>How far each wipe is, and what could not be ordered.</returns>
    public Task<CommandReport<DeviceWipe>> ClearDevicesAsync(
        string? name, IReadOnlyList<ConnectorDevice> devices, DeviceWipeOrder order, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken) =>
        InSessionAsync(new DeviceCall(name, secrets, shell, console), exclusive: true, session => new DeviceWiper(session, order).RunAsync(devices, cancellationToken), cancellationToken);

    /// <summary>Ends partnerships; the entries that somebody was told of go first.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="removals">The devices with their entries.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it between two devices.</param>
    /// <returns>The devices that are gone, and what could not be done.</returns>
    public Task<CommandReport<ConnectorDevice>> RemoveDevicesAsync(
        string? name, IReadOnlyList<DeviceRemoval> removals, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken) =>
        InSessionAsync(new DeviceCall(name, secrets, shell, console), exclusive: true, session => new DeviceRemover(session).RunAsync(removals, cancellationToken), cancellationToken);

    /// <summary>Reads what mailboxes remember of devices, with one command for each mailbox.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="force">True to read more than a hundred mailboxes.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it between two mailboxes.</param>
    /// <returns>The devices with their statistics, in their order.</returns>
    /// <exception cref="ConnectorException">StatisticsLimit, before anything is opened; or the connection failed.</exception>
    public Task<IReadOnlyList<ConnectorDevice>> ReadStatisticsAsync(
        string? name, IReadOnlyList<ConnectorDevice> devices, bool force, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        var mailboxes = devices.Select(static device => device.MailboxId).OfType<Guid>().Distinct().Count();
        if (mailboxes > StatisticsReading.Limit && !force) throw DeviceErrors.StatisticsLimit(mailboxes, StatisticsReading.Limit);
        if (mailboxes == 0) return Task.FromResult(devices);
        return InSessionAsync(
            new DeviceCall(name, secrets, shell, console), exclusive: false, session => StatisticsReading.ReadAsync(session.Exchange, devices, console, cancellationToken), cancellationToken);
    }

    private async Task<T> InSessionAsync<T>(DeviceCall call, bool exclusive, Func<DeviceSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var session = await DeviceSession.OpenAsync(_services, call, exclusive, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false)) return await work(session).ConfigureAwait(false);
    }

    // A name that nothing answers to is a mistake somebody wants to hear of; a filter that fits nothing is an answer.
    private static void DemandKnown(IStateStore store, DeviceQuery query)
    {
        if (query.Mailbox is { } mailbox && !store.HasMailbox(mailbox)) throw DeviceErrors.MailboxNotFound(mailbox);
        if (query.DeviceId is { } device && !store.ReadDevices(query with { Decision = null, Reasons = null, Conflicts = null }).Any()) throw DeviceErrors.DeviceNotFound(query.Mailbox, device);
    }
}
