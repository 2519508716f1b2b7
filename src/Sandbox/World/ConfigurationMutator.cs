using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class ConfigurationMutator
{
    public static void Apply(SandboxWorld world, WorldMutation mutation)
    {
        switch (mutation)
        {
            case AccessRuleAdded added:
                world.AccessRules.Add(new SandboxAccessRule
                {
                    Guid = added.Rule,
                    Characteristic = added.Characteristic,
                    QueryString = added.QueryString,
                    AccessLevel = added.AccessLevel,
                    WhenChanged = added.At,
                });
                break;
            case AccessRuleChanged changed when world.AccessRules.Find(rule => rule.Guid == changed.Rule) is { } rule:
                (rule.AccessLevel, rule.WhenChanged) = (changed.AccessLevel, changed.At);
                break;
            case AccessRuleRemoved removed:
                world.AccessRules.RemoveAll(rule => rule.Guid == removed.Rule);
                break;
            case MailboxPolicyAdded added:
                var fresh = new SandboxMailboxPolicy { Guid = added.Policy, Name = added.Name };
                world.MailboxPolicies.Add(fresh);
                Change(world, fresh, added.IsDefault, added.Settings, added.At);
                break;
            case MailboxPolicyChanged changed when world.MailboxPolicies.Find(policy => policy.Guid == changed.Policy) is { } policy:
                Change(world, policy, changed.IsDefault, changed.Settings, changed.At);
                break;
            case MailboxPolicyRemoved removed:
                world.MailboxPolicies.RemoveAll(policy => policy.Guid == removed.Policy);
                break;
        }
    }

    private static void Change(SandboxWorld world, SandboxMailboxPolicy policy, bool? isDefault, IReadOnlyDictionary<string, object?>? settings, DateTimeOffset at)
    {
        if (isDefault == true)
        {
            foreach (SandboxMailboxPolicy other in world.MailboxPolicies) other.IsDefault = false;
        }

        policy.IsDefault = isDefault ?? policy.IsDefault;
        foreach ((string name, object? value) in settings ?? new Dictionary<string, object?>()) policy.Settings[name] = WorldJson.Plain(value);
        policy.WhenChanged = at;
    }
}
