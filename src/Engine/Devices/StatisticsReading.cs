using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>Reads what mailboxes remember of devices: one command for each mailbox, however many of its devices are asked for, on as many sessions as there are.</summary>
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
        var mailboxes = new List<(Guid Id, string Address)>();
        var seen = new HashSet<Guid>();
        foreach (var device in devices)
        {
            if (device.MailboxId is { } id && seen.Add(id)) mailboxes.Add((id, device.Mailbox));
        }

        var read = new ConcurrentDictionary<Guid, IReadOnlyList<DeviceStatistics>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (next, done) = (-1, 0);
        console.Report(new SyncProgress(SyncStage.ReadStatistics, 0, mailboxes.Count));
        await Task.WhenAll(Enumerable.Range(0, Math.Max(1, Math.Min(exchange.MaximumLanes, mailboxes.Count))).Select(_ => LaneAsync())).ConfigureAwait(false);

        console.Report(new SyncProgress(SyncStage.ReadStatistics, mailboxes.Count, mailboxes.Count, Completed: true));
        return [.. devices.Select(device => device with { Statistics = device.MailboxId is { } id ? Of(device, read[id]) : null })];

        async Task LaneAsync()
        {
            try
            {
                for (var at = Interlocked.Increment(ref next); at < mailboxes.Count; at = Interlocked.Increment(ref next))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    var (id, address) = mailboxes[at];
                    read[id] = await ReadAsync(exchange, id, address, console, stop.Token).ConfigureAwait(false);
                    console.Report(new SyncProgress(SyncStage.ReadStatistics, Interlocked.Increment(ref done), mailboxes.Count));
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another lane failed; that failure is the one that is told.
            }
            catch (Exception)
            {
                stop.Cancel();
                throw;
            }
        }
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
