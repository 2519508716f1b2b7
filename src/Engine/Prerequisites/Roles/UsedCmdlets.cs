using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Inspection;

namespace IntuneExchangeConnector.Engine.Prerequisites.Roles;

/// <summary>
/// The cmdlets that the connector sends. The catalogue admits one more, because its predecessor asked for it; a right that nobody uses is one
/// that can be abused, so it is neither asked for nor checked.
/// </summary>
internal static class UsedCmdlets
{
    private static readonly string[] s_neverSent = ["Get-Recipient"];

    /// <summary>The cmdlets under each of their names.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } = [.. ExchangeCatalogue.Entries.Where(static entry => IsSent(entry.Name))];

    /// <summary>What of them a session needs, sorted by their newer name.</summary>
    public static IReadOnlyList<CmdletRequirement> Requirements { get; } = [.. CmdletRequirements.All.Where(static cmdlet => cmdlet.Names.All(IsSent))];

    private static bool IsSent(string name) => !s_neverSent.Contains(name, StringComparer.OrdinalIgnoreCase);
}
