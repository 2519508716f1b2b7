using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>
/// Looks at devices in Exchange itself before anything is ordered for them. What was read hours ago names a partnership by its key; only
/// where the same key still has the same id, type and owner is it the device that somebody pointed at.
/// </summary>
internal sealed class DeviceCheck(IExchangeDirectory exchange)
{
    private readonly Dictionary<Guid, Mailbox?> _mailboxes = [];

    /// <summary>Reads a device's mailbox and partnership anew.</summary>
    /// <param name="device">The device as the last complete read saw it.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Its mailbox as it is now.</returns>
    /// <exception cref="ConnectorException">The device is gone, or is another one.</exception>
    public async Task<Mailbox> CheckAsync(ConnectorDevice device, CancellationToken cancellationToken)
    {
        if (device.PartnershipId == Guid.Empty) throw DeviceErrors.DeviceNotFound(device.Mailbox, device.DeviceId);
        if (device.MailboxId is not { } mailboxId) throw DeviceErrors.MailboxUnread(device);
        var found = await exchange.ReadPartnershipAsync(device.PartnershipId, cancellationToken).ConfigureAwait(false) ?? throw DeviceErrors.DeviceGone(device);
        if (found.DeviceId != new EasDeviceId(device.DeviceId)) throw DeviceErrors.DeviceChanged(device, $"the id '{found.DeviceId.Value}'");
        if (!string.Equals(found.DeviceType, device.DeviceType, StringComparison.OrdinalIgnoreCase)) throw DeviceErrors.DeviceChanged(device, $"the type '{found.DeviceType}'");
        if (!_mailboxes.TryGetValue(mailboxId, out var mailbox))
        {
            _mailboxes.Add(mailboxId, mailbox = await exchange.ReadMailboxAsync(mailboxId, null, cancellationToken).ConfigureAwait(false));
        }

        if (mailbox is null) throw DeviceErrors.MailboxGone(device.Mailbox);
        return new MailboxIndex([mailbox]).OwnerOf(found) == 0 ? mailbox : throw DeviceErrors.DeviceChanged(device, $"another owner ({found.OwnerDistinguishedName ?? found.Identity})");
    }
}
