using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>The organisation's default level, and the order in which changes are applied.</summary>
public sealed class DefaultLevelTests
{
    [Theory]
    [InlineData(WantedAccessLevel.Block, Allow, true, true, "default Allow to Block")]
    [InlineData(WantedAccessLevel.Quarantine, Allow, true, true, "default Allow to Quarantine")]
    [InlineData(WantedAccessLevel.Block, Quarantine, true, true, "default Quarantine to Block")]
    [InlineData(WantedAccessLevel.Allow, Block, true, true, "default Block to Allow")]
    [InlineData(WantedAccessLevel.Block, Block, true, true, "")]
    [InlineData(WantedAccessLevel.Unmanaged, Allow, true, true, "")]
    [InlineData(WantedAccessLevel.Unmanaged, Block, true, true, "")]
    [InlineData(WantedAccessLevel.Block, Allow, true, false, "")]
    [InlineData(WantedAccessLevel.Block, Allow, false, true, "")]
    public void Drift_is_repaired_by_a_full_run_of_a_policy_that_is_on(WantedAccessLevel wanted, ExchangeAccessLevel now, bool enabled, bool full, string expected)
    {
        var input = Some.Input(Some.Policy with { Enabled = enabled, DefaultAccessLevel = wanted }, phones: [], level: now) with { IncludeSettings = full };

        Assert.Equal(expected, PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Theory]
    [InlineData(AllowEntry.Always)]
    [InlineData(AllowEntry.WhenNeeded)]
    public void Before_it_is_tightened_the_allows_that_keep_compliant_devices_in_are_written(AllowEntry setting)
    {
        var policy = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Block, AllowEntry = setting };
        var input = Some.Organization(4, static number => number % 2 == 0 ? ComplianceState.Compliant : ComplianceState.NonCompliant, policy);

        var plan = PlanBuilder.Build(input);

        Assert.Equal("+allow DEV00002; +allow DEV00004; default Allow to Block", PlanText.Writes(plan));
        Assert.Equal(2, plan.Denials);
        Assert.Equal([0, 0, 2], plan.Changes.Select(static change => change.Denials));
    }

    [Fact]
    public void Before_it_is_loosened_the_blocks_that_keep_others_out_are_written()
    {
        var policy = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Allow, AllowEntry = AllowEntry.WhenNeeded };
        var input = Some.Organization(4, static number => number % 2 == 0 ? ComplianceState.Compliant : ComplianceState.NonCompliant, policy, Block);

        var plan = PlanBuilder.Build(input);

        Assert.Equal("+block DEV00001; +block DEV00003; default Block to Allow", PlanText.Writes(plan));
        Assert.Equal(0, plan.Denials);
    }

    [Fact]
    public void Changes_that_take_nothing_away_come_first_and_the_default_level_last()
    {
        var policy = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Quarantine };
        var input = Some.Organization(5, static number => number is 1 or 3 ? ComplianceState.NonCompliant : ComplianceState.Compliant, policy);
        // The first keeps its mail by a rule of its own model until it is blocked, the third by default until the level is tightened.
        var phones = input.Exchange.Partnerships.Select(static (phone, place) => place == 0 ? phone with { DeviceModel = "Tablet" } : phone);
        input = input with
        {
            Exchange = input.Exchange with
            {
                Partnerships = [.. phones],
                Rules = [Some.Rule(Allow, RuleCharacteristic.DeviceModel, "Tablet")],
            },
        };

        var plan = PlanBuilder.Build(input);

        Assert.Equal("+allow DEV00002; +allow DEV00004; +allow DEV00005; +block DEV00001; default Allow to Quarantine", PlanText.Writes(plan));
        Assert.Equal([0, 0, 0, 1, 1], plan.Changes.Select(static change => change.Denials));
    }

    [Fact]
    public void All_changes_of_one_mailbox_are_one_change()
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["A1", "a2", "A9"], BlockedDeviceIds = ["A3", "A4"] };
        var phones = new[] { "A1", "A2", "A3", "A4", "A5", "A6" }.Select(static (id, place) => Some.Phone(id, id: 210 + place)).ToList();
        ManagedDevice[] managed = [Some.Managed("A2"), Some.Managed("A3"), Some.Managed("A5")];
        LedgerEntry[] ledger = [Some.Entry(EntryList.Allowed, "A1"), Some.Entry(EntryList.Blocked, "A3"), Some.Entry(EntryList.Allowed, "A9", missingDays: 10)];

        var plan = PlanBuilder.Build(Some.Input(mailbox: mailbox, phones: phones, managed: managed, ledger: ledger));

        Assert.Equal("-allow A1, -allow A9, +allow A3, +allow A5, -block A3, +block A1, +block A6", PlanText.Writes(plan));
        var change = Assert.IsType<MailboxChange>(Assert.Single(plan.Changes));
        Assert.Equal(7, change.Size);
        Assert.Equal("allow A3, A5; withdraw allow A1, A9; block A1, A6; withdraw block A3", change.Action);
        Assert.Equal(["A1", "A3", "A5", "A6", "A9"], change.Evidence.Select(static evidence => evidence.DeviceId.Value));
    }

    [Fact]
    public void With_the_override_off_a_tightened_level_keeps_compliant_devices_out_as_it_warns()
    {
        var policy = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Block, OverrideDefaultRule = false };

        var plan = PlanBuilder.Build(Some.Input(policy));

        Assert.Equal("default Allow to Block", PlanText.Writes(plan));
        Assert.Equal((1, AccessReason.DefaultRule), (plan.Denials, plan.Assessments[0].Reason));
    }

    [Fact]
    public void A_change_of_the_level_says_what_it_is()
    {
        var plan = PlanBuilder.Build(Some.Input(Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Quarantine }, phones: []));

        var change = Assert.IsType<DefaultAccessLevelChange>(Assert.Single(plan.Changes));
        Assert.Equal((Allow, Quarantine, 1), (change.From, change.To, change.Size));
        Assert.Equal(("DefaultAccessLevel", "set Quarantine (was Allow)"), (change.Target, change.Action));
    }
}
