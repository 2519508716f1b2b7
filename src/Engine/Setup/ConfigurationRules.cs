using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>What a wanted configuration must hold to be saved, and what its author should know.</summary>
internal static class ConfigurationRules
{
    private const int InsertLength = 256;
    private const int NameLength = 64;

    /// <summary>Refuses a rule that cannot be right.</summary>
    public static void Check(WantedAccessRule rule)
    {
        Require(rule.Characteristic != RuleCharacteristic.Unknown, "Characteristic", rule.Characteristic.ToString(), "DeviceType, DeviceModel, DeviceOS or UserAgent");
        Require(WantedAccessRule.IsQueryString(rule.QueryString), "QueryString", rule.QueryString, "a text of 1 to 256 characters without control characters, exactly as the devices present it");
    }

    /// <summary>Refuses a mailbox policy that cannot be right.</summary>
    public static void Check(WantedMailboxPolicy policy)
    {
        Require(policy.Name.Trim().Length > 0 && policy.Name == policy.Name.Trim() && policy.Name.Length <= NameLength && !policy.Name.Any(char.IsControl), "Policy", policy.Name, "a name of 1 to 64 characters");
        foreach (var setting in MailboxPolicySetting.All) Require(setting.IsValid(policy.Settings), setting.Name, setting.Text(policy.Settings), setting.Allowed);
        foreach (var mailbox in policy.Mailboxes) Require(mailbox.Trim().Length > 0 && !mailbox.Any(char.IsControl), "Mailbox", mailbox, "SMTP addresses, canonical names, distinguished names or Guids");
    }

    /// <summary>Refuses organisation settings that Exchange would refuse.</summary>
    public static void Check(WantedOrganizationSettings organization)
    {
        Require((organization.UserMailInsert?.Length ?? 0) <= InsertLength, "UserMailInsert", organization.UserMailInsert, "a text of 256 characters at most");
        Require((organization.OtaNotificationMailInsert?.Length ?? 0) <= InsertLength, "OtaNotificationMailInsert", organization.OtaNotificationMailInsert, "a text of 256 characters at most");
        foreach (var recipient in organization.AdminMailRecipients ?? [])
        {
            Require(recipient.IndexOf('@') > 0 && !recipient.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)), "AdminMailRecipient", recipient, "SMTP addresses");
        }
    }

    /// <summary>Refuses a rule that is looked after already.</summary>
    public static void RequireNew(ConnectorSettings settings, WantedAccessRule rule)
    {
        if (Find(settings, rule.Characteristic, rule.QueryString) is not { } known) return;
        throw new ConnectorException(
            ErrorIds.AccessRuleExists, ErrorKind.AlreadyExists, OwnedObject.RuleName(rule.Characteristic, rule.QueryString),
            $"Connector '{settings.Name}' looks after a rule for {rule.Characteristic} '{known.QueryString}' already; it gives {known.AccessLevel}.",
            "Change its level with Set-ConnectorAccessRule.");
    }

    /// <summary>Refuses a policy that is looked after already.</summary>
    public static void RequireNew(ConnectorSettings settings, WantedMailboxPolicy policy)
    {
        if (Find(settings, policy.Name) is not { } known) return;
        throw new ConnectorException(
            ErrorIds.MailboxPolicyExists, ErrorKind.AlreadyExists, known.Name,
            $"Connector '{settings.Name}' looks after mailbox policy '{known.Name}' already.",
            "Change it with Set-ConnectorMailboxPolicy.");
    }

    /// <summary>Refuses two policies for everybody whom the access policy targets.</summary>
    public static void RequireOneTarget(IReadOnlyList<WantedMailboxPolicy> policies)
    {
        WantedMailboxPolicy[] targeted = [.. policies.Where(static policy => policy.AssignTo == PolicyAssignment.Targeted)];
        Require(targeted.Length < 2, "AssignTo", nameof(PolicyAssignment.Targeted), targeted.Length < 2 ? string.Empty : $"{nameof(PolicyAssignment.Targeted)} for one policy only, and '{targeted[0].Name}' has it");
    }

    /// <summary>The rule that is looked after.</summary>
    public static WantedAccessRule RequireKnown(ConnectorSettings settings, RuleCharacteristic characteristic, string queryString) =>
        Find(settings, characteristic, queryString) ?? throw new ConnectorException(
            ErrorIds.AccessRuleNotFound, ErrorKind.NotFound, OwnedObject.RuleName(characteristic, queryString),
            $"Connector '{settings.Name}' looks after no rule for {characteristic} '{queryString}'.",
            "Get-ConnectorAccessRule lists the rules. New-ConnectorAccessRule takes an administrator's rule into care.");

    /// <summary>The policy that is looked after.</summary>
    public static WantedMailboxPolicy RequireKnown(ConnectorSettings settings, string policy) =>
        Find(settings, policy) ?? throw new ConnectorException(
            ErrorIds.MailboxPolicyNotFound, ErrorKind.NotFound, policy,
            $"Connector '{settings.Name}' looks after no mailbox policy '{policy}'.",
            "Get-ConnectorMailboxPolicy lists the policies. New-ConnectorMailboxPolicy takes an administrator's policy into care.");

    /// <summary>What a policy means that its author may not expect; only what the change brings.</summary>
    public static IEnumerable<string> Warnings(WantedMailboxPolicy policy, WantedMailboxPolicy? before)
    {
        if (policy.Settings.AllowNonProvisionableDevices == false && before?.Settings.AllowNonProvisionableDevices != false)
        {
            yield return $"Mailbox policy '{policy.Name}' lets no device in that cannot apply every setting of it. Exchange keeps such devices out before it looks at any list or rule, and the fuse cannot count them.";
        }
    }

    /// <summary>What a state means for the next sync.</summary>
    public static string Meaning(string what, ConfigurationState state, ConfigurationOwner owner, DateTimeOffset? asOf)
    {
        var read = asOf is { } at ? $" (as of {at.UtcDateTime:u})" : " (Exchange was not read yet)";
        return state switch
        {
            ConfigurationState.ToCreate => $"{what} does not exist in Exchange{read}. The next full sync creates it, through plan and fuse.",
            ConfigurationState.ToChange => $"{what} is otherwise in Exchange{read}. The next full sync changes it, through plan and fuse."
                + (owner == ConfigurationOwner.Administrator ? " An administrator made it; the connector adopts it and will never remove it." : string.Empty),
            ConfigurationState.ToRemove => $"{what} was created by the connector{read}. The next full sync removes it, through plan and fuse.",
            ConfigurationState.InPlace => $"{what} is as wanted in Exchange{read}."
                + (owner == ConfigurationOwner.Administrator ? " An administrator made it; the connector adopts it and will never remove it." : string.Empty),
            _ => $"{what} was made by an administrator{read}. It stays in Exchange as it is.",
        };
    }

    private static WantedAccessRule? Find(ConnectorSettings settings, RuleCharacteristic characteristic, string queryString) => settings.Wanted.Rules
        .FirstOrDefault(own => own.Characteristic == characteristic && string.Equals(own.QueryString, queryString, StringComparison.OrdinalIgnoreCase));

    private static WantedMailboxPolicy? Find(ConnectorSettings settings, string name) =>
        settings.Wanted.Policies.FirstOrDefault(own => string.Equals(own.Name, name, StringComparison.OrdinalIgnoreCase));

    private static void Require(bool holds, string parameter, string? value, string allowed)
    {
        if (holds) return;
        throw new ConnectorException(
            ErrorIds.InvalidParameter,
            ErrorKind.InvalidInput,
            parameter,
            $"-{parameter} cannot be '{value}'.",
            $"-{parameter} takes {allowed}. Nothing was changed.");
    }
}
