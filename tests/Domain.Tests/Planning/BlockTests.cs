using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>What the Block of a device writes.</summary>
public sealed class BlockTests
{
    [Theory]
    [InlineData(Allow, null, true, "+block APPL1")]
    [InlineData(Quarantine, null, true, "")]
    [InlineData(Block, null, true, "")]
    [InlineData(Allow, null, false, "")]
    [InlineData(Allow, Block, true, "")]
    [InlineData(Allow, Quarantine, true, "")]
    [InlineData(Allow, Allow, true, "+block APPL1")]
    [InlineData(Block, Allow, true, "+block APPL1")]
    [InlineData(Quarantine, Allow, true, "+block APPL1")]
    [InlineData(Quarantine, Allow, false, "")]
    public void An_entry_is_added_only_where_Exchange_would_not_deny_already(ExchangeAccessLevel level, ExchangeAccessLevel? rule, bool easOn, string expected)
    {
        var plan = PlanBuilder.Build(Some.Input(
            mailbox: Some.Mailbox() with { ActiveSyncEnabled = easOn },
            managed: [],
            rules: rule is { } given ? [Some.Rule(given)] : [],
            level: level));

        Assert.Equal(AccessDecision.Block, plan.Assessments[0].Decision);
        Assert.Equal(expected, PlanText.Writes(plan));
    }

    [Theory]
    [InlineData(WantedAccessLevel.Quarantine, Allow, true, "default Allow to Quarantine")]
    [InlineData(WantedAccessLevel.Quarantine, Allow, false, "")]
    [InlineData(WantedAccessLevel.Block, Allow, true, "default Allow to Block")]
    [InlineData(WantedAccessLevel.Allow, Block, true, "+block APPL1; default Block to Allow")]
    [InlineData(WantedAccessLevel.Allow, Quarantine, false, "+block APPL1")]
    [InlineData(WantedAccessLevel.Unmanaged, Allow, true, "+block APPL1")]
    public void The_default_level_that_counts_is_the_wanted_one_in_quick_and_full_runs(WantedAccessLevel wanted, ExchangeAccessLevel now, bool full, string expected)
    {
        var input = Some.Input(Some.Policy with { DefaultAccessLevel = wanted }, managed: [], level: now) with { IncludeSettings = full };

        Assert.Equal(expected, PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Theory]
    [InlineData("allowed by us", Allow, true, "-allow APPL1, +block APPL1")]
    [InlineData("allowed by us", Quarantine, true, "-allow APPL1")]
    [InlineData("allowed by us", Block, true, "-allow APPL1")]
    [InlineData("allowed by us", Allow, false, "-allow APPL1")]
    [InlineData("allowed by us in other case", Quarantine, true, "-allow Appl1")]
    [InlineData("blocked by us", Allow, true, "")]
    [InlineData("blocked by us", Quarantine, true, "")]
    [InlineData("blocked by an administrator", Allow, true, "")]
    [InlineData("allowed by us and blocked by an administrator", Allow, true, "-allow APPL1")]
    public void No_entry_of_ours_allows_it(string lists, ExchangeAccessLevel level, bool easOn, string expected)
    {
        var allowed = lists.StartsWith("allowed", System.StringComparison.Ordinal);
        var mailbox = Some.Mailbox() with
        {
            ActiveSyncEnabled = easOn,
            AllowedDeviceIds = !allowed ? [] : lists.EndsWith("case", System.StringComparison.Ordinal) ? ["Appl1"] : ["APPL1"],
            BlockedDeviceIds = lists.Contains("blocked", System.StringComparison.Ordinal) ? ["APPL1"] : [],
        };
        LedgerEntry[] ledger = allowed ? [Some.Entry(EntryList.Allowed)] : lists == "blocked by us" ? [Some.Entry(EntryList.Blocked)] : [];

        var plan = PlanBuilder.Build(Some.Input(mailbox: mailbox, managed: [], ledger: ledger, level: level));

        Assert.Equal(expected, PlanText.Writes(plan));
        Assert.Equal(AccessConflict.None, plan.Assessments[0].Conflict);
    }

    [Theory]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Other)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Upgrade)]
    [InlineData(ExchangeAccessState.Quarantined, ExchangeAccessReason.Global)]
    [InlineData(ExchangeAccessState.DeviceDiscovery, ExchangeAccessReason.Global)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Policy)]
    public void A_state_that_passes_is_no_denial_to_build_on(ExchangeAccessState state, ExchangeAccessReason reason)
    {
        var phone = Some.Phone() with { AccessState = state, AccessReason = reason };

        Assert.Equal("+block APPL1", PlanText.Writes(PlanBuilder.Build(Some.Input(phones: [phone], managed: []))));
    }

    [Theory]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Other)]
    [InlineData(ExchangeAccessState.DeviceDiscovery, ExchangeAccessReason.Global)]
    public void A_state_that_passes_is_not_repaired_by_an_allow(ExchangeAccessState state, ExchangeAccessReason reason)
    {
        var phone = Some.Phone() with { AccessState = state, AccessReason = reason };
        var policy = Some.Policy with { AllowEntry = AllowEntry.WhenNeeded };

        Assert.Equal("", PlanText.Writes(PlanBuilder.Build(Some.Input(policy, phones: [phone]))));
    }

    [Theory]
    [InlineData("{0}{1:X}%s")]
    [InlineData("');Remove-Item -Recurse")]
    [InlineData("<b>\"&amp;</b>\r\n")]
    [InlineData("$(whoami) `n @{Remove='*'}")]
    public void An_id_that_a_device_made_up_is_carried_as_it_is(string id)
    {
        var change = Assert.IsType<MailboxChange>(Assert.Single(PlanBuilder.Build(Some.Input(phones: [Some.Phone(id)], managed: [])).Changes));

        Assert.Equal([id], change.BlockedAdd);
        Assert.Equal("block " + id, change.Action);
    }

    [Theory]
    [InlineData(Allow, AccessConflict.DeviceIdMissing)]
    [InlineData(Quarantine, AccessConflict.None)]
    [InlineData(Block, AccessConflict.None)]
    public void A_device_without_id_cannot_be_named_and_that_is_told_where_Exchange_lets_it_in(ExchangeAccessLevel level, AccessConflict expected)
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [Some.Phone(deviceId: "")], level: level));

        Assert.Equal((AccessDecision.Block, AccessReason.NotEnrolled, expected), (plan.Assessments[0].Decision, plan.Assessments[0].Reason, plan.Assessments[0].Conflict));
        Assert.Empty(plan.Changes);
        Assert.Equal(0, plan.Conflicts);
    }
}
