using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>Plans as text: short for tables, whole for comparisons.</summary>
internal static class PlanText
{
    /// <summary>What a plan writes, such as <c>-allow APPL1, +block APPL1</c>; the mailboxes are told apart by semicolons.</summary>
    public static string Writes(SyncPlan plan) => string.Join("; ", plan.Changes.Select(Writes));

    public static string Writes(PlannedChange change) => change switch
    {
        MailboxChange own => string.Join(", ", new[]
        {
            own.AllowedRemove.Select(static id => "-allow " + id),
            own.AllowedAdd.Select(static id => "+allow " + id),
            own.BlockedRemove.Select(static id => "-block " + id),
            own.BlockedAdd.Select(static id => "+block " + id),
            own.ChangesMailboxPolicy ? ["policy " + (own.MailboxPolicyTo ?? "default")] : [],
        }.SelectMany(static part => part)),
        DefaultAccessLevelChange level => $"default {level.From} to {level.To}",
        AccessRuleChange rule => $"{rule.Kind} rule {rule.QueryString} {rule.From?.ToString() ?? "nothing"} to {rule.To?.ToString() ?? "nothing"}",
        MailboxPolicyChange policy => $"{policy.Kind} policy {policy.Name}",
        OrganizationSettingsChange organization => organization.Action,
        _ => change.Action,
    };

    public static string Notes(SyncPlan plan) =>
        string.Join(", ", plan.LedgerNotes.Select(static note => $"{note.Entry.List} {note.Entry.DeviceId} {note.Finding}").Order(StringComparer.Ordinal));

    /// <summary>
    /// Everything a plan says. Changes stand in their order, because they are applied in it; assessments, notes and the lists a mailbox had before
    /// are sets.
    /// </summary>
    public static string Whole(SyncPlan plan)
    {
        var lines = new List<string>
        {
            $"{plan.Allowed} allowed, {plan.Blocked} blocked, {plan.LeftToExchange} left, {plan.SystemPartnerships} system, {plan.Conflicts} conflicts, {plan.Denials} denials",
        };
        lines.AddRange(plan.Changes.Select(Whole));
        lines.AddRange(plan.Assessments.Select(Whole).Order(StringComparer.Ordinal));
        lines.AddRange(plan.Warnings);
        lines.AddRange(plan.OwnedGone.Select(static owned => $"gone {owned}"));
        lines.AddRange(plan.LedgerNotes.Select(static note => $"note {note.Finding} {note.Entry}").Order(StringComparer.Ordinal));
        return string.Join("\n", lines);
    }

    private static string Whole(PlannedChange change) => change is MailboxChange own
        ? $"{own.MailboxId} {own.Mailbox}: {Writes(own)} | {own.Action} | {own.Denials} denials, before [{Set(own.AllowedBefore)}] [{Set(own.BlockedBefore)}] because "
            + string.Join(", ", own.Evidence)
        : $"{change.Target}: {change.Action} | {change.Denials} denials";

    private static string Whole(DeviceAssessment device) =>
        $"{device.Partnership.Id} {device.Mailbox?.Id} {device.Owner?.Id} by {device.OwnerJoin}, {device.Device?.Id} by {device.DeviceJoin}: {device.Decision} {device.Reason} "
        + $"{device.Conflict} combined {device.CombinedDecision}{(device.LosesAccess ? " loses access" : "")}";

    private static string Set(IEnumerable<string> ids) => string.Join(" ", ids.Order(StringComparer.Ordinal));
}
