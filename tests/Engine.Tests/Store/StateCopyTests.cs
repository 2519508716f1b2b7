using System;
using System.IO;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class StateCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string From => _folder.File("state.db");

    private string To => _folder.File("new", "copy.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_copy_holds_everything_also_while_others_have_the_state_open()
    {
        using var open = SqliteStateStore.Open(From);
        open.BeginRun(Run(1));
        open.Settle(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12")], []);
        open.SaveSnapshot(Many(30));
        open.WriteValue("key", "value");
        SqliteStateStore.Copy(From, To);

        using var copy = SqliteStateStore.Open(To);
        Assert.Equal(open.ReadLedger().Of(Id(1)), copy.ReadLedger().Of(Id(1)));
        Assert.Equal(open.ReadDevices(new DeviceQuery()), copy.ReadDevices(new DeviceQuery()));
        Assert.Equal("value", copy.ReadValue("key"));
        Assert.Single(Assert.Single(copy.ReadRuns(null, null, true)).Changes);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(To));
    }

    [Fact]
    public async Task What_a_killed_process_left_beside_the_state_comes_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The second process speaks the Unix way.");
        using (var child = ChildProcess.Start(nameof(ChildProcess.WriteForever), From))
        {
            await child.HearAsync(4, TestContext.Current.CancellationToken);
            await child.KillAsync(TestContext.Current.CancellationToken);
        }

        // Nothing of these few runs is in the state's own file yet.
        Assert.True(new FileInfo(From + "-wal").Length > 0);
        SqliteStateStore.Copy(From, To);
        using var copy = SqliteStateStore.Open(To);
        Assert.True(copy.ReadLedger().Count >= 8);
    }

    [Fact]
    public void A_state_is_not_copied_over_another()
    {
        using (var store = SqliteStateStore.Open(From)) store.WriteValue("key", "from");
        using (var store = SqliteStateStore.Open(To)) store.WriteValue("key", "to");
        Assert.Equal(ErrorIds.StateNotWritable, Assert.Throws<ConnectorException>(() => SqliteStateStore.Copy(From, To)).ErrorId);
        using var kept = SqliteStateStore.Open(To);
        Assert.Equal("to", kept.ReadValue("key"));
    }

    [Fact]
    public void A_state_that_cannot_be_read_leaves_no_copy()
    {
        File.WriteAllText(From, new string('x', 10_000));
        Assert.Equal(ErrorIds.StateUnreadable, Assert.Throws<ConnectorException>(() => SqliteStateStore.Copy(From, To)).ErrorId);
        Assert.False(File.Exists(To));
    }
}
