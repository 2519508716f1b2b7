using System;
using System.Collections;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Runs;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// Devices of the last complete read, row by row. Each enumeration has a connection of its own and sees one state of the file to its end,
/// also while a sync replaces it.
/// </summary>
internal sealed class StoredDevices(string path, DeviceQuery query) : IEnumerable<ConnectorDevice>
{
    public IEnumerator<ConnectorDevice> GetEnumerator() => new Enumerator(path, query);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Written out, because an iterator cannot translate what its own steps throw.
    private sealed class Enumerator(string path, DeviceQuery query) : IEnumerator<ConnectorDevice>
    {
        private SqliteConnection? _connection;
        private Statement? _statement;
        private SqliteDataReader? _reader;
        private Row? _row;
        private DateTimeOffset _asOf;
        private ConnectorDevice? _current;

        public ConnectorDevice Current => _current ?? throw new InvalidOperationException("The enumeration has not begun, or is over.");

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            try
            {
                _row ??= Begin();
                _current = _row.Next() ? SnapshotReader.DeviceOf(_row, _asOf) : null;
                return _current is not null;
            }
            catch (Exception cause) when (StateFault.IsKnown(cause))
            {
                throw StateFault.Of(path, cause);
            }
        }

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
            _reader?.Dispose();
            _statement?.Dispose();
            _connection?.Dispose();
            _current = null;
        }

        private Row Begin()
        {
            _connection = StateDatabase.OpenReader(path);
            StateDatabase.Run(_connection, "BEGIN");
            var snapshot = new SnapshotReader(_connection);
            _asOf = snapshot.ReadAsOf() ?? throw StateFault.NoSnapshot(path);
            _statement = snapshot.Devices(query, out var values);
            _reader = _statement.Read(values);
            return new Row(_reader);
        }
    }
}
