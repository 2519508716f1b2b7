using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Tests.Builders.ModelOrganization;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>Whose entries are touched, whether the decisions hold afterwards, and what it costs.</summary>
public sealed class EntryProperties
{
    [Fact]
    public void Only_our_own_entries_are_removed_unless_the_policy_overrides() => Organizations.All(static (input, plan) =>
    {
        foreach (var (change, list, id) in Removals(plan))
        {
            if (input.Ledger.Find(change.MailboxId, list, id) is not null) continue;

            Assert.True(input.Policy.OverrideAdministratorEntry);
            var decision = change.Evidence.Single(evidence => evidence.DeviceId == id).Decision;
            Assert.Equal(list == EntryList.Allowed ? AccessDecision.Block : AccessDecision.Allow, decision);
        }
    });

    [Fact]
    public void Nothing_is_written_against_an_administrator_s_entry() => Organizations.All(static (input, plan) =>
    {
        foreach (var change in plan.Changes.OfType<MailboxChange>())
        {
            Assert.All(change.BlockedAdd, id => AssertFree(change, EntryList.Allowed, change.AllowedBefore, change.AllowedRemove, id));
            Assert.All(change.AllowedAdd, id => AssertFree(change, EntryList.Blocked, change.BlockedBefore, change.BlockedRemove, id));
        }

        void AssertFree(MailboxChange change, EntryList other, IReadOnlyList<string> before, IReadOnlyList<string> removed, string id)
        {
            var theirs = Holds(before, new(id)) && input.Ledger.Find(change.MailboxId, other, new(id)) is null;
            Assert.True(!theirs || (input.Policy.OverrideAdministratorEntry && Holds(removed, new(id))));
        }
    });

    [Fact]
    public void After_a_full_run_every_decision_holds_in_Exchange() => Organizations.All(Organizations.Full, static (input, plan) =>
    {
        var after = Apply(input, plan);
        foreach (var device in plan.Assessments)
        {
            if (MailboxOf(after, device) is not { } mailbox) continue;
            var letsIn = LetsIn(after, device.Partnership, mailbox);
            switch (device.Decision)
            {
                case AccessDecision.Allow:
                    Assert.Equal(device.Conflict == AccessConflict.None && mailbox.ActiveSyncEnabled, letsIn);
                    break;
                case AccessDecision.Block:
                    Assert.Equal(device.Conflict != AccessConflict.None, letsIn);
                    break;
                default:
                    Assert.Equal(AccessConflict.None, device.Conflict);
                    if (device.CombinedDecision != AccessDecision.LeaveToExchange) break;
                    Assert.Null(after.Ledger.Find(mailbox.Id, EntryList.Allowed, device.Partnership.DeviceId));
                    Assert.Null(after.Ledger.Find(mailbox.Id, EntryList.Blocked, device.Partnership.DeviceId));
                    break;
            }
        }
    });

    [Fact]
    public void Under_Always_every_allowed_id_stands_in_the_list_and_under_Block_no_entry_of_ours_allows() => Organizations.All(static (input, plan) =>
    {
        var after = Apply(input, plan);
        foreach (var device in plan.Assessments.Where(static device => device.Mailbox is not null))
        {
            var mailbox = MailboxOf(after, device)!;
            if (device.Decision == AccessDecision.Allow && device.Conflict == AccessConflict.None && input.Policy.AllowEntry == AllowEntry.Always)
            {
                Assert.True(Holds(mailbox.AllowedDeviceIds, device.Partnership.DeviceId));
            }

            if (device.CombinedDecision == AccessDecision.Block) Assert.Null(after.Ledger.Find(mailbox.Id, EntryList.Allowed, device.Partnership.DeviceId));
            if (device.CombinedDecision == AccessDecision.Allow) Assert.Null(after.Ledger.Find(mailbox.Id, EntryList.Blocked, device.Partnership.DeviceId));
        }
    });

    [Fact]
    public void No_written_block_and_no_needed_allow_could_be_spared() => Organizations.All(Organizations.Full, static (input, plan) =>
    {
        var after = Apply(input, plan);
        foreach (var change in plan.Changes.OfType<MailboxChange>())
        {
            var mailbox = after.Exchange.Mailboxes.Single(own => own.Id == change.MailboxId);
            foreach (var id in change.BlockedAdd)
            {
                var without = mailbox with { BlockedDeviceIds = [.. mailbox.BlockedDeviceIds.Where(entry => entry != id)] };
                Assert.Contains(Devices(id, AccessDecision.Block), device => LetsIn(after, device.Partnership, without));
            }

            if (input.Policy.AllowEntry == AllowEntry.Always) continue;
            foreach (var id in change.AllowedAdd)
            {
                var without = mailbox with { AllowedDeviceIds = [.. mailbox.AllowedDeviceIds.Where(entry => entry != id)] };
                Assert.Contains(Devices(id, AccessDecision.Allow), device => !LetsIn(after, device.Partnership, without));
            }

            IEnumerable<DeviceAssessment> Devices(string id, AccessDecision decision) => plan.Assessments.Where(device =>
                device.Mailbox?.Id == change.MailboxId && device.Decision == decision && device.Partnership.DeviceId == new EasDeviceId(id));
        }
    });

    [Fact]
    public void Denials_are_those_that_Exchange_lets_in_before_and_denies_after() => Organizations.All(static (input, plan) =>
    {
        var after = Apply(input, plan);
        var lost = plan.Assessments.Where(device =>
            LetsIn(input, device.Partnership, MailboxOf(input, device)) && !LetsIn(after, device.Partnership, MailboxOf(after, device))).ToList();

        Assert.Equal(lost.Count, plan.Denials);
        Assert.Equal(lost, plan.Assessments.Where(static device => device.LosesAccess));
        Assert.Equal(plan.Denials, plan.Changes.Sum(static change => change.Denials));
    });

    [Fact]
    public void A_policy_that_is_switched_off_gives_back_what_is_ours_and_does_nothing_else() =>
        Organizations.All(OrganizationGen.Any.Select(static input => input with { Policy = input.Policy with { Enabled = false } }), static (input, plan) =>
        {
            Assert.All(plan.Changes, static change => Assert.Equal((0, 0), (((MailboxChange)change).AllowedAdd.Count, ((MailboxChange)change).BlockedAdd.Count)));
            var read = input.Exchange.Mailboxes.Select(static mailbox => mailbox.Id).ToHashSet();
            var left = Apply(input, plan).Ledger;
            Assert.All(left.Mailboxes, mailbox => Assert.DoesNotContain(mailbox, read));
        });

    private static IEnumerable<(MailboxChange Change, EntryList List, EasDeviceId Id)> Removals(SyncPlan plan) =>
        plan.Changes.OfType<MailboxChange>().SelectMany(static change =>
            change.AllowedRemove.Select(id => (change, EntryList.Allowed, new EasDeviceId(id)))
                .Concat(change.BlockedRemove.Select(id => (change, EntryList.Blocked, new EasDeviceId(id)))));
}
