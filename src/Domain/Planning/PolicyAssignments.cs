using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Which mailbox gets which EAS mailbox policy: the one that names it, otherwise the one for all that the access policy targets, otherwise
/// whatever it has. Only mailboxes of a policy that is about to be removed go back to the organisation's default.
/// </summary>
internal sealed class PolicyAssignments
{
    private readonly IReadOnlyList<ExchangeMailboxPolicy> _policies;
    private readonly Dictionary<Guid, WantedMailboxPolicy> _named = [];
    private readonly WantedMailboxPolicy? _targeted;
    private readonly List<ExchangeMailboxPolicy> _going;

    public PolicyAssignments(PlanInput input, ConfigurationPlan configuration, List<string> warnings)
    {
        _policies = input.Exchange.Policies ?? [];
        _going = [.. configuration.Policies.Where(static change => change.Kind == ObjectAction.Remove).Select(change => _policies.First(policy => policy.Id == change.PolicyId))];
        if (!input.Policy.Enabled || input.Exchange.Policies is null) return;

        var wanted = input.Wanted.Policies.OrderBy(static policy => policy.Name, StringComparer.OrdinalIgnoreCase).ToList();
        _targeted = wanted.Find(static policy => policy.AssignTo == PolicyAssignment.Targeted);
        if (wanted.Exists(static policy => policy.Mailboxes.Count > 0)) Name(wanted, input.Exchange, warnings);
    }

    /// <summary>True when no mailbox's policy can change.</summary>
    public bool IsEmpty => _named.Count == 0 && _targeted is null && _going.Count == 0;

    /// <summary>Adds a mailbox's assignment to its change.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="change">What else changes; null for nothing.</param>
    /// <param name="devices">Its decided partnerships.</param>
    /// <returns>Both in one; null when nothing changes.</returns>
    public MailboxChange? Join(Mailbox mailbox, MailboxChange? change, IReadOnlyList<DeviceAssessment> devices)
    {
        if (IsEmpty) return change;
        var wanted = _named.TryGetValue(mailbox.Id, out var named) ? named : _targeted is not null && IsTargeted(devices) ? _targeted : null;
        var policy = wanted is null ? null : ConfigurationPlanner.Find(_policies, wanted.Name);
        if (wanted is null ? !_going.Exists(going => going.IsNamed(mailbox.MailboxPolicy)) : policy?.IsNamed(mailbox.MailboxPolicy) == true) return change;
        return (change ?? new MailboxChange
        {
            MailboxId = mailbox.Id,
            Mailbox = mailbox.PrimarySmtpAddress,
            AllowedBefore = mailbox.AllowedDeviceIds,
            BlockedBefore = mailbox.BlockedDeviceIds,
        }) with
        {
            ChangesMailboxPolicy = true,
            MailboxPolicyTo = policy?.Name ?? wanted?.Name,
            MailboxPolicyId = policy?.Id,
            MailboxPolicyBefore = mailbox.MailboxPolicy,
        };
    }

    private static bool IsTargeted(IReadOnlyList<DeviceAssessment> devices)
    {
        for (var i = 0; i < devices.Count; i++)
        {
            if (devices[i].Reason is not (AccessReason.PolicyDisabled or AccessReason.UserNotTargeted or AccessReason.UserNotFound or AccessReason.UserAmbiguous or AccessReason.UserExempt or AccessReason.UserNotLicensed)) return true;
        }

        return false;
    }

    private void Name(List<WantedMailboxPolicy> wanted, ExchangeSnapshot exchange, List<string> warnings)
    {
        var byName = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        var twice = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var mailbox in exchange.Mailboxes)
        {
            Add(mailbox.Id.ToString("D"), mailbox.Id);
            Add(mailbox.Identity, mailbox.Id);
            Add(mailbox.PrimarySmtpAddress, mailbox.Id);
            if (mailbox.DistinguishedName is { } dn) Add(dn, mailbox.Id);
            foreach (var address in mailbox.SmtpAddresses) Add(address, mailbox.Id);
        }

        var first = warnings.Count;
        foreach (var policy in wanted)
        {
            foreach (var text in policy.Mailboxes)
            {
                var name = Guid.TryParse(text, out var guid) ? guid.ToString("D") : text.Trim();
                if (twice.Contains(name)) warnings.Add($"Mailbox policy '{policy.Name}' is not assigned to '{text}': several mailboxes have that name.");
                else if (!byName.TryGetValue(name, out var id)) warnings.Add($"Mailbox policy '{policy.Name}' is not assigned to '{text}': no mailbox has that name.");
                else if (!_named.TryGetValue(id, out var other)) _named.Add(id, policy);
                else if (other != policy) warnings.Add($"Mailbox policy '{policy.Name}' is not assigned to '{text}': policy '{other.Name}' names it too.");
            }
        }

        warnings.Sort(first, warnings.Count - first, StringComparer.Ordinal);

        void Add(string name, Guid id)
        {
            if (!byName.TryGetValue(name, out var known)) byName.Add(name, id);
            else if (known != id) twice.Add(name);
        }
    }
}
