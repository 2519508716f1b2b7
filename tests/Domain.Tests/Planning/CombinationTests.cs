using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>A list entry holds only the id, so it covers every partnership of the mailbox with that id.</summary>
public sealed class CombinationTests
{
    private static readonly EasPartnership s_phone = Some.Phone("APPL1", id: 201, type: "iPhone");
    private static readonly EasPartnership s_service = Some.Phone("appl1", id: 202, type: "OutlookService");

    [Theory]
    [InlineData(ComplianceState.NonCompliant, "+block APPL1", AccessDecision.Block)]
    [InlineData(ComplianceState.Compliant, "+allow APPL1", AccessDecision.Allow)]
    public void Any_Block_wins_and_any_Allow_outranks_a_Leave(ComplianceState compliance, string expected, AccessDecision combined)
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [s_service, s_phone], managed: [Some.Managed(compliance: compliance)]));

        Assert.Equal(expected, PlanText.Writes(plan));
        Assert.Equal([combined, AccessDecision.LeaveToExchange], plan.Assessments.OrderByDescending(static device => device.Decision).Select(static device => device.Decision));
        Assert.All(plan.Assessments, device => Assert.Equal(combined, device.CombinedDecision));
        Assert.Equal(combined, Assert.Single(((MailboxChange)plan.Changes[0]).Evidence).Decision);
    }

    [Fact]
    public void The_evidence_is_the_reason_of_the_decision_that_won()
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [s_service with { Id = Some.Id(100) }, s_phone], managed: []));

        Assert.Equal(AccessReason.NotEnrolled, Assert.Single(((MailboxChange)plan.Changes[0]).Evidence).Reason);
    }

    [Fact]
    public void The_service_that_shares_a_blocked_id_loses_its_mail_too_and_is_counted()
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [s_service, s_phone], managed: []));

        Assert.Equal(2, plan.Denials);
        Assert.All(plan.Assessments, static device => Assert.True(device.LosesAccess));
    }

    [Fact]
    public void No_entry_is_needed_where_Exchange_denies_the_blocked_one_by_itself()
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [s_service, s_phone], managed: [], rules: [Some.Rule(ExchangeAccessLevel.Block, query: "iPhone")]));

        Assert.Empty(plan.Changes);
        Assert.Equal(0, plan.Denials);
    }

    [Fact]
    public void A_rule_that_lets_one_of_them_in_makes_the_block_necessary()
    {
        var phones = new List<EasPartnership> { s_phone, s_phone with { Id = Some.Id(203), DeviceType = "iPad" } };

        var plan = PlanBuilder.Build(Some.Input(phones: phones, managed: [], rules: [Some.Rule(ExchangeAccessLevel.Allow, query: "iPad")], level: ExchangeAccessLevel.Quarantine));

        Assert.Equal("+block APPL1", PlanText.Writes(plan));
    }

    [Fact]
    public void One_allow_serves_all_of_them_where_one_needs_it()
    {
        var phones = new List<EasPartnership> { s_phone, s_phone with { Id = Some.Id(203), DeviceType = "iPad" } };
        var policy = Some.Policy with { AllowEntry = AllowEntry.WhenNeeded };

        var plan = PlanBuilder.Build(Some.Input(policy, phones: phones, rules: [Some.Rule(ExchangeAccessLevel.Block, query: "iPad")]));

        Assert.Equal("+allow APPL1", PlanText.Writes(plan));
    }

    [Fact]
    public void Only_what_was_decided_so_is_in_conflict()
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] };

        var plan = PlanBuilder.Build(Some.Input(mailbox: mailbox, phones: [s_service, s_phone], managed: []));

        Assert.Empty(plan.Changes);
        Assert.Equal(AccessConflict.HeldByAdministrator, plan.Assessments.Single(static device => device.Decision == AccessDecision.Block).Conflict);
        Assert.Equal(AccessConflict.None, plan.Assessments.Single(static device => device.Decision == AccessDecision.LeaveToExchange).Conflict);
        Assert.Equal(1, plan.Conflicts);
    }

    [Fact]
    public void The_same_id_in_two_mailboxes_is_two_questions()
    {
        var input = Some.Input(phones: [s_phone, Some.Phone("APPL1", "bob", 205)]);
        input = input with { Exchange = input.Exchange with { Mailboxes = [Some.Mailbox(), Some.Mailbox("bob", 2)] }, Tenant = input.Tenant with { Users = [Some.User(), Some.User("bob", 102)] } };

        var plan = PlanBuilder.Build(input);

        Assert.Equal("+allow APPL1; +block APPL1", PlanText.Writes(plan));
        Assert.Equal(AccessReason.UserConflict, plan.Assessments.Single(static device => device.Mailbox!.Id == Some.Id(2)).Reason);
    }

    [Fact]
    public void Devices_without_id_have_no_entry_that_could_cover_them_together()
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [s_service with { DeviceId = default }, s_phone with { DeviceId = default }]));

        Assert.All(plan.Assessments, static device => Assert.Equal(device.Decision, device.CombinedDecision));
    }
}
