using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>What each setting does to whom, said of the values that a policy has.</summary>
internal static class PolicySentences
{
    private const string WholeOrganization = "Every phone of the organisation that nothing else decides";

    public static string Enabled(AccessPolicy policy) =>
        !policy.Enabled ? "Off: every phone is left to Exchange, and the next sync withdraws what the connector wrote. The other settings wait until it is on."
        : IncludesNobody(policy) ? "On, but no group is included, so no phone is decided."
        : $"On: at every sync the phones of {Lower(Who(policy))} are decided. Everybody else's are left to Exchange.";

    public static string Included(AccessPolicy policy) =>
        IncludesNobody(policy) ? "Nobody is included, so no phone is decided."
        : policy.IncludesEverybody ? "Every user: a phone that is not enrolled in Intune, or not compliant, is blocked."
        : $"Members of {Names(policy, policy.IncludedGroups)}, through groups in {(policy.IncludedGroups.Count == 1 ? "it" : "them")} too: a phone that is not enrolled in Intune, or not compliant, is blocked.";

    public static string Excluded(AccessPolicy policy) => policy.ExcludedGroups.Count == 0
        ? "Nobody is excepted."
        : $"Members of {Names(policy, policy.ExcludedGroups)}, even those who are in an included group too: their phones are left to Exchange.";

    public static string Override(AccessPolicy policy) => Of(policy, policy.OverrideDefaultRule
        ? "a compliant phone is allowed, whatever the default level is."
        : policy.DefaultAccessLevel switch
        {
            WantedAccessLevel.Unmanaged => "the connector allows no phone; a compliant one gets whatever default level Exchange has.",
            WantedAccessLevel.Allow => "the connector allows no phone; a compliant one gets the default level, Allow.",
            var level => $"the connector allows no phone; a compliant one gets the default level, {level}, and stays out.",
        });

    public static string DefaultLevel(AccessPolicy policy) => policy.DefaultAccessLevel switch
    {
        WantedAccessLevel.Allow => $"{WholeOrganization} is let in, also of users whom the policy does not include.",
        WantedAccessLevel.Block => $"{WholeOrganization} is refused, also of users whom the policy does not include.",
        WantedAccessLevel.Quarantine => $"{WholeOrganization} waits in quarantine, also of users whom the policy does not include; its user gets one mail that says so.",
        _ => $"{WholeOrganization} gets the level that Exchange has; no sync changes it.",
    };

    public static string Activation(AccessPolicy policy) => Of(policy, policy.RequireEasActivation
        ? "an iPhone, iPad or Android phone is blocked until its EAS id is activated in Intune."
        : "a phone needs to be enrolled and compliant; whether its EAS id is activated does not matter.");

    public static string MissingPolicy(AccessPolicy policy) => Of(policy, policy.MissingCompliancePolicy == MissingCompliancePolicy.Compliant
        ? "an enrolled phone counts as compliant where no compliance policy reaches it."
        : "an enrolled phone is blocked where no compliance policy reaches it.");

    public static string RulePrecedence(AccessPolicy policy) => Of(
        policy,
        policy.DeviceRulePrecedence == DeviceRulePrecedence.RuleFirst ? "where a device access rule matches a compliant phone, Exchange applies the rule's level."
        : policy.OverrideDefaultRule ? "a compliant phone is allowed even where a device access rule would keep it out."
        : "a compliant phone is left to Exchange, and so to its device access rules.");

    public static string Mismatch(AccessPolicy policy) => Of(policy, policy.UserMismatch == UserMismatch.Block
        ? "a phone that Intune knows as another user's is blocked."
        : "a phone that Intune knows as another user's counts as the mailbox's own.");

    public static string Entries(AccessPolicy policy) => policy.AllowEntry == AllowEntry.Always
        ? "Every allowed phone gets an entry in its mailbox's allowed list, so that a later change of the default level locks nobody out."
        : "An allowed phone gets an entry in its mailbox's allowed list only where Exchange would keep it out; a stricter default level keeps the others out until the next sync.";

    public static string AdministratorEntry(AccessPolicy policy) => policy.OverrideAdministratorEntry
        ? "An administrator's own entry that contradicts a decision is replaced."
        : "An administrator's own entry that contradicts a decision stands, and the phone is reported with the conflict HeldByAdministrator.";

    public static string Licence(AccessPolicy policy) => policy.RequireLicence
        ? "Users without a licence: their phones are left to Exchange and reported as UserNotLicensed."
        : "Users without a licence are decided like all others.";

    public static string Plans(AccessPolicy policy) => policy.RequireLicence
        ? $"A user with {(policy.LicencePlans.Count == 1 ? "this service plan" : "any one of these service plans")} counts as licensed."
        : "Without effect: nobody needs a licence.";

    public static string Outlook(AccessPolicy policy) => policy.OutlookService == OutlookServiceAccess.Leave
        ? "Outlook's cloud service is left to Exchange, for everybody: conditional access in Entra decides about it."
        : Of(policy, "Outlook's cloud service is decided like any phone, and so blocked unless enrolled.");

    public static string Leftover(AccessPolicy policy) => policy.LeftoverAfter == TimeSpan.Zero
        ? "The connector's entry for a phone is withdrawn by the first complete read that does not show the phone."
        : $"The connector's entry for a phone is withdrawn when complete reads have not shown the phone for {Duration(policy.LeftoverAfter)}; a phone that returns later is decided anew.";

    public static string Notification(AccessPolicy policy) => policy.NotificationContent is { } text
        ? Of(policy, $"the notice to the user of a blocked phone says this, {Number(text.Length)} characters of HTML.")
        : "The connector has no notice for users.";

    public static string FuseMinimum(AccessPolicy policy) => $"A run may take mail from {Phones(policy.FuseMinimum)}, however few there are.";

    public static string FusePercent(AccessPolicy policy) =>
        $"A run that would take mail from more than {policy.FusePercent.ToString("0.##", CultureInfo.InvariantCulture)} % of the decided phones, and from more than {Number(policy.FuseMinimum)}, is held before its first write.";

    public static string FuseDaily(AccessPolicy policy) =>
        $"The runs of 24 hours together may take mail from {Phones(policy.FuseDaily)}; -Force does not pass this limit.";

    public static string UserInsert(AccessPolicy policy) => Insert(policy.Organization.UserMailInsert, "users of quarantined phones");

    public static string OtaInsert(AccessPolicy policy) => Insert(policy.Organization.OtaNotificationMailInsert, "phones that need an update");

    public static string Recipients(AccessPolicy policy) => policy.Organization.AdminMailRecipients switch
    {
        null => "Exchange's own list of administrators who are told of quarantined phones stays as it is.",
        { Count: 0 } => "Exchange tells no administrator of quarantined phones.",
        _ => "Exchange tells these administrators of every quarantined phone of the organisation.",
    };

    private static string Insert(string? text, string to) => text switch
    {
        null => $"Exchange's own text in its mail to {to} stays as it is.",
        "" => $"Exchange adds no text to its mail to {to}.",
        _ => $"Exchange adds this text to its mail to {to}, in the whole organisation.",
    };

    private static bool IncludesNobody(AccessPolicy policy) => policy.IncludedGroups.Count == 0;

    private static string Of(AccessPolicy policy, string effect) => $"{Who(policy)}: {effect}";

    private static string Who(AccessPolicy policy)
    {
        if (IncludesNobody(policy)) return "Nobody yet (no group is included)";
        var who = policy.IncludesEverybody ? "Every user" : $"Members of {Names(policy, policy.IncludedGroups)}";
        return policy.ExcludedGroups.Count == 0 ? who : $"{who}, except members of {Names(policy, policy.ExcludedGroups)}";
    }

    private static string Names(AccessPolicy policy, IReadOnlyList<string> groups)
    {
        // A sentence with ids in it is none; the value beside it has them.
        string[] names = [.. groups.Select(group => policy.GroupNames.TryGetValue(group, out var name) ? name : group)];
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Length - 1))} and {names[names.Length - 1]}";
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text.Substring(1);

    private static string Phones(int count) => count switch
    {
        0 => "no phone",
        1 => "one phone",
        _ => $"up to {Number(count)} phones",
    };

    private static string Duration(TimeSpan time) => time.TotalDays switch
    {
        1 => "a day",
        >= 1 => $"{time.TotalDays.ToString("0.##", CultureInfo.InvariantCulture)} days",
        _ => $"{time.TotalHours.ToString("0.##", CultureInfo.InvariantCulture)} hours",
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
