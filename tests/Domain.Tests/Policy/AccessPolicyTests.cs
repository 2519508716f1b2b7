using System;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Policy;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Policy;

public sealed class AccessPolicyTests
{
    [Fact]
    public void A_new_policy_is_switched_off_with_the_override_on_and_the_documented_defaults()
    {
        var policy = new AccessPolicy();

        Assert.False(policy.Enabled);
        Assert.True(policy.OverrideDefaultRule);
        Assert.Empty(policy.IncludedGroups);
        Assert.Empty(policy.ExcludedGroups);
        Assert.Equal(WantedAccessLevel.Unmanaged, policy.DefaultAccessLevel);
        Assert.Equal(DeviceRulePrecedence.ComplianceFirst, policy.DeviceRulePrecedence);
        Assert.Equal(UserMismatch.Block, policy.UserMismatch);
        Assert.Equal(AllowEntry.Always, policy.AllowEntry);
        Assert.Equal(OutlookServiceAccess.Leave, policy.OutlookService);
        Assert.False(policy.OverrideAdministratorEntry);
        Assert.True(policy.RequireLicence);
        Assert.Equal([new Guid("c1ec4a95-1f05-45b3-a911-aa3fa01094f5")], policy.LicencePlans);
        Assert.Equal(TimeSpan.FromDays(7), policy.LeftoverAfter);
        Assert.Equal((20, 5.0, 500), (policy.FuseMinimum, policy.FusePercent, policy.FuseDaily));
    }

    [Theory]
    [InlineData(WantedAccessLevel.Unmanaged, ExchangeAccessLevel.Block, ExchangeAccessLevel.Block)]
    [InlineData(WantedAccessLevel.Unmanaged, ExchangeAccessLevel.Quarantine, ExchangeAccessLevel.Quarantine)]
    [InlineData(WantedAccessLevel.Unmanaged, ExchangeAccessLevel.Allow, ExchangeAccessLevel.Allow)]
    [InlineData(WantedAccessLevel.Allow, ExchangeAccessLevel.Block, ExchangeAccessLevel.Allow)]
    [InlineData(WantedAccessLevel.Block, ExchangeAccessLevel.Allow, ExchangeAccessLevel.Block)]
    [InlineData(WantedAccessLevel.Quarantine, ExchangeAccessLevel.Allow, ExchangeAccessLevel.Quarantine)]
    public void The_default_level_after_a_run_is_the_wanted_one_or_the_one_that_stands(WantedAccessLevel wanted, ExchangeAccessLevel current, ExchangeAccessLevel after) =>
        Assert.Equal(after, new AccessPolicy { DefaultAccessLevel = wanted }.DefaultLevelAfter(current));

    [Theory]
    [InlineData("AllUsers", true)]
    [InlineData("allusers", true)]
    [InlineData("6b2f4c2e-0000-0000-0000-000000000001,AllUsers", true)]
    [InlineData("6b2f4c2e-0000-0000-0000-000000000001", false)]
    [InlineData("", false)]
    public void Everybody_is_included_by_name(string groups, bool everybody) =>
        Assert.Equal(everybody, new AccessPolicy { IncludedGroups = groups.Split(',', StringSplitOptions.RemoveEmptyEntries) }.IncludesEverybody);
}
