using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Entries that the ledger does not know belong to an administrator.</summary>
public sealed class AdministratorEntryTests
{
    // Lists: A an administrator's allow, a ours; B an administrator's block, b ours; - EAS is off for the mailbox.
    [Theory]
    [InlineData("A", AccessDecision.Block, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("B", AccessDecision.Allow, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("AB", AccessDecision.Allow, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("aB", AccessDecision.Allow, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("B-", AccessDecision.Allow, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("AB", AccessDecision.Block, false, "", AccessConflict.None)]
    [InlineData("Ab", AccessDecision.Block, false, "", AccessConflict.None)]
    [InlineData("A-", AccessDecision.Block, false, "", AccessConflict.None)]
    [InlineData("A", AccessDecision.Allow, false, "", AccessConflict.None)]
    [InlineData("B", AccessDecision.Block, false, "", AccessConflict.None)]
    [InlineData("AB", AccessDecision.LeaveToExchange, false, "", AccessConflict.None)]
    [InlineData("aB", AccessDecision.Block, false, "-allow APPL1", AccessConflict.None)]
    [InlineData("Ab", AccessDecision.Allow, false, "-block APPL1", AccessConflict.None)]
    [InlineData("A", AccessDecision.Block, true, "-allow APPL1, +block APPL1", AccessConflict.None)]
    [InlineData("B", AccessDecision.Allow, true, "+allow APPL1, -block APPL1", AccessConflict.None)]
    [InlineData("AB", AccessDecision.Allow, true, "-block APPL1", AccessConflict.None)]
    [InlineData("aB", AccessDecision.Allow, true, "-block APPL1", AccessConflict.None)]
    [InlineData("A", AccessDecision.Allow, true, "", AccessConflict.None)]
    [InlineData("B", AccessDecision.Block, true, "", AccessConflict.None)]
    [InlineData("AB", AccessDecision.LeaveToExchange, true, "", AccessConflict.None)]
    [InlineData("ab", AccessDecision.LeaveToExchange, true, "-allow APPL1, -block APPL1", AccessConflict.None)]
    [InlineData("Ab", AccessDecision.LeaveToExchange, false, "-block APPL1", AccessConflict.None)]
    [InlineData("aB", AccessDecision.LeaveToExchange, false, "-allow APPL1", AccessConflict.None)]
    public void Under_default_Allow(string lists, AccessDecision decision, bool overrides, string expected, AccessConflict conflict) =>
        Check(lists, decision, overrides, ExchangeAccessLevel.Allow, expected, conflict);

    [Theory]
    [InlineData("A", AccessDecision.Block, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("A", AccessDecision.Block, true, "-allow APPL1", AccessConflict.None)]
    [InlineData("B", AccessDecision.Allow, false, "", AccessConflict.HeldByAdministrator)]
    [InlineData("B", AccessDecision.Allow, true, "+allow APPL1, -block APPL1", AccessConflict.None)]
    public void Under_default_Quarantine(string lists, AccessDecision decision, bool overrides, string expected, AccessConflict conflict) =>
        Check(lists, decision, overrides, ExchangeAccessLevel.Quarantine, expected, conflict);

    // An entry that does not contradict what Exchange does needs no write, so the override has nothing to take out.
    [Theory]
    [InlineData("AB")]
    [InlineData("Ab")]
    [InlineData("A-")]
    public void The_override_takes_out_only_what_stands_against_a_decision(string lists) =>
        Check(lists, AccessDecision.Block, overrides: true, ExchangeAccessLevel.Allow, "", AccessConflict.None);

    [Fact]
    public void An_administrator_s_entry_in_other_case_is_the_same_entry()
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["appl1"] };

        var held = PlanBuilder.Build(Some.Input(mailbox: mailbox, managed: []));
        var replaced = PlanBuilder.Build(Some.Input(Some.Policy with { OverrideAdministratorEntry = true }, mailbox, managed: []));

        Assert.Equal(("", AccessConflict.HeldByAdministrator), (PlanText.Writes(held), held.Assessments[0].Conflict));
        Assert.Equal("-allow appl1, +block APPL1", PlanText.Writes(replaced));
    }

    [Fact]
    public void Our_entry_on_one_mailbox_makes_no_entry_of_another_mailbox_ours()
    {
        var input = Some.Input(Some.Policy with { Enabled = false }, Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, ledger: [Some.Entry(EntryList.Allowed, mailbox: 2)]);

        Assert.Empty(PlanBuilder.Build(input).Changes);
    }

    [Fact]
    public void Our_entry_in_one_list_makes_the_same_id_in_the_other_list_not_ours()
    {
        var input = Some.Input(Some.Policy with { Enabled = false }, Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, ledger: [Some.Entry(EntryList.Blocked)]);

        Assert.Empty(PlanBuilder.Build(input).Changes);
    }

    [Fact]
    public void Conflicts_are_counted_in_the_run()
    {
        var input = Some.Organization(5, static number => number <= 2 ? ComplianceState.Compliant : ComplianceState.NonCompliant);
        var mailboxes = input.Exchange.Mailboxes.Select(static (mailbox, place) => place switch
        {
            0 => mailbox with { BlockedDeviceIds = ["DEV00001"] },
            2 or 3 => mailbox with { AllowedDeviceIds = [$"DEV0000{place + 1}"] },
            _ => mailbox,
        });

        var plan = PlanBuilder.Build(input with { Exchange = input.Exchange with { Mailboxes = [.. mailboxes] } });

        Assert.Equal(3, plan.Conflicts);
        Assert.Equal("+allow DEV00002; +block DEV00005", PlanText.Writes(plan));
    }

    private static void Check(string lists, AccessDecision decision, bool overrides, ExchangeAccessLevel level, string expected, AccessConflict conflict)
    {
        var mailbox = Some.Mailbox() with
        {
            ActiveSyncEnabled = !lists.Contains('-', System.StringComparison.Ordinal),
            AllowedDeviceIds = lists.IndexOfAny(['A', 'a']) >= 0 ? ["APPL1"] : [],
            BlockedDeviceIds = lists.IndexOfAny(['B', 'b']) >= 0 ? ["APPL1"] : [],
        };
        var ledger = lists.Where(static sign => sign is 'a' or 'b').Select(static sign => Some.Entry(sign == 'a' ? EntryList.Allowed : EntryList.Blocked)).ToList();
        var policy = Some.Policy with { OverrideAdministratorEntry = overrides, OverrideDefaultRule = decision != AccessDecision.LeaveToExchange };
        var managed = decision == AccessDecision.Block ? Some.Managed(compliance: ComplianceState.NonCompliant) : Some.Managed();

        var plan = PlanBuilder.Build(Some.Input(policy, mailbox, managed: [managed], ledger: ledger, level: level));

        Assert.Equal(decision, plan.Assessments[0].Decision);
        Assert.Equal(expected, PlanText.Writes(plan));
        Assert.Equal(conflict, plan.Assessments[0].Conflict);
        Assert.Equal(conflict == AccessConflict.None ? 0 : 1, plan.Conflicts);
    }
}
