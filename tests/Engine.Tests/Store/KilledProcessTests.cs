using System;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class KilledProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(23)]
    public async Task Whatever_a_process_was_doing_when_it_was_killed_happened_whole_or_not_at_all(int lines)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The second process speaks the Unix way.");
        var path = _folder.File("state.db");
        using (var child = ChildProcess.Start(nameof(ChildProcess.WriteForever), path))
        {
            await child.HearAsync(lines, TestContext.Current.CancellationToken);
            await child.KillAsync(TestContext.Current.CancellationToken);
        }

        using var store = SqliteStateStore.Open(path);
        var runs = store.ReadRuns(null, null, true);
        var ledger = store.ReadLedger();
        Assert.True(runs.Count >= lines);
        foreach (var run in runs)
        {
            var isSettled = run.Changes is [{ Outcome: ChangeOutcome.Applied }];
            Assert.Equal(isSettled ? 2 : 0, ledger.Mailboxes.SelectMany(ledger.Of).Count(entry => entry.RunId == run.Result.RunId));
        }

        Assert.Equal(runs.Count(run => run.Changes is [{ Outcome: ChangeOutcome.Pending }]), store.ReadPending().Count);
        Assert.True(runs.Count(run => run.Changes is not [{ Outcome: ChangeOutcome.Applied }]) <= 1);
        if (store.ReadBaseline() is not null)
        {
            var devices = store.ReadDevices(new DeviceQuery()).ToList();
            Assert.Equal(40, devices.Count);
            Assert.Single(devices.Select(device => device.DeviceId.Split('-')[0]).Distinct());
        }

        store.BeginRun(Run(100_000));
    }
}
