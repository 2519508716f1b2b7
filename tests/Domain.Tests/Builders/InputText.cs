using System.Linq;
using System.Text;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>An organisation as a failed property shows it: short enough to be read.</summary>
internal static class InputText
{
    public static string Of(PlanInput input)
    {
        var text = new StringBuilder();
        text.Append('\n').Append(input.Policy).Append('\n');
        text.Append(input.IncludeSettings ? "full" : "quick").Append(", default ").Append(input.Exchange.Settings.DefaultAccessLevel);
        text.Append(input.Exchange.Unreadable.Count > 0 ? ", an unreadable row\n" : "\n");
        foreach (var rule in input.Exchange.Rules) text.Append("rule ").Append(rule.Name).Append(' ').Append(rule.AccessLevel).Append('\n');
        foreach (var rule in input.Wanted.Rules) text.Append("wanted ").Append(rule).Append('\n');
        foreach (var owned in input.Owned) text.Append("ours ").Append(owned.Kind).Append(' ').Append(owned.Name).Append(' ').Append(owned.Id).Append('\n');
        foreach (var policy in input.Exchange.Policies ?? []) text.Append("policy ").Append(policy).Append('\n');
        foreach (var policy in input.Wanted.Policies) text.Append("wanted ").Append(policy).Append(" for ").AppendJoin(' ', policy.Mailboxes).Append('\n');
        foreach (var mailbox in input.Exchange.Mailboxes)
        {
            text.Append("mailbox ").Append(mailbox.Id).Append(' ').Append(mailbox.DisplayName).Append(mailbox.ActiveSyncEnabled ? "" : " EAS off").Append(' ').Append(mailbox.MailboxPolicy);
            text.Append(" allowed [").AppendJoin(' ', mailbox.AllowedDeviceIds).Append("] blocked [").AppendJoin(' ', mailbox.BlockedDeviceIds).Append("]\n");
        }

        foreach (var phone in input.Exchange.Partnerships)
        {
            text.Append("phone ").Append(phone.Id).Append(" of ").Append(phone.OwnerCanonicalName).Append(' ').Append(phone.DeviceType).Append(" '").Append(phone.DeviceId);
            text.Append("' ").AppendJoin(' ', phone.DeviceModel, phone.DeviceOS, phone.UserAgent).Append('\n');
        }

        foreach (var device in input.Tenant.ManagedDevices) text.Append(device).Append('\n');
        foreach (var user in input.Tenant.Users) text.Append(user).Append('\n');
        text.Append("included ").Append(input.Tenant.IncludedUsers is { } included ? string.Join(' ', included) : "everybody");
        text.Append(", excluded ").AppendJoin(' ', input.Tenant.ExcludedUsers).Append('\n');
        foreach (var entry in input.Ledger.Mailboxes.SelectMany(input.Ledger.Of)) text.Append(entry).Append('\n');
        return text.ToString();
    }
}
