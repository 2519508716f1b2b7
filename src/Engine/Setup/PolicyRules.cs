using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>What an access policy must hold to be saved, and what its author should know.</summary>
internal static class PolicyRules
{
    private const int LongestNotice = 100_000;

    private static readonly TimeSpan s_longestLeftover = TimeSpan.FromDays(3650);

    /// <summary>Refuses a policy that cannot be right.</summary>
    public static void Check(AccessPolicy policy)
    {
        CheckGroups("IncludedGroup", policy.IncludedGroups, allUsers: true);
        CheckGroups("ExcludedGroup", policy.ExcludedGroups, allUsers: false);
        Require(policy.FuseMinimum >= 0, "FuseMinimum", policy.FuseMinimum, "a whole number from 0");
        Require(policy.FusePercent is >= 0 and <= 100, "FusePercent", policy.FusePercent, "a number from 0 to 100");
        Require(policy.FuseDaily >= 0, "FuseDaily", policy.FuseDaily, "a whole number from 0");
        Require(policy.LeftoverAfter >= TimeSpan.Zero && policy.LeftoverAfter <= s_longestLeftover, "LeftoverAfter", policy.LeftoverAfter, "a time span from 0 to 3650 days");
        Require(policy.LicencePlans.All(static plan => plan != Guid.Empty), "LicencePlan", Guid.Empty, "ids of service plans");
        Require((policy.NotificationContent?.Length ?? 0) <= LongestNotice, "NotificationContent", $"a text of {policy.NotificationContent?.Length} characters", "a text of 100000 characters at most");
        Require(policy.NotificationContent?.All(IsWritable) != false, "NotificationContent", "this text", "a text without control characters other than tab and line break");
        Require(!policy.RequireLicence || policy.LicencePlans.Count > 0, "LicencePlan", "nothing", "at least one service plan id while -RequireLicence is on");
    }

    /// <summary>Refuses a change that contradicts itself. What a policy already was does not stand in the way of another change.</summary>
    public static void CheckChange(AccessPolicy before, AccessPolicy after)
    {
        foreach (var group in PolicyGroupSet.InBoth(after.ExcludedGroups, after.IncludedGroups))
        {
            if (PolicyGroupSet.InBoth([group], PolicyGroupSet.InBoth(before.ExcludedGroups, before.IncludedGroups)).Count > 0) continue;
            throw new ConnectorException(
                ErrorIds.InvalidParameter,
                ErrorKind.InvalidInput,
                group,
                $"-ExcludedGroup: {after.NameOf(group)} is an included group too. Exclusion beats inclusion, so its members would never be decided.",
                "Name it in one of -IncludedGroup and -ExcludedGroup. Nothing was changed.");
        }
    }

    /// <summary>What a change means that its author may not expect; only what the change brings.</summary>
    public static IEnumerable<string> Warnings(AccessPolicy before, AccessPolicy after)
    {
        if (after.FuseDaily < after.FuseMinimum && (before.FuseDaily, before.FuseMinimum) != (after.FuseDaily, after.FuseMinimum))
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "-FuseDaily ({0}) is less than -FuseMinimum ({1}): the limit of 24 hours holds a run before the run's own limit does, and -Force does not pass it.",
                after.FuseDaily,
                after.FuseMinimum);
        }

        if (!after.RequireLicence && !after.LicencePlans.SequenceEqual(before.LicencePlans))
        {
            yield return "-LicencePlan has no effect while -RequireLicence is off.";
        }

        if (after.IncludesEverybody && after.IncludedGroups.Count > 1 && !PolicyGroupSet.AreSame(before.IncludedGroups, after.IncludedGroups))
        {
            yield return "-IncludedGroup names AllUsers: the groups beside it add nobody.";
        }
    }

    /// <summary>The one group of a name.</summary>
    /// <exception cref="ConnectorException">None has it, or several have.</exception>
    public static TenantGroup One(string name, IReadOnlyList<TenantGroup> found) => found.Count switch
    {
        1 => found[0],
        0 => throw new ConnectorException(
            ErrorIds.GroupNotFound,
            ErrorKind.NotFound,
            name,
            $"The tenant has no group named '{name}'.",
            "A name is compared whole, without regard to letter case. Check it in the Microsoft Entra admin center, or pass the group's object id. Nothing was changed."),
        _ => throw new ConnectorException(
            ErrorIds.GroupAmbiguous,
            ErrorKind.InvalidInput,
            name,
            $"The tenant has several groups named '{name}': {string.Join(", ", found.Select(static group => group.Id.ToString("D")))}.",
            "Pass the object id of the one that is meant. Nothing was changed."),
    };

    /// <summary>A tenant that never had Intune's own connector, or has nothing of it left.</summary>
    public static ConnectorException NothingToImport(ConnectorSettings settings) => new(
        ErrorIds.LegacyPolicyNotFound,
        ErrorKind.NotFound,
        settings.Tenant.TenantId,
        $"The tenant of connector '{settings.Name}' holds no policy of Intune's own Exchange connector: neither conditional access settings nor an Exchange policy that anybody ever set.",
        "Set the policy with Set-ConnectorAccessPolicy. Nothing was changed.");

    /// <summary>Refuses an import that names groups that are gone.</summary>
    public static void RequireComplete(PolicyImport import)
    {
        if (import.MissingGroups.Count == 0) return;
        throw new ConnectorException(
            ErrorIds.GroupNotFound,
            ErrorKind.NotFound,
            string.Join(", ", import.MissingGroups),
            $"The tenant's policy names {(import.MissingGroups.Count == 1 ? "a group that exists" : "groups that exist")} no more: {string.Join(", ", import.MissingGroups)}.",
            "Run Import-ConnectorAccessPolicy -SkipMissingGroup to leave out what is gone, or -Exclude Group to leave out all groups. Nothing was changed.");
    }

    /// <summary>Refuses an import of which something changed since its preview.</summary>
    public static void RequireUnchanged(PolicyImport import, AccessPolicy now, IReadOnlyList<WantedAccessRule> rules)
    {
        if (rules.SequenceEqual(import.RulesBefore) && !AccessPolicySetting.All.Any(setting => setting.Differs(now, import.PolicyBefore))) return;
        throw new ConnectorException(
            ErrorIds.PolicyChanged,
            ErrorKind.Busy,
            now.Connector,
            $"The policy or the rules of connector '{now.Connector}' changed since the preview.",
            "Run Import-ConnectorAccessPolicy again. Nothing was changed.");
    }

    /// <summary>What a policy means that its author may not expect.</summary>
    public static IEnumerable<string> Warnings(AccessPolicy policy)
    {
        if (!policy.Enabled) yield break;
        if (policy.IncludedGroups.Count == 0)
        {
            yield return "The policy is enabled and includes no group: nobody is decided. Name groups with -IncludedGroup, or everybody with -IncludedGroup AllUsers.";
        }

        if (policy.DefaultAccessLevel is WantedAccessLevel.Block or WantedAccessLevel.Quarantine && !policy.OverrideDefaultRule)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "The default access level is {0} and the override is off: compliant devices stay out too. Run Set-ConnectorAccessPolicy -OverrideDefaultRule $true to let them in.",
                policy.DefaultAccessLevel);
        }
    }

    private static bool IsWritable(char character) => char.IsSurrogate(character) || XmlConvert.IsXmlChar(character);

    private static void CheckGroups(string parameter, IReadOnlyList<string> groups, bool allUsers)
    {
        foreach (var group in groups)
        {
            var known = Guid.TryParse(group, out _) || (allUsers && string.Equals(group, AccessPolicy.AllUsers, StringComparison.OrdinalIgnoreCase));
            Require(known, parameter, group, allUsers ? "group ids (Guids), or AllUsers" : "group ids (Guids)");
        }
    }

    private static void Require(bool holds, string parameter, object value, string allowed)
    {
        if (holds) return;
        throw new ConnectorException(
            ErrorIds.InvalidParameter,
            ErrorKind.InvalidInput,
            parameter,
            string.Format(CultureInfo.InvariantCulture, "-{0} cannot be '{1}'.", parameter, value),
            $"-{parameter} takes {allowed}. Nothing was changed.");
    }
}
