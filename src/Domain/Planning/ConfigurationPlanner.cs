using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Compares the organisation's configuration with the wanted one:
/// <code>
///   wanted, missing          ─► create; it is ours from then on
///   wanted, there, differs   ─► set
///   wanted no more, ours     ─► remove
///   wanted no more, adopted  ─► let go: it was there before us
///   anything else            ─► an administrator's; no drift, never touched
/// </code>
/// While the access policy is switched off the connector steers nothing, and so nothing is planned here either.
/// </summary>
internal static class ConfigurationPlanner
{
    public static ConfigurationPlan Plan(PlanInput input)
    {
        var wanted = input.Policy.Enabled ? input.Wanted : WantedConfiguration.Nothing;
        var warnings = new List<string>();
        var rules = PlanRules(input, wanted.Rules);
        return new ConfigurationPlan
        {
            Rules = rules,
            RulesAfter = After(input.Exchange.Rules, rules),
            Policies = PlanPolicies(input, wanted.Policies, warnings),
            Organization = PlanOrganization(input.Exchange.Settings, wanted.Organization),
            Gone = [.. input.Owned.Where(owned => IsGone(owned, input.Exchange)).OrderBy(static owned => owned.Kind).ThenBy(static owned => owned.Name, StringComparer.Ordinal)],
            Warnings = warnings,
        };
    }

    /// <summary>The rules after changes.</summary>
    public static IReadOnlyList<DeviceAccessRule> After(IReadOnlyList<DeviceAccessRule> before, IEnumerable<AccessRuleChange> changes)
    {
        List<DeviceAccessRule>? after = null;
        foreach (var change in changes)
        {
            after ??= [.. before];
            if (change.Kind == ObjectAction.Create)
            {
                after.Add(new DeviceAccessRule
                {
                    Id = change.RuleId ?? Guid.Empty,
                    Name = change.Target,
                    Characteristic = change.Characteristic,
                    QueryString = change.QueryString,
                    AccessLevel = change.To!.Value,
                });
                continue;
            }

            var place = after.FindIndex(rule => rule.Id == change.RuleId);
            if (place < 0) continue;
            if (change.Kind == ObjectAction.Remove) after.RemoveAt(place);
            else after[place] = after[place] with { AccessLevel = change.To!.Value };
        }

        return after is null ? before : after;
    }

    private static List<AccessRuleChange> PlanRules(PlanInput input, IReadOnlyList<WantedAccessRule> wanted)
    {
        var changes = new List<AccessRuleChange>();
        if (!input.Policy.Enabled) return changes;
        foreach (var rule in wanted)
        {
            var found = Find(input.Exchange.Rules, rule.Characteristic, rule.QueryString);
            if (found?.AccessLevel == rule.AccessLevel) continue;
            changes.Add(new AccessRuleChange
            {
                Kind = found is null ? ObjectAction.Create : ObjectAction.Set,
                RuleId = found?.Id,
                Characteristic = rule.Characteristic,
                QueryString = found?.QueryString ?? rule.QueryString,
                From = found?.AccessLevel,
                To = rule.AccessLevel,
            });
        }

        foreach (var rule in input.Exchange.Rules)
        {
            if (wanted.Any(own => Is(rule, own.Characteristic, own.QueryString))) continue;
            if (!input.Owned.Any(owned => owned.Is(OwnedKind.AccessRule, OwnedObject.RuleName(rule.Characteristic, rule.QueryString), rule.Id))) continue;
            changes.Add(new AccessRuleChange
            {
                Kind = ObjectAction.Remove,
                RuleId = rule.Id,
                Characteristic = rule.Characteristic,
                QueryString = rule.QueryString,
                From = rule.AccessLevel,
            });
        }

        changes.Sort(static (left, right) =>
        {
            var order = left.Characteristic.CompareTo(right.Characteristic);
            if (order == 0) order = string.Compare(left.QueryString, right.QueryString, StringComparison.OrdinalIgnoreCase);
            return order != 0 ? order : Nullable.Compare(left.RuleId, right.RuleId);
        });
        return changes;
    }

    private static List<MailboxPolicyChange> PlanPolicies(PlanInput input, IReadOnlyList<WantedMailboxPolicy> wanted, List<string> warnings)
    {
        var changes = new List<MailboxPolicyChange>();
        if (!input.Policy.Enabled || input.Exchange.Policies is not { } policies) return changes;
        foreach (var policy in wanted)
        {
            var found = Find(policies, policy.Name);
            var differing = found is null ? policy.Settings : policy.Settings.Beyond(found.Settings);
            if (found is not null && differing.IsEmpty) continue;
            changes.Add(new MailboxPolicyChange
            {
                Kind = found is null ? ObjectAction.Create : ObjectAction.Set,
                PolicyId = found?.Id,
                Name = found?.Name ?? policy.Name,
                Settings = differing,
                Before = found?.Settings.Only(differing) ?? MailboxPolicySettings.Nothing,
            });
        }

        foreach (var policy in policies)
        {
            if (wanted.Any(own => string.Equals(own.Name, policy.Name, StringComparison.OrdinalIgnoreCase))) continue;
            if (!input.Owned.Any(owned => owned.Is(OwnedKind.MailboxPolicy, policy.Name, policy.Id))) continue;
            if (policy.IsDefault) warnings.Add($"Mailbox policy '{policy.Name}' is not removed: it is the organisation's default policy. Make another one the default in Exchange.");
            else changes.Add(new MailboxPolicyChange { Kind = ObjectAction.Remove, PolicyId = policy.Id, Name = policy.Name, Before = policy.Settings });
        }

        changes.Sort(static (left, right) =>
        {
            var order = string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase);
            return order != 0 ? order : Nullable.Compare(left.PolicyId, right.PolicyId);
        });
        warnings.Sort(StringComparer.Ordinal);
        return changes;
    }

    private static OrganizationSettingsChange? PlanOrganization(OrganizationAccessSettings actual, WantedOrganizationSettings wanted)
    {
        var user = wanted.UserMailInsert is { } text && !SameText(text, actual.UserMailInsert);
        var ota = wanted.OtaNotificationMailInsert is { } insert && !SameText(insert, actual.OtaNotificationMailInsert);
        var recipients = wanted.AdminMailRecipients is { } some && !SameSet(some, actual.AdminMailRecipients);
        return !user && !ota && !recipients ? null : new OrganizationSettingsChange
        {
            To = new WantedOrganizationSettings
            {
                UserMailInsert = user ? wanted.UserMailInsert : null,
                OtaNotificationMailInsert = ota ? wanted.OtaNotificationMailInsert : null,
                AdminMailRecipients = recipients ? wanted.AdminMailRecipients : null,
            },
            From = new WantedOrganizationSettings
            {
                UserMailInsert = user ? actual.UserMailInsert ?? string.Empty : null,
                OtaNotificationMailInsert = ota ? actual.OtaNotificationMailInsert ?? string.Empty : null,
                AdminMailRecipients = recipients ? [.. actual.AdminMailRecipients.OrderBy(static one => one, StringComparer.OrdinalIgnoreCase)] : null,
            },
        };
    }

    private static bool IsGone(OwnedObject owned, Devices.ExchangeSnapshot exchange) => owned.Kind switch
    {
        OwnedKind.AccessRule => !exchange.Rules.Any(rule => owned.Is(OwnedKind.AccessRule, OwnedObject.RuleName(rule.Characteristic, rule.QueryString), rule.Id)),
        _ => exchange.Policies is { } policies && !policies.Any(policy => owned.Is(OwnedKind.MailboxPolicy, policy.Name, policy.Id)),
    };

    // Exchange keeps one rule for one characteristic and text; where a read shows two, the choice must not depend on their order.
    private static DeviceAccessRule? Find(IReadOnlyList<DeviceAccessRule> rules, RuleCharacteristic characteristic, string query) =>
        rules.Where(rule => Is(rule, characteristic, query)).OrderBy(static rule => rule.Id).FirstOrDefault();

    /// <summary>The policy of a name; null when there is none.</summary>
    public static ExchangeMailboxPolicy? Find(IReadOnlyList<ExchangeMailboxPolicy> policies, string name) =>
        policies.Where(policy => string.Equals(policy.Name, name, StringComparison.OrdinalIgnoreCase)).OrderBy(static policy => policy.Id).FirstOrDefault();

    // The directory compares without case, and so refuses a second rule that differs in nothing else.
    private static bool Is(DeviceAccessRule rule, RuleCharacteristic characteristic, string query) =>
        rule.Characteristic == characteristic && string.Equals(rule.QueryString, query, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two texts say the same: the configuration file knows one kind of line end only.</summary>
    public static bool SameText(string? left, string? right) => string.Equals(Lines(left), Lines(right), StringComparison.Ordinal);

    /// <summary>Whether two lists hold the same addresses.</summary>
    public static bool SameSet(IReadOnlyList<string> left, IReadOnlyList<string> right) => new HashSet<string>(left, StringComparer.OrdinalIgnoreCase).SetEquals(right);

    private static string Lines(string? text) => (text ?? string.Empty).Replace("\r\n", "\n");
}
