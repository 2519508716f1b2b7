using System;
using System.Globalization;
using System.IO;
using IntuneExchangeConnector.Engine.Files;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// Opens the state file and brings its format up to date. The format only ever moves forward: a script changes what the ones
/// before it made, and a file that a later version wrote is refused.
/// </summary>
internal static class StateDatabase
{
    /// <summary>Number of the last script.</summary>
    internal const int Version = 7;

    // Written into the file's header, so that another program's database is not mistaken for ours: "IECs" as a number.
    private const int ApplicationId = 0x49454373;

    /// <summary>Opens the file for reading and writing; creates it, for its owner alone, where it is missing.</summary>
    public static SqliteConnection Open(string path)
    {
        NativeSqlite.Prepare();
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) PrivateFiles.CreateFolder(folder);
        // SQLite would create it readable for everybody. The files beside it take over its mode.
        if (!File.Exists(path)) PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();

        var connection = Connect(path);
        try
        {
            Upgrade(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a second connection that only reads: a long answer is not disturbed by what is written meanwhile.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Connect(path);
        Run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>Copies a state as it stands at one instant into a new file, and onto the disk.</summary>
    public static void Copy(SqliteConnection source, string to)
    {
        if (Path.GetDirectoryName(to) is { Length: > 0 } folder) PrivateFiles.CreateFolder(folder);
        PrivateFiles.Open(to, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        try
        {
            using (var copy = new Statement(source, "VACUUM INTO $1")) copy.Execute(to);
            using var file = PrivateFiles.Open(to, FileMode.OpenOrCreate, FileShare.ReadWrite);
            file.Flush(flushToDisk: true);
        }
        catch (Exception cause) when (StateFault.IsKnown(cause))
        {
            PrivateFiles.TryDelete(to);
            throw;
        }
    }

    /// <summary>Runs a statement without values.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string path)
    {
        // Pooled connections would keep the file open after it was closed, and a connector's folder could not be removed.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true, DefaultTimeout = 15 };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            // FULL: a commit that was reported is on the disk. Ledger and journal must survive a power cut, not only a kill.
            Run(connection, "PRAGMA busy_timeout = 15000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 16777216");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Upgrade(SqliteConnection connection, string path)
    {
        if (ReadVersion(connection, path) == Version) return;
        Run(connection, "BEGIN IMMEDIATE");
        try
        {
            // Another process may have done it while this one waited for its turn.
            for (var next = (int)ReadVersion(connection, path) + 1; next <= Version; next++)
            {
                Run(connection, Script(next));
                Run(connection, string.Format(CultureInfo.InvariantCulture, "PRAGMA application_id = {0}; PRAGMA user_version = {1}", ApplicationId, next));
            }

            Run(connection, "COMMIT");
        }
        catch (SqliteException)
        {
            RollBack(connection);
            throw;
        }
    }

    /// <summary>Rolls back; SQLite may have done so by itself, as it does when the disk is full.</summary>
    public static void RollBack(SqliteConnection connection)
    {
        try
        {
            Run(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // No transaction is open any more: that is what was wanted.
        }
    }

    private static long ReadVersion(SqliteConnection connection, string path)
    {
        var version = Scalar(connection, "PRAGMA user_version");
        var application = Scalar(connection, "PRAGMA application_id");
        var isEmpty = version == 0 && application == 0 && Scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && (application != ApplicationId || version < 1)) throw StateFault.Unreadable(path, "is the database of another program");
        if (version > Version) throw StateFault.TooNew(path, version, Version);
        return version;
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static string Script(int version)
    {
        var name = string.Format(CultureInfo.InvariantCulture, "{0}.Schema.{1:0000}.sql", typeof(StateDatabase).Namespace, version);
        using var stream = typeof(StateDatabase).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The script {name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
