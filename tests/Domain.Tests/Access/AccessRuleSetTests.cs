using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Access;

public sealed class AccessRuleSetTests
{
    [Theory]
    [InlineData(RuleCharacteristic.DeviceType, "iPhone")]
    [InlineData(RuleCharacteristic.DeviceModel, "iPhone15C2")]
    [InlineData(RuleCharacteristic.DeviceOS, "iOS 17.4 21E219")]
    [InlineData(RuleCharacteristic.UserAgent, "Apple-iPhone15C2/2105.219")]
    [InlineData(RuleCharacteristic.DeviceType, "IPHONE")]
    public void A_rule_matches_its_characteristic_whole_and_without_case(RuleCharacteristic characteristic, string query)
    {
        var rule = Some.Rule(ExchangeAccessLevel.Block, characteristic, query);

        Assert.Same(rule, new AccessRuleSet([rule]).Find(Some.Phone()));
    }

    [Theory]
    [InlineData(RuleCharacteristic.DeviceType, "iPhon")]
    [InlineData(RuleCharacteristic.DeviceType, "iPhone*")]
    [InlineData(RuleCharacteristic.DeviceModel, "iPhone")]
    [InlineData(RuleCharacteristic.DeviceOS, "iOS")]
    [InlineData(RuleCharacteristic.UserAgent, "Apple-*")]
    [InlineData(RuleCharacteristic.DeviceType, "")]
    [InlineData(RuleCharacteristic.Unknown, "iPhone")]
    public void Parts_wildcards_and_unknown_characteristics_match_nothing(RuleCharacteristic characteristic, string query) =>
        Assert.Null(new AccessRuleSet([Some.Rule(ExchangeAccessLevel.Block, characteristic, query)]).Find(Some.Phone()));

    [Fact]
    public void A_device_that_told_nothing_matches_nothing()
    {
        var rules = new AccessRuleSet(
        [
            Some.Rule(ExchangeAccessLevel.Block, RuleCharacteristic.DeviceType, string.Empty),
            Some.Rule(ExchangeAccessLevel.Block, RuleCharacteristic.DeviceModel, "iPhone15C2"),
        ]);

        Assert.Null(rules.Find(Some.Phone(type: string.Empty) with { DeviceModel = null, DeviceOS = null, UserAgent = null }));
    }

    [Theory]
    [InlineData(ExchangeAccessLevel.Block, ExchangeAccessLevel.Quarantine, ExchangeAccessLevel.Block)]
    [InlineData(ExchangeAccessLevel.Block, ExchangeAccessLevel.Allow, ExchangeAccessLevel.Block)]
    [InlineData(ExchangeAccessLevel.Quarantine, ExchangeAccessLevel.Allow, ExchangeAccessLevel.Quarantine)]
    public void The_strictest_of_the_matching_rules_decides(ExchangeAccessLevel byModel, ExchangeAccessLevel byType, ExchangeAccessLevel expected)
    {
        var model = Some.Rule(byModel, RuleCharacteristic.DeviceModel, "iPhone15C2", 301);
        var type = Some.Rule(byType, RuleCharacteristic.DeviceType, "iPhone", 302);

        Assert.Equal(expected, new AccessRuleSet([model, type]).Find(Some.Phone())?.AccessLevel);
        Assert.Equal(expected, new AccessRuleSet([type, model]).Find(Some.Phone())?.AccessLevel);
    }

    [Fact]
    public void The_strictest_decides_also_among_rules_with_the_same_text()
    {
        var mild = Some.Rule(ExchangeAccessLevel.Allow, query: "iPhone", id: 301);
        var strict = Some.Rule(ExchangeAccessLevel.Block, query: "IPHONE", id: 302);

        Assert.Same(strict, new AccessRuleSet([mild, strict]).Find(Some.Phone()));
        Assert.Same(strict, new AccessRuleSet([strict, mild]).Find(Some.Phone()));
    }

    [Fact]
    public void Of_two_rules_with_one_level_the_same_is_named_whatever_their_order()
    {
        var lower = Some.Rule(ExchangeAccessLevel.Block, RuleCharacteristic.DeviceType, "iphone", 301);
        var upper = Some.Rule(ExchangeAccessLevel.Block, RuleCharacteristic.DeviceType, "IPHONE", 302);
        var model = Some.Rule(ExchangeAccessLevel.Block, RuleCharacteristic.DeviceModel, "iPhone15C2", 303);

        Assert.Same(upper, new AccessRuleSet([lower, upper, model]).Find(Some.Phone()));
        Assert.Same(upper, new AccessRuleSet([model, upper, lower]).Find(Some.Phone()));
    }
}
