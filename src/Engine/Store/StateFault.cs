using System;
using System.IO;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Errors;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Tells people what a failure of the state file means and what it costs to get rid of it.</summary>
internal static class StateFault
{
    // SQLite's primary result codes (sqlite.org/rescode.html).
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int SchemaChanged = 17;
    private const int Authorization = 23;
    private const int NotADatabase = 26;

    private const string RestoreOrDelete =
        "Restore the file, with the files of the same name that end in -wal and -shm, from a backup. Or delete them and run Invoke-ConnectorSync -Full; "
        + "the record of which entries the connector wrote is lost then, so those count as an administrator's and are never withdrawn by it.";

    /// <summary>True for what a state file can throw.</summary>
    public static bool IsKnown(Exception cause) => cause
        is SqliteException or IOException or UnauthorizedAccessException
        or FormatException or InvalidCastException or OverflowException or JsonException or ArgumentOutOfRangeException
        or DllNotFoundException or TypeInitializationException;

    /// <summary>True where the file was read and makes no sense.</summary>
    public static bool IsDamage(Exception cause) => cause is SqliteException { SqliteErrorCode: Corrupt or NotADatabase or Error or SchemaChanged }
        or FormatException or InvalidCastException or OverflowException or JsonException or ArgumentOutOfRangeException;

    /// <summary>The failure as people are told of it.</summary>
    public static ConnectorException Of(string path, Exception cause) => cause switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => new(
            ErrorIds.StateNotWritable,
            ErrorKind.Busy,
            path,
            $"Another process keeps the state file '{path}' locked.",
            "Try again when that process has ended; backup and antivirus programs should leave the file out.",
            cause),
        SqliteException { SqliteErrorCode: Full or InputOutput or ReadOnly or CannotOpen or Permission or Authorization } or IOException or UnauthorizedAccessException => new(
            ErrorIds.StateNotWritable,
            ErrorKind.Storage,
            path,
            $"The state file '{path}' cannot be written. {cause.Message}",
            "Make room on the disk, and give the account that runs the connector the right to change the file and its folder. What was written before is intact.",
            cause),
        _ when IsDamage(cause) => Unreadable(path, "is damaged or is not a connector's state", cause),
        DllNotFoundException or TypeInitializationException => new(
            ErrorIds.StateUnreadable,
            ErrorKind.NotSupported,
            path,
            $"The state file '{path}' cannot be opened because the native SQLite library did not load. {cause.Message}",
            "Install the module again and see that its folder is complete; its native libraries must not be blocked.",
            cause),
        _ => new(ErrorIds.Unexpected, ErrorKind.InvalidData, path, $"The state file '{path}' refused a statement. {cause.Message}", "Report this: it is a defect of the connector.", cause),
    };

    /// <summary>The file is not what it should be.</summary>
    public static ConnectorException Unreadable(string path, string what, Exception? cause = null) =>
        new(ErrorIds.StateUnreadable, ErrorKind.InvalidData, path, $"The state file '{path}' {what}.", RestoreOrDelete, cause);

    /// <summary>A later version of the connector wrote the file.</summary>
    public static ConnectorException TooNew(string path, long version, int known) => new(
        ErrorIds.StateTooNew,
        ErrorKind.NotSupported,
        path,
        $"The state file '{path}' has format {version}; this version of the connector knows formats up to {known}.",
        "Install the version of the connector that wrote it, or a newer one.");

    /// <summary>Nothing to answer from.</summary>
    public static ConnectorException NoSnapshot(string path) => new(
        ErrorIds.NoSnapshot,
        ErrorKind.NotFound,
        path,
        "No complete read of Exchange and the tenant is recorded yet.",
        "Run Invoke-ConnectorSync; until the access policy is enabled it writes nothing to Exchange.");
}
