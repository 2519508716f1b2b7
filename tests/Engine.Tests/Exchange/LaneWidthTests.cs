using System;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Lanes;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class LaneWidthTests
{
    private static readonly TimeSpan s_usual = TimeSpan.FromMilliseconds(50);

    private readonly RunNotes _notes = new(null, TimeProvider.System);

    [Fact]
    public void A_round_of_good_answers_with_somebody_waiting_adds_one()
    {
        LaneWidth width = new(1, 4, _notes);
        Rounds(width, 1);
        Assert.Equal(2, width.Current);
        Good(width, 1);
        Assert.Equal(2, width.Current);
        Good(width, 1);
        Assert.Equal(3, width.Current);
        Rounds(width, 20);
        Assert.Equal(4, width.Current);
    }

    [Fact]
    public void Nobody_waiting_nothing_grows()
    {
        LaneWidth width = new(1, 4, _notes);
        for (var i = 0; i < 50; i++) width.Completed(width.Epoch, "Set-CASMailbox", s_usual, TimeSpan.Zero, open: width.Current, someoneWaits: false);
        Assert.Equal(1, width.Current);
    }

    [Fact]
    public void It_does_not_run_ahead_of_the_sessions_that_are_on_their_way()
    {
        LaneWidth width = new(1, 16, _notes);
        for (var i = 0; i < 100; i++) width.Completed(width.Epoch, "Set-CASMailbox", s_usual, TimeSpan.Zero, open: 1, someoneWaits: true);
        Assert.Equal(5, width.Current);
    }

    [Fact]
    public void A_micro_delay_or_a_throttled_command_halves()
    {
        LaneWidth width = new(8, 8, _notes);
        width.Completed(width.Epoch, "Set-CASMailbox", s_usual, TimeSpan.FromSeconds(2), open: width.Current, someoneWaits: true);
        Assert.Equal(4, width.Current);
        width.Throttled(width.Epoch);
        Assert.Equal(2, width.Current);
        width.Throttled(width.Epoch);
        width.Throttled(width.Epoch);
        Assert.Equal(1, width.Current);
        Assert.Contains("2000 ms", _notes.All[0].Text, StringComparison.Ordinal);
        Assert.All(_notes.All, static note => Assert.Equal(RunNoteKind.Lanes, note.Kind));
    }

    [Fact]
    public void A_refused_session_halves_and_leaves_two_to_people_from_then_on()
    {
        LaneWidth width = new(6, 16, _notes);
        width.Refused(open: 6);
        Assert.Equal(3, width.Current);
        Rounds(width, 50);
        Assert.Equal(4, width.Current);
        Assert.Contains("refused with 6 open", _notes.All[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_take_ever_longer_halve()
    {
        LaneWidth width = new(4, 8, _notes);
        Good(width, 4);
        var before = width.Current;
        for (var i = 0; i < before; i++) width.Completed(width.Epoch, "Set-CASMailbox", TimeSpan.FromMilliseconds(900), TimeSpan.Zero, open: width.Current, someoneWaits: true);
        Assert.Equal(before / 2, width.Current);
        Assert.Contains("Set-CASMailbox takes 900 ms and took 50", _notes.All[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cmdlet_is_measured_against_itself_and_a_little_more_is_nothing()
    {
        LaneWidth width = new(4, 4, _notes);
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 2; i++) width.Completed(width.Epoch, "Get-CASMailbox", TimeSpan.FromMilliseconds(5), TimeSpan.Zero, open: width.Current, someoneWaits: true);
            for (var i = 0; i < 2; i++) width.Completed(width.Epoch, "Set-CASMailbox", TimeSpan.FromMilliseconds(150), TimeSpan.Zero, open: width.Current, someoneWaits: true);
        }

        Assert.Equal(4, width.Current);
        Assert.Empty(_notes.All);
    }

    [Fact]
    public void Commands_that_were_sent_before_a_halving_do_not_halve_again()
    {
        LaneWidth width = new(8, 8, _notes);
        var sent = width.Epoch;
        for (var i = 0; i < 8; i++) width.Completed(sent, "Set-CASMailbox", s_usual, TimeSpan.FromSeconds(1), open: 8, someoneWaits: true);
        for (var i = 0; i < 8; i++) width.Throttled(sent);
        Assert.Equal(4, width.Current);
        width.Throttled(width.Epoch);
        Assert.Equal((2, 8), (width.Current, width.Ceiling));
    }

    [Fact]
    public void Whatever_happens_it_stays_between_one_and_the_maximum_and_every_change_is_told() => Gen.Select(Gen.Int[1, 16], Gen.Int[0, 6].Array[0, 200]).Sample((maximum, events) =>
    {
        RunNotes notes = new(null, TimeProvider.System);
        LaneWidth width = new(1, maximum, notes);
        var changes = 0;
        foreach (var what in events)
        {
            var before = width.Current;
            switch (what)
            {
                case 0: width.Throttled(width.Epoch); break;
                case 1: width.Refused(before); break;
                case 2: width.Completed(width.Epoch, "A", s_usual, TimeSpan.FromMilliseconds(1), open: width.Current, someoneWaits: true); break;
                case 3: width.Completed(width.Epoch, "A", TimeSpan.FromSeconds(3), TimeSpan.Zero, open: width.Current, someoneWaits: true); break;
                default: width.Completed(width.Epoch, "A", s_usual, TimeSpan.Zero, open: width.Current, someoneWaits: true); break;
            }

            if (width.Current != before) changes++;
            Assert.InRange(width.Current, 1, maximum);
            Assert.True(width.Current <= before + 1);
        }

        Assert.Equal(changes, notes.All.Count);
    });

    [Theory]
    [InlineData("Micro delay applied. Actual delayed: 21956 msecs, Enforced: True", 21956)]
    [InlineData("There are more results available than are currently displayed.", 0)]
    public void A_micro_delay_is_read_out_of_the_warning(string warning, int milliseconds) =>
        Assert.Equal(milliseconds, MicroDelay.Of(["Something else.", warning]).TotalMilliseconds);

    private static void Rounds(LaneWidth width, int count)
    {
        for (var i = 0; i < count; i++) Good(width, width.Current);
    }

    private static void Good(LaneWidth width, int count)
    {
        foreach (var _ in Enumerable.Range(0, count)) width.Completed(width.Epoch, "Set-CASMailbox", s_usual, TimeSpan.Zero, open: width.Current, someoneWaits: true);
    }
}
