using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// How changes of rules, mailbox policies and organisation settings stand in the journal. Both sides name the object, so that a record can be
/// read without its change; the side on which it does not exist holds nothing else.
/// </summary>
internal static class ConfigurationRecords
{
    /// <summary>Key of a mailbox's assigned policy.</summary>
    public const string AssignedPolicy = "ActiveSyncMailboxPolicy";

    /// <summary>Key of a rule: its characteristic and its text.</summary>
    public const string Rule = "AccessRule";

    /// <summary>Key of a rule's level.</summary>
    public const string AccessLevel = "AccessLevel";

    /// <summary>Key of a mailbox policy: its name.</summary>
    public const string Policy = "MailboxPolicy";

    /// <summary>Key that says that an object exists.</summary>
    public const string Exists = "Exists";

    /// <summary>The values before a change.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Before(PlannedChange change) => change switch
    {
        AccessRuleChange rule => Of(rule, rule.From),
        MailboxPolicyChange policy => Of(policy, policy.Kind != ObjectAction.Create, policy.Before),
        OrganizationSettingsChange organization => Of(organization.From),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    /// <summary>The values after a change.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> After(PlannedChange change) => change switch
    {
        AccessRuleChange rule => Of(rule, rule.To),
        MailboxPolicyChange policy => Of(policy, policy.Kind != ObjectAction.Remove, policy.Settings),
        OrganizationSettingsChange organization => Of(organization.To),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    /// <summary>The object that a change made ours; null for none.</summary>
    public static OwnedObject? Created(PlannedChange change, Guid runId, DateTimeOffset now) => change switch
    {
        AccessRuleChange { Kind: ObjectAction.Create } rule => Owned(OwnedKind.AccessRule, NameOf(rule), rule.RuleId, runId, now),
        MailboxPolicyChange { Kind: ObjectAction.Create } policy => Owned(OwnedKind.MailboxPolicy, policy.Name, policy.PolicyId, runId, now),
        _ => null,
    };

    /// <summary>The object of ours that a change removed; null for none.</summary>
    public static OwnedObject? Removed(PlannedChange change, Guid runId, DateTimeOffset now) => change switch
    {
        AccessRuleChange { Kind: ObjectAction.Remove } rule => Owned(OwnedKind.AccessRule, NameOf(rule), rule.RuleId, runId, now),
        MailboxPolicyChange { Kind: ObjectAction.Remove } policy => Owned(OwnedKind.MailboxPolicy, policy.Name, policy.PolicyId, runId, now),
        _ => null,
    };

    /// <summary>The rule that a record is about; null for another record.</summary>
    public static (RuleCharacteristic Characteristic, string QueryString)? RuleOf(ChangeRecord record) =>
        record.After.TryGetValue(Rule, out var names) && names.Count == 2 && Enum.TryParse<RuleCharacteristic>(names[0], out var characteristic) ? (characteristic, names[1]) : null;

    /// <summary>The mailbox policy that a record is about; null for another record.</summary>
    public static string? PolicyOf(ChangeRecord record) => record.After.TryGetValue(Policy, out var names) && names.Count == 1 ? names[0] : null;

    /// <summary>The one value of a key; null where there is none.</summary>
    public static string? Value(IReadOnlyDictionary<string, IReadOnlyList<string>> values, string key) =>
        values.TryGetValue(key, out var found) && found.Count == 1 ? found[0] : null;

    /// <summary>An object of ours.</summary>
    public static OwnedObject Owned(OwnedKind kind, string name, Guid? id, Guid runId, DateTimeOffset at) => new() { Kind = kind, Name = name, Id = id, RunId = runId, WrittenAt = at };

    private static string NameOf(AccessRuleChange rule) => OwnedObject.RuleName(rule.Characteristic, rule.QueryString);

    private static Dictionary<string, IReadOnlyList<string>> Of(AccessRuleChange rule, ExchangeAccessLevel? level)
    {
        var values = new Dictionary<string, IReadOnlyList<string>> { [Rule] = [rule.Characteristic.ToString(), rule.QueryString] };
        if (level is { } known) values.Add(AccessLevel, [known.ToString()]);
        return values;
    }

    private static Dictionary<string, IReadOnlyList<string>> Of(MailboxPolicyChange policy, bool exists, MailboxPolicySettings settings)
    {
        var values = new Dictionary<string, IReadOnlyList<string>> { [Policy] = [policy.Name] };
        if (!exists) return values;
        values.Add(Exists, ["true"]);
        foreach (var pair in settings.Said()) values.Add(pair.Key, [pair.Value]);
        return values;
    }

    private static Dictionary<string, IReadOnlyList<string>> Of(WantedOrganizationSettings settings)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        if (settings.UserMailInsert is { } user) values.Add(nameof(settings.UserMailInsert), [user]);
        if (settings.OtaNotificationMailInsert is { } ota) values.Add(nameof(settings.OtaNotificationMailInsert), [ota]);
        if (settings.AdminMailRecipients is { } recipients) values.Add(nameof(settings.AdminMailRecipients), [.. recipients.OrderBy(static one => one, StringComparer.OrdinalIgnoreCase)]);
        return values;
    }
}
