using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

public sealed class DeviceExplainerTests
{
    [Fact]
    public void A_compliant_device_that_gets_mail_is_explained_whole()
    {
        var told = Explain(Some.Input(mailbox: Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, ledger: [Some.Entry(EntryList.Allowed)]));

        Assert.Equal(("jane@contoso.com", "APPL1", "iPhone"), (told.Mailbox, told.DeviceId, told.DeviceType));
        Assert.Equal((AccessDecision.Allow, AccessReason.Compliant, AccessConflict.None), (told.Decision, told.Reason, told.Conflict));
        Assert.Equal("Allow (Compliant)", told.Steps[^1].Outcome);
        Assert.Equal(["on", "no", "yes, this connector's entry"], told.ExchangeSteps.Select(static step => step.Input));
        Assert.Equal((Allow, "Allow"), (told.ExchangeLevel, told.ExchangeSteps[^1].Outcome));
        Assert.StartsWith("Nothing", told.NextStep, StringComparison.Ordinal);
        Assert.Equal(Some.Now, told.AsOf);
    }

    [Theory]
    [InlineData("EAS off", "EAS is on for the mailbox", "off", "Block", 1)]
    [InlineData("blocked", "Id is in the mailbox's blocked list", "yes, an administrator's entry", "Block", 2)]
    [InlineData("allowed", "Id is in the mailbox's allowed list", "yes, an administrator's entry", "Allow", 3)]
    [InlineData("rule", "A device access rule matches", "iPhone(DeviceType)", "Quarantine", 4)]
    [InlineData("", "Default access level", "Block", "Block", 5)]
    public void Exchange_s_chain_is_told_up_to_the_step_that_decides(string what, string rule, string input, string outcome, int steps)
    {
        var mailbox = Some.Mailbox() with
        {
            ActiveSyncEnabled = what != "EAS off",
            BlockedDeviceIds = what == "blocked" ? ["appl1"] : [],
            AllowedDeviceIds = what == "allowed" ? ["appl1"] : [],
        };

        var told = Explain(Some.Input(mailbox: mailbox, rules: what == "rule" ? [Some.Rule(Quarantine)] : [], level: Block));

        Assert.Equal(steps, told.ExchangeSteps.Count);
        Assert.Equal(new DecisionStep(rule, input, outcome), told.ExchangeSteps[^1]);
        Assert.All(told.ExchangeSteps.SkipLast(1), static step => Assert.Equal("continue", step.Outcome));
    }

    [Theory]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Other, "CommandFrequency", true)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Policy, null, true)]
    [InlineData(ExchangeAccessState.DeviceDiscovery, ExchangeAccessReason.Unknown, null, true)]
    [InlineData(ExchangeAccessState.Allowed, ExchangeAccessReason.Global, null, false)]
    public void A_state_of_Exchange_itself_is_shown_beside_its_chain(ExchangeAccessState state, ExchangeAccessReason reason, string? text, bool shown)
    {
        var told = Explain(Some.Input(phones: [Some.Phone() with { AccessState = state, AccessReason = reason, AccessReasonText = text }]));

        var step = told.ExchangeSteps.SingleOrDefault(static step => step.Rule == "State that Exchange shows");
        Assert.Equal(shown ? new DecisionStep("State that Exchange shows", text ?? reason.ToString(), state.ToString()) : null, step);
    }

    [Fact]
    public void A_combination_is_told_and_says_what_decides()
    {
        var service = Some.Phone(id: 202, type: "OutlookService");

        var told = DeviceExplainer.Explain(Some.Input(
            mailbox: Some.Mailbox() with { BlockedDeviceIds = ["APPL1"] }, phones: [Some.Phone(), service], managed: [], ledger: [Some.Entry(EntryList.Blocked)]));

        var left = told.Single(static one => one.DeviceType == "OutlookService");
        Assert.Equal((AccessDecision.LeaveToExchange, AccessReason.GovernedElsewhere), (left.Decision, left.Reason));
        Assert.Equal(("Other partnerships of the mailbox with this id", "Block"), (left.Steps[^1].Rule, left.Steps[^1].Outcome));
        Assert.StartsWith("Another partnership of the mailbox has this id", left.NextStep, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Single(static one => one.DeviceType == "iPhone").Steps, static step => step.Rule.StartsWith("Other", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_next_sync_will_do_is_announced()
    {
        Assert.Contains("The next sync will change the mailbox (allow APPL1)", Explain(Some.Input()).NextStep, StringComparison.Ordinal);
        Assert.Contains("The next sync will change the mailbox (block APPL1)", Explain(Some.Input(managed: [])).NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WantedAccessLevel.Allow, Block, true, "The next full sync will set the default access level to Allow")]
    [InlineData(WantedAccessLevel.Quarantine, Allow, false, "The next full sync will set the default access level to Quarantine")]
    public void A_default_level_that_will_let_it_in_or_keep_it_out_is_announced(WantedAccessLevel wanted, ExchangeAccessLevel now, bool enrolled, string expected)
    {
        var policy = Some.Policy with { AllowEntry = AllowEntry.WhenNeeded, DefaultAccessLevel = wanted };

        Assert.StartsWith(expected, Explain(Some.Input(policy, managed: enrolled ? null : [], level: now)).NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Block", "lets the device in")]
    [InlineData("Allow", "keeps the device out")]
    public void A_conflict_names_the_administrator_s_entry_and_the_way_out(string decision, string expected)
    {
        var mailbox = decision == "Block" ? Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] } : Some.Mailbox() with { BlockedDeviceIds = ["APPL1"] };

        var told = Explain(Some.Input(mailbox: mailbox, managed: decision == "Block" ? [] : null));

        Assert.Equal(AccessConflict.HeldByAdministrator, told.Conflict);
        Assert.Contains(expected, told.NextStep, StringComparison.Ordinal);
        Assert.Contains("-OverrideAdministratorEntry", told.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_id_and_a_mailbox_with_EAS_off_have_their_own_advice()
    {
        Assert.Contains("presented no id", Explain(Some.Input(phones: [Some.Phone("")])).NextStep, StringComparison.Ordinal);
        Assert.Contains("switched off for the mailbox", Explain(Some.Input(mailbox: Some.Mailbox() with { ActiveSyncEnabled = false })).NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AccessReason.PolicyDisabled, "-Enabled $true")]
    [InlineData(AccessReason.UserNotTargeted, "included group")]
    [InlineData(AccessReason.UserExempt, "excluded group")]
    [InlineData(AccessReason.UserNotLicensed, "licence")]
    [InlineData(AccessReason.GovernedElsewhere, "Conditional access")]
    [InlineData(AccessReason.DeviceRule, "-DeviceRulePrecedence")]
    [InlineData(AccessReason.DefaultRule, "-OverrideDefaultRule")]
    [InlineData(AccessReason.NotEnrolled, "enrol the device")]
    [InlineData(AccessReason.UserConflict, "-UserMismatch")]
    [InlineData(AccessReason.NotActivated, "activation")]
    [InlineData(AccessReason.NotCompliant, "check in")]
    public void Every_reason_has_its_next_step(AccessReason reason, string expected)
    {
        var policy = Some.Policy with
        {
            Enabled = reason != AccessReason.PolicyDisabled,
            OverrideDefaultRule = reason != AccessReason.DefaultRule,
            DeviceRulePrecedence = DeviceRulePrecedence.RuleFirst,
            RequireEasActivation = true,
        };
        var managed = Some.Managed(user: reason == AccessReason.UserConflict ? 555 : 101, compliance: reason == AccessReason.NotCompliant ? ComplianceState.Error : ComplianceState.Compliant) with
        {
            EasActivated = reason != AccessReason.NotActivated,
        };
        var input = Some.Input(
            policy,
            phones: [Some.Phone(type: reason == AccessReason.GovernedElsewhere ? "OutlookService" : "iPhone")],
            managed: reason == AccessReason.NotEnrolled ? [] : [managed],
            rules: reason == AccessReason.DeviceRule ? [Some.Rule(Block)] : [],
            level: Quarantine);
        input = input with
        {
            Tenant = input.Tenant with
            {
                Users = [Some.User() with { IsLicensed = reason != AccessReason.UserNotLicensed }],
                IncludedUsers = reason == AccessReason.UserNotTargeted ? [Some.Id(999)] : null,
                ExcludedUsers = reason == AccessReason.UserExempt ? [Some.Id(101)] : [],
            },
        };

        var told = Explain(input);

        Assert.Equal(reason, told.Reason);
        Assert.Contains(expected, told.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mailbox_without_its_one_user_is_told_apart_from_a_user_outside_the_groups()
    {
        var input = Some.Input();

        var nobody = Explain(input with { Tenant = input.Tenant with { Users = [] } });
        Assert.Equal((AccessDecision.LeaveToExchange, AccessReason.UserNotFound), (nobody.Decision, nobody.Reason));
        Assert.Contains("No user of the tenant", nobody.NextStep, StringComparison.Ordinal);

        var several = Explain(input with { Tenant = input.Tenant with { Users = [Some.User(), Some.User() with { Id = Some.Id(102), UserPrincipalName = "jane.doe@cloud.contoso.com" }] } });
        Assert.Equal((AccessDecision.LeaveToExchange, AccessReason.UserAmbiguous), (several.Decision, several.Reason));
        Assert.Contains("Several users of the tenant carry a name of this mailbox (jane.doe@cloud.contoso.com, jane@cloud.contoso.com)", several.NextStep, StringComparison.Ordinal);
        Assert.EndsWith("(DistinguishedName): jane.doe@cloud.contoso.com, jane@cloud.contoso.com", several.Steps[^1].Input, StringComparison.Ordinal);
    }

    private static DeviceAccessExplanation Explain(PlanInput input) => Assert.Single(DeviceExplainer.Explain(input));
}
