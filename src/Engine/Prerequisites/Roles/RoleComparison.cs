using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Prerequisites.Roles;

/// <summary>What a session offers, against what the connector uses.</summary>
internal static class RoleComparison
{
    // They steer how a cmdlet reports and whether it asks, and give no right to anything.
    private static readonly HashSet<string> s_ofEveryCmdlet = new(StringComparer.OrdinalIgnoreCase)
    {
        "Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable", "PipelineVariable",
        "ProgressAction", "Verbose", "WarningAction", "WarningVariable", "WhatIf",
    };

    /// <summary>Cmdlets that are missing under every name, and parameters of those that are there.</summary>
    public static IReadOnlyList<string> Missing(ExchangeOffer offer)
    {
        List<string> missing = [];
        foreach (var cmdlet in UsedCmdlets.Requirements)
        {
            if (cmdlet.Offered(offer) is not { } variant) missing.Add(string.Join(" or ", cmdlet.Names));
            else missing.AddRange(variant.Missing(offer, variant.Needed.Concat(variant.Useful)).Select(parameter => $"{variant.Name} -{parameter}"));
        }

        return missing;
    }

    /// <summary>Cmdlets that the connector never sends, and parameters that never travel with those that it does.</summary>
    /// <param name="everything">Every cmdlet that the session offers.</param>
    /// <param name="offer">What it offers of the cmdlets that the connector knows.</param>
    public static IReadOnlyList<string> Beyond(IEnumerable<string> everything, ExchangeOffer offer)
    {
        var beyond = new List<string>(everything.Where(static name => !UsedCmdlets.Entries.Any(entry => Is(entry.Name, name))));
        foreach (var entry in UsedCmdlets.Entries.Where(static entry => !RoleGroupBuilder.OfTheShell.Contains(entry.Name)))
        {
            if (!offer.Parameters.TryGetValue(entry.Name, out var parameters) || parameters is null) continue;
            beyond.AddRange(parameters
                .Where(parameter => !entry.Parameters.Contains(parameter, StringComparer.OrdinalIgnoreCase) && !s_ofEveryCmdlet.Contains(parameter))
                .Select(parameter => $"{entry.Name} -{ServerText.Clean(parameter, 100)}"));
        }

        beyond.Sort(StringComparer.OrdinalIgnoreCase);
        return beyond;
    }

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
