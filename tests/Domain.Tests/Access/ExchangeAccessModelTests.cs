using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Access;

public sealed class ExchangeAccessModelTests
{
    // Exchange's own order, as it is documented: what comes first in this list decides when it is present.
    private static readonly string[] s_order = ["EasOff", "PersonalBlock", "PersonalAllow", "BlockRule", "QuarantineRule", "AllowRule", "Default"];

    public static TheoryData<string, string> Pairs()
    {
        var rows = new TheoryData<string, string>();
        for (var stronger = 0; stronger < s_order.Length; stronger++)
        {
            for (var weaker = stronger + 1; weaker < s_order.Length; weaker++) rows.Add(s_order[stronger], s_order[weaker]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_earlier_step_decides_when_two_apply(string stronger, string weaker) =>
        Assert.Equal(Outcome(stronger), Evaluate(stronger, weaker));

    [Theory]
    [InlineData("EasOff")]
    [InlineData("PersonalBlock")]
    [InlineData("PersonalAllow")]
    [InlineData("BlockRule")]
    [InlineData("QuarantineRule")]
    [InlineData("AllowRule")]
    [InlineData("Default")]
    public void Each_step_decides_when_it_stands_alone(string step) => Assert.Equal(Outcome(step), Evaluate(step));

    [Theory]
    [InlineData(ExchangeAccessLevel.Allow, true)]
    [InlineData(ExchangeAccessLevel.Quarantine, false)]
    [InlineData(ExchangeAccessLevel.Block, false)]
    public void The_default_level_decides_when_nothing_else_does(ExchangeAccessLevel level, bool letsIn)
    {
        var verdict = ExchangeAccessModel.Evaluate(Some.Phone(), true, false, false, AccessRuleSet.Empty, level);

        Assert.Equal(new ExchangeVerdict(level, ExchangeAccessStep.DefaultLevel, null), verdict);
        Assert.Equal(letsIn, verdict.LetsIn);
    }

    [Fact]
    public void The_rule_that_decided_is_named()
    {
        var rule = Some.Rule(ExchangeAccessLevel.Quarantine);

        var verdict = ExchangeAccessModel.Evaluate(Some.Phone(), true, false, false, new AccessRuleSet([rule]), ExchangeAccessLevel.Allow);

        Assert.Same(rule, verdict.Rule);
    }

    [Theory]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Other)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Policy)]
    [InlineData(ExchangeAccessState.Quarantined, ExchangeAccessReason.Upgrade)]
    [InlineData(ExchangeAccessState.DeviceDiscovery, ExchangeAccessReason.Global)]
    public void The_state_that_Exchange_shows_plays_no_part(ExchangeAccessState state, ExchangeAccessReason reason)
    {
        var phone = Some.Phone() with { AccessState = state, AccessReason = reason };

        Assert.True(ExchangeAccessModel.Evaluate(phone, true, false, false, AccessRuleSet.Empty, ExchangeAccessLevel.Allow).LetsIn);
    }

    [Theory]
    [InlineData(ExchangeAccessState.DeviceDiscovery, ExchangeAccessReason.Global, true)]
    [InlineData(ExchangeAccessState.Quarantined, ExchangeAccessReason.Upgrade, true)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Other, true)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.Individual, false)]
    [InlineData(ExchangeAccessState.Blocked, ExchangeAccessReason.DeviceRule, false)]
    [InlineData(ExchangeAccessState.Quarantined, ExchangeAccessReason.Global, false)]
    [InlineData(ExchangeAccessState.Allowed, ExchangeAccessReason.Global, false)]
    public void Discovery_moves_and_autoblock_pass_by_themselves(ExchangeAccessState state, ExchangeAccessReason reason, bool transient) =>
        Assert.Equal(transient, ExchangeAccessModel.IsTransient(Some.Phone() with { AccessState = state, AccessReason = reason }));

    private static (ExchangeAccessLevel, ExchangeAccessStep) Outcome(string step) => step switch
    {
        "EasOff" => (ExchangeAccessLevel.Block, ExchangeAccessStep.ActiveSyncDisabled),
        "PersonalBlock" => (ExchangeAccessLevel.Block, ExchangeAccessStep.PersonalBlock),
        "PersonalAllow" => (ExchangeAccessLevel.Allow, ExchangeAccessStep.PersonalAllow),
        "BlockRule" => (ExchangeAccessLevel.Block, ExchangeAccessStep.DeviceRule),
        "QuarantineRule" => (ExchangeAccessLevel.Quarantine, ExchangeAccessStep.DeviceRule),
        "AllowRule" => (ExchangeAccessLevel.Allow, ExchangeAccessStep.DeviceRule),
        _ => (ExchangeAccessLevel.Quarantine, ExchangeAccessStep.DefaultLevel),
    };

    private static (ExchangeAccessLevel, ExchangeAccessStep) Evaluate(params string[] present)
    {
        bool Has(string step) => System.Array.IndexOf(present, step) >= 0;
        var rules = new System.Collections.Generic.List<DeviceAccessRule>();
        if (Has("AllowRule")) rules.Add(Some.Rule(ExchangeAccessLevel.Allow, RuleCharacteristic.DeviceType, "iPhone", 301));
        if (Has("QuarantineRule")) rules.Add(Some.Rule(ExchangeAccessLevel.Quarantine, RuleCharacteristic.DeviceModel, "iPhone15C2", 302));
        if (Has("BlockRule")) rules.Add(Some.Rule(ExchangeAccessLevel.Block, RuleCharacteristic.DeviceOS, "iOS 17.4 21E219", 303));
        var verdict = ExchangeAccessModel.Evaluate(
            Some.Phone(), !Has("EasOff"), Has("PersonalBlock"), Has("PersonalAllow"), new AccessRuleSet(rules), ExchangeAccessLevel.Quarantine);
        return (verdict.Level, verdict.Step);
    }
}
