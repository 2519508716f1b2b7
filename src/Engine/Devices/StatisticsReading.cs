using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>Reads what mailboxes remember of devices: one command for each mailbox, however many of its devices are asked for.</summary>
internal static class StatisticsReading
{
    /// <summary>Mailboxes whose statistics are read without being told twice.</summary>
    public const int Limit = 100;

    /// <summary>Reads the statistics of devices.</summary>
    /// <param name="exchange">Exchange, connected.</param>
    /// <param name="devices">The devices.</param>
    /// <param name="console">Told how far it is, and which mailbox could not be asked.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The devices in their order; one that its mailbox does not remember has no statistics.</returns>
    /// <exception cref="ConnectorException">The connection failed.</exception>
    public static async Task<IReadOnlyList<ConnectorDevice>> ReadAsync(
        IExchangeDirectory exchange, IReadOnlyList<ConnectorDevice> devices, ISyncConsole console, CancellationToken cancellationToken)
    {
        var mailboxes = devices.Select(static device => device.MailboxId).OfType<Guid>().Distinct().ToList();
        var read = new Dictionary<Guid, IReadOnlyList<DeviceStatistics>>(mailboxes.Count);
        foreach (var mailbox in mailboxes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            console.Report(new SyncProgress(SyncStage.ReadStatistics, read.Count, mailboxes.Count));
            read.Add(mailbox, await ReadAsync(exchange, mailbox, devices.First(device => device.MailboxId == mailbox).Mailbox, console, cancellationToken).ConfigureAwait(false));
        }

        console.Report(new SyncProgress(SyncStage.ReadStatistics, mailboxes.Count, mailboxes.Count, Completed: true));
        return [.. devices.Select(device => device with { Statistics = device.MailboxId is { } id ? Of(device, read[id]) : null })];
    }

    private static async Task<IReadOnlyList<DeviceStatistics>> ReadAsync(
        IExchangeDirectory exchange, Guid mailbox, string address, ISyncConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await exchange.ReadStatisticsAsync(mailbox, cancellationToken).ConfigureAwait(false);
            if (rows.Incomplete is { } cut) console.Warning($"{address}: the statistics are incomplete. {cut}");
            foreach (var row in rows.Unreadable) console.Warning($"{address}: statistics of {row.Identity} could not be read: {row.Cause}");
            return rows.Rows;
        }
        catch (ConnectorException failure) when (!DeviceErrors.EndsCommand(failure))
        {
            console.Warning($"{address}: the mailbox's statistics could not be read. {failure.Message}");
            return [];
        }
    }

    // Where the mailbox names the partnership by another key, id and type are still one partnership of it.
    private static DeviceStatistics? Of(ConnectorDevice device, IReadOnlyList<DeviceStatistics> rows)
    {
        var own = rows.FirstOrDefault(row => row.PartnershipId == device.PartnershipId)
            ?? rows.FirstOrDefault(row => new EasDeviceId(row.DeviceId) == new EasDeviceId(device.DeviceId)
                && string.Equals(row.DeviceType, device.DeviceType, StringComparison.OrdinalIgnoreCase));
        return own is null ? null : own with { Mailbox = device.Mailbox };
    }
}
