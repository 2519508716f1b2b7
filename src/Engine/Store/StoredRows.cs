using System;
using System.Collections;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// Rows of the last complete read, one by one. Each enumeration has a connection of its own and sees one state of the file to its end,
/// also while a sync replaces it.
/// </summary>
/// <typeparam name="T">What a row says.</typeparam>
/// <param name="path">Full path of the state.</param>
/// <param name="select">Makes the statement, and its values.</param>
/// <param name="read">Reads a row; its second argument is the instant of the read.</param>
internal sealed class StoredRows<T>(string path, Func<SqliteConnection, (Statement Statement, object?[] Values)> select, Func<Row, DateTimeOffset, T> read) : IEnumerable<T>
    where T : class
{
    public IEnumerator<T> GetEnumerator() => new Enumerator(path, select, read);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Written out, because an iterator cannot translate what its own steps throw.
    private sealed class Enumerator(string path, Func<SqliteConnection, (Statement Statement, object?[] Values)> select, Func<Row, DateTimeOffset, T> read) : IEnumerator<T>
    {
        private SqliteConnection? _connection;
        private Statement? _statement;
        private SqliteDataReader? _reader;
        private Row? _row;
        private DateTimeOffset _asOf;
        private T? _current;

        public T Current => _current ?? throw new InvalidOperationException("The enumeration has not begun, or is over.");

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            try
            {
                _row ??= Begin();
                _current = _row.Next() ? read(_row, _asOf) : null;
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
            _asOf = new SnapshotReader(_connection).ReadAsOf() ?? throw StateFault.NoSnapshot(path);
            (_statement, var values) = select(_connection);
            _reader = _statement.Read(values);
            return new Row(_reader);
        }
    }
}
