using System;
using System.Globalization;
using System.Linq;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// A prepared statement whose parameters are <c>$1</c>, <c>$2</c>, …: values travel only as parameters, never inside the text.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <summary>An INSERT of one row with the given columns.</summary>
    public static string Insert(string table, params string[] columns) => string.Format(
        CultureInfo.InvariantCulture,
        "INSERT INTO {0} ({1}) VALUES ({2})",
        table,
        string.Join(", ", columns),
        string.Join(", ", Enumerable.Range(1, columns.Length).Select(static i => "$" + i.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Runs it.</summary>
    /// <returns>Number of rows changed.</returns>
    public int Execute(params object?[] values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and gives the first column of the first row; null when there is none.</summary>
    public object? Scalar(params object?[] values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>Runs it and gives its rows; the caller disposes them.</summary>
    public SqliteDataReader Read(params object?[] values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(object?[] values)
    {
        var parameters = _command.Parameters;
        for (var i = parameters.Count; i < values.Length; i++)
        {
            parameters.Add(new SqliteParameter { ParameterName = "$" + (i + 1).ToString(CultureInfo.InvariantCulture) });
        }

        for (var i = 0; i < values.Length; i++) parameters[i].Value = Storable(values[i]);
    }

    private static object Storable(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => StateText.Of(id),
        DateTimeOffset instant => instant.UtcTicks,
        Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture),
        _ => value,
    };
}
