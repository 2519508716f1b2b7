using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>
/// Asks for remote wipes and takes requests back:
/// <code>
///   each device: read anew ─► statistics of its mailbox ─► into the history ─► send   then once per mailbox: statistics, as the answer
/// </code>
/// </summary>
internal sealed class DeviceWiper(DeviceSession session, DeviceWipeOrder order)
{
    // The order's time is this computer's, the answer's is the server's; Kerberos holds them this close together.
    private static readonly TimeSpan s_clocks = TimeSpan.FromMinutes(5);

    private readonly List<ConnectorException> _failures = [];
    private readonly DeviceJournal _journal = new(session);
    private readonly RecordedOrders _recorded = new(session.Store);
    private ConnectorException? _broken;

    private string Action => (order.Cancel, order.AccountOnly) switch
    {
        (true, _) => "cancel the wipe",
        (_, true) => "request a wipe of the account's data",
        _ => "request a wipe of the whole device",
    };

    /// <summary>Sends the order for each device.</summary>
    /// <param name="devices">The devices as the last complete read saw them.</param>
    /// <param name="cancellationToken">Ends it between two devices.</param>
    /// <returns>How far each wipe is, and what could not be ordered.</returns>
    public async Task<CommandReport<DeviceWipe>> RunAsync(IReadOnlyList<ConnectorDevice> devices, CancellationToken cancellationToken)
    {
        try
        {
            var sent = await SendAsync(devices, cancellationToken).ConfigureAwait(false);
            session.Finish(_journal.Sent, 0, _failures.Count, _broken);
            return new(session.RunId, [.. (await ReadAsync(sent, cancellationToken).ConfigureAwait(false)).Select(Told)], _failures);
        }
        catch (Exception failure)
        {
            session.Finish(_journal.Sent, 0, devices.Count - _journal.Sent, failure);
            throw;
        }
    }

    // The orders are sent: what cannot be looked at afterwards does not undo that.
    private async Task<IReadOnlyList<ConnectorDevice>> ReadAsync(IReadOnlyList<ConnectorDevice> sent, CancellationToken cancellationToken)
    {
        if (sent.Count == 0) return sent;
        try
        {
            return await StatisticsReading.ReadAsync(session.Exchange, sent, session.Console, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure)
        {
            session.Console.Warning($"How far the wipes are could not be read. {failure.Message}");
            return [.. sent.Select(static device => device with { Statistics = null })];
        }
    }

    private async Task<IReadOnlyList<ConnectorDevice>> SendAsync(IReadOnlyList<ConnectorDevice> devices, CancellationToken cancellationToken)
    {
        var check = new DeviceCheck(session.Exchange);
        var known = new List<ConnectorDevice>();
        foreach (var device in devices)
        {
            await TryAsync(device, async () =>
            {
                await check.CheckAsync(device, cancellationToken).ConfigureAwait(false);
                known.Add(device);
            }).ConfigureAwait(false);
        }

        var told = new List<ConnectorDevice>();
        foreach (var device in known.Count == 0 ? known : await StatisticsReading.ReadAsync(session.Exchange, known, session.Console, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_broken is { } cause)
            {
                _failures.Add(DeviceErrors.NotOrdered(device, "The wipe", cause));
                continue;
            }

            await TryAsync(device, async () =>
            {
                if (!IsNeeded(device) || await OrderAsync(device, cancellationToken).ConfigureAwait(false)) told.Add(device);
            }).ConfigureAwait(false);
        }

        return told;
    }

    // Whoever ordered something has to hear of it, also where the connection broke afterwards: "run it again" would wipe twice.
    private async Task<bool> OrderAsync(ConnectorDevice device, CancellationToken cancellationToken)
    {
        try
        {
            await _journal.SendAsync(device, Action, FactOf(), () => session.Exchange.ClearDeviceAsync(device.PartnershipId, order, cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (ConnectorException failure) when (_journal.IsUnclear)
        {
            if (!DeviceErrors.Passes(failure)) _broken = failure;
            _failures.Add(DeviceErrors.OrderUnclear(device, "the wipe", failure));
        }
        catch (ConnectorException failure) when (DeviceErrors.EndsCommand(failure) && _journal.Sent > 0)
        {
            _broken = failure;
            _failures.Add(DeviceErrors.NotOrdered(device, "The wipe", failure));
        }

        return false;
    }

    // One device's failure is that device's; a lost connection ends the command for all.
    private async Task TryAsync(ConnectorDevice device, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (!DeviceErrors.EndsCommand(failure))
        {
            _failures.Add(failure.ErrorId is ErrorIds.DeviceNotFound or ErrorIds.DeviceChanged or ErrorIds.MailboxNotFound ? failure : DeviceErrors.OrderFailed(device, "The wipe", failure));
        }
    }

    private bool IsNeeded(ConnectorDevice device)
    {
        if (order.Cancel || device.Statistics is not { } now) return true;
        if (!order.AccountOnly && !now.IsRemoteWipeSupported) return false;
        var pending = now.WipeStatus is DeviceWipeStatus.Requested or DeviceWipeStatus.Sent && now.IsAccountOnlyWipe == order.AccountOnly;
        if (pending) session.Console.Warning($"{DeviceErrors.Target(device)}: this wipe is asked for already, so it was not asked for again.");
        return !pending && !IsAnswered(device, order.AccountOnly ? now.AccountOnlyWipe : now.Wipe);
    }

    // A phone that was wiped and set up again is not wiped a second time because somebody repeats the command.
    private bool IsAnswered(ConnectorDevice device, WipeProgress wipe)
    {
        if (order.Again || wipe is not { Status: DeviceWipeStatus.Acknowledged, AcknowledgedAt: { } answered }) return false;
        if (_recorded.Last(device.PartnershipId, FactOf()) is not { } ordered || ordered > answered + s_clocks) return false;
        session.Console.Warning(string.Format(
            CultureInfo.InvariantCulture,
            "{0}: this connector ordered this wipe on {1:yyyy-MM-dd HH:mm}Z and the device answered on {2:yyyy-MM-dd HH:mm}Z, so it was not asked for again. -Force asks again.",
            DeviceErrors.Target(device), ordered.UtcDateTime, answered.UtcDateTime));
        return true;
    }

    private string FactOf() => order.Cancel ? "WipeCancelled" : order.AccountOnly ? "AccountWipeRequested" : "WipeRequested";

    private DeviceWipe Told(ConnectorDevice device)
    {
        var now = device.Statistics;
        var wipe = now is null ? WipeProgress.None : order.Cancel ? now.LastWipe : order.AccountOnly ? now.AccountOnlyWipe : now.Wipe;
        var status = !order.Cancel && !order.AccountOnly && now is { IsRemoteWipeSupported: false } ? DeviceWipeStatus.NotSupported
            : wipe.Status != DeviceWipeStatus.None ? wipe.Status
            : order.Cancel ? DeviceWipeStatus.Cancelled
            : DeviceWipeStatus.Requested;
        return new DeviceWipe
        {
            Mailbox = device.Mailbox,
            DeviceId = device.DeviceId,
            DeviceType = device.DeviceType,
            PartnershipId = device.PartnershipId,
            Status = status,
            RequestedAt = wipe.RequestedAt,
            SentAt = wipe.SentAt,
            AcknowledgedAt = wipe.AcknowledgedAt,
            Requestor = wipe.Requestor,
            AccountOnly = order.Cancel ? now?.IsAccountOnlyWipe ?? false : order.AccountOnly,
            NextStep = NextStep(status, order.Cancel),
        };
    }

    private static string NextStep(DeviceWipeStatus status, bool cancel) => status switch
    {
        DeviceWipeStatus.Requested when cancel => "The mailbox still shows the request. Look again with Get-ConnectorDevice -IncludeStatistics in a minute.",
        DeviceWipeStatus.Requested => "The device is told at its next sync. Get-ConnectorDevice -IncludeStatistics shows how far it is; Clear-ConnectorDevice -Cancel takes the request back until then.",
        DeviceWipeStatus.Sent => "The device was told and has not answered. Get-ConnectorDevice -IncludeStatistics shows when it does.",
        DeviceWipeStatus.Acknowledged when cancel => "Too late: the device has answered that it received the order.",
        DeviceWipeStatus.Acknowledged => "The device answered that it received the order; what it did nobody sees from here. Run Remove-ConnectorDevice, or a device that comes back with this id is wiped again.",
        DeviceWipeStatus.Cancelled => "No wipe is pending.",
        _ => "The device takes no order to wipe itself, so none was sent. Wipe it from Intune, and end its access with Remove-ConnectorDevice or a blocked entry.",
    };
}
