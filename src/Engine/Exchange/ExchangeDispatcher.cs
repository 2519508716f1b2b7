using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using Polly;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>Brings commands to lanes: reads again and again where that may help, writes once; and names every failure.</summary>
internal sealed class ExchangeDispatcher
{
    private readonly LanePool _lanes = new();
    private readonly ResiliencePipeline _reads;

    public ExchangeDispatcher(TimeProvider time) => _reads = ExchangeRetry.ForReads(time);

    /// <summary>Number of lanes in use.</summary>
    public int Lanes => _lanes.Count;

    /// <summary>Connects a lane and takes it into use.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="check">Looks at the organisation before the lane is used.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The organisation.</returns>
    public async Task<ExchangeOrganization> ConnectAsync(ExchangeLane lane, Action<ExchangeOrganization> check, CancellationToken cancellationToken)
    {
        try
        {
            var organization = await _reads.ExecuteAsync(async token => await ConnectOnceAsync(lane, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            check(organization);
            _lanes.Add(lane);
            return organization;
        }
        catch (ExchangeFaultException exception)
        {
            throw Named(exception, null);
        }
    }

    /// <summary>Reads rows.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="make">Makes the command for what a session offers.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="progress">Receives the number of rows read so far; may be null.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The rows, and the faults beside them.</returns>
    public async Task<BulkAttempt<T>> ReadAsync<T>(
        Func<ExchangeVocabulary, ExchangeCommand> make, Func<ExchangeRow, TextPool, T> read, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await _reads.ExecuteAsync(
                async token =>
                {
                    BulkRead<T> bulk = new(read, progress);
                    return bulk.End(await SendAsync(make, bulk.Add, token).ConfigureAwait(false));
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException exception)
        {
            throw Named(exception, null);
        }
    }

    /// <summary>Sends a command that changes something.</summary>
    /// <param name="make">Makes the command for what a session offers.</param>
    /// <param name="target">What is changed, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the server confirmed.</returns>
    public async Task WriteAsync(Func<ExchangeVocabulary, ExchangeCommand> make, string target, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await SendAsync(make, static _ => { }, cancellationToken).ConfigureAwait(false);
            if (reply.Errors.Count > 0) throw reply.Failure();
        }
        catch (ExchangeFaultException exception)
        {
            throw Named(exception, target);
        }
    }

    private static async Task<ExchangeOrganization> ConnectOnceAsync(ExchangeLane lane, CancellationToken cancellationToken)
    {
        try
        {
            return await lane.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException exception)
        {
            // A session that does not open at all is somebody else's turn: another server may be up.
            exception.CanRetry = exception.Cmdlet is not null && (exception.Fault.IsTransient || (exception.Fault.IsOfSession && !lane.IsLost));
            throw;
        }
    }

    private async Task<SentReply> SendAsync(Func<ExchangeVocabulary, ExchangeCommand> make, Action<System.Management.Automation.PSObject> onRow, CancellationToken cancellationToken)
    {
        var lane = await _lanes.RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var command = make(lane.Vocabulary);
            var reply = await lane.InvokeAsync(command, onRow, cancellationToken).ConfigureAwait(false);
            return new(command.Name, lane.Server, reply);
        }
        catch (ExchangeFaultException exception)
        {
            exception.CanRetry = exception.Fault.IsTransient || (exception.Fault.IsOfSession && (!lane.IsLost || _lanes.Count > 1));
            throw;
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    private static ConnectorException Named(ExchangeFaultException exception, string? target) => exception.Cmdlet is null
        ? ExchangeErrors.OfOpening(exception.Fault, exception.Server)
        : ExchangeErrors.OfCommand(exception.Fault, exception.Cmdlet, target ?? exception.Server, exception.Server);
}
