using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>What an access policy must hold to be saved, and what its author should know.</summary>
internal static class PolicyRules
{
    /// <summary>Refuses a policy that cannot be right.</summary>
    public static void Check(AccessPolicy policy)
    {
        CheckGroups("IncludedGroup", policy.IncludedGroups, allUsers: true);
        CheckGroups("ExcludedGroup", policy.ExcludedGroups, allUsers: false);
        Require(policy.FuseMinimum >= 0, "FuseMinimum", policy.FuseMinimum, "a whole number from 0");
        Require(policy.FusePercent is >= 0 and <= 100, "FusePercent", policy.FusePercent, "a number from 0 to 100");
        Require(policy.FuseDaily >= 0, "FuseDaily", policy.FuseDaily, "a whole number from 0");
        Require(policy.LeftoverAfter >= TimeSpan.Zero, "LeftoverAfter", policy.LeftoverAfter, "a time span from 0 on");
        Require(!policy.RequireLicence || policy.LicencePlans.Count > 0, "LicencePlan", "nothing", "at least one service plan id while -RequireLicence is on");
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
