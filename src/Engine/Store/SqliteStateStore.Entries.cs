using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Store;

/// <content>Entries of the mailboxes' lists, and what single commands change of the last complete read.</content>
public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public IEnumerable<ConnectorExemption> ReadEntries(ExemptionQuery query)
    {
        if (Read(_snapshot.ReadAsOf) is null) throw StateFault.NoSnapshot(_path);
        return new StoredRows<ConnectorExemption>(_path, connection => EntryTable.Select(connection, query), EntryTable.EntryOf);
    }

    /// <inheritdoc/>
    public bool HasMailbox(string name) => Read(() => _snapshot.HasMailbox(name));

    /// <inheritdoc/>
    public void UpdateLists(IReadOnlyList<Mailbox> mailboxes, DateTimeOffset now) => Write(() => new EntryTable(_connection).Update(mailboxes, now));

    /// <inheritdoc/>
    public void ForgetDevices(IReadOnlyList<Guid> partnerships) => Write(() =>
    {
        using var delete = new Statement(_connection, "DELETE FROM device WHERE id = $1");
        foreach (var id in partnerships) delete.Execute(id);
    });

    /// <inheritdoc/>
    public SyncResult? ReadLastSync() => Read(_runs.ReadLastSync);
}
