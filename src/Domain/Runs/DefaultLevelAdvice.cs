using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What an administrator does next with a preview, told as far as this module can do it and no further.</summary>
public static class DefaultLevelAdvice
{
    /// <summary>The next steps.</summary>
    /// <param name="preview">The preview, with its rows.</param>
    /// <param name="policy">The access policy as it is.</param>
    /// <returns>Sentences, in the order in which the steps are taken.</returns>
    public static IReadOnlyList<string> For(DefaultLevelPreview preview, AccessPolicy policy)
    {
        var steps = new List<string>();
        if (!preview.PolicyEnabled)
        {
            steps.Add("The access policy is switched off: the connector would write neither this level nor an allow entry. Set the policy up and switch it on with Set-ConnectorAccessPolicy -Enabled $true, "
                + "then preview again before the next sync; Invoke-ConnectorSync -Full -WhatIf shows what the policy itself does.");
        }

        if (preview.Hit > 0) AddHit(preview, policy, steps);
        if (preview.Admitted > 0) steps.Add(Told("{0} devices that get no mail now would get it because of the level (Rows, Effect Admitted).", preview.Admitted));
        if (!preview.PolicyEnabled) return steps;

        if (preview.HeldReason is { } held)
        {
            steps.Add($"The full sync that sets the level would be held: {held} Have the devices enrolled first; or, if it is meant, pass the run's limit with Invoke-ConnectorSync -Full -Force. The limit of a day does not yield to it.");
        }

        steps.Add($"To set the level: Set-ConnectorAccessPolicy -DefaultAccessLevel {preview.Level}, then Invoke-ConnectorSync -Full. The allow entries of compliant devices are written before the level.");
        return steps;
    }

    private static void AddHit(DefaultLevelPreview preview, AccessPolicy policy, List<string> steps)
    {
        var compliant = preview.Rows.Count(static row => row is { Effect: DefaultLevelEffect.Hit, Reason: AccessReason.DefaultRule });
        if (compliant > 0)
        {
            steps.Add(Told("{0} of the devices that are hit are compliant and stay out because the policy leaves them to the default level. Set-ConnectorAccessPolicy -OverrideDefaultRule $true lets them in.", compliant));
        }

        if (preview.Grandfather is not { } grandfather)
        {
            steps.Add(Told(
                "{0} devices of {1} mailboxes would lose mail (Rows, Effect Hit). -ActiveWithin 30 tells which of them synced in the last 30 days, with one command for each of these mailboxes.",
                preview.Hit,
                preview.HitMailboxes));
            return;
        }

        var unknown = preview.Unknown == 0 ? string.Empty : Told(" Of {0} nobody could say.", preview.Unknown);
        steps.Add(Told("{0} of the {1} devices that would lose mail synced in the last {2:0.##} days (Rows, Grandfather).{3}", grandfather, preview.Hit, preview.ActiveWithin!.Value.TotalDays, unknown));
        if (grandfather == 0) return;
        steps.Add("No command of this module keeps those in: it writes allow entries for compliant devices only. Have them enrolled and their users included in the policy; or, for the time being, add their ids to the allowed lists of their mailboxes yourself, with "
            + "Set-CASMailbox -ActiveSyncAllowedDeviceIDs @{Add=...}. The connector takes such an entry for an administrator's own: it never removes it, and where its decision is Block it reports the conflict HeldByAdministrator."
            + (policy.OverrideAdministratorEntry ? " Not so with -OverrideAdministratorEntry, which is on in this policy: there the next sync replaces it." : string.Empty));
    }

    private static string Told(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
