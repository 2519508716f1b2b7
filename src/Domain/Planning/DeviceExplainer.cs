using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Explains devices with the same code that decides them: what is told here is what a run would do with the same input.
/// </summary>
public static class DeviceExplainer
{
    /// <summary>Explains every partnership of one mailbox with one id.</summary>
    /// <param name="input">The mailbox, these partnerships, and what the tenant said of their users and managed devices.</param>
    /// <param name="idChanges">The changes of id that a partnership is a side of; null where nobody looked.</param>
    /// <returns>One explanation for each partnership, in the order of the device types.</returns>
    public static IReadOnlyList<DeviceAccessExplanation> Explain(PlanInput input, Func<Guid, IReadOnlyList<DeviceIdChange>>? idChanges = null)
    {
        var plan = PlanBuilder.Build(input);
        var rules = new AccessRuleSet(input.Exchange.Rules);
        var mailboxes = new MailboxIndex(input.Exchange.Mailboxes);
        var owners = new OwnerIndex(input.Tenant, mailboxes, static _ => true);
        var devices = new DeviceMatcher(input.Tenant.ManagedDevices);
        var explanations = new List<DeviceAccessExplanation>();
        foreach (var assessment in plan.Assessments)
        {
            if (assessment.Mailbox is not { } mailbox) continue;
            var partnership = assessment.Partnership;
            var owner = owners.Of(mailboxes.OwnerOf(partnership));
            var device = devices.Find(partnership.DeviceId, owner.Match.User, input.Policy.UserMismatch == UserMismatch.Ignore);
            var rivals = owner.Match.Join == UserJoin.Ambiguous ? UserRivals.Of(input.Tenant.Users, mailbox) : null;
            var steps = new List<DecisionStep>();
            PolicyEvaluator.Evaluate(
                input.Policy,
                new AccessCase(partnership, owner.Match, device, owner.Included, owner.Excluded, rules.Find(partnership)?.Name) { Rivals = rivals },
                steps);
            if (assessment.CombinedDecision != assessment.Decision)
            {
                steps.Add(new DecisionStep(
                    "Other partnerships of the mailbox with this id",
                    "a list entry holds only the id, so it covers them all",
                    assessment.CombinedDecision.ToString()));
            }

            var changes = idChanges?.Invoke(partnership.Id) ?? [];
            var verdict = Verdict(partnership, mailbox, rules, input.Exchange.Settings.DefaultAccessLevel);
            explanations.Add(new DeviceAccessExplanation
            {
                Mailbox = mailbox.PrimarySmtpAddress,
                DeviceId = partnership.DeviceId.Value,
                DeviceType = partnership.DeviceType,
                Decision = assessment.Decision,
                Reason = assessment.Reason,
                Conflict = assessment.Conflict,
                Steps = steps,
                ExchangeLevel = verdict.Level,
                ExchangeSteps = ExchangeSteps(partnership, mailbox, verdict, input),
                NextStep = NextSteps.For(assessment, verdict, ChangeFor(plan, mailbox), LevelOf(plan), input.Policy, rivals, changes),
                IdChanges = changes,
                AsOf = input.Now,
            });
        }

        explanations.Sort(static (left, right) => string.CompareOrdinal(left.DeviceType, right.DeviceType));
        return explanations;
    }

    private static MailboxChange? ChangeFor(SyncPlan plan, Mailbox mailbox)
    {
        foreach (var change in plan.Changes)
        {
            if (change is MailboxChange own && own.MailboxId == mailbox.Id) return own;
        }

        return null;
    }

    private static DefaultAccessLevelChange? LevelOf(SyncPlan plan)
    {
        foreach (var change in plan.Changes)
        {
            if (change is DefaultAccessLevelChange level) return level;
        }

        return null;
    }

    private static ExchangeVerdict Verdict(EasPartnership partnership, Mailbox mailbox, AccessRuleSet rules, ExchangeAccessLevel defaultLevel) =>
        ExchangeAccessModel.Evaluate(
            partnership,
            mailbox.ActiveSyncEnabled,
            Holds(mailbox.BlockedDeviceIds, partnership.DeviceId),
            Holds(mailbox.AllowedDeviceIds, partnership.DeviceId),
            rules,
            defaultLevel);

    // The same order as ExchangeAccessModel, told step by step up to the one that decides.
    private static List<DecisionStep> ExchangeSteps(EasPartnership partnership, Mailbox mailbox, ExchangeVerdict verdict, PlanInput input)
    {
        var steps = new List<DecisionStep>();
        Add(ExchangeAccessStep.ActiveSyncDisabled, "EAS is on for the mailbox", mailbox.ActiveSyncEnabled ? "on" : "off");
        Add(ExchangeAccessStep.PersonalBlock, "Id is in the mailbox's blocked list", Entry(mailbox.BlockedDeviceIds, EntryList.Blocked));
        Add(ExchangeAccessStep.PersonalAllow, "Id is in the mailbox's allowed list", Entry(mailbox.AllowedDeviceIds, EntryList.Allowed));
        Add(ExchangeAccessStep.DeviceRule, "A device access rule matches", verdict.Rule?.Name ?? "none");
        Add(ExchangeAccessStep.DefaultLevel, "Default access level", input.Exchange.Settings.DefaultAccessLevel.ToString());
        if (ExchangeAccessModel.IsTransient(partnership) || partnership.AccessReason == ExchangeAccessReason.Policy)
        {
            steps.Add(new DecisionStep("State that Exchange shows", partnership.AccessReasonText ?? partnership.AccessReason.ToString(), partnership.AccessState.ToString()));
        }

        return steps;

        void Add(ExchangeAccessStep step, string rule, string found)
        {
            if (step <= verdict.Step) steps.Add(new DecisionStep(rule, found, step == verdict.Step ? verdict.Level.ToString() : "continue"));
        }

        string Entry(IReadOnlyList<string> list, EntryList which) =>
            !Holds(list, partnership.DeviceId) ? "no"
            : input.Ledger.Find(mailbox.Id, which, partnership.DeviceId) is null ? "yes, an administrator's entry"
            : "yes, this connector's entry";
    }

    private static bool Holds(IReadOnlyList<string> list, EasDeviceId id)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (new EasDeviceId(list[i]) == id) return true;
        }

        return false;
    }
}
