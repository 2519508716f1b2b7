using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <content>The Exchange connectors that Intune lists.</content>
internal sealed partial class GraphDeviceSource : IExchangeConnectorEntries
{
    private const int LongestWord = 200;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IntuneConnectorEntry>> ReadConnectorsAsync(CancellationToken cancellationToken)
    {
        var page = await _client.GetAsync(
            _addresses.ExchangeConnectors(),
            static body => GraphPageReader<IntuneConnectorEntry>.ReadAsync(body, Entry),
            cancellationToken).ConfigureAwait(false);
        return page.Rows;
    }

    /// <inheritdoc/>
    public Task RequestSyncAsync(string id, SyncKind kind, CancellationToken cancellationToken) =>
        _client.GetAsync(_addresses.SynchronizeConnector(id, kind), static _ => Task.FromResult(true), cancellationToken);

    private static IntuneConnectorEntry? Entry(GraphRow row) => row.Text("id") is not { Length: > 0 } id ? null : new()
    {
        Id = id,
        Name = Word(row.Text("connectorServerName")),
        Server = Word(row.Text("serverName")),
        Organization = Word(row.Text("exchangeOrganization")),
        Status = Word(row.Text("status")),
        Version = Word(row.Text("version")),
        LastSync = row.Instant("lastSyncDateTime"),
    };

    private static string Word(string? text) => ServerText.Clean(text, LongestWord);
}
