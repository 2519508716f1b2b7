using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>Questions to a session about itself, and commands that answer with what they made.</summary>
internal sealed partial class ExchangeDispatcher
{
    /// <summary>Asks a lane what its session offers; nothing is sent.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="question">The question; it receives the server's name too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer.</returns>
    public async Task<T> AskAsync<T>(Func<ExchangeVocabulary, string, T> question, CancellationToken cancellationToken)
    {
        try
        {
            return await _reads.ExecuteAsync(
                async token =>
                {
                    var lane = await _lanes.RentAsync(token).ConfigureAwait(false);
                    try
                    {
                        return question(lane.Vocabulary, lane.Server);
                    }
                    finally
                    {
                        _lanes.Return(lane);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException exception)
        {
            throw ExchangeErrors.Of(exception, null);
        }
    }

    /// <summary>Sends a command that creates something.</summary>
    /// <param name="make">Makes the command for what a session offers.</param>
    /// <param name="target">What is created, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The Guid of the object that the server returned; null where it returned none that can be read.</returns>
    public async Task<Guid?> CreateAsync(Func<ExchangeVocabulary, ExchangeCommand> make, string target, CancellationToken cancellationToken)
    {
        Guid? created = null;
        try
        {
            var reply = await SendAsync(make, row => created = GuidOf(new ExchangeRow(row)), cancellationToken).ConfigureAwait(false);
            if (reply.Errors.Count > 0) throw reply.Failure();
            return created;
        }
        catch (ExchangeFaultException exception)
        {
            throw ExchangeErrors.Of(exception, target);
        }
    }

    // The object exists whatever its row looks like.
    private static Guid? GuidOf(ExchangeRow row)
    {
        try
        {
            return row.Guid("Guid");
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
