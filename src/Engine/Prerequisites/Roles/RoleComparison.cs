using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Inspection;

namespace IntuneExchangeConnector.Engine.Prerequisites.Roles;

/// <summary>What a session offers, against what the connector uses.</summary>
internal static class RoleComparison
{
    /// <summary>Cmdlets that are missing under every name, and parameters of those that are there.</summary>
    public static IReadOnlyList<string> Missing(ExchangeOffer offer)
    {
        List<string> missing = [];
        foreach (var cmdlet in CmdletRequirements.All)
        {
            if (cmdlet.Offered(offer) is not { } variant) missing.Add(string.Join(" or ", cmdlet.Names));
            else missing.AddRange(variant.Missing(offer, variant.Needed.Concat(variant.Useful)).Select(parameter => $"{variant.Name} -{parameter}"));
        }

        return missing;
    }

    /// <summary>Cmdlets that the connector never sends.</summary>
    public static IReadOnlyList<string> Beyond(IEnumerable<string> offered) =>
        [.. offered.Where(static name => !ExchangeCatalogue.Names.Contains(name, StringComparer.OrdinalIgnoreCase))];
}
