using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Entries of ours whose partnership, list entry or mailbox is gone.</summary>
public sealed class LeftoverTests
{
    [Theory]
    [InlineData(EntryList.Allowed, null, true, "", "Allowed APPL1 PartnershipMissing")]
    [InlineData(EntryList.Allowed, 0.0, true, "", "")]
    [InlineData(EntryList.Allowed, 6.99, true, "", "")]
    [InlineData(EntryList.Allowed, 7.0, true, "", "")]
    [InlineData(EntryList.Allowed, 7.01, true, "-allow APPL1", "")]
    [InlineData(EntryList.Blocked, null, true, "", "Blocked APPL1 PartnershipMissing")]
    [InlineData(EntryList.Blocked, 7.01, true, "-block APPL1", "")]
    [InlineData(EntryList.Allowed, null, false, "-allow APPL1", "")]
    [InlineData(EntryList.Blocked, 1.0, false, "-block APPL1", "")]
    public void Withdrawn_when_gone_for_longer_than_the_wait_and_at_once_when_the_policy_is_off(
        EntryList list, double? missingDays, bool enabled, string writes, string notes)
    {
        var plan = PlanBuilder.Build(Some.Input(Some.Policy with { Enabled = enabled }, Holding(list, "APPL1"), [], ledger: [Some.Entry(list, missingDays: missingDays)]));

        Assert.Equal((writes, notes), (PlanText.Writes(plan), PlanText.Notes(plan)));
    }

    [Theory]
    [InlineData(0.5, 0.4, false)]
    [InlineData(0.5, 0.6, true)]
    [InlineData(0, 0.0, false)]
    [InlineData(0, 0.001, true)]
    [InlineData(30, 29, false)]
    [InlineData(30, 31, true)]
    public void The_wait_is_the_policy_s(double waitDays, double missingDays, bool withdrawn)
    {
        var policy = Some.Policy with { LeftoverAfter = TimeSpan.FromDays(waitDays) };

        var plan = PlanBuilder.Build(Some.Input(policy, Holding(EntryList.Allowed, "APPL1"), [], ledger: [Some.Entry(EntryList.Allowed, missingDays: missingDays)]));

        Assert.Equal(withdrawn, !plan.IsEmpty);
    }

    [Fact]
    public void The_evidence_says_that_the_partnership_is_gone()
    {
        var plan = PlanBuilder.Build(Some.Input(mailbox: Holding(EntryList.Allowed, "appl1"), phones: [], ledger: [Some.Entry(EntryList.Allowed, missingDays: 8)]));

        var change = Assert.IsType<MailboxChange>(Assert.Single(plan.Changes));
        Assert.Equal(["appl1"], change.AllowedRemove);
        Assert.Equal([new ChangeEvidence(new EasDeviceId("APPL1"), AccessDecision.LeaveToExchange, AccessReason.PartnershipGone)], change.Evidence);
        Assert.Equal(0, plan.Denials);
    }

    [Theory]
    [InlineData(3.0, "Allowed APPL1 PartnershipBack")]
    [InlineData(30.0, "Allowed APPL1 PartnershipBack")]
    [InlineData(null, "")]
    public void A_partnership_that_returned_keeps_its_entry_only_by_being_decided_again(double? missingDays, string notes)
    {
        var ledger = new[] { Some.Entry(EntryList.Allowed, missingDays: missingDays) };

        var compliant = PlanBuilder.Build(Some.Input(mailbox: Holding(EntryList.Allowed, "APPL1"), ledger: ledger));
        var unknown = PlanBuilder.Build(Some.Input(mailbox: Holding(EntryList.Allowed, "APPL1"), managed: [], ledger: ledger));

        Assert.Equal(("", notes), (PlanText.Writes(compliant), PlanText.Notes(compliant)));
        Assert.Equal("-allow APPL1, +block APPL1", PlanText.Writes(unknown));
    }

    [Fact]
    public void An_entry_that_somebody_took_out_is_ours_no_more()
    {
        var ledger = new[] { Some.Entry(EntryList.Allowed), Some.Entry(EntryList.Blocked, "APPL2", missingDays: 20) };

        var plan = PlanBuilder.Build(Some.Input(ledger: ledger));

        Assert.Equal("+allow APPL1", PlanText.Writes(plan));
        Assert.Equal("Allowed APPL1 Gone, Blocked APPL2 Gone", PlanText.Notes(plan));
    }

    [Theory]
    [InlineData(null, "Allowed APPL1 PartnershipMissing")]
    [InlineData(6.0, "")]
    [InlineData(8.0, "Allowed APPL1 Gone")]
    public void Entries_of_a_mailbox_that_is_gone_are_forgotten_after_the_same_wait(double? missingDays, string notes)
    {
        var plan = PlanBuilder.Build(Some.Input(ledger: [Some.Entry(EntryList.Allowed, mailbox: 77, missingDays: missingDays)]));

        Assert.Equal(notes, PlanText.Notes(plan));
        Assert.Equal("+allow APPL1", PlanText.Writes(plan));
    }

    [Fact]
    public void Administrators_entries_without_partnership_stay()
    {
        var plan = PlanBuilder.Build(Some.Input(mailbox: Holding(EntryList.Allowed, "APPL1") with { BlockedDeviceIds = ["X"] }, phones: []));

        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.LedgerNotes);
    }

    [Fact]
    public void A_system_partnership_does_not_keep_an_entry()
    {
        var plan = PlanBuilder.Build(Some.Input(
            mailbox: Holding(EntryList.Allowed, "APPL1"), phones: [Some.Phone(type: "EASProbeDeviceType")], ledger: [Some.Entry(EntryList.Allowed, missingDays: 8)]));

        Assert.Equal("-allow APPL1", PlanText.Writes(plan));
    }

    // A row that could not be read may be the very partnership or mailbox that seems to be gone.
    [Theory]
    [InlineData(1, null)]
    [InlineData(1, 30.0)]
    [InlineData(77, null)]
    [InlineData(77, 30.0)]
    public void Rows_that_could_not_be_read_prove_no_absence(int mailbox, double? missingDays)
    {
        var input = Some.Input(mailbox: Holding(EntryList.Allowed, "APPL9"), ledger: [Some.Entry(EntryList.Allowed, "APPL9", mailbox, missingDays)]);
        input = input with { Exchange = input.Exchange with { Unreadable = [new UnreadableRow("contoso.com/Users/jane/x", "no Guid")] } };

        var plan = PlanBuilder.Build(input);

        Assert.Equal(("+allow APPL1", ""), (PlanText.Writes(plan), PlanText.Notes(plan)));
    }

    [Fact]
    public void The_order_of_the_ledger_does_not_change_the_plan()
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["A1", "A2", "A3"], BlockedDeviceIds = ["A2"] };
        var ledger = new[] { "A3", "A1", "A2" }.Select(static id => Some.Entry(EntryList.Allowed, id, missingDays: 9)).Append(Some.Entry(EntryList.Blocked, "A2", missingDays: 9)).ToList();

        var forward = PlanBuilder.Build(Some.Input(mailbox: mailbox, phones: [], ledger: ledger));
        var backward = PlanBuilder.Build(Some.Input(mailbox: mailbox, phones: [], ledger: [.. Enumerable.Reverse(ledger)]));

        Assert.Equal("-allow A1, -allow A2, -allow A3, -block A2", PlanText.Writes(forward));
        Assert.Equal(PlanText.Whole(forward), PlanText.Whole(backward));
    }

    private static Mailbox Holding(EntryList list, string id) => list == EntryList.Allowed
        ? Some.Mailbox() with { AllowedDeviceIds = [id] }
        : Some.Mailbox() with { BlockedDeviceIds = [id] };
}
