using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

public sealed class GeneratorTests
{
    [Fact]
    public void Every_branch_occurs_in_generated_organisations()
    {
        var seen = new ConcurrentDictionary<string, int>();

        Organizations.All((input, plan) =>
        {
            foreach (var what in Branches(input, plan).Distinct()) seen.AddOrUpdate(what, 1, static (_, count) => count + 1);
        });

        string[] expected =
        [
            .. Enum.GetValues<AccessReason>().Where(static reason => reason != AccessReason.PartnershipGone).Select(static reason => $"reason {reason}"),
            .. Enum.GetValues<UserJoin>().Select(static join => $"user {join}"),
            .. Enum.GetValues<DeviceJoin>().Select(static join => $"device {join}"),
            .. Enum.GetValues<AccessConflict>().Select(static conflict => $"conflict {conflict}"),
            .. Enum.GetValues<LedgerFinding>().Select(static finding => $"note {finding}"),
            .. Enum.GetValues<ExchangeAccessLevel>().Select(static level => $"default to {level}"),
            "+allow", "-allow", "+block", "-block", "evidence PartnershipGone", "administrator's entry taken out", "other case taken out", "several devices",
            "combined", "denials", "denied by default level", "quick", "system", "nothing to do", "one phone", "more than twenty phones",
        ];
        Assert.DoesNotContain(expected, what => seen.GetValueOrDefault(what) < 3);
    }

    [Fact]
    public void Organisations_have_between_one_and_thirty_rows_of_phones_or_entries() =>
        Organizations.All(static (input, _) => Assert.InRange(input.Exchange.Partnerships.Count, 0, 30));

    private static IEnumerable<string> Branches(PlanInput input, SyncPlan plan)
    {
        foreach (var device in plan.Assessments)
        {
            yield return $"reason {device.Reason}";
            if (device.Mailbox is not null) yield return $"user {device.OwnerJoin}";
            yield return $"device {device.DeviceJoin}";
            yield return $"conflict {device.Conflict}";
            if (device.CombinedDecision != device.Decision) yield return "combined";
            if (device.Device is { } shown && input.Tenant.ManagedDevices.Count(other => other.EasDeviceId == shown.EasDeviceId && other.UserId == shown.UserId) > 1) yield return "several devices";
        }

        foreach (var note in plan.LedgerNotes) yield return $"note {note.Finding}";
        foreach (var change in plan.Changes.OfType<MailboxChange>())
        {
            if (change.AllowedAdd.Count > 0) yield return "+allow";
            if (change.AllowedRemove.Count > 0) yield return "-allow";
            if (change.BlockedAdd.Count > 0) yield return "+block";
            if (change.BlockedRemove.Count > 0) yield return "-block";
            if (change.AllowedRemove.Any(id => input.Ledger.Find(change.MailboxId, EntryList.Allowed, new(id)) is null)) yield return "administrator's entry taken out";
            if (change.AllowedRemove.Any(static id => id == id.ToLowerInvariant())) yield return "other case taken out";
            foreach (var evidence in change.Evidence) yield return $"evidence {evidence.Reason}";
        }

        foreach (var level in plan.Changes.OfType<DefaultAccessLevelChange>())
        {
            yield return $"default to {level.To}";
            if (level.Denials > 0) yield return "denied by default level";
        }

        if (plan.Denials > 0) yield return "denials";
        if (!input.IncludeSettings) yield return "quick";
        if (plan.SystemPartnerships > 0) yield return "system";
        if (plan.IsEmpty) yield return "nothing to do";
        if (input.Exchange.Partnerships.Count == 1) yield return "one phone";
        if (input.Exchange.Partnerships.Count > 16) yield return "more than twenty phones";
    }
}
