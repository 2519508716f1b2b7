using System;
using System.Globalization;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Judges how many of the mailboxes with devices have a user in the tenant. Another customer's tenant answers every question readily and knows
/// nobody of this organisation: every mailbox would count as nobody's, and every entry of ours would go without a single denial.
/// </summary>
public static class OwnerDoubt
{
    private const string Remedy =
        "See whether the sign-in is of this organisation's tenant (Get-IntuneExchangeConnector names it) and whether directory synchronisation works (Test-ConnectorPrerequisite). If so many really have no user, run Invoke-ConnectorSync -Force.";

    /// <summary>Judges a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="before">How many had a user at the last believed read; null before the first.</param>
    /// <param name="policyEnabled">Whether the policy decides anything.</param>
    /// <returns>Null when the plan may be believed; otherwise what is wrong, with the numbers.</returns>
    public static RunHold? Of(SyncPlan plan, int? before, bool policyEnabled)
    {
        if (!policyEnabled || plan.Owners == 0) return null;
        if (plan.MatchedOwners == 0)
        {
            return before == 0 ? null : Hold("None of the {0} mailboxes with devices has a user in the tenant (last complete read: {1}).", plan.Owners, before ?? 0);
        }

        // Mailboxes whose last device went are no loss.
        if (before is not { } last) return null;
        var expected = Math.Min(last, plan.Owners);
        return Baseline.IsCollapse(expected, plan.MatchedOwners)
            ? Hold("{0} of {1} mailboxes with devices have a user in the tenant; the last complete read found {2}.", plan.MatchedOwners, plan.Owners, last)
            : null;
    }

    private static RunHold Hold(string text, params object[] numbers) => new(string.Format(CultureInfo.InvariantCulture, text, numbers), Remedy);
}
