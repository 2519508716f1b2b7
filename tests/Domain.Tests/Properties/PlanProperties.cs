using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>What holds of every plan of every organisation.</summary>
public sealed class PlanProperties
{
    [Fact]
    public void The_order_of_the_input_does_not_change_the_plan() =>
        Gen.Select(OrganizationGen.Any, Gen.Int).Sample(
            static (input, seed) => Assert.Equal(PlanText.Whole(PlanBuilder.Build(input)), PlanText.Whole(PlanBuilder.Build(Shuffled.Of(input, seed)))),
            iter: Organizations.Iterations,
            print: static sample => InputText.Of(sample.Item1));

    [Fact]
    public void A_second_run_plans_nothing() => Organizations.All(static (input, plan) =>
    {
        var second = PlanBuilder.Build(ModelOrganization.Apply(input, plan));

        Assert.Empty(PlanText.Writes(second));
        Assert.Empty(PlanText.Notes(second));
        Assert.Equal(0, second.Denials);
    });

    [Fact]
    public void A_run_after_the_wait_withdraws_leftovers_and_the_next_plans_nothing() => Organizations.All(static (input, plan) =>
    {
        var later = ModelOrganization.Apply(input, plan) with { Now = input.Now.AddDays(31) };
        var settled = PlanBuilder.Build(later);
        var after = ModelOrganization.Apply(later, settled);

        Assert.True(PlanBuilder.Build(after).IsEmpty);
        Assert.Equal(0, settled.Denials);
        if (input.Exchange.Unreadable.Count > 0) return;
        var present = after.Exchange.Partnerships.Select(static phone => phone.DeviceId).ToHashSet();
        Assert.All(after.Ledger.Mailboxes.SelectMany(after.Ledger.Of), entry => Assert.Contains(entry.DeviceId, present));
    });

    [Fact]
    public void Every_partnership_is_assessed_once_or_counted_as_Exchange_s_own() => Organizations.All(static (input, plan) =>
    {
        var assessed = plan.Assessments.Select(static device => device.Partnership.Id).ToList();

        Assert.Equal(assessed.Count, assessed.Distinct().Count());
        Assert.Equal(input.Exchange.Partnerships.Count, assessed.Count + plan.SystemPartnerships);
        Assert.Equal(assessed.Count, plan.Allowed + plan.Blocked + plan.LeftToExchange);
        Assert.Equal(plan.Allowed, plan.Assessments.Count(static device => device.Decision == AccessDecision.Allow));
        Assert.Equal(plan.Blocked, plan.Assessments.Count(static device => device.Decision == AccessDecision.Block));
        Assert.Equal(plan.Conflicts, plan.Assessments.Count(static device => device.Conflict == AccessConflict.HeldByAdministrator));
    });

    [Fact]
    public void Matching_and_decision_agree_with_their_rules_told_a_second_time() => Organizations.All(static (input, plan) =>
    {
        var reasons = plan.Assessments.ToDictionary(static device => device.Partnership.Id, static device => (AccessReason?)device.Reason);

        Assert.All(input.Exchange.Partnerships, phone => Assert.Equal(ReferenceDecision.Of(input, phone), reasons.GetValueOrDefault(phone.Id)));
    });

    [Fact]
    public void An_incomplete_read_yields_no_change_no_note_and_no_denial() =>
        Organizations.All(
            Gen.Select(OrganizationGen.Any, Gen.Bool, static (input, exchange) => exchange
                ? input with { Exchange = input.Exchange with { Incomplete = "the list was cut" } }
                : input with { Tenant = input.Tenant with { Incomplete = "the list was cut" } }),
            static (_, plan) =>
            {
                Assert.True(plan.IsEmpty);
                Assert.Empty(plan.LedgerNotes);
                Assert.Equal(0, plan.Denials);
            });

    [Fact]
    public void No_list_loses_and_gains_the_same_id() => Organizations.All(static (_, plan) =>
        Assert.All(plan.Changes.OfType<MailboxChange>(), static change =>
        {
            Assert.Empty(change.AllowedAdd.Intersect(change.AllowedRemove, EasDeviceId.Comparer));
            Assert.Empty(change.BlockedAdd.Intersect(change.BlockedRemove, EasDeviceId.Comparer));
            Assert.Empty(change.AllowedAdd.Intersect(change.BlockedAdd, EasDeviceId.Comparer));
        }));

    [Fact]
    public void Each_mailbox_has_one_change_grants_come_first_and_the_default_level_after_all_but_what_leans_on_it() => Organizations.All(static (_, plan) =>
    {
        var mailboxes = plan.Changes.OfType<MailboxChange>().ToList();

        Assert.Equal(mailboxes.Count, mailboxes.DistinctBy(static change => change.MailboxId).Count());
        var before = mailboxes.TakeWhile(static change => !change.WaitsForSettings).ToList();
        Assert.All(mailboxes.Skip(before.Count), static change => Assert.True(change.WaitsForSettings));
        Assert.Equal(before, plan.Changes.Take(before.Count));
        Assert.Equal(plan.Changes.Count > mailboxes.Count ? 1 : 0, plan.Changes.Skip(before.Count).TakeWhile(static change => change is DefaultAccessLevelChange).Count());
        if (before.Count < mailboxes.Count) Assert.IsType<DefaultAccessLevelChange>(plan.Changes[before.Count]);
        Assert.All(plan.Changes, static change => Assert.True(change.Size > 0));
        Assert.DoesNotContain(before.SkipWhile(static change => change.Denials == 0), static change => change.Denials == 0);
        Assert.All(mailboxes, static change => Assert.Equal(
            change.AllowedAdd.Concat(change.AllowedRemove).Concat(change.BlockedAdd).Concat(change.BlockedRemove).Select(static id => id.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal),
            change.Evidence.Select(static evidence => evidence.DeviceId.Value.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal)));
    });

    [Fact]
    public void A_quick_run_writes_the_same_entries_as_a_full_one() => Organizations.All(Organizations.Full, static (input, full) =>
    {
        var quick = PlanBuilder.Build(input with { IncludeSettings = false });

        Assert.All(quick.Changes, static change => Assert.IsType<MailboxChange>(change));
        Assert.Equal(
            full.Changes.OfType<MailboxChange>().Select(static change => $"{change.MailboxId} {PlanText.Writes(change)}").Order(StringComparer.Ordinal),
            quick.Changes.Select(static change => $"{((MailboxChange)change).MailboxId} {PlanText.Writes(change)}").Order(StringComparer.Ordinal));
    });
}
