using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>What a compliant device's Allow writes.</summary>
public sealed class AllowTests
{
    [Theory]
    [InlineData(Allow, null, true)]
    [InlineData(Quarantine, null, true)]
    [InlineData(Block, null, true)]
    [InlineData(Allow, Allow, true)]
    [InlineData(Allow, Block, true)]
    [InlineData(Allow, null, false)]
    [InlineData(Block, null, false)]
    public void Always_writes_the_entry_also_where_Exchange_would_let_the_device_in(ExchangeAccessLevel level, ExchangeAccessLevel? rule, bool easOn) =>
        Assert.Equal("+allow APPL1", Writes(AllowEntry.Always, level, rule, easOn));

    [Theory]
    [InlineData(Allow, null, true, "")]
    [InlineData(Quarantine, null, true, "+allow APPL1")]
    [InlineData(Block, null, true, "+allow APPL1")]
    [InlineData(Allow, Block, true, "+allow APPL1")]
    [InlineData(Allow, Quarantine, true, "+allow APPL1")]
    [InlineData(Block, Allow, true, "")]
    [InlineData(Allow, Allow, true, "")]
    [InlineData(Block, Quarantine, true, "+allow APPL1")]
    [InlineData(Block, null, false, "")]
    public void WhenNeeded_writes_it_only_where_Exchange_would_decide_otherwise(ExchangeAccessLevel level, ExchangeAccessLevel? rule, bool easOn, string expected) =>
        Assert.Equal(expected, Writes(AllowEntry.WhenNeeded, level, rule, easOn));

    [Theory]
    [InlineData(WantedAccessLevel.Block, Allow, "+allow APPL1; default Allow to Block")]
    [InlineData(WantedAccessLevel.Quarantine, Allow, "+allow APPL1; default Allow to Quarantine")]
    [InlineData(WantedAccessLevel.Allow, Block, "default Block to Allow")]
    [InlineData(WantedAccessLevel.Unmanaged, Block, "+allow APPL1")]
    public void WhenNeeded_looks_at_the_default_level_that_is_wanted(WantedAccessLevel wanted, ExchangeAccessLevel now, string expected)
    {
        var policy = Some.Policy with { AllowEntry = AllowEntry.WhenNeeded, DefaultAccessLevel = wanted };

        Assert.Equal(expected, PlanText.Writes(PlanBuilder.Build(Some.Input(policy, level: now))));
    }

    [Theory]
    [InlineData("allowed by an administrator", AllowEntry.Always, "")]
    [InlineData("allowed by us", AllowEntry.Always, "")]
    [InlineData("allowed by us", AllowEntry.WhenNeeded, "")]
    [InlineData("allowed in other case", AllowEntry.Always, "")]
    [InlineData("another id allowed", AllowEntry.Always, "+allow APPL1")]
    [InlineData("blocked by us", AllowEntry.Always, "+allow APPL1, -block APPL1")]
    [InlineData("blocked by us", AllowEntry.WhenNeeded, "-block APPL1")]
    [InlineData("blocked by us and allowed by an administrator", AllowEntry.Always, "-block APPL1")]
    public void What_stands_in_the_lists_already_is_not_written_again(string lists, AllowEntry setting, string expected)
    {
        var mailbox = Some.Mailbox() with
        {
            AllowedDeviceIds = lists switch
            {
                "allowed in other case" => ["appl1"],
                "another id allowed" => ["APPL2"],
                _ => lists.Contains("allowed by", System.StringComparison.Ordinal) ? ["APPL1"] : [],
            },
            BlockedDeviceIds = lists.StartsWith("blocked", System.StringComparison.Ordinal) ? ["APPL1"] : [],
        };
        LedgerEntry[] ledger = lists switch
        {
            "allowed by us" => [Some.Entry(EntryList.Allowed)],
            "blocked by us" or "blocked by us and allowed by an administrator" => [Some.Entry(EntryList.Blocked)],
            _ => [],
        };

        var plan = PlanBuilder.Build(Some.Input(Some.Policy with { AllowEntry = setting }, mailbox, ledger: ledger));

        Assert.Equal(expected, PlanText.Writes(plan));
        Assert.Equal(AccessConflict.None, plan.Assessments[0].Conflict);
    }

    [Fact]
    public void The_change_says_why_and_what_stood_there_before()
    {
        var mailbox = Some.Mailbox() with { AllowedDeviceIds = ["OTHER1"], BlockedDeviceIds = ["OTHER2"] };

        var change = Assert.IsType<MailboxChange>(Assert.Single(PlanBuilder.Build(Some.Input(mailbox: mailbox)).Changes));

        Assert.Equal((mailbox.Id, "jane@contoso.com", "jane@contoso.com"), (change.MailboxId, change.Mailbox, change.Target));
        Assert.Equal(["OTHER1"], change.AllowedBefore);
        Assert.Equal(["OTHER2"], change.BlockedBefore);
        Assert.Equal([new ChangeEvidence(Some.Phone().DeviceId, AccessDecision.Allow, AccessReason.Compliant)], change.Evidence);
        Assert.Equal(("allow APPL1", 1), (change.Action, change.Size));
    }

    private static string Writes(AllowEntry setting, ExchangeAccessLevel level, ExchangeAccessLevel? rule, bool easOn) =>
        PlanText.Writes(PlanBuilder.Build(Some.Input(
            Some.Policy with { AllowEntry = setting },
            Some.Mailbox() with { ActiveSyncEnabled = easOn },
            rules: rule is { } given ? [Some.Rule(given)] : [],
            level: level)));
}
