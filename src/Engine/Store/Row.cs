using System;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Reads the columns of a result one after the other, in the order in which the query names them.</summary>
internal sealed class Row(SqliteDataReader reader)
{
    private int _column;

    /// <summary>Steps to the next row.</summary>
    public bool Next()
    {
        _column = 0;
        return reader.Read();
    }

    public string Text() => reader.GetString(_column++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public int Number() => checked((int)reader.GetInt64(_column++));

    public long Mark() => reader.GetInt64(_column++);

    public int? NumberOrNull() => IsNull() ? null : Number();

    public bool Flag() => reader.GetInt64(_column++) != 0;

    public Guid Id() => Guid.ParseExact(Text(), "D");

    public Guid? IdOrNull() => IsNull() ? null : Id();

    public DateTimeOffset Instant() => new(reader.GetInt64(_column++), TimeSpan.Zero);

    public DateTimeOffset? InstantOrNull() => IsNull() ? null : Instant();

    // A null is consumed here, so that the cursor stays on its column order either way.
    private bool IsNull()
    {
        if (!reader.IsDBNull(_column)) return false;
        _column++;
        return true;
    }
}
