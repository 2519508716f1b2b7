using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Policy;

/// <summary>The order of the decision: any set of rules may apply at once, and the first of them wins.</summary>
public sealed class DecisionOrderTests
{
    private static readonly AccessReason[] s_order =
    [
        AccessReason.PolicyDisabled,
        AccessReason.UserNotTargeted,
        AccessReason.UserExempt,
        AccessReason.UserNotLicensed,
        AccessReason.GovernedElsewhere,
        AccessReason.NotEnrolled,
        AccessReason.UserConflict,
        AccessReason.NotActivated,
        AccessReason.NotCompliant,
        AccessReason.DeviceRule,
        AccessReason.DefaultRule,
    ];

    public static TheoryData<AccessReason, AccessDecision> Rules() => new()
    {
        { AccessReason.PolicyDisabled, AccessDecision.LeaveToExchange },
        { AccessReason.UserNotTargeted, AccessDecision.LeaveToExchange },
        { AccessReason.UserExempt, AccessDecision.LeaveToExchange },
        { AccessReason.UserNotLicensed, AccessDecision.LeaveToExchange },
        { AccessReason.GovernedElsewhere, AccessDecision.LeaveToExchange },
        { AccessReason.NotEnrolled, AccessDecision.Block },
        { AccessReason.UserConflict, AccessDecision.Block },
        { AccessReason.NotActivated, AccessDecision.Block },
        { AccessReason.NotCompliant, AccessDecision.Block },
        { AccessReason.DeviceRule, AccessDecision.LeaveToExchange },
        { AccessReason.DefaultRule, AccessDecision.LeaveToExchange },
    };

    public static TheoryData<AccessReason, AccessReason> Pairs()
    {
        var rows = new TheoryData<AccessReason, AccessReason>();
        for (var first = 0; first < s_order.Length; first++)
        {
            for (var second = first + 1; second < s_order.Length; second++)
            {
                if (!Exclude(s_order[first], s_order[second])) rows.Add(s_order[first], s_order[second]);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_alone_decides(AccessReason rule, AccessDecision decision) =>
        Assert.Equal((decision, rule), Decide([rule]));

    [Fact]
    public void Where_no_rule_applies_the_device_is_allowed() =>
        Assert.Equal((AccessDecision.Allow, AccessReason.Compliant), Decide([]));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_earlier_of_two_rules_wins(AccessReason first, AccessReason second) =>
        Assert.Equal(first, Decide([first, second]).Reason);

    [Fact]
    public void The_first_of_any_set_of_rules_wins()
    {
        var combinations = 0;
        for (var bits = 0; bits < 1 << s_order.Length; bits++)
        {
            var applying = s_order.Where((_, place) => (bits & (1 << place)) != 0).ToHashSet();
            if (applying.Any(first => applying.Any(second => first < second && Exclude(first, second)))) continue;

            var expected = s_order.FirstOrDefault(applying.Contains, AccessReason.Compliant);
            Assert.True(expected == Decide(applying).Reason, $"{string.Join(" + ", applying.Order())} gave {Decide(applying).Reason}");
            combinations++;
        }

        Assert.Equal(1152, combinations);
    }

    [Fact]
    public void The_reasons_are_numbered_in_the_order_in_which_they_are_tried() =>
        Assert.Equal(s_order, s_order.Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_trace_ends_at_the_rule_that_decided(AccessReason rule, AccessDecision decision)
    {
        var steps = new List<DecisionStep>();

        Decide([rule], steps);

        Assert.All(steps.SkipLast(1), static step => Assert.Equal("continue", step.Outcome));
        Assert.Equal($"{decision} ({rule})", steps[^1].Outcome);
        Assert.All(steps, static step => Assert.NotEmpty(step.Rule));
        Assert.All(steps, static step => Assert.NotEmpty(step.Input));
        Assert.Equal(System.Array.IndexOf(s_order, rule) + 1, steps.Count);
    }

    // Without a managed device there is nothing that could belong to somebody else, be inactive or not compliant.
    private static bool Exclude(AccessReason first, AccessReason second) =>
        first == AccessReason.NotEnrolled && second is (AccessReason.UserConflict or AccessReason.NotActivated or AccessReason.NotCompliant);

    private static (AccessDecision Decision, AccessReason Reason) Decide(IReadOnlyCollection<AccessReason> applying, List<DecisionStep>? trace = null)
    {
        bool Applies(AccessReason rule) => applying.Contains(rule);
        var policy = Some.Policy with
        {
            Enabled = !Applies(AccessReason.PolicyDisabled),
            RequireEasActivation = true,
            DeviceRulePrecedence = DeviceRulePrecedence.RuleFirst,
            OverrideDefaultRule = !Applies(AccessReason.DefaultRule),
        };
        var managed = Some.Managed(compliance: Applies(AccessReason.NotCompliant) ? ComplianceState.NonCompliant : ComplianceState.Compliant) with
        {
            EasActivated = !Applies(AccessReason.NotActivated),
        };
        var subject = Some.Case(
            Some.Phone(type: Applies(AccessReason.GovernedElsewhere) ? "OutlookService" : "iPhone"),
            new UserMatch(Some.User() with { IsLicensed = !Applies(AccessReason.UserNotLicensed) }, UserJoin.DistinguishedName),
            Applies(AccessReason.NotEnrolled) ? DeviceMatch.Nothing
            : Some.Match(Applies(AccessReason.UserConflict) ? DeviceJoin.OtherUser : DeviceJoin.Matched, managed)) with
        {
            UserIncluded = !Applies(AccessReason.UserNotTargeted),
            UserExcluded = Applies(AccessReason.UserExempt),
            RuleName = Applies(AccessReason.DeviceRule) ? "iPhone(DeviceType)" : null,
        };
        return PolicyEvaluator.Evaluate(policy, subject, trace);
    }
}
