using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>One attempt at a read that came to its end.</summary>
/// <typeparam name="T">The row.</typeparam>
/// <param name="Rows">Rows that could be read.</param>
/// <param name="Unreadable">Rows that could not.</param>
/// <param name="Sent">What the command left beside its rows.</param>
internal sealed record BulkAttempt<T>(IReadOnlyList<T> Rows, IReadOnlyList<UnreadableRow> Unreadable, SentReply Sent) : IRepeatable
{
    /// <inheritdoc/>
    public ExchangeFault? Repeatable => Sent.Errors.Count > 0 && Sent.Errors[0].IsTransient ? Sent.Errors[0] : null;

    /// <summary>The read as the port gives it.</summary>
    public ExchangeRead<T> ToRead() => new(Rows, Unreadable, Sent.Cut);
}
