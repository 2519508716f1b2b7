using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The Exchange connectors that Intune lists. Every failure is a <see cref="Domain.Errors.ConnectorException"/>.</summary>
public interface IExchangeConnectorEntries
{
    /// <summary>Reads the entries.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The entries; none in a tenant that never had one.</returns>
    Task<IReadOnlyList<IntuneConnectorEntry>> ReadConnectorsAsync(CancellationToken cancellationToken);

    /// <summary>Asks Intune to synchronise an entry. The request leaves once, whatever becomes of it.</summary>
    /// <param name="id">The entry's id.</param>
    /// <param name="kind">What kind of sync.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when Intune took the request.</returns>
    Task RequestSyncAsync(string id, SyncKind kind, CancellationToken cancellationToken);
}
