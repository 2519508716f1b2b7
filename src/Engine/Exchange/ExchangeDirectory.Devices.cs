using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <content>Single devices.</content>
internal sealed partial class ExchangeDirectory
{
    /// <inheritdoc/>
    public async Task<EasPartnership?> ReadPartnershipAsync(Guid id, CancellationToken cancellationToken)
    {
        var target = id.ToString();
        BulkAttempt<EasPartnership> read;
        try
        {
            read = await Dispatcher.ReadAsync(offered => ExchangeCommands.Device(offered, id), PartnershipReader.Read, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException exception) when (exception.ErrorId == ErrorIds.ExchangeObjectNotFound)
        {
            return null;
        }

        if (read.Sent.Errors.Count > 0 && read.Sent.Errors[0].Kind == ExchangeFaultKind.NotFound) return null;
        var rows = Whole(read, target);
        if (rows.Count == 0) return null;

        // A server that does not find what was asked for may answer with everything.
        return rows.Count == 1 && rows[0].Id == id
            ? rows[0]
            : throw ExchangeErrors.AnswerInvalid(target, $"{read.Sent.Cmdlet} was asked for one partnership and returned {rows.Count}, or another one.");
    }

    /// <inheritdoc/>
    public async Task<ExchangeRead<DeviceStatistics>> ReadStatisticsAsync(Guid mailbox, CancellationToken cancellationToken)
    {
        var read = await Dispatcher.ReadAsync(offered => ExchangeCommands.Statistics(offered, mailbox), StatisticsReader.Read, null, cancellationToken).ConfigureAwait(false);
        return read.Rows.Count == 0 && read.Sent.Errors.Count > 0
            ? throw ExchangeErrors.OfCommand(read.Sent.Errors[0], read.Sent.Cmdlet, mailbox.ToString(), read.Sent.Server)
            : read.ToRead();
    }

    /// <inheritdoc/>
    public Task ClearDeviceAsync(Guid partnership, DeviceWipeOrder order, CancellationToken cancellationToken) =>
        Dispatcher.WriteAsync(offered => ExchangeCommands.Clear(offered, partnership, order), partnership.ToString(), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveDeviceAsync(Guid partnership, CancellationToken cancellationToken) =>
        Dispatcher.WriteAsync(offered => ExchangeCommands.Remove(offered, partnership), partnership.ToString(), cancellationToken);
}
