using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>What a change does to an object of the organisation's configuration.</summary>
public enum ObjectAction
{
    /// <summary>It is made.</summary>
    Create = 0,

    /// <summary>It is changed.</summary>
    Set = 1,

    /// <summary>It is removed.</summary>
    Remove = 2,
}

/// <summary>
/// A device access rule is created, gets another level, or goes. The level is all that Exchange lets change; a rule of another characteristic
/// or text is another rule.
/// </summary>
public sealed record AccessRuleChange : PlannedChange
{
    /// <summary>What is done.</summary>
    public required ObjectAction Kind { get; init; }

    /// <summary>The rule's Guid, by which it is addressed; null for one that is to be created.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>What the rule looks at.</summary>
    public required RuleCharacteristic Characteristic { get; init; }

    /// <summary>The text it looks for.</summary>
    public required string QueryString { get; init; }

    /// <summary>The level that the plan was made from; null for a rule that is to be created.</summary>
    public ExchangeAccessLevel? From { get; init; }

    /// <summary>The level that is wanted; null for a rule that is to go.</summary>
    public ExchangeAccessLevel? To { get; init; }

    /// <summary>True when more may come in by it, so that it relies on the entries that keep others out; false when it may keep devices out.</summary>
    public bool Loosens => Kind switch
    {
        ObjectAction.Create => To == ExchangeAccessLevel.Allow,
        ObjectAction.Set => To < From,
        _ => From != ExchangeAccessLevel.Allow,
    };

    /// <inheritdoc/>
    public override string Target => $"{QueryString} ({Characteristic})";

    /// <inheritdoc/>
    public override string Action => Kind switch
    {
        ObjectAction.Create => $"create the rule with {To}",
        ObjectAction.Set => $"set the rule to {To} (was {From})",
        _ => $"remove the rule (was {From})",
    };

    /// <inheritdoc/>
    public override int Size => 1;
}

/// <summary>An EAS mailbox policy is created, gets other settings, or goes.</summary>
public sealed record MailboxPolicyChange : PlannedChange
{
    /// <summary>What is done.</summary>
    public required ObjectAction Kind { get; init; }

    /// <summary>The policy's Guid, by which it is addressed; null for one that is to be created.</summary>
    public Guid? PolicyId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The settings that are written; of a policy that goes, none.</summary>
    public MailboxPolicySettings Settings { get; init; } = MailboxPolicySettings.Nothing;

    /// <summary>The same settings as the plan found them; of a policy that goes, all that are known.</summary>
    public MailboxPolicySettings Before { get; init; } = MailboxPolicySettings.Nothing;

    /// <inheritdoc/>
    public override string Target => Name;

    /// <inheritdoc/>
    public override string Action => Kind switch
    {
        ObjectAction.Create => Settings.IsEmpty ? "create the mailbox policy" : $"create the mailbox policy with {Settings}",
        ObjectAction.Set => $"set {Settings} (was {Before})",
        _ => "remove the mailbox policy",
    };

    /// <inheritdoc/>
    public override int Size => Kind == ObjectAction.Set ? Settings.Said().Count : 1;
}

/// <summary>Texts and recipients among the organisation's EAS settings; the default level is a change of its own, because mail depends on it.</summary>
public sealed record OrganizationSettingsChange : PlannedChange
{
    /// <summary>What is written; null stays as it is.</summary>
    public required WantedOrganizationSettings To { get; init; }

    /// <summary>The same settings as the plan found them.</summary>
    public required WantedOrganizationSettings From { get; init; }

    /// <inheritdoc/>
    public override string Target => "ActiveSyncOrganizationSettings";

    /// <inheritdoc/>
    public override string Action => "set " + string.Join(" and ", Names(To));

    /// <inheritdoc/>
    public override int Size => Names(To).Count;

    private static List<string> Names(WantedOrganizationSettings settings)
    {
        var names = new List<string>(3);
        if (settings.UserMailInsert is not null) names.Add(nameof(settings.UserMailInsert));
        if (settings.OtaNotificationMailInsert is not null) names.Add(nameof(settings.OtaNotificationMailInsert));
        if (settings.AdminMailRecipients is not null) names.Add(nameof(settings.AdminMailRecipients));
        return names;
    }
}
