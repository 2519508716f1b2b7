using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>
/// One setting of the access policy: its name, its value for people, and what that value does to whom. Views, previews, dry runs and the
/// documentation all take their sentences from this table.
/// </summary>
public sealed class AccessPolicySetting
{
    private const int ShownLength = 80;

    private readonly Func<AccessPolicy, string> _value;
    private readonly Func<AccessPolicy, string> _effect;

    private AccessPolicySetting(string name, Func<AccessPolicy, string> value, Func<AccessPolicy, string> effect)
    {
        Name = name;
        _value = value;
        _effect = effect;
    }

    /// <summary>Every setting, in the order in which people read them.</summary>
    public static IReadOnlyList<AccessPolicySetting> All { get; } =
    [
        new("Enabled", static policy => Text(policy.Enabled), PolicySentences.Enabled),
        new("IncludedGroup", static policy => Groups(policy, policy.IncludedGroups), PolicySentences.Included),
        new("ExcludedGroup", static policy => Groups(policy, policy.ExcludedGroups), PolicySentences.Excluded),
        new("OverrideDefaultRule", static policy => Text(policy.OverrideDefaultRule), PolicySentences.Override),
        new("DefaultAccessLevel", static policy => policy.DefaultAccessLevel.ToString(), PolicySentences.DefaultLevel),
        new("RequireEasActivation", static policy => Text(policy.RequireEasActivation), PolicySentences.Activation),
        new("MissingCompliancePolicy", static policy => policy.MissingCompliancePolicy.ToString(), PolicySentences.MissingPolicy),
        new("DeviceRulePrecedence", static policy => policy.DeviceRulePrecedence.ToString(), PolicySentences.RulePrecedence),
        new("UserMismatch", static policy => policy.UserMismatch.ToString(), PolicySentences.Mismatch),
        new("AllowEntry", static policy => policy.AllowEntry.ToString(), PolicySentences.Entries),
        new("OverrideAdministratorEntry", static policy => Text(policy.OverrideAdministratorEntry), PolicySentences.AdministratorEntry),
        new("RequireLicence", static policy => Text(policy.RequireLicence), PolicySentences.Licence),
        new("LicencePlan", static policy => string.Join(", ", policy.LicencePlans), PolicySentences.Plans),
        new("OutlookService", static policy => policy.OutlookService.ToString(), PolicySentences.Outlook),
        new("LeftoverAfter", static policy => policy.LeftoverAfter.ToString("c", CultureInfo.InvariantCulture), PolicySentences.Leftover),
        new("NotificationContent", static policy => Shown(policy.NotificationContent, "none"), PolicySentences.Notification),
        new("FuseMinimum", static policy => policy.FuseMinimum.ToString(CultureInfo.InvariantCulture), PolicySentences.FuseMinimum),
        new("FusePercent", static policy => policy.FusePercent.ToString(CultureInfo.InvariantCulture), PolicySentences.FusePercent),
        new("FuseDaily", static policy => policy.FuseDaily.ToString(CultureInfo.InvariantCulture), PolicySentences.FuseDaily),
        new("UserMailInsert", static policy => Shown(policy.Organization.UserMailInsert, NotLookedAfter), PolicySentences.UserInsert),
        new("OtaNotificationMailInsert", static policy => Shown(policy.Organization.OtaNotificationMailInsert, NotLookedAfter), PolicySentences.OtaInsert),
        new("AdminMailRecipient", static policy => policy.Organization.AdminMailRecipients is { } all ? string.Join(", ", all) : NotLookedAfter, PolicySentences.Recipients),
    ];

    /// <summary>The setting, by the name of its parameter.</summary>
    public string Name { get; }

    private static string NotLookedAfter => "not looked after";

    /// <summary>Explains every setting of a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>One line for each setting, in the order of <see cref="All"/>.</returns>
    public static IReadOnlyList<AccessPolicyEffect> Explain(AccessPolicy policy) => [.. All.Select(setting => setting.In(policy))];

    /// <summary>The setting of a name.</summary>
    /// <param name="name">The name of its parameter.</param>
    /// <returns>The setting.</returns>
    public static AccessPolicySetting Of(string name) => All.First(setting => setting.Name == name);

    /// <summary>Explains this setting.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Its value there and what that does.</returns>
    public AccessPolicyEffect In(AccessPolicy policy) => new(policy.Connector, Name, _value(policy), _effect(policy));

    /// <summary>Whether two policies differ in this setting.</summary>
    /// <param name="left">One policy.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they do.</returns>
    public bool Differs(AccessPolicy left, AccessPolicy right) => Name switch
    {
        // These two are cut where they are shown.
        "NotificationContent" => left.NotificationContent != right.NotificationContent,
        "UserMailInsert" => left.Organization.UserMailInsert != right.Organization.UserMailInsert,
        "OtaNotificationMailInsert" => left.Organization.OtaNotificationMailInsert != right.Organization.OtaNotificationMailInsert,
        "IncludedGroup" => !PolicyGroupSet.AreSame(left.IncludedGroups, right.IncludedGroups),
        "ExcludedGroup" => !PolicyGroupSet.AreSame(left.ExcludedGroups, right.ExcludedGroups),
        _ => _value(left) != _value(right),
    };

    private static string Text(bool value) => value ? "True" : "False";

    private static string Groups(AccessPolicy policy, IReadOnlyList<string> groups) =>
        groups.Count == 0 ? "none" : string.Join(", ", groups.Select(policy.NameOf));

    private static string Shown(string? text, string none) =>
        text is null ? none : text.Length <= ShownLength ? text : text.Substring(0, ShownLength) + "…";
}
