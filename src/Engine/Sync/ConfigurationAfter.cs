using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>What was read of the organisation's configuration, with what was written since.</summary>
internal static class ConfigurationAfter
{
    /// <summary>Lays changes over a read.</summary>
    /// <param name="read">The read.</param>
    /// <param name="written">Changes of settings, rules and policies that were confirmed, in their order.</param>
    /// <returns>The read with the changes.</returns>
    public static ExchangeSnapshot Of(ExchangeSnapshot read, IReadOnlyList<PlannedChange> written)
    {
        foreach (var change in written)
        {
            read = change switch
            {
                DefaultAccessLevelChange level => read with { Settings = read.Settings with { DefaultAccessLevel = level.To } },
                OrganizationSettingsChange organization => read with { Settings = Of(read.Settings, organization.To) },
                AccessRuleChange rule => read with { Rules = Of(read.Rules, rule) },
                MailboxPolicyChange policy => read with { Policies = Of(read.Policies ?? [], policy) },
                _ => read,
            };
        }

        return read;
    }

    private static OrganizationAccessSettings Of(OrganizationAccessSettings read, WantedOrganizationSettings to) => read with
    {
        UserMailInsert = to.UserMailInsert is null ? read.UserMailInsert : to.UserMailInsert.Length == 0 ? null : to.UserMailInsert,
        OtaNotificationMailInsert = to.OtaNotificationMailInsert is null ? read.OtaNotificationMailInsert : to.OtaNotificationMailInsert.Length == 0 ? null : to.OtaNotificationMailInsert,
        AdminMailRecipients = to.AdminMailRecipients ?? read.AdminMailRecipients,
    };

    private static IReadOnlyList<DeviceAccessRule> Of(IReadOnlyList<DeviceAccessRule> rules, AccessRuleChange change) => change.Kind switch
    {
        ObjectAction.Create =>
        [
            .. rules,
            new DeviceAccessRule
            {
                Id = change.RuleId ?? Guid.Empty,
                Name = change.Target,
                Characteristic = change.Characteristic,
                QueryString = change.QueryString,
                AccessLevel = change.To!.Value,
            },
        ],
        ObjectAction.Set => [.. rules.Select(rule => rule.Id == change.RuleId ? rule with { AccessLevel = change.To!.Value } : rule)],
        _ => [.. rules.Where(rule => rule.Id != change.RuleId)],
    };

    private static IReadOnlyList<ExchangeMailboxPolicy> Of(IReadOnlyList<ExchangeMailboxPolicy> policies, MailboxPolicyChange change) => change.Kind switch
    {
        ObjectAction.Create => [.. policies, new ExchangeMailboxPolicy { Id = change.PolicyId ?? Guid.Empty, Name = change.Name, Settings = change.Settings }],
        ObjectAction.Set => [.. policies.Select(policy => policy.Id == change.PolicyId ? policy with { Settings = policy.Settings.With(change.Settings) } : policy)],
        _ => [.. policies.Where(policy => policy.Id != change.PolicyId)],
    };
}
