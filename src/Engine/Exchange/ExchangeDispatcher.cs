using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Lanes;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using Polly;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>
/// Brings commands to lanes: reads again and again where that may help, writes once; names every failure; and draws the conclusions for the
/// number of lanes and for the health of the server.
/// </summary>
internal sealed partial class ExchangeDispatcher
{
    private readonly LanePool _lanes;
    private readonly LaneWidth _width;
    private readonly ServerRoster? _roster;
    private readonly LaneOpener? _opener;
    private readonly RunNotes _notes;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _reads;
    private readonly SessionLosses _losses;
    private int _returning;

    /// <summary>Creates a dispatcher.</summary>
    /// <param name="lanes">The lanes.</param>
    /// <param name="width">How many work at once.</param>
    /// <param name="opener">Opens lanes; null where they were lent.</param>
    /// <param name="roster">The servers; null where lanes were lent.</param>
    /// <param name="losses">Counts the sessions that broke.</param>
    /// <param name="notes">Told when a server fails.</param>
    /// <param name="time">The clock.</param>
    public ExchangeDispatcher(LanePool lanes, LaneWidth width, LaneOpener? opener, ServerRoster? roster, SessionLosses losses, RunNotes notes, TimeProvider time)
    {
        _lanes = lanes;
        _width = width;
        _opener = opener;
        _roster = roster;
        _losses = losses;
        _notes = notes;
        _time = time;
        _reads = ExchangeRetry.ForReads(time, notes);
    }

    /// <summary>Connects a lane that was lent.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its organisation.</returns>
    public async Task<ExchangeOrganization> ConnectAsync(ExchangeLane lane, CancellationToken cancellationToken) =>
        await _reads.ExecuteAsync(
            async token =>
            {
                try
                {
                    return await lane.ConnectAsync(checkScope: true, token).ConfigureAwait(false);
                }
                catch (ExchangeFaultException exception)
                {
                    exception.CanRetry = exception.Cmdlet is not null && (exception.Fault.IsTransient || (exception.Fault.IsOfSession && !lane.IsLost));
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);

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
            throw ExchangeErrors.Of(exception, null);
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
            throw ExchangeErrors.Of(exception, target);
        }
    }

    private async Task<SentReply> SendAsync(Func<ExchangeVocabulary, ExchangeCommand> make, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        var lane = await _lanes.RentAsync(cancellationToken).ConfigureAwait(false);
        var epoch = _width.Epoch;
        try
        {
            var command = make(lane.Vocabulary);
            var began = _time.GetTimestamp();
            var reply = await lane.InvokeAsync(command, onRow, cancellationToken).ConfigureAwait(false);
            Completed(epoch, command, _time.GetElapsedTime(began), reply);
            return new(command.Name, lane.Server, reply);
        }
        catch (ExchangeFaultException exception)
        {
            exception.CanRetry = Learn(lane, epoch, exception);
            throw;
        }
        finally
        {
            _lanes.Return(lane);
            ReturnWhenDue();
        }
    }

    private void Completed(int epoch, ExchangeCommand command, TimeSpan took, Sessions.ExchangeReply reply)
    {
        _losses.Forget();
        if (reply.Errors.Count > 0 && reply.Errors[0].Kind == ExchangeFaultKind.Throttled)
        {
            _width.Throttled(epoch);
            return;
        }

        // How long a list takes tells how long the list is.
        var told = command.IsOfOneObject ? took : (TimeSpan?)null;
        _width.Completed(epoch, command.Name, told, MicroDelay.Of(reply.Warnings), _lanes.Count, _lanes.SomeoneWaits);
    }

    // True when another attempt may find a session that works.
    private bool Learn(ExchangeLane lane, int epoch, ExchangeFaultException exception)
    {
        if (exception.Fault.Kind == ExchangeFaultKind.Throttled) _width.Throttled(epoch);
        if (!exception.Fault.IsOfSession) return exception.Fault.IsTransient;
        if (_roster is null) return !lane.IsLost || _lanes.Count > 1;

        var silent = exception.Fault.Kind == ExchangeFaultKind.Silent;
        var notOpened = exception.Cmdlet is null;
        if ((notOpened || silent || _losses.Add(lane.OpenedAfter)) && !_roster.HasFailed(lane.Server))
        {
            _roster.Fail(lane.Server, exception.Fault.Text);
            _notes.Add(RunNoteKind.Failover, $"{lane.Server} failed: {exception.Fault.Text}");
        }

        // Breaking is quick and may pass; a server that is silent costs minutes each time, and is asked again only in favour of another one.
        return !silent || !_roster.HasFailed(_roster.Candidates()[0]);
    }

    private void ReturnWhenDue()
    {
        if (_roster is not { IsReturnDue: true } || Interlocked.Exchange(ref _returning, 1) != 0) return;
        _lanes.RunBeside(async token =>
        {
            try
            {
                if (await _opener!.ReturnAsync(token).ConfigureAwait(false) is { } lane) _lanes.Add(lane);
            }
            finally
            {
                Interlocked.Exchange(ref _returning, 0);
            }
        });
    }
}
