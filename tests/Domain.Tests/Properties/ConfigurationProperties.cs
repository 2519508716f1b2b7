using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>What holds of every plan where something in the organisation's configuration is looked after.</summary>
public sealed class ConfigurationProperties
{
    [Fact]
    public void The_order_of_the_input_does_not_change_the_plan() =>
        Gen.Select(ConfigurationGen.Any, Gen.Int).Sample(
            static (input, seed) => Assert.Equal(PlanText.Whole(PlanBuilder.Build(input)), PlanText.Whole(PlanBuilder.Build(Shuffled.Of(input, seed)))),
            iter: Organizations.Iterations,
            print: static sample => InputText.Of(sample.Item1));

    [Fact]
    public void A_second_run_plans_nothing() => Organizations.All(ConfigurationGen.Any, static (input, plan) =>
    {
        var second = PlanBuilder.Build(ModelOrganization.Apply(input, plan));

        Assert.Empty(PlanText.Writes(second));
        Assert.Empty(second.OwnedGone);
        Assert.Equal(0, second.Denials);
    });

    [Fact]
    public void After_a_full_run_everything_looked_after_is_as_wanted() => Organizations.All(ConfigurationGen.Full, static (input, plan) =>
    {
        if (!input.Policy.Enabled) return;
        var after = ModelOrganization.Apply(input, plan);

        Assert.All(input.Wanted.Rules, rule => Assert.Equal(rule.AccessLevel, Assert.Single(after.Exchange.Rules, found => IsSame(found, rule)).AccessLevel));
        Assert.All(input.Wanted.Policies, policy => Assert.True(policy.Settings.Beyond(Assert.Single(after.Exchange.Policies!, found => IsSame(found.Name, policy.Name)).Settings).IsEmpty));
        Assert.All(input.Wanted.Policies, policy => Assert.All(policy.Mailboxes, name => Assert.True(
            IsSame(policy.Name, after.Exchange.Mailboxes.Single(mailbox => IsSame(mailbox.PrimarySmtpAddress, name)).MailboxPolicy))));
        if (input.Wanted.Organization.UserMailInsert is { } insert) Assert.Equal(insert, after.Exchange.Settings.UserMailInsert);
    });

    [Fact]
    public void What_is_neither_ours_nor_looked_after_is_never_touched() => Organizations.All(ConfigurationGen.Any, static (input, plan) =>
    {
        var after = ModelOrganization.Apply(input, plan);

        Assert.All(
            input.Exchange.Rules.Where(rule => !input.Wanted.Rules.Any(want => IsSame(rule, want)) && !input.Owned.Any(owned => owned.Id == rule.Id)),
            rule => Assert.Contains(rule, after.Exchange.Rules));
        Assert.All(
            input.Exchange.Policies!.Where(policy => !input.Wanted.Policies.Any(want => IsSame(want.Name, policy.Name)) && !input.Owned.Any(owned => owned.Id == policy.Id)),
            policy => Assert.Contains(policy, after.Exchange.Policies!));
        Assert.All(plan.Changes.OfType<AccessRuleChange>().Where(static change => change.Kind == ObjectAction.Remove), change => Assert.Contains(input.Owned, owned => owned.Id == change.RuleId));
        Assert.All(plan.Changes.OfType<MailboxPolicyChange>().Where(static change => change.Kind == ObjectAction.Remove), change => Assert.Contains(input.Owned, owned => owned.Id == change.PolicyId));
        var going = plan.Changes.OfType<MailboxPolicyChange>().Where(static change => change.Kind == ObjectAction.Remove).Select(static change => change.Name).ToList();
        Assert.All(plan.Changes.OfType<MailboxChange>().Where(static change => change is { ChangesMailboxPolicy: true, MailboxPolicyTo: null }), change => Assert.Contains(change.MailboxPolicyBefore, going));
    });

    [Fact]
    public void A_policy_that_is_switched_off_changes_nothing_in_the_configuration() =>
        Organizations.All(ConfigurationGen.Any.Select(static input => input with { Policy = input.Policy with { Enabled = false } }), static (_, plan) =>
        {
            Assert.All(plan.Changes, static change => Assert.False(Assert.IsType<MailboxChange>(change).ChangesMailboxPolicy));
        });

    [Fact]
    public void A_quick_run_writes_no_configuration_and_blocks_what_a_full_one_blocks() => Organizations.All(ConfigurationGen.Full, static (input, full) =>
    {
        var quick = PlanBuilder.Build(input with { IncludeSettings = false });

        Assert.All(quick.Changes, static change => Assert.False(Assert.IsType<MailboxChange>(change).ChangesMailboxPolicy));
        Assert.Equal(Blocks(full), Blocks(quick));
    });

    [Fact]
    public void The_fuse_counts_everybody_who_loses_mail() => Organizations.All(ConfigurationGen.Any, static (input, plan) =>
    {
        var after = ModelOrganization.Apply(input, plan);
        var losing = plan.Assessments.Where(device => Gets(input, device) && !Gets(after, device)).Select(static device => device.Partnership.Id).Order().ToList();

        Assert.Equal(losing, plan.Assessments.Where(static device => device.LosesAccess).Select(static device => device.Partnership.Id).Order());
        Assert.Equal(losing.Count, plan.Denials);
        Assert.Equal(plan.Denials, plan.Changes.Sum(static change => change.Denials));
    });

    [Fact]
    public void Nobody_who_keeps_mail_is_without_it_between_two_changes_but_for_a_mailbox_that_blocks_too() => Organizations.All(ConfigurationGen.Full, static (input, plan) =>
    {
        var end = ModelOrganization.Apply(input, plan);
        var keeping = plan.Assessments.Where(device => Gets(input, device) && Gets(end, device)).ToList();
        var excused = plan.Changes.OfType<MailboxChange>().Where(static change => change is { LeansOnSettings: true, WaitsForSettings: false }).Select(static change => change.MailboxId).ToHashSet();
        var now = ModelOrganization.Apply(input, plan with { Changes = [] });
        foreach (var change in plan.Changes)
        {
            now = ModelOrganization.Apply(now, plan with { Changes = [change], LedgerNotes = [], OwnedGone = [] });
            Assert.All(keeping.Where(device => device.Mailbox is null || !excused.Contains(device.Mailbox.Id)), device => Assert.True(Gets(now, device), $"{device.Partnership.Id} after {change}"));
        }
    });

    [Fact]
    public void Nobody_who_stays_out_is_in_between_two_changes() => Organizations.All(ConfigurationGen.Full, static (input, plan) =>
    {
        var end = ModelOrganization.Apply(input, plan);
        var blocked = plan.Assessments.Where(device => device.CombinedDecision == AccessDecision.Block && !Gets(input, device) && !Gets(end, device)).ToList();
        var now = ModelOrganization.Apply(input, plan with { Changes = [] });
        foreach (var change in plan.Changes)
        {
            now = ModelOrganization.Apply(now, plan with { Changes = [change], LedgerNotes = [], OwnedGone = [] });
            Assert.All(blocked, device => Assert.False(Gets(now, device), $"{device.Partnership.Id} after {change}"));
        }
    });

    private static bool Gets(PlanInput input, DeviceAssessment device) => ModelOrganization.LetsIn(input, device.Partnership, ModelOrganization.MailboxOf(input, device));

    private static List<string> Blocks(SyncPlan plan) =>
        [.. plan.Changes.OfType<MailboxChange>().SelectMany(static change => change.BlockedAdd.Select(id => $"{change.MailboxId} {id}")).Order(StringComparer.Ordinal)];

    private static bool IsSame(DeviceAccessRule rule, WantedAccessRule want) => rule.Characteristic == want.Characteristic && IsSame(rule.QueryString, want.QueryString);

    private static bool IsSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
