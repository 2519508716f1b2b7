using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStateStore _store;

    public JournalTests() => _store = SqliteStateStore.Open(_folder.File("state.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_run_is_in_the_history_from_its_beginning_and_complete_after_its_end()
    {
        var run = Run(1);
        _store.BeginRun(run);
        Assert.Equal(run, Assert.Single(_store.ReadRuns(null, null, false)).Result);

        var done = run with
        {
            Status = SyncStatus.Held,
            Partnerships = 1,
            Allowed = 2,
            Blocked = 3,
            LeftToExchange = 4,
            SystemPartnerships = 5,
            Unreadable = 6,
            Changes = 7,
            MailboxWrites = 8,
            Failures = 9,
            Conflicts = 10,
            Denials = 11,
            ExchangeCommands = 12,
            GraphRequests = 13,
            HeldReason = "too many",
            FailureMessage = "broken",
            FailureId = "SyncFailed",
            FailureRemedy = "mend it",
            Finished = Noon.AddTicks(1),
        };
        _store.FinishRun(done);
        Reopen();
        Assert.Equal(done, Assert.Single(_store.ReadRuns(null, null, false)).Result);
    }

    [Fact]
    public void Runs_come_newest_first_and_can_be_narrowed()
    {
        foreach (var number in new[] { 2, 3, 1 }) _store.BeginRun(Run(number, minute: number));
        _store.Announce(Change(2, 1), 0);

        Assert.Equal([Id(3), Id(2), Id(1)], _store.ReadRuns(null, null, false).Select(run => run.Result.RunId));
        Assert.Equal([Id(3), Id(2)], _store.ReadRuns(2, null, false).Select(run => run.Result.RunId));
        Assert.Empty(_store.ReadRuns(null, Id(9), false));
        Assert.Empty(Assert.Single(_store.ReadRuns(null, Id(2), false)).Changes);
        Assert.Single(Assert.Single(_store.ReadRuns(null, Id(2), true)).Changes);
    }

    [Fact]
    public void The_last_success_is_the_newest_run_of_its_kind_that_was_carried_to_its_end()
    {
        Assert.Null(_store.ReadLastSuccess(SyncKind.Full));
        _store.FinishRun(Run(1, SyncKind.Full, SyncStatus.Succeeded, 1));
        _store.FinishRun(Run(2, SyncKind.Full, SyncStatus.SucceededWithErrors, 2));
        _store.FinishRun(Run(3, SyncKind.Full, SyncStatus.Held, 3));
        _store.FinishRun(Run(4, SyncKind.Full, SyncStatus.Failed, 4));
        _store.FinishRun(Run(5, SyncKind.Full, SyncStatus.Planned, 5));
        _store.FinishRun(Run(6, SyncKind.Quick, SyncStatus.Succeeded, 0));

        Assert.Equal(Id(2), _store.ReadLastSuccess(SyncKind.Full)?.RunId);
        Assert.Equal(Id(6), _store.ReadLastSuccess(SyncKind.Quick)?.RunId);
    }

    [Fact]
    public void An_announced_change_is_pending_until_it_is_settled()
    {
        _store.BeginRun(Run(1));
        var announced = Change(1, 1);
        _store.Announce(announced, 1);
        Reopen();
        AssertSame(announced, Assert.Single(_store.ReadPending()));

        var settled = Change(1, 1, ChangeOutcome.Failed, Noon.AddMinutes(5)) with { Message = "refused", MailboxId = null };
        _store.Settle(settled, [], []);
        Assert.Empty(_store.ReadPending());
        AssertSame(settled, Assert.Single(Assert.Single(_store.ReadRuns(null, null, true)).Changes));
    }

    [Fact]
    public void Pending_changes_come_oldest_first()
    {
        _store.BeginRun(Run(1));
        _store.BeginRun(Run(2));
        _store.Announce(Change(1, 2, at: Noon.AddMinutes(2)), 0);
        _store.Announce(Change(1, 1, at: Noon.AddMinutes(2)), 0);
        _store.Announce(Change(2, 1, at: Noon.AddMinutes(1)), 0);
        _store.Announce(Change(2, 2, at: Noon), 0);
        _store.Settle(Change(2, 2, ChangeOutcome.Applied), [], []);

        Assert.Equal([(Id(2), 1), (Id(1), 1), (Id(1), 2)], _store.ReadPending().Select(change => (change.RunId, change.Sequence)));
    }

    [Fact]
    public void A_change_that_was_skipped_unannounced_is_journalled_too()
    {
        _store.BeginRun(Run(1));
        _store.Settle(Change(1, 1, ChangeOutcome.Skipped), [], []);
        Assert.Equal(ChangeOutcome.Skipped, Assert.Single(Assert.Single(_store.ReadRuns(null, null, true)).Changes).Outcome);
    }

    [Fact]
    public void Denials_count_from_the_instant_of_their_announcement_unless_they_came_to_nothing()
    {
        _store.BeginRun(Run(1));
        _store.Announce(Change(1, 1, at: Noon.AddTicks(-1)), 1);
        _store.Announce(Change(1, 2), 10);
        _store.Announce(Change(1, 3, at: Noon.AddHours(1)), 100);
        _store.Announce(Change(1, 4, at: Noon.AddHours(1)), 1000);
        _store.Announce(Change(1, 5, at: Noon.AddHours(1)), 10000);
        foreach (var (sequence, outcome) in new[] { (1, ChangeOutcome.Applied), (3, ChangeOutcome.Applied), (4, ChangeOutcome.Failed), (5, ChangeOutcome.Skipped) })
        {
            _store.Settle(Change(1, sequence, outcome, Noon.AddHours(2)), [], []);
        }

        Assert.Equal(110, _store.CountDenials(Noon));
        Assert.Equal(111, _store.CountDenials(Noon.AddDays(-1)));
        Assert.Equal(0, _store.CountDenials(Noon.AddHours(2)));
    }

    [Theory]
    [MemberData(nameof(Samples.HostileTexts), MemberType = typeof(Samples))]
    public void Hostile_text_comes_back_as_it_was(string text)
    {
        var run = Run(1) with { Connector = text, HeldReason = text, FailureMessage = text, FailureId = text };
        var change = Change(1, 1, text: text) with { Target = text, Message = text };
        _store.BeginRun(run);
        _store.Announce(change, 0);
        _store.Settle(change, [Entry(1, text)], []);
        _store.WriteValue(text, text);
        Reopen();

        var stored = Assert.Single(_store.ReadRuns(null, null, true));
        Assert.Equal(Stored(text), stored.Result.Connector);
        Assert.Equal(Stored(text), stored.Result.HeldReason);
        AssertSame(change with { Target = Stored(text), Message = Stored(text), Action = Stored(change.Action) }, Assert.Single(stored.Changes));
        Assert.Equal(Stored(text), Assert.Single(_store.ReadLedger().Of(Id(1))).DeviceId.Value);
        Assert.Equal(Stored(text), _store.ReadValue(text));
    }

    [Fact]
    public void Values_are_written_replaced_and_taken_out()
    {
        Assert.Null(_store.ReadValue("hold"));
        _store.WriteValue("hold", "undone");
        _store.WriteValue("Hold", "other");
        _store.WriteValue("hold", "again");
        Assert.Equal("again", _store.ReadValue("hold"));
        _store.WriteValue("hold", null);
        _store.WriteValue("hold", null);
        Assert.Null(_store.ReadValue("hold"));
        Assert.Equal("other", _store.ReadValue("Hold"));
    }

    [Fact]
    public async Task Lanes_may_write_at_the_same_time()
    {
        _store.BeginRun(Run(1));
        await Parallel.ForEachAsync(Enumerable.Range(1, 100), TestContext.Current.CancellationToken, (sequence, _) =>
        {
            _store.Announce(Change(1, sequence), 1);
            _store.Settle(Change(1, sequence, ChangeOutcome.Applied), [Entry(sequence, "AB12")], []);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(100, _store.ReadLedger().Count);
        Assert.Equal(100, _store.CountDenials(Noon));
        Assert.Empty(_store.ReadPending());
    }

    private static void AssertSame(ChangeRecord expected, ChangeRecord actual)
    {
        Assert.Equal(Flat(expected.Before), Flat(actual.Before));
        Assert.Equal(Flat(expected.After), Flat(actual.After));
        Assert.Equal(expected, actual with { Before = expected.Before, After = expected.After });

        static IEnumerable<string> Flat(IReadOnlyDictionary<string, IReadOnlyList<string>> values) =>
            values.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(value => pair.Key + "=" + Stored(value)));
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = SqliteStateStore.Open(_folder.File("state.db"));
    }
}
