using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Store;

/// <content>What the search for changed ids looks at.</content>
public partial interface IStateStore
{
    /// <summary>
    /// The partnerships of mailboxes that have more than one, as the last complete read saw them.
    /// </summary>
    /// <param name="query">Its mailbox and device id say which mailboxes; its other filters do not count, because they would tear a pair apart.</param>
    /// <returns>The partnerships, those of one mailbox one after the other, streamed.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">Nothing was read yet.</exception>
    IEnumerable<IdTrace> ReadTraces(DeviceQuery query);

    /// <summary>Finds out whose a partnership's managed device is, where its decision left that open. Several look-ups for each, so ask for few.</summary>
    /// <param name="trace">The partnership.</param>
    /// <returns>The same, with the join known.</returns>
    IdTrace SettleJoin(IdTrace trace);
}
