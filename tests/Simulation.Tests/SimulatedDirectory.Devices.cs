using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Simulation.Tests;

internal sealed partial class SimulatedDirectory
{
    /// <summary>The wipes that were asked for.</summary>
    public List<(Guid Partnership, DeviceWipeOrder Order)> Wipes { get; } = [];

    /// <summary>What a device answered to its wipe, on top of what was asked for.</summary>
    public Func<EasPartnership, WipeProgress, WipeProgress> Answered { get; init; } = static (_, asked) => asked;

    /// <summary>Makes an order for a device fail as a server would.</summary>
    public Func<Guid, Exception?>? RefuseOrder { get; init; }

    public Task<EasPartnership?> ReadPartnershipAsync(Guid id, CancellationToken cancellationToken) =>
        Answer(() => organization.Partnerships.Find(partnership => partnership.Id == id));

    public Task<ExchangeRead<DeviceStatistics>> ReadStatisticsAsync(Guid mailbox, CancellationToken cancellationToken) => Answer(() =>
    {
        var owner = organization.Find(mailbox)?.DistinguishedName;
        return new ExchangeRead<DeviceStatistics>(
            [.. organization.Partnerships.Where(partnership => partnership.OwnerDistinguishedName == owner).Select(StatisticsOf)], [], null);
    });

    public Task ClearDeviceAsync(Guid partnership, DeviceWipeOrder order, CancellationToken cancellationToken) => Answer(() =>
    {
        if (RefuseOrder?.Invoke(partnership) is { } refusal) throw refusal;
        Wipes.Add((partnership, order));
        kill.Pass();
        return true;
    });

    public Task RemoveDeviceAsync(Guid partnership, CancellationToken cancellationToken) => Answer(() =>
    {
        organization.Partnerships.RemoveAll(known => known.Id == partnership);
        kill.Pass();
        return true;
    });

    private DeviceStatistics StatisticsOf(EasPartnership partnership) => new()
    {
        DeviceId = partnership.DeviceId.Value,
        DeviceType = partnership.DeviceType,
        PartnershipId = partnership.Id,
        Wipe = Answered(partnership, Wipes.Exists(wipe => wipe.Partnership == partnership.Id && !wipe.Order.Cancel)
            ? new WipeProgress { RequestedAt = organization.World.Options.Now }
            : WipeProgress.None),
    };
}
