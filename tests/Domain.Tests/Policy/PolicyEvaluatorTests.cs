using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Policy;

/// <summary>Each rule of the decision with the settings that steer it.</summary>
public sealed class PolicyEvaluatorTests
{
    [Theory]
    [InlineData(UserJoin.None, true, AccessReason.UserNotFound)]
    [InlineData(UserJoin.None, false, AccessReason.UserNotFound)]
    [InlineData(UserJoin.Ambiguous, true, AccessReason.UserAmbiguous)]
    [InlineData(UserJoin.Ambiguous, false, AccessReason.UserAmbiguous)]
    public void A_mailbox_without_its_one_user_is_left_to_Exchange_even_where_everybody_is_included(UserJoin join, bool included, AccessReason expected)
    {
        var subject = Some.Case(owner: new UserMatch(null, join)) with { UserIncluded = included, UserExcluded = true };

        Assert.Equal(expected, Reason(Some.Policy with { RequireLicence = false }, subject));
        Assert.Equal(AccessDecision.LeaveToExchange, PolicyEvaluator.DecisionOf(expected));
    }

    [Theory]
    [InlineData(UserJoin.None)]
    [InlineData(UserJoin.Ambiguous)]
    public void A_policy_that_is_switched_off_comes_before_the_missing_user(UserJoin join) =>
        Assert.Equal(AccessReason.PolicyDisabled, Reason(Some.Policy with { Enabled = false }, Some.Case(owner: new UserMatch(null, join))));

    [Theory]
    [InlineData(true, false, AccessReason.Compliant)]
    [InlineData(true, true, AccessReason.UserExempt)]
    [InlineData(false, false, AccessReason.UserNotTargeted)]
    [InlineData(false, true, AccessReason.UserNotTargeted)]
    public void Exclusion_beats_inclusion(bool included, bool excluded, AccessReason expected) =>
        Assert.Equal(expected, Reason(Some.Policy, Some.Case() with { UserIncluded = included, UserExcluded = excluded }));

    [Theory]
    [InlineData(true, true, AccessReason.Compliant)]
    [InlineData(true, false, AccessReason.UserNotLicensed)]
    [InlineData(false, false, AccessReason.Compliant)]
    [InlineData(false, true, AccessReason.Compliant)]
    public void A_licence_counts_where_the_policy_asks_for_it(bool required, bool licensed, AccessReason expected)
    {
        var owner = new UserMatch(Some.User() with { IsLicensed = licensed }, UserJoin.ObjectGuid);

        Assert.Equal(expected, Reason(Some.Policy with { RequireLicence = required }, Some.Case(owner: owner)));
    }

    [Theory]
    [InlineData("OutlookService", OutlookServiceAccess.Leave, true, AccessReason.GovernedElsewhere)]
    [InlineData("OutlookService", OutlookServiceAccess.Leave, false, AccessReason.GovernedElsewhere)]
    [InlineData("OutlookService", OutlookServiceAccess.Block, false, AccessReason.NotEnrolled)]
    [InlineData("OutlookService", OutlookServiceAccess.Block, true, AccessReason.Compliant)]
    [InlineData("Outlook", OutlookServiceAccess.Leave, false, AccessReason.NotEnrolled)]
    [InlineData("Outlook", OutlookServiceAccess.Leave, true, AccessReason.Compliant)]
    public void The_outlook_service_is_left_alone_unless_the_policy_blocks_it(string type, OutlookServiceAccess setting, bool enrolled, AccessReason expected)
    {
        var subject = Some.Case(Some.Phone(type: type), device: enrolled ? null : DeviceMatch.Nothing);

        Assert.Equal(expected, Reason(Some.Policy with { OutlookService = setting }, subject));
    }

    [Theory]
    [InlineData(UserMismatch.Block, ComplianceState.Compliant, AccessReason.UserConflict)]
    [InlineData(UserMismatch.Block, ComplianceState.NonCompliant, AccessReason.UserConflict)]
    [InlineData(UserMismatch.Ignore, ComplianceState.Compliant, AccessReason.Compliant)]
    [InlineData(UserMismatch.Ignore, ComplianceState.NonCompliant, AccessReason.NotCompliant)]
    public void A_colleague_s_device_conflicts_or_goes_on_as_matched(UserMismatch setting, ComplianceState compliance, AccessReason expected)
    {
        var device = new DeviceMatcher([Some.Managed(user: 555, compliance: compliance)])
            .Find(new EasDeviceId("APPL1"), Some.User(), setting == UserMismatch.Ignore);

        Assert.Equal(expected, Reason(Some.Policy with { UserMismatch = setting }, Some.Case(device: device)));
    }

    [Theory]
    [InlineData("iOS", true, false, AccessReason.NotActivated)]
    [InlineData("iPadOS", true, false, AccessReason.NotActivated)]
    [InlineData("Android", true, false, AccessReason.NotActivated)]
    [InlineData("Windows", true, false, AccessReason.Compliant)]
    [InlineData("", true, false, AccessReason.Compliant)]
    [InlineData("iOS", true, true, AccessReason.Compliant)]
    [InlineData("iOS", false, false, AccessReason.Compliant)]
    [InlineData("Android", false, false, AccessReason.Compliant)]
    public void Activation_counts_on_iOS_and_Android_where_the_policy_asks_for_it(string system, bool required, bool activated, AccessReason expected)
    {
        var managed = Some.Managed() with { OperatingSystem = system, EasActivated = activated };

        Assert.Equal(expected, Reason(Some.Policy with { RequireEasActivation = required }, Some.Case(device: Some.Match(DeviceJoin.Matched, managed))));
    }

    [Theory]
    [InlineData(ComplianceState.Compliant, MissingCompliancePolicy.NotCompliant, true)]
    [InlineData(ComplianceState.Compliant, MissingCompliancePolicy.Compliant, true)]
    [InlineData(ComplianceState.InGracePeriod, MissingCompliancePolicy.NotCompliant, true)]
    [InlineData(ComplianceState.InGracePeriod, MissingCompliancePolicy.Compliant, true)]
    [InlineData(ComplianceState.NonCompliant, MissingCompliancePolicy.Compliant, false)]
    [InlineData(ComplianceState.NonCompliant, MissingCompliancePolicy.NotCompliant, false)]
    [InlineData(ComplianceState.Conflict, MissingCompliancePolicy.Compliant, false)]
    [InlineData(ComplianceState.Conflict, MissingCompliancePolicy.NotCompliant, false)]
    [InlineData(ComplianceState.Error, MissingCompliancePolicy.Compliant, false)]
    [InlineData(ComplianceState.Error, MissingCompliancePolicy.NotCompliant, false)]
    [InlineData(ComplianceState.Unknown, MissingCompliancePolicy.Compliant, true)]
    [InlineData(ComplianceState.Unknown, MissingCompliancePolicy.NotCompliant, false)]
    [InlineData(ComplianceState.ConfigManager, MissingCompliancePolicy.Compliant, true)]
    [InlineData(ComplianceState.ConfigManager, MissingCompliancePolicy.NotCompliant, false)]
    public void Compliance_by_state_and_setting(ComplianceState state, MissingCompliancePolicy setting, bool compliant)
    {
        var policy = Some.Policy with { MissingCompliancePolicy = setting };

        Assert.Equal(compliant, PolicyEvaluator.IsCompliant(policy, state));
        Assert.Equal(
            compliant ? AccessReason.Compliant : AccessReason.NotCompliant,
            Reason(policy, Some.Case(device: Some.Match(DeviceJoin.Matched, Some.Managed(compliance: state)))));
    }

    [Fact]
    public void Every_state_of_Graph_is_in_the_table() =>
        Assert.Equal([0, 1, 2, 3, 4, 254, 255], Enum.GetValues<ComplianceState>().Select(static state => (int)state));

    [Theory]
    [InlineData("Compliant,Compliant", true)]
    [InlineData("Compliant,InGracePeriod", true)]
    [InlineData("Compliant,NonCompliant", false)]
    [InlineData("NonCompliant,Compliant", false)]
    [InlineData("Compliant,Compliant,Error", false)]
    [InlineData("Error,Conflict", false)]
    public void Several_devices_of_the_user_count_only_if_every_one_is_compliant(string states, bool compliant)
    {
        var devices = states.Split(',').Select(static (state, place) =>
            Some.Managed(id: $"managed-{place}", compliance: Enum.Parse<ComplianceState>(state))).ToArray();

        Assert.Equal(
            compliant ? AccessReason.Compliant : AccessReason.NotCompliant,
            Reason(Some.Policy, Some.Case(device: Some.Match(DeviceJoin.Matched, devices))));
    }

    [Theory]
    [InlineData(DeviceRulePrecedence.RuleFirst, "rule", ComplianceState.Compliant, AccessReason.DeviceRule)]
    [InlineData(DeviceRulePrecedence.RuleFirst, null, ComplianceState.Compliant, AccessReason.Compliant)]
    [InlineData(DeviceRulePrecedence.RuleFirst, "rule", ComplianceState.NonCompliant, AccessReason.NotCompliant)]
    [InlineData(DeviceRulePrecedence.ComplianceFirst, "rule", ComplianceState.Compliant, AccessReason.Compliant)]
    [InlineData(DeviceRulePrecedence.ComplianceFirst, "rule", ComplianceState.NonCompliant, AccessReason.NotCompliant)]
    public void A_device_rule_outranks_the_allow_only_under_RuleFirst(DeviceRulePrecedence setting, string? rule, ComplianceState compliance, AccessReason expected)
    {
        var subject = Some.Case(device: Some.Match(DeviceJoin.Matched, Some.Managed(compliance: compliance))) with { RuleName = rule };

        Assert.Equal(expected, Reason(Some.Policy with { DeviceRulePrecedence = setting }, subject));
    }

    [Theory]
    [InlineData(true, AccessDecision.Allow, AccessReason.Compliant)]
    [InlineData(false, AccessDecision.LeaveToExchange, AccessReason.DefaultRule)]
    public void The_override_allows_and_without_it_Exchange_decides(bool on, AccessDecision decision, AccessReason reason) =>
        Assert.Equal((decision, reason), PolicyEvaluator.Evaluate(Some.Policy with { OverrideDefaultRule = on }, Some.Case()));

    [Fact]
    public void A_device_that_is_not_the_one_shown_is_named_where_it_alone_is_not_activated()
    {
        var shown = Some.Managed(id: "newest") with { OperatingSystem = "Windows" };
        var old = Some.Managed(id: "old") with { OperatingSystem = "Android", EasActivated = false, LastSync = Some.Now.AddDays(-9) };
        var steps = new List<DecisionStep>();

        PolicyEvaluator.Evaluate(Some.Policy with { RequireEasActivation = true }, Some.Case(device: Some.Match(DeviceJoin.Matched, shown, old)), steps);

        Assert.Equal("Block (NotActivated)", steps[^1].Outcome);
        Assert.Contains("old: Android, not activated", steps[^1].Input, StringComparison.Ordinal);
        Assert.Contains("newest: Windows needs none", steps[^1].Input, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_device_is_named_where_one_of_several_is_not_compliant()
    {
        var steps = new List<DecisionStep>();
        var device = Some.Match(DeviceJoin.Matched, Some.Managed(id: "newest"), Some.Managed(id: "old", compliance: ComplianceState.Unknown));

        PolicyEvaluator.Evaluate(Some.Policy with { MissingCompliancePolicy = MissingCompliancePolicy.NotCompliant }, Some.Case(device: device), steps);

        Assert.Equal("newest: Compliant; old: Unknown, which the policy counts as NotCompliant", steps[^1].Input);
    }

    [Fact]
    public void A_word_for_compliance_that_nobody_knew_is_shown()
    {
        var steps = new List<DecisionStep>();
        var device = Some.Match(DeviceJoin.Matched, Some.Managed(compliance: ComplianceState.Unknown) with { ComplianceText = "compliantWithRemarks" });

        PolicyEvaluator.Evaluate(Some.Policy with { MissingCompliancePolicy = MissingCompliancePolicy.NotCompliant }, Some.Case(device: device), steps);

        Assert.Equal("Unknown (compliantWithRemarks), which the policy counts as NotCompliant", steps[^1].Input);
    }

    [Theory]
    [InlineData(UserJoin.None, "no user of the tenant carries any name of this mailbox")]
    [InlineData(UserJoin.Ambiguous, "several users of the tenant carry a name of this mailbox")]
    public void The_trace_tells_why_no_user_was_found(UserJoin join, string expected)
    {
        var steps = new List<DecisionStep>();

        PolicyEvaluator.Evaluate(Some.Policy, Some.Case(owner: new UserMatch(null, join)), steps);

        Assert.Equal(expected, steps.Last().Input);
        Assert.Equal(2, steps.Count);
    }

    [Fact]
    public void The_trace_names_the_users_that_collide()
    {
        var steps = new List<DecisionStep>();
        var rivals = new UserRivals(UserJoin.SmtpAddress, [Some.User("ann", 1), Some.User("bob", 2)]);

        PolicyEvaluator.Evaluate(Some.Policy, Some.Case(owner: new UserMatch(null, UserJoin.Ambiguous)) with { Rivals = rivals }, steps);

        Assert.Equal("2 users of the tenant carry a name of this mailbox (SmtpAddress): ann@cloud.contoso.com, bob@cloud.contoso.com", steps.Last().Input);
    }

    [Fact]
    public void The_trace_tells_whose_the_device_is_and_by_which_name_the_user_was_found()
    {
        var steps = new List<DecisionStep>();
        var device = Some.Match(DeviceJoin.OtherUser, Some.Managed() with { UserPrincipalName = "bob@contoso.com" });

        PolicyEvaluator.Evaluate(Some.Policy, Some.Case(device: device), steps);

        Assert.Equal("bob@contoso.com", steps[^1].Input);
        Assert.Contains(steps, static step => step.Input == "jane@cloud.contoso.com, found by DistinguishedName");
    }

    private static AccessReason Reason(AccessPolicy policy, AccessCase subject)
    {
        var (decision, reason) = PolicyEvaluator.Evaluate(policy, subject);
        Assert.Equal(PolicyEvaluator.DecisionOf(reason), decision);
        return reason;
    }
}
