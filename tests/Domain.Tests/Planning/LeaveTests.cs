using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>What is left to Exchange gets our entries withdrawn, and nothing else.</summary>
public sealed class LeaveTests
{
    public static TheoryData<AccessReason> Reasons() =>
    [
        AccessReason.PolicyDisabled,
        AccessReason.UserNotTargeted,
        AccessReason.UserExempt,
        AccessReason.UserNotLicensed,
        AccessReason.GovernedElsewhere,
        AccessReason.DeviceRule,
        AccessReason.DefaultRule,
    ];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Ours_are_withdrawn_for_every_reason_to_leave(AccessReason reason)
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["appl1", "ADMIN1"], BlockedDeviceIds = ["APPL1", "ADMIN2"] };

        var plan = PlanBuilder.Build(Left(reason, mailbox, Some.Entry(EntryList.Allowed), Some.Entry(EntryList.Blocked)));

        Assert.Equal((AccessDecision.LeaveToExchange, reason), (plan.Assessments[0].Decision, plan.Assessments[0].Reason));
        Assert.Equal("-allow appl1, -block APPL1", PlanText.Writes(plan));
        Assert.Equal(1, plan.LeftToExchange);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Administrators_entries_stay_for_every_reason_to_leave(AccessReason reason)
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["APPL1"], BlockedDeviceIds = ["APPL1"] };

        var plan = PlanBuilder.Build(Left(reason, mailbox));

        Assert.Empty(plan.Changes);
        Assert.Equal(0, plan.Conflicts);
    }

    [Fact]
    public void A_policy_that_was_never_switched_on_writes_nothing_at_all()
    {
        var input = Some.Organization(40, static number => (ComplianceState)(number % 5), new AccessPolicy { DefaultAccessLevel = WantedAccessLevel.Block });

        var plan = PlanBuilder.Build(input);

        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.LedgerNotes);
        Assert.All(plan.Assessments, static device => Assert.Equal(AccessReason.PolicyDisabled, device.Reason));
    }

    [Fact]
    public void A_partnership_whose_mailbox_was_not_read_is_told_and_left_alone()
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [Some.Phone(owner: "nobody"), Some.Phone(id: 202)]));

        var lost = plan.Assessments.Single(static device => device.Mailbox is null);
        Assert.Equal((AccessDecision.LeaveToExchange, AccessReason.MailboxNotFound), (lost.Decision, lost.Reason));
        Assert.Equal((1, 1), (plan.Allowed, plan.LeftToExchange));
    }

    private static PlanInput Left(AccessReason reason, Mailbox mailbox, params LedgerEntry[] ledger)
    {
        var policy = Some.Policy with
        {
            Enabled = reason != AccessReason.PolicyDisabled,
            OverrideDefaultRule = reason != AccessReason.DefaultRule,
            DeviceRulePrecedence = DeviceRulePrecedence.RuleFirst,
        };
        var input = Some.Input(
            policy,
            mailbox,
            [Some.Phone(type: reason == AccessReason.GovernedElsewhere ? "OutlookService" : "iPhone")],
            ledger: ledger,
            rules: reason == AccessReason.DeviceRule ? [Some.Rule(ExchangeAccessLevel.Allow)] : []);
        return input with
        {
            Tenant = input.Tenant with
            {
                Users = [Some.User() with { IsLicensed = reason != AccessReason.UserNotLicensed }],
                IncludedUsers = reason == AccessReason.UserNotTargeted ? [Some.Id(999)] : null,
                ExcludedUsers = reason == AccessReason.UserExempt ? [Some.Id(101)] : [],
            },
        };
    }
}
