using System;
using System.Globalization;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// The limit on how much one run, and one day, may deny. It is asked before the first write. The run's limit yields to
/// <c>-Force</c>; the day's does not, because a mistake that is forced once an hour is still one mistake.
/// </summary>
public static class Fuse
{
    // 0.57 % of 10,000 is 57, and 56.999… in binary.
    private const int ShareDigits = 9;

    /// <summary>Denials that a run may make.</summary>
    /// <param name="policy">The access policy.</param>
    /// <param name="decided">Partnerships decided Allow or Block.</param>
    /// <returns>The larger of the policy's minimum and its share of the decided.</returns>
    public static int RunLimit(AccessPolicy policy, int decided) =>
        Math.Max(policy.FuseMinimum, (int)Math.Floor(Math.Round(decided * policy.FusePercent / 100, ShareDigits)));

    /// <summary>Asks the fuse.</summary>
    /// <param name="policy">The access policy.</param>
    /// <param name="plan">The plan that is about to be applied.</param>
    /// <param name="deniedInLastDay">Denials that runs of the last 24 hours made.</param>
    /// <param name="force">Whether the run's limit yields.</param>
    /// <returns>Null when the plan may be applied; otherwise why not, with the numbers.</returns>
    public static RunHold? Hold(AccessPolicy policy, SyncPlan plan, int deniedInLastDay, bool force)
    {
        if (plan.Denials == 0) return null;

        var decided = plan.Allowed + plan.Blocked;
        var limit = RunLimit(policy, decided);
        if (!force && plan.Denials > limit)
        {
            return new RunHold(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The run would take mail away from {0} of {1} decided devices; the limit of a run is {2}.",
                    plan.Denials,
                    decided,
                    limit),
                "Look with Invoke-ConnectorSync -WhatIf; if it is right, run Invoke-ConnectorSync -Force.");
        }

        if (deniedInLastDay + plan.Denials > policy.FuseDaily)
        {
            return new RunHold(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The run would take mail away from {0} devices after {1} in the last 24 hours; the limit of a day is {2}.",
                    plan.Denials,
                    deniedInLastDay,
                    policy.FuseDaily),
                string.Format(
                    CultureInfo.InvariantCulture,
                    "Look with Invoke-ConnectorSync -WhatIf. {0}; -Force does not pass this limit. If it is right, raise it with Set-ConnectorAccessPolicy -FuseDaily {1}.",
                    plan.Denials > policy.FuseDaily ? "Waiting does not help, because this run alone is beyond the limit" : "Wait until those of the last 24 hours are a day old",
                    (long)deniedInLastDay + plan.Denials));
        }

        return null;
    }
}
