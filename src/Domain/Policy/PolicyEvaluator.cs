using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>
/// The decision. The first rule that applies wins:
/// <code>
///    1  policy switched off                       Leave  PolicyDisabled
///    2  no user of the tenant                     Leave  UserNotFound
///       several users of the tenant               Leave  UserAmbiguous
///       user not included                         Leave  UserNotTargeted
///    3  user excluded                             Leave  UserExempt
///    4  user without licence                      Leave  UserNotLicensed
///    5  Outlook's cloud service                   Leave  GovernedElsewhere
///    6  no managed device                         Block  NotEnrolled
///       a managed device of another user          Block  UserConflict
///    7  mail not activated (iOS, Android)         Block  NotActivated
///    8  not compliant                             Block  NotCompliant
///    9  a device rule comes first                 Leave  DeviceRule
///   10  override on                               Allow  Compliant
///       override off                              Leave  DefaultRule
/// </code>
/// </summary>
public static class PolicyEvaluator
{
    private const string Continue = "continue";
    private const string Included = "User is in an included group";

    /// <summary>Decides one partnership.</summary>
    /// <param name="policy">The access policy.</param>
    /// <param name="subject">What the decision looks at.</param>
    /// <param name="trace">Receives every rule that was tried; null when nobody asks.</param>
    /// <returns>The decision and its reason.</returns>
    public static (AccessDecision Decision, AccessReason Reason) Evaluate(AccessPolicy policy, in AccessCase subject, ICollection<DecisionStep>? trace = null)
    {
        var reason = Decide(policy, subject, trace);
        return (DecisionOf(reason), reason);
    }

    /// <summary>The decision that a reason stands for.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>The decision.</returns>
    public static AccessDecision DecisionOf(AccessReason reason) => reason switch
    {
        AccessReason.Compliant => AccessDecision.Allow,
        AccessReason.NotEnrolled or AccessReason.UserConflict or AccessReason.NotActivated or AccessReason.NotCompliant => AccessDecision.Block,
        _ => AccessDecision.LeaveToExchange,
    };

    /// <summary>Whether a state counts as compliant.</summary>
    /// <param name="policy">The access policy.</param>
    /// <param name="state">The state as Graph gave it.</param>
    /// <returns>True when it does.</returns>
    public static bool IsCompliant(AccessPolicy policy, ComplianceState state) => state switch
    {
        ComplianceState.Compliant or ComplianceState.InGracePeriod => true,
        ComplianceState.NonCompliant or ComplianceState.Conflict or ComplianceState.Error => false,
        _ => policy.MissingCompliancePolicy == MissingCompliancePolicy.Compliant,
    };

    private static AccessReason Decide(AccessPolicy policy, in AccessCase subject, ICollection<DecisionStep>? trace)
    {
        if (Ends(trace, !policy.Enabled, "Policy is enabled", policy.Enabled ? "enabled" : "disabled", AccessReason.PolicyDisabled)) return AccessReason.PolicyDisabled;

        if (subject.Owner.User is null)
        {
            var reason = subject.Owner.Join == UserJoin.Ambiguous ? AccessReason.UserAmbiguous : AccessReason.UserNotFound;
            Ends(trace, true, Included, trace is null ? "" : NoOwner(subject), reason);
            return reason;
        }

        if (Ends(trace, !subject.UserIncluded, Included, trace is null ? "" : Owner(subject.Owner), AccessReason.UserNotTargeted)) return AccessReason.UserNotTargeted;
        if (Ends(trace, subject.UserExcluded, "User is in an excluded group", subject.UserExcluded ? "member" : "no member", AccessReason.UserExempt)) return AccessReason.UserExempt;

        var unlicensed = policy.RequireLicence && !subject.Owner.User.IsLicensed;
        if (Ends(trace, unlicensed, "User is licensed for Intune", Licence(policy, subject.Owner.User), AccessReason.UserNotLicensed)) return AccessReason.UserNotLicensed;

        var elsewhere = subject.Partnership.IsOutlookService && policy.OutlookService == OutlookServiceAccess.Leave;
        if (Ends(trace, elsewhere, "Device is Outlook's cloud service", subject.Partnership.DeviceType, AccessReason.GovernedElsewhere)) return AccessReason.GovernedElsewhere;

        var device = subject.Device;
        if (Ends(trace, device.Join == DeviceJoin.None, "Device is enrolled", Enrolment(device), AccessReason.NotEnrolled)) return AccessReason.NotEnrolled;
        if (Ends(trace, device.Join == DeviceJoin.OtherUser, "Managed device belongs to the user", trace is null ? "" : DeviceOwner(device), AccessReason.UserConflict)) return AccessReason.UserConflict;

        var notActivated = policy.RequireEasActivation && Any(device.Candidates, static candidate => candidate.NeedsEasActivation && !candidate.EasActivated);
        if (Ends(trace, notActivated, "Mail is activated", trace is null ? "" : Activation(policy, device), AccessReason.NotActivated)) return AccessReason.NotActivated;

        if (Ends(trace, !AllCompliant(policy, device.Candidates), "Device is compliant", trace is null ? "" : Compliance(policy, device), AccessReason.NotCompliant)) return AccessReason.NotCompliant;

        var ruleFirst = subject.RuleName is not null && policy.DeviceRulePrecedence == DeviceRulePrecedence.RuleFirst;
        if (Ends(trace, ruleFirst, "A device rule comes first", trace is null ? "" : Rule(policy, subject.RuleName), AccessReason.DeviceRule)) return AccessReason.DeviceRule;

        var last = policy.OverrideDefaultRule ? AccessReason.Compliant : AccessReason.DefaultRule;
        Ends(trace, true, "Compliant devices override the default level", policy.OverrideDefaultRule ? "override on" : "override off", last);
        return last;
    }

    private static bool Ends(ICollection<DecisionStep>? trace, bool ends, string rule, string input, AccessReason reason)
    {
        trace?.Add(new DecisionStep(rule, input, ends ? $"{DecisionOf(reason)} ({reason})" : Continue));
        return ends;
    }

    private static bool AllCompliant(AccessPolicy policy, IReadOnlyList<ManagedDevice> devices)
    {
        for (var i = 0; i < devices.Count; i++)
        {
            if (!IsCompliant(policy, devices[i].Compliance)) return false;
        }

        return true;
    }

    private static bool Any(IReadOnlyList<ManagedDevice> devices, Func<ManagedDevice, bool> holds)
    {
        for (var i = 0; i < devices.Count; i++)
        {
            if (holds(devices[i])) return true;
        }

        return false;
    }

    private static string Owner(UserMatch owner) => $"{owner.User!.UserPrincipalName}, found by {owner.Join}";

    private static string NoOwner(in AccessCase subject) =>
        subject.Owner.Join != UserJoin.Ambiguous ? "no user of the tenant carries any name of this mailbox"
        : subject.Rivals is { } rivals ? rivals.ToString()
        : "several users of the tenant carry a name of this mailbox";

    private static string Licence(AccessPolicy policy, TenantUser user) =>
        !policy.RequireLicence ? "not asked for" : user.IsLicensed ? "licensed" : "no enabled service plan of the policy";

    private static string Enrolment(DeviceMatch device) => device.Shown is null ? "no managed device has this EAS id" : device.Shown.Id;

    private static string DeviceOwner(DeviceMatch device) =>
        device.Shown!.UserPrincipalName is { Length: > 0 } name ? name : "no user";

    private static string Activation(AccessPolicy policy, DeviceMatch device) =>
        policy.RequireEasActivation ? OfEach(device, Activation) : "not asked for";

    private static string Activation(ManagedDevice device) =>
        !device.NeedsEasActivation ? $"{device.OperatingSystem} needs none"
        : $"{device.OperatingSystem}, {(device.EasActivated ? "activated" : "not activated")}";

    private static string Compliance(AccessPolicy policy, DeviceMatch device) => OfEach(device, candidate => State(policy, candidate));

    // Where several count, the one that decides need not be the one that is shown.
    private static string OfEach(DeviceMatch device, Func<ManagedDevice, string> tell)
    {
        if (device.Candidates.Count == 1) return tell(device.Shown!);
        var parts = new List<string>();
        foreach (var candidate in device.Candidates) parts.Add($"{candidate.Id}: {tell(candidate)}");
        return string.Join("; ", parts);
    }

    private static string State(AccessPolicy policy, ManagedDevice device) => device.Compliance is ComplianceState.Unknown or ComplianceState.ConfigManager
        ? string.Format(CultureInfo.InvariantCulture, "{0}, which the policy counts as {1}", Word(device), policy.MissingCompliancePolicy)
        : device.Compliance.ToString();

    private static string Word(ManagedDevice device) =>
        device.ComplianceText is { } word ? string.Format(CultureInfo.InvariantCulture, "{0} ({1})", device.Compliance, word) : device.Compliance.ToString();

    private static string Rule(AccessPolicy policy, string? rule) =>
        rule is null ? "no device rule matches" : $"{rule}, {policy.DeviceRulePrecedence}";
}
