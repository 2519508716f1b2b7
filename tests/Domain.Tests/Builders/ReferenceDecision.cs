using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>Matching and decision told a second time, slowly and without indexes, from the rules as people read them.</summary>
internal static class ReferenceDecision
{
    /// <summary>The reason for one partnership; null for one of Exchange's own.</summary>
    public static AccessReason? Of(PlanInput input, EasPartnership phone)
    {
        var mailbox = MailboxOf(input, phone);
        if (IsSystem(phone, mailbox)) return null;
        if (mailbox is null) return AccessReason.MailboxNotFound;

        var policy = input.Policy;
        if (!policy.Enabled) return AccessReason.PolicyDisabled;

        var users = UsersOf(input, mailbox);
        if (users.Count == 0) return AccessReason.UserNotFound;
        if (users.Count > 1) return AccessReason.UserAmbiguous;
        var user = users[0];
        if (input.Tenant.IncludedUsers?.Contains(user.Id) == false) return AccessReason.UserNotTargeted;
        if (input.Tenant.ExcludedUsers.Contains(user.Id)) return AccessReason.UserExempt;
        if (policy.RequireLicence && !user.IsLicensed) return AccessReason.UserNotLicensed;
        if (Same(phone.DeviceType, "OutlookService") && policy.OutlookService == OutlookServiceAccess.Leave) return AccessReason.GovernedElsewhere;

        var withId = input.Tenant.ManagedDevices.Where(device => !phone.DeviceId.IsEmpty && Same(device.EasDeviceId.Value, phone.DeviceId.Value)).ToList();
        if (withId.Count == 0) return AccessReason.NotEnrolled;
        var own = withId.Where(device => device.UserId == user.Id).ToList();
        if (own.Count == 0 && policy.UserMismatch == UserMismatch.Block) return AccessReason.UserConflict;

        var devices = own.Count > 0 ? own : withId;
        if (policy.RequireEasActivation && devices.Exists(static device => device.OperatingSystem is "iOS" or "iPadOS" or "Android" && !device.EasActivated)) return AccessReason.NotActivated;
        if (!devices.TrueForAll(device => IsCompliant(device.Compliance, policy.MissingCompliancePolicy))) return AccessReason.NotCompliant;
        if (policy.DeviceRulePrecedence == DeviceRulePrecedence.RuleFirst && input.Exchange.Rules.Any(rule => Matches(rule, phone))) return AccessReason.DeviceRule;
        return policy.OverrideDefaultRule ? AccessReason.Compliant : AccessReason.DefaultRule;
    }

    private static bool IsCompliant(ComplianceState state, MissingCompliancePolicy missing) =>
        state is ComplianceState.Compliant or ComplianceState.InGracePeriod
        || (state is ComplianceState.Unknown or ComplianceState.ConfigManager && missing == MissingCompliancePolicy.Compliant);

    private static bool IsSystem(EasPartnership phone, Mailbox? mailbox) =>
        phone.DeviceType is "EASProbeDeviceType" or "TestActiveSyncConnectivity"
        || Same(phone.DeviceId.Value, "validate")
        || mailbox?.DisplayName.StartsWith("extest_", StringComparison.Ordinal) == true;

    private static Mailbox? MailboxOf(PlanInput input, EasPartnership phone) =>
        input.Exchange.Mailboxes.SingleOrDefault(mailbox => mailbox.DistinguishedName is not null && Same(mailbox.DistinguishedName, phone.OwnerDistinguishedName))
        ?? input.Exchange.Mailboxes.SingleOrDefault(mailbox => Same(mailbox.Identity, phone.OwnerCanonicalName));

    private static List<TenantUser> UsersOf(PlanInput input, Mailbox mailbox)
    {
        string[] addresses = [mailbox.PrimarySmtpAddress, .. mailbox.SmtpAddresses];
        Func<TenantUser, bool>[] names =
        [
            user => mailbox.DistinguishedName is not null && Same(user.OnPremisesDistinguishedName, mailbox.DistinguishedName),
            user => user.OnPremisesObjectGuid == mailbox.Id,
            user => Same(user.OnPremisesSamAccountName, mailbox.SamAccountName) && Same(user.OnPremisesDomainName, "contoso.com"),
            user => user.SmtpAddresses.Any(address => addresses.Any(own => Same(own, address))),
            user => addresses.Any(own => Same(own, user.UserPrincipalName)),
        ];
        foreach (var carries in names)
        {
            var carriers = input.Tenant.Users.Where(carries).ToList();
            if (carriers.Count > 0) return carriers;
        }

        return [];
    }

    private static bool Matches(DeviceAccessRule rule, EasPartnership phone)
    {
        var texts = new Dictionary<RuleCharacteristic, string?>
        {
            [RuleCharacteristic.DeviceType] = phone.DeviceType,
            [RuleCharacteristic.DeviceModel] = phone.DeviceModel,
            [RuleCharacteristic.DeviceOS] = phone.DeviceOS,
            [RuleCharacteristic.UserAgent] = phone.UserAgent,
        };
        return rule.QueryString.Length > 0 && texts.TryGetValue(rule.Characteristic, out var text) && Same(text, rule.QueryString);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
