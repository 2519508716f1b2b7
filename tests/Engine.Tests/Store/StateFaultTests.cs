using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Microsoft.Data.Sqlite;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class StateFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string State => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_state_and_its_folder_are_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows inherits the folder's permissions.");
        var path = _folder.File("new", "folder", "state.db");
        using var store = SqliteStateStore.Open(path);
        store.WriteValue("key", "value");

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(new[] { path, path + "-wal", path + "-shm" }, file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("new", "folder")));
    }

    [Fact]
    public void Every_commit_is_on_the_disk_before_it_is_reported()
    {
        using var connection = StateDatabase.Open(State);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        Assert.Equal(2L, command.ExecuteScalar());
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
        command.CommandText = "PRAGMA foreign_keys";
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        SqliteStateStore.Open(State).Dispose();
        StateFiles.Execute(State, $"PRAGMA user_version = {StateDatabase.Version + 1}");
        var before = File.ReadAllBytes(State);
        AssertRefused(ErrorIds.StateTooNew, () => SqliteStateStore.Open(State));
        Assert.Equal(before, File.ReadAllBytes(State));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = new string('x', 10_000);
        File.WriteAllText(State, text);
        var refused = AssertRefused(ErrorIds.StateUnreadable, () => SqliteStateStore.Open(State));
        Assert.Contains("count as an administrator's", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(State));
    }

    [Theory]
    [InlineData("CREATE TABLE theirs (x)")]
    [InlineData("PRAGMA user_version = 1; CREATE TABLE theirs (x)")]
    [InlineData("PRAGMA application_id = 77; CREATE TABLE theirs (x)")]
    public void The_database_of_another_program_is_refused_and_left_alone(string sql)
    {
        StateFiles.Execute(State, sql);
        AssertRefused(ErrorIds.StateUnreadable, () => SqliteStateStore.Open(State));
        Assert.Equal(1L, StateFiles.Scalar(State, "SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public void A_damaged_file_is_told_as_one()
    {
        using (var store = SqliteStateStore.Open(State)) store.SaveSnapshot(Many(500));
        using (var file = new FileStream(State, FileMode.Open, FileAccess.ReadWrite))
        {
            var junk = Enumerable.Repeat((byte)0xA5, 4096).ToArray();
            for (var page = 2; page < file.Length / 4096; page++)
            {
                file.Position = page * 4096L;
                file.Write(junk);
            }
        }

        using var damaged = SqliteStateStore.Open(State);
        AssertRefused(ErrorIds.StateUnreadable, () => damaged.ReadDevices(new DeviceQuery()).Count());
        AssertRefused(ErrorIds.StateUnreadable, () => damaged.SaveSnapshot(Many(500)));
    }

    [Theory]
    [InlineData("UPDATE ledger SET mailbox_id = 'x'")]
    [InlineData("UPDATE ledger SET written_at = -1")]
    [InlineData("UPDATE ledger SET list = 99999999999")]
    [InlineData("DROP TABLE ledger")]
    public void A_row_that_makes_no_sense_is_told_as_damage(string sql)
    {
        using (var store = SqliteStateStore.Open(State))
        {
            store.BeginRun(Run(1));
            store.Settle(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12")], []);
        }

        StateFiles.Execute(State, sql);
        // A table that is missing shows as soon as its statements are prepared, the rest when it is read.
        AssertRefused(ErrorIds.StateUnreadable, () =>
        {
            using var store = SqliteStateStore.Open(State);
            store.ReadLedger();
        });
    }

    [Theory]
    [InlineData("UPDATE change SET before = '{'")]
    [InlineData("UPDATE change SET before = '[]'")]
    [InlineData("UPDATE change SET after = '{\"Allowed\": [1]}'")]
    public void A_journal_that_makes_no_sense_is_told_as_damage(string sql)
    {
        using var store = SqliteStateStore.Open(State);
        store.BeginRun(Run(1));
        store.Announce(Change(1, 1), 0);
        StateFiles.Execute(State, sql);
        AssertRefused(ErrorIds.StateUnreadable, () => store.ReadPending());
    }

    [Fact]
    public void A_full_disk_leaves_everything_as_it_was()
    {
        using var connection = StateDatabase.Open(State);
        using var store = new SqliteStateStore(connection, State);
        store.BeginRun(Run(1));
        store.Settle(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12")], []);
        store.SaveSnapshot(Many(50, "OLD"));
        Limit(connection, "(SELECT page_count + 5 FROM pragma_page_count)");

        AssertRefused(ErrorIds.StateNotWritable, () => store.SaveSnapshot(Many(2_000, "NEW")));
        Assert.Equal(50, store.ReadBaseline()?.Partnerships);
        Assert.Equal(50, store.ReadDevices(new DeviceQuery()).Count(device => device.DeviceId.StartsWith("OLD", StringComparison.Ordinal)));
        Assert.Equal(1, store.ReadLedger().Count);

        var entries = Enumerable.Range(1, 5_000).Select(number => Entry(number, "AB12")).ToList();
        AssertRefused(ErrorIds.StateNotWritable, () => store.Settle(Change(1, 2, ChangeOutcome.Applied), entries, []));
        Assert.Equal(1, store.ReadLedger().Count);
        Assert.Single(Assert.Single(store.ReadRuns(null, null, true)).Changes);

        Limit(connection, "1000000");
        store.SaveSnapshot(Many(2_000, "NEW"));
        Assert.Equal(2_000, store.ReadDevices(new DeviceQuery()).Count());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_cannot_be_written_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions are set the Unix way.");
        var folder = Directory.CreateDirectory(_folder.File("locked")).FullName;
        Unprivileged.Open(_folder.Path);
        Unprivileged.Lock(folder);
        Unprivileged.Run(() => AssertRefused(ErrorIds.StateNotWritable, () => SqliteStateStore.Open(Path.Combine(folder, "state.db"))));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_cannot_be_written_is_told_and_left_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions are set the Unix way.");
        var folder = Directory.CreateDirectory(_folder.File("locked")).FullName;
        var path = Path.Combine(folder, "state.db");
        using (var store = SqliteStateStore.Open(path)) store.WriteValue("key", "value");
        Unprivileged.Open(_folder.Path);
        Unprivileged.Lock(folder);
        var before = File.ReadAllBytes(path);
        Unprivileged.Run(() =>
        {
            Assert.Equal(before, File.ReadAllBytes(path));
            AssertRefused(ErrorIds.StateNotWritable, () =>
            {
                using var store = SqliteStateStore.Open(path);
                store.WriteValue("key", "other");
            });
        });
        Assert.Equal(before, File.ReadAllBytes(path));
        Unprivileged.Unlock(folder);
    }

    [Fact]
    public void A_folder_in_the_files_place_is_told()
    {
        Directory.CreateDirectory(State);
        AssertRefused(ErrorIds.StateNotWritable, () => SqliteStateStore.Open(State));
    }

    [Fact]
    public void A_file_that_somebody_keeps_locked_is_told_as_busy()
    {
        using var store = new SqliteStateStore(ImpatientConnection(), State);
        using var other = StateFiles.Open(State);
        StateDatabase.Run(other, "BEGIN IMMEDIATE");
        Assert.Equal(ErrorKind.Busy, AssertRefused(ErrorIds.StateNotWritable, () => store.WriteValue("key", "value")).Kind);
        Assert.Null(store.ReadValue("key"));

        StateDatabase.Run(other, "ROLLBACK");
        store.WriteValue("key", "value");
        Assert.Equal("value", store.ReadValue("key"));
    }

    [Fact]
    public void Two_processes_may_make_the_file_at_the_same_time()
    {
        using var barrier = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            barrier.SignalAndWait();
            using var store = SqliteStateStore.Open(State);
            for (var i = 0; i < 10; i++) store.WriteValue($"{number}.{i}", "value");
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(40L, StateFiles.Scalar(State, "SELECT count(*) FROM value"));
    }

    private static ConnectorException AssertRefused(string errorId, Action action)
    {
        var refused = Assert.Throws<ConnectorException>(action);
        Assert.Equal(errorId, refused.ErrorId);
        Assert.NotEmpty(refused.Remedy);
        return refused;
    }

    private static void Limit(SqliteConnection connection, string pages)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT " + pages;
        var limit = command.ExecuteScalar();
        command.CommandText = $"PRAGMA max_page_count = {limit}";
        command.ExecuteNonQuery();
    }

    // Does not wait for a lock as long as a real one does.
    private SqliteConnection ImpatientConnection()
    {
        var connection = StateDatabase.Open(State);
        connection.DefaultTimeout = 1;
        StateDatabase.Run(connection, "PRAGMA busy_timeout = 0");
        return connection;
    }
}
