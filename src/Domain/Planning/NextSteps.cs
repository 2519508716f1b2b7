using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>What an administrator does next about one device.</summary>
internal static class NextSteps
{
    public static string For(DeviceAssessment device, ExchangeVerdict now, MailboxChange? change, DefaultAccessLevelChange? level, AccessPolicy policy, UserRivals? rivals, IReadOnlyList<DeviceIdChange> changes)
    {
        if (device.Conflict == AccessConflict.HeldByAdministrator)
        {
            return device.Decision == AccessDecision.Block
                ? "An administrator's entry lets the device in. Take it out of the mailbox's allowed list, or run Set-ConnectorAccessPolicy -OverrideAdministratorEntry $true."
                : "An administrator's entry keeps the device out. Take it out of the mailbox's blocked list, or run Set-ConnectorAccessPolicy -OverrideAdministratorEntry $true.";
        }

        if (device.Conflict == AccessConflict.DeviceIdMissing)
        {
            return "The device presented no id, so no list can name it. Remove the partnership in Exchange; the device presents itself again.";
        }

        if (device.Decision == AccessDecision.Allow && now.Step == ExchangeAccessStep.ActiveSyncDisabled)
        {
            return "ActiveSync is switched off for the mailbox. Switch it on in Exchange if this user should have mail on phones.";
        }

        // What the old partnership is told to do is the same whatever a sync would write for it.
        if (changes.Count > 0 && device.Decision == AccessDecision.Block) return $"The device seems to have changed its id ({string.Join("; ", changes)}). {changes[changes.Count - 1].NextStep}";

        if (change is not null && WouldChange(change, device))
        {
            return $"The next sync will change the mailbox ({change.Action}). Run Invoke-ConnectorSync to have it now.";
        }

        if (level is not null && now.Step == ExchangeAccessStep.DefaultLevel && now.LetsIn != (level.To == ExchangeAccessLevel.Allow))
        {
            return $"The next full sync will set the default access level to {level.To}, which {(now.LetsIn ? "keeps the device out" : "lets the device in")}. Run Invoke-ConnectorSync -Full to have it now.";
        }

        if (device.CombinedDecision != device.Decision)
        {
            return $"Another partnership of the mailbox has this id and its decision is {device.CombinedDecision}: a list entry covers both. Look at that one.";
        }

        return ForReason(device, policy, rivals);
    }

    private static bool WouldChange(MailboxChange change, DeviceAssessment device)
    {
        foreach (var evidence in change.Evidence)
        {
            if (evidence.DeviceId == device.Partnership.DeviceId) return true;
        }

        return false;
    }

    private static string ForReason(DeviceAssessment device, AccessPolicy policy, UserRivals? rivals) => device.Reason switch
    {
        AccessReason.PolicyDisabled => "Nothing is decided while the policy is switched off. Run Set-ConnectorAccessPolicy -Enabled $true when you are ready.",
        AccessReason.UserNotFound => "No user of the tenant carries a name of this mailbox. Check that the account is synchronised to Entra, with one of the mailbox's addresses.",
        AccessReason.UserAmbiguous => $"Several users of the tenant carry a name of this mailbox{(rivals is null ? string.Empty : $" ({rivals.Names})")}. Correct the duplicate address or account in Entra: until then none of them is taken for its owner.",
        AccessReason.UserNotTargeted => "Add the user to an included group if the policy should concern them.",
        AccessReason.UserExempt => "Take the user out of the excluded group if the policy should concern them.",
        AccessReason.UserNotLicensed => "Assign the user an Intune licence, or run Set-ConnectorAccessPolicy -RequireLicence $false.",
        AccessReason.GovernedElsewhere => "Conditional access in Entra decides for Outlook. Look there.",
        AccessReason.NotEnrolled => "Have the user enrol the device in Intune. If it is enrolled, compare the EAS id that Intune shows with this one: it changes after a reset.",
        AccessReason.UserConflict => "The managed device belongs to another user. Correct its primary user in Intune, or run Set-ConnectorAccessPolicy -UserMismatch Ignore.",
        AccessReason.NotActivated => "Have the user open the activation link of the notice on the device.",
        AccessReason.NotCompliant => "Open the device in Intune, see which setting is not met, and have the user mend it and check in.",
        AccessReason.DeviceRule => "A device access rule of Exchange decides. Change the rule, or run Set-ConnectorAccessPolicy -DeviceRulePrecedence ComplianceFirst.",
        AccessReason.DefaultRule => policy.OverrideDefaultRule ? "Nothing." : "Exchange's default level decides. Run Set-ConnectorAccessPolicy -OverrideDefaultRule $true to let compliant devices in.",
        AccessReason.Compliant => "Nothing: the device gets mail. A change acts at its next sync.",
        _ => "Run Invoke-ConnectorSync -Full and look again.",
    };
}
