using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <content>Single devices: what somebody orders for one, never a sync.</content>
public partial interface IExchangeDirectory
{
    /// <summary>Reads one partnership anew.</summary>
    /// <param name="id">The partnership.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The partnership; null when it does not exist any more.</returns>
    Task<EasPartnership?> ReadPartnershipAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads what a mailbox remembers of its devices, with one command that logs on to the mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The rows; they carry no mailbox address.</returns>
    Task<ExchangeRead<DeviceStatistics>> ReadStatisticsAsync(Guid mailbox, CancellationToken cancellationToken);

    /// <summary>Asks for a wipe of one device, or takes the request back.</summary>
    /// <param name="partnership">The partnership.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="cancellationToken">Ends the wait; the request itself may still be made.</param>
    /// <returns>Completes when the server took the request, which tells nothing of the device.</returns>
    Task ClearDeviceAsync(Guid partnership, DeviceWipeOrder order, CancellationToken cancellationToken);

    /// <summary>Ends one partnership. The mailbox's lists keep the id.</summary>
    /// <param name="partnership">The partnership.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself may still happen.</param>
    /// <returns>Completes when the server confirmed.</returns>
    Task RemoveDeviceAsync(Guid partnership, CancellationToken cancellationToken);
}
