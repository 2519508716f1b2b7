using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Finds out what became of announced changes to settings, rules and mailbox policies.</summary>
internal static class PendingConfiguration
{
    /// <summary>How a change is to be settled.</summary>
    /// <param name="change">The change.</param>
    /// <param name="exchange">What Exchange says now; complete.</param>
    /// <returns>True when it was written, with what is ours or no more ours by it; null where this read cannot tell.</returns>
    public static (bool Written, OwnedObject? Created, OwnedObject? Removed)? Find(ChangeRecord change, ExchangeSnapshot exchange)
    {
        if (ConfigurationRecords.RuleOf(change) is { } key)
        {
            var rule = exchange.Rules.FirstOrDefault(rule => rule.Characteristic == key.Characteristic && string.Equals(rule.QueryString, key.QueryString, StringComparison.OrdinalIgnoreCase));
            var before = ConfigurationRecords.Value(change.Before, ConfigurationRecords.AccessLevel);
            var after = ConfigurationRecords.Value(change.After, ConfigurationRecords.AccessLevel);
            return Objects(change, OwnedKind.AccessRule, OwnedObject.RuleName(key.Characteristic, key.QueryString), rule?.Id, rule?.AccessLevel.ToString() == after, before, after);
        }

        if (ConfigurationRecords.PolicyOf(change) is { } name)
        {
            if (exchange.Policies is not { } policies) return null;
            var policy = policies.FirstOrDefault(policy => string.Equals(policy.Name, name, StringComparison.OrdinalIgnoreCase));
            var before = ConfigurationRecords.Value(change.Before, ConfigurationRecords.Exists);
            var after = ConfigurationRecords.Value(change.After, ConfigurationRecords.Exists);
            return Objects(change, OwnedKind.MailboxPolicy, name, policy?.Id, after is null ? policy is null : policy is not null && Agrees(policy.Settings, change.After), before, after);
        }

        return (change.After.All(pair => Agrees(pair.Key, pair.Value, exchange)), null, null);
    }

    private static (bool, OwnedObject?, OwnedObject?) Objects(ChangeRecord change, OwnedKind kind, string name, Guid? id, bool isAsAfter, string? before, string? after)
    {
        if (!isAsAfter) return (false, null, null);
        var owned = ConfigurationRecords.Owned(kind, name, id, change.RunId, change.At);
        return (true, before is null ? owned : null, after is null ? owned : null);
    }

    private static bool Agrees(MailboxPolicySettings actual, IReadOnlyDictionary<string, IReadOnlyList<string>> after)
    {
        foreach (var pair in after)
        {
            if (MailboxPolicySetting.Find(pair.Key) is { } setting && (pair.Value.Count != 1 || setting.Text(actual) != pair.Value[0])) return false;
        }

        return true;
    }

    private static bool Agrees(string setting, IReadOnlyList<string> value, ExchangeSnapshot exchange) => setting switch
    {
        ChangeRecords.DefaultAccessLevel => value[0] == exchange.Settings.DefaultAccessLevel.ToString(),
        nameof(WantedOrganizationSettings.UserMailInsert) => value[0] == (exchange.Settings.UserMailInsert ?? string.Empty),
        nameof(WantedOrganizationSettings.OtaNotificationMailInsert) => value[0] == (exchange.Settings.OtaNotificationMailInsert ?? string.Empty),
        nameof(WantedOrganizationSettings.AdminMailRecipients) => new HashSet<string>(value, StringComparer.OrdinalIgnoreCase).SetEquals(exchange.Settings.AdminMailRecipients),
        _ => false,
    };
}
