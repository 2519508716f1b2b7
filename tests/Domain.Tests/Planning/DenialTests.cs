using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Partnerships that get mail now and would not after the plan, whatever takes it away.</summary>
public sealed class DenialTests
{
    [Theory]
    [InlineData("a block", "+block APPL1", 1)]
    [InlineData("a block of what a rule lets in", "+block APPL1", 1)]
    [InlineData("a withdrawn allow under default Quarantine", "-allow APPL1", 1)]
    [InlineData("a withdrawn allow under default Allow", "-allow APPL1, +block APPL1", 1)]
    [InlineData("a withdrawn allow of what a rule blocks", "-allow APPL1", 1)]
    [InlineData("a withdrawn allow of a policy switched off", "-allow APPL1", 1)]
    [InlineData("a withdrawn allow of a policy switched off under default Allow", "-allow APPL1", 0)]
    [InlineData("a default level", "default Allow to Block", 1)]
    [InlineData("a default level under a rule that lets in", "+block APPL1; default Allow to Block", 1)]
    [InlineData("a default level that was no better", "default Quarantine to Block", 0)]
    [InlineData("an allow", "+allow APPL1", 0)]
    [InlineData("a withdrawn block under default Allow", "-block APPL1", 0)]
    [InlineData("a withdrawn allow with EAS off", "-allow APPL1", 0)]
    [InlineData("an overridden allow", "-allow APPL1", 1)]
    [InlineData("nothing", "", 0)]
    public void Each_kind_of_change_counts_what_it_takes_away(string kind, string writes, int denials)
    {
        var plan = PlanBuilder.Build(Case(kind));

        Assert.Equal((writes, denials), (PlanText.Writes(plan), plan.Denials));
        Assert.Equal(denials, plan.Changes.Sum(static change => change.Denials));
        Assert.Equal(denials, plan.Assessments.Count(static device => device.LosesAccess));
    }

    [Fact]
    public void A_partnership_whose_mailbox_was_not_read_is_counted_by_the_default_level_alone()
    {
        var policy = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Block };
        var phones = new[] { Some.Phone("APPL8", "lost", 208), Some.Phone("APPL9", "lost", 209, "Tablet") };

        var plan = PlanBuilder.Build(Some.Input(policy, phones: phones, rules: [Some.Rule(Allow, query: "Tablet")]));

        Assert.Equal(1, plan.Denials);
        Assert.Equal(Some.Id(208), plan.Assessments.Single(static device => device.LosesAccess).Partnership.Id);
    }

    [Fact]
    public void One_that_loses_by_block_and_level_at_once_is_counted_once()
    {
        var policy = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Quarantine };
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] };

        var plan = PlanBuilder.Build(Some.Input(policy, mailbox, managed: [], ledger: [Some.Entry(EntryList.Allowed)]));

        Assert.Equal("-allow APPL1; default Allow to Quarantine", PlanText.Writes(plan));
        Assert.Equal([1, 0], plan.Changes.Select(static change => change.Denials));
        Assert.Equal(1, plan.Denials);
    }

    [Fact]
    public void System_partnerships_are_no_denials()
    {
        var phones = new[] { Some.Phone(type: "EASProbeDeviceType"), Some.Phone("validate", id: 202) };

        var plan = PlanBuilder.Build(Some.Input(Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Block }, phones: phones));

        Assert.Equal((0, 2), (plan.Denials, plan.SystemPartnerships));
    }

    [Theory]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Other)]
    [InlineData(ExchangeAccessState.Quarantined, ExchangeAccessReason.Upgrade)]
    [InlineData(ExchangeAccessState.DeviceDiscovery, ExchangeAccessReason.Unknown)]
    public void A_state_that_passes_hides_no_denial(ExchangeAccessState state, ExchangeAccessReason reason)
    {
        var phone = Some.Phone() with { AccessState = state, AccessReason = reason };

        Assert.Equal(1, PlanBuilder.Build(Some.Input(phones: [phone], managed: [])).Denials);
    }

    private static PlanInput Case(string kind)
    {
        var allowed = Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] };
        LedgerEntry[] ours = [Some.Entry(EntryList.Allowed)];
        DeviceAccessRule[] lets = [Some.Rule(Allow)];
        DeviceAccessRule[] blocks = [Some.Rule(Block)];
        var off = Some.Policy with { Enabled = false };
        var tightened = Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Block };
        return kind switch
        {
            "a block" => Some.Input(managed: []),
            "a block of what a rule lets in" => Some.Input(managed: [], rules: lets, level: Quarantine),
            "a withdrawn allow under default Quarantine" => Some.Input(mailbox: allowed, managed: [], ledger: ours, level: Quarantine),
            "a withdrawn allow under default Allow" => Some.Input(mailbox: allowed, managed: [], ledger: ours),
            "a withdrawn allow of what a rule blocks" => Some.Input(mailbox: allowed, managed: [], ledger: ours, rules: blocks),
            "a withdrawn allow of a policy switched off" => Some.Input(off, allowed, ledger: ours, level: Block),
            "a withdrawn allow of a policy switched off under default Allow" => Some.Input(off, allowed, ledger: ours),
            "a default level" => Some.Input(tightened, managed: []),
            "a default level under a rule that lets in" => Some.Input(tightened, managed: [], rules: lets),
            "a default level that was no better" => Some.Input(tightened, managed: [], level: Quarantine),
            "an allow" => Some.Input(level: Block),
            "a withdrawn block under default Allow" => Some.Input(off, Some.Mailbox() with { BlockedDeviceIds = ["APPL1"] }, ledger: [Some.Entry(EntryList.Blocked)]),
            "a withdrawn allow with EAS off" => Some.Input(mailbox: allowed with { ActiveSyncEnabled = false }, managed: [], ledger: ours),
            "an overridden allow" => Some.Input(Some.Policy with { OverrideAdministratorEntry = true }, allowed, managed: [], level: Quarantine),
            "nothing" => Some.Input(mailbox: allowed, ledger: ours),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}
