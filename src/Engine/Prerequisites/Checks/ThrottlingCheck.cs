using System.Globalization;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Exchange.Lanes;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>Whether an account may hold as many sessions open as the connector uses, and leave some for people.</summary>
internal static class ThrottlingCheck
{
    public static PrerequisiteCheck Judge(string account, SessionAllowance? allowance, int sessions, string command)
    {
        var row = Requirements.ThrottlingPolicy;
        if (allowance is null) return row.Skipped(account, "No throttling policy tells.", command);
        var policy = allowance.IsOwn ? $"policy {allowance.Policy} of the account" : $"policy {allowance.Policy}";
        if (allowance.MaximumSessions is not { } limit) return row.Passed(account, $"PowerShellMaxConcurrency is unlimited ({policy}).");
        var proof = string.Format(CultureInfo.InvariantCulture, "PowerShellMaxConcurrency is {0} ({1}); the connector opens {2} and leaves {3} for people.", limit, policy, sessions, LaneWidth.Reserve);
        if (limit >= sessions + LaneWidth.Reserve) return row.Passed(account, proof);
        var remedy = string.Format(
            CultureInfo.InvariantCulture,
            "New-ThrottlingPolicy -Name 'Intune Exchange Connector' -ThrottlingPolicyScope Regular -PowerShellMaxConcurrency {0}; Set-ThrottlingPolicyAssociation -Identity {1} -ThrottlingPolicy 'Intune Exchange Connector'",
            sessions + LaneWidth.Reserve,
            PowerShellText.Quote(account));
        return limit < sessions ? row.Failed(account, proof, remedy) : row.Warning(account, proof, remedy);
    }
}
