using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStateStore _store;

    public LedgerTests()
    {
        _store = SqliteStateStore.Open(_folder.File("state.db"));
        _store.BeginRun(Run(1));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Settling_notes_what_is_ours_now_and_what_is_no_more()
    {
        Write(Entry(1, "AB12"), Entry(1, "CD34", EntryList.Blocked), Entry(2, "AB12"));
        _store.Settle(Change(1, 2, ChangeOutcome.Applied), [Entry(1, "EF56")], [Entry(1, "cd34", EntryList.Blocked), Entry(2, "AB12", EntryList.Blocked)]);

        var ledger = _store.ReadLedger();
        Assert.Equal([("AB12", EntryList.Allowed), ("EF56", EntryList.Allowed)], ledger.Of(Id(1)).Select(entry => (entry.DeviceId.Value, entry.List)));
        Assert.Single(ledger.Of(Id(2)));
    }

    [Fact]
    public void An_entry_that_is_written_again_in_another_case_is_one_entry_with_the_new_spelling()
    {
        Write(Entry(1, "straße-ä"));
        var again = Entry(1, "STRAßE-Ä", run: 2, at: Noon.AddHours(1)) with { MissingSince = Noon };
        Write(again);
        Assert.Equal(again, Assert.Single(_store.ReadLedger().Of(Id(1))));
        Assert.Equal("STRAßE-Ä", _store.ReadLedger().Of(Id(1))[0].DeviceId.Value);
    }

    [Fact]
    public void An_entry_moves_from_one_list_to_the_other_in_one_settlement()
    {
        Write(Entry(1, "AB12", EntryList.Allowed));
        _store.Settle(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12", EntryList.Blocked)], [Entry(1, "AB12", EntryList.Allowed)]);
        Assert.Equal(EntryList.Blocked, Assert.Single(_store.ReadLedger().Of(Id(1))).List);
    }

    [Fact]
    public void A_missing_partnership_is_dated_by_the_first_read_that_missed_it()
    {
        var entry = Entry(1, "AB12");
        Write(entry);
        Note(entry, LedgerFinding.PartnershipMissing, Noon.AddDays(1));
        Note(Read(), LedgerFinding.PartnershipMissing, Noon.AddDays(2));
        Assert.Equal(Noon.AddDays(1), Read().MissingSince);

        Note(Read(), LedgerFinding.PartnershipBack, Noon.AddDays(3));
        Assert.Null(Read().MissingSince);
    }

    [Fact]
    public void An_entry_that_somebody_took_out_is_ours_no_more()
    {
        Write(Entry(1, "AB12"));
        Note(Read(), LedgerFinding.Gone, Noon);
        Assert.Equal(0, _store.ReadLedger().Count);
    }

    [Theory]
    [InlineData(LedgerFinding.Gone)]
    [InlineData(LedgerFinding.PartnershipMissing)]
    public void A_note_on_an_entry_that_was_written_again_since_changes_nothing(LedgerFinding finding)
    {
        Write(Entry(1, "AB12"));
        var old = Read();
        var rewritten = Entry(1, "AB12", run: 2, at: Noon.AddMinutes(1));
        Write(rewritten);
        Note(old, finding, Noon.AddMinutes(2));
        Assert.Equal(rewritten, Read());
    }

    [Fact]
    public void Notes_are_taken_together_or_not_at_all()
    {
        Write(Entry(1, "AB12"), Entry(2, "AB12"));
        StateFiles.Execute(_folder.File("state.db"), $"CREATE TRIGGER broken BEFORE DELETE ON ledger WHEN old.mailbox_id = '{Id(2)}' BEGIN SELECT RAISE(ABORT, 'injected'); END");
        var notes = new[] { Entry(1, "AB12"), Entry(2, "AB12") }.Select(entry => new LedgerNote(entry, LedgerFinding.Gone)).ToList();
        Assert.Throws<Domain.Errors.ConnectorException>(() => _store.Note(notes, Noon));
        Assert.Equal(2, _store.ReadLedger().Count);
    }

    [Fact]
    public void A_settlement_whose_ledger_fails_leaves_the_change_pending()
    {
        _store.Announce(Change(1, 1), 0);
        StateFiles.Execute(_folder.File("state.db"), "CREATE TRIGGER broken BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'injected'); END");
        Assert.Throws<Domain.Errors.ConnectorException>(() => _store.Settle(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12")], []));
        Assert.Single(_store.ReadPending());
        Assert.Equal(0, _store.ReadLedger().Count);
    }

    [Fact]
    public void Settlements_of_one_call_are_taken_together_or_not_at_all()
    {
        _store.Announce([new Announcement(Change(1, 1), 0), new Announcement(Change(1, 2), 0)]);
        StateFiles.Execute(_folder.File("state.db"), $"CREATE TRIGGER broken BEFORE INSERT ON ledger WHEN new.mailbox_id = '{Id(2)}' BEGIN SELECT RAISE(ABORT, 'injected'); END");
        Assert.Throws<Domain.Errors.ConnectorException>(() => _store.Settle([
            new Settlement(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12")], []),
            new Settlement(Change(1, 2, ChangeOutcome.Applied), [Entry(2, "AB12")], []),
        ]));
        Assert.Equal(2, _store.ReadPending().Count);
        Assert.Equal(0, _store.ReadLedger().Count);
    }

    [Fact]
    public void Announcements_of_one_call_are_taken_together_or_not_at_all()
    {
        Assert.Throws<Domain.Errors.ConnectorException>(() => _store.Announce([new Announcement(Change(1, 1), 0), new Announcement(Change(7, 1), 0)]));
        Assert.Empty(_store.ReadPending());
    }

    private void Write(params LedgerEntry[] entries) => _store.Settle(Change(1, 1, ChangeOutcome.Applied), entries, []);

    private void Note(LedgerEntry entry, LedgerFinding finding, DateTimeOffset now) => _store.Note([new LedgerNote(entry, finding)], now);

    private LedgerEntry Read() => Assert.Single(_store.ReadLedger().Of(Id(1)));
}
