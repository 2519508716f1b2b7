using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Sync;
using IntuneExchangeConnector.Engine.Tests.Store;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Sync;

public sealed class SyncLeaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Noon);

    private string State => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_sync_is_refused_with_the_name_of_the_first()
    {
        using var first = await Acquire(Holder("EX1", 1));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX2", 2)));
        Assert.Equal((ErrorIds.SyncInProgress, ErrorKind.Busy), (refused.ErrorId, refused.Kind));
        Assert.Contains("svc on EX1, process 4711, run 00000001-", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2026-11-02 12:00:00Z", refused.Message, StringComparison.Ordinal);
        Assert.Contains("-Wait", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_was_given_back_can_be_taken_again()
    {
        var first = await Acquire(Holder("EX1", 1));
        first.Dispose();
        first.Dispose();
        using var second = await Acquire(Holder("EX2", 2));
        first.Dispose();
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX3", 3)));
        Assert.Contains("EX2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_connectors_lease_is_another_lease()
    {
        using var first = await Acquire(Holder("EX1", 1));
        using var other = await SyncLease.AcquireAsync(_folder.File("other.db"), Holder("EX1", 2), false, _time, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Waiting_ends_when_the_lease_is_free()
    {
        var first = await Acquire(Holder("EX1", 1));
        var waiting = Acquire(Holder("EX2", 2), wait: true);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(waiting.IsCompleted);

        first.Dispose();
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        using var second = await waiting;
        await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX3", 3)));
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var first = await Acquire(Holder("EX1", 1));
        using var stop = new CancellationTokenSource();
        var waiting = SyncLease.AcquireAsync(State, Holder("EX2", 2), true, _time, stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_dead_holders_lease_is_void_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The second process speaks the Unix way.");
        using var child = ChildProcess.Start(nameof(ChildProcess.HoldLease), State);
        await child.HearAsync(1, TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX2", 2)));
        Assert.Contains($"{Environment.UserName} on {Environment.MachineName}, process {child.Id},", refused.Message, StringComparison.Ordinal);

        await child.KillAsync(TestContext.Current.CancellationToken);
        using var lease = await Acquire(Holder("EX2", 2));
        refused = await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX3", 3)));
        Assert.Contains("EX2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"Machine\":\"EX1\"}")]
    [InlineData("[1]")]
    [InlineData("{\"Machine\":\"EX1\",\"User\":\"u\",\"ProcessId\":\"x\"}")]
    public async Task A_name_that_cannot_be_read_refuses_all_the_same(string name)
    {
        using var first = await Acquire(Holder("EX1", 1));
        await File.WriteAllTextAsync(State + ".holder", name, TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX2", 2)));
        Assert.Equal(ErrorIds.SyncInProgress, refused.ErrorId);

        File.Delete(State + ".holder");
        Assert.Equal(ErrorIds.SyncInProgress, (await Assert.ThrowsAsync<ConnectorException>(() => Acquire(Holder("EX2", 2)))).ErrorId);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_told()
    {
        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            SyncLease.AcquireAsync(_folder.File("missing", "state.db"), Holder("EX1", 1), true, _time, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.StateNotWritable, refused.ErrorId);
    }

    [Fact]
    public void This_process_is_named_by_what_tells_it_from_others()
    {
        var holder = LeaseHolder.ThisProcess(Id(7), Noon);
        Assert.Equal((Environment.MachineName, Environment.UserName, Environment.ProcessId, Id(7), Noon), (holder.Machine, holder.User, holder.ProcessId, holder.RunId, holder.Since));
        Assert.True(holder.ProcessStarted > DateTimeOffset.UnixEpoch);
        Assert.Equal(TimeSpan.Zero, holder.ProcessStarted.Offset);
    }

    private static LeaseHolder Holder(string machine, int run) =>
        new() { Machine = machine, User = "svc", ProcessId = 4711, ProcessStarted = Noon.AddHours(-1), RunId = Id(run), Since = Noon };

    private Task<SyncLease> Acquire(LeaseHolder holder, bool wait = false) =>
        SyncLease.AcquireAsync(State, holder, wait, _time, TestContext.Current.CancellationToken);
}
