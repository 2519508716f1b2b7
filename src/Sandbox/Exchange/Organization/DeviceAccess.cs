using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>What Exchange lets a device do and why; the rule is named where one decided.</summary>
internal readonly record struct DeviceAccess(string State, string Reason, SandboxAccessRule? Rule = null)
{
    /// <summary>
    /// Exchange's own decision, first match wins:
    /// <code>
    ///   a transient state that Exchange set itself    as it was set
    ///   EAS switched off for the mailbox              blocked
    ///   mailbox policy not met                        blocked       Policy
    ///   id in the mailbox's blocked list              blocked       Individual
    ///   id in the mailbox's allowed list              allowed       Individual
    ///   device access rules: block, quarantine, allow as the rule   DeviceRule
    ///   default access level                          as the level  Global
    /// </code>
    /// </summary>
    public static DeviceAccess Evaluate(SandboxWorld world, SandboxMailbox mailbox, SandboxPartnership device)
    {
        if (device.TransientState is { } transient)
            return new DeviceAccess(transient, device.TransientReason ?? "Unknown");
        if (!mailbox.ActiveSyncEnabled)
            return new DeviceAccess("Blocked", "Unknown");
        if (device.PolicyNotMet)
            return new DeviceAccess("Blocked", "Policy");
        if (Contains(mailbox.BlockedDeviceIds, device.DeviceId))
            return new DeviceAccess("Blocked", "Individual");
        if (Contains(mailbox.AllowedDeviceIds, device.DeviceId))
            return new DeviceAccess("Allowed", "Individual");
        if (DecidingRule(world.AccessRules, device) is { } rule)
            return new DeviceAccess(StateOf(rule.AccessLevel), "DeviceRule", rule);
        return new DeviceAccess(StateOf(world.OrganizationSettings.DefaultAccessLevel), "Global");
    }

    private static SandboxAccessRule? DecidingRule(List<SandboxAccessRule> rules, SandboxPartnership device)
    {
        SandboxAccessRule? strictest = null;
        foreach (SandboxAccessRule rule in rules)
        {
            if (Strictness(rule.AccessLevel) > Strictness(strictest?.AccessLevel) && Matches(rule, device))
                strictest = rule;
        }

        return strictest;
    }

    private static int Strictness(string? level) => level switch
    {
        "Block" => 3,
        "Quarantine" => 2,
        "Allow" => 1,
        _ => 0,
    };

    private static bool Matches(SandboxAccessRule rule, SandboxPartnership device)
    {
        string? value = rule.Characteristic switch
        {
            "DeviceType" => device.DeviceType,
            "DeviceModel" => device.DeviceModel,
            "DeviceOS" => device.DeviceOS,
            "UserAgent" => device.DeviceUserAgent,
            _ => null,
        };
        return rule.QueryString.Equals(value, StringComparison.OrdinalIgnoreCase);
    }

    private static string StateOf(string level) => level switch
    {
        "Block" => "Blocked",
        "Quarantine" => "Quarantined",
        _ => "Allowed",
    };

    private static bool Contains(List<string> ids, string id)
    {
        foreach (string entry in ids)
        {
            if (entry.Equals(id, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
