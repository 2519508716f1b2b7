using System;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// One prepared INSERT for very many rows. It speaks to SQLite directly, because parameters that are looked up by name and boxed cost more
/// than the insertion itself. Values are given in the order of the columns; <see cref="End"/> writes the row.
/// </summary>
internal sealed class BulkInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];
    private int _parameter;

    public BulkInsert(SqliteConnection connection, string table, params string[] columns)
        : this(connection.Handle ?? throw new InvalidOperationException("The state is closed."), Statement.Insert(table, columns))
    {
    }

    private BulkInsert(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>An INSERT that says what becomes of a row that is there already.</summary>
    public static BulkInsert Of(SqliteConnection connection, string sql) => new(connection.Handle ?? throw new InvalidOperationException("The state is closed."), sql);

    public BulkInsert Text(string? value)
    {
        if (value is null) return Null();
        if (value.Length == 0)
        {
            // An empty span has no address, which SQLite would take for NULL.
            Check(raw.sqlite3_bind_text(_statement, ++_parameter, string.Empty));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < most) _text = new byte[most];
        var length = Encoding.UTF8.GetBytes(value, 0, value.Length, _text, 0);
        Check(raw.sqlite3_bind_text(_statement, ++_parameter, new ReadOnlySpan<byte>(_text, 0, length)));
        return this;
    }

    public BulkInsert Number(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_parameter, value));
        return this;
    }

    public BulkInsert Number(long? value) => value is { } number ? Number(number) : Null();

    public BulkInsert Flag(bool value) => Number(value ? 1L : 0L);

    public BulkInsert Id(Guid value) => Text(StateText.Of(value));

    public BulkInsert Id(Guid? value) => value is { } id ? Id(id) : Null();

    public BulkInsert Instant(DateTimeOffset? value) => value is { } instant ? Number(instant.UtcTicks) : Null();

    /// <summary>Writes the row and begins the next.</summary>
    public void End()
    {
        var result = raw.sqlite3_step(_statement);
        // Reset gives the step's own failure again; what matters was seen already.
        _ = raw.sqlite3_reset(_statement);
        _parameter = 0;
        if (result != raw.SQLITE_DONE) Check(result);
    }

    public void Dispose() => _statement.Dispose();

    private BulkInsert Null()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_parameter));
        return this;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
