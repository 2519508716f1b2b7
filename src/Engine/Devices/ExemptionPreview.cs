using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>Tells beforehand what becomes of an entry that is removed: whose it is, and whether the next sync writes it again.</summary>
internal sealed class ExemptionPreview(IStateStore store, AccessPolicy policy)
{
    private readonly Ledger _ledger = store.ReadLedger();

    public ExemptionRemoval Of(ConnectorExemption exemption)
    {
        if (_ledger.Find(exemption.MailboxId, exemption.List, new EasDeviceId(exemption.DeviceId)) is not null)
        {
            return new ExemptionRemoval(exemption with { Owner = EntryOwner.Connector }, Told(exemption), IsGone: false);
        }

        var query = new ExemptionQuery { Mailbox = exemption.MailboxId.ToString(), DeviceId = exemption.DeviceId, List = exemption.List };
        return store.ReadEntries(query).Any()
            ? new ExemptionRemoval(exemption with { Owner = EntryOwner.Administrator }, Told(exemption), IsGone: false)
            : new ExemptionRemoval(exemption, null, IsGone: true);
    }

    private string? Told(ConnectorExemption exemption) => policy.Enabled && exemption.DeviceExists ? WrittenAgain(exemption) : null;

    // The plan that a sync would make, had the entry gone already.
    private string? WrittenAgain(ConnectorExemption exemption)
    {
        if (store.ReadCase(exemption.MailboxId.ToString(), exemption.DeviceId) is not { Exchange.Mailboxes: [var mailbox] } found) return null;
        var id = new EasDeviceId(exemption.DeviceId);
        var plan = PlanBuilder.Build(new PlanInput
        {
            Exchange = found.Exchange with { Mailboxes = [Without(mailbox, exemption)] },
            Tenant = found.Tenant,
            Policy = policy,
            Ledger = new Ledger(found.Ledger.Where(entry => entry.List != exemption.List || entry.DeviceId != id)),
            Now = found.AsOf,
        });
        var added = plan.Changes.OfType<MailboxChange>().SelectMany(change => exemption.List == EntryList.Allowed ? change.AllowedAdd : change.BlockedAdd);
        if (!added.Any(entry => new EasDeviceId(entry) == id)) return null;
        var assessment = plan.Assessments.First(assessment => assessment.Partnership.DeviceId == id);
        return assessment.CombinedDecision == AccessDecision.Allow
            ? $"The next sync writes it again: the decision for this device is Allow ({assessment.Reason}). To stop that, take its user out of the policy with Set-ConnectorAccessPolicy -ExcludedGroup, or have Intune say otherwise of the device."
            : $"The next sync writes it again: the decision for this device is Block ({assessment.Reason}). To stop that, enrol it and make it compliant, or take its user out of the policy with Set-ConnectorAccessPolicy -ExcludedGroup.";
    }

    private static Mailbox Without(Mailbox mailbox, ConnectorExemption exemption) => exemption.List == EntryList.Allowed
        ? mailbox with { AllowedDeviceIds = Without(mailbox.AllowedDeviceIds, exemption.DeviceId) }
        : mailbox with { BlockedDeviceIds = Without(mailbox.BlockedDeviceIds, exemption.DeviceId) };

    private static IReadOnlyList<string> Without(IReadOnlyList<string> list, string id) => [.. list.Where(entry => !EasDeviceId.Comparer.Equals(entry, id))];
}
