using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Which of Intune's Exchange connectors is the organisation's. Their texts were written by another program, so names come in several forms.</summary>
internal static class IntuneEntries
{
    /// <summary>Finds the entry of an organisation.</summary>
    /// <param name="entries">What Intune lists.</param>
    /// <param name="organization">Distinguished name of the organisation's container.</param>
    /// <param name="servers">Names of its servers, as far as they are known.</param>
    /// <returns>The entry, of several the one that was synchronised last; null where none is the organisation's.</returns>
    public static IntuneConnectorEntry? Of(IEnumerable<IntuneConnectorEntry> entries, string organization, IEnumerable<string> servers)
    {
        var known = servers.ToList();
        return entries
            .Where(entry => IsOrganizations(entry, organization, known))
            .OrderByDescending(static entry => entry.LastSync ?? DateTimeOffset.MinValue)
            .ThenBy(static entry => entry.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    // Organisations of other forests are called First Organization as a rule, and servers EX01: neither a common name nor a short one is a sign by itself
    // where the entry says anything else that contradicts it.
    private static bool IsOrganizations(IntuneConnectorEntry entry, string organization, List<string> servers)
    {
        if (Same(entry.Organization, organization) || servers.Exists(server => Same(server, entry.Server))) return true;
        var mayBe = entry.Organization.Length == 0 || Same(entry.Organization, CommonName(organization));
        return mayBe && servers.Exists(server => IsShortFor(server, entry.Server) || IsShortFor(entry.Server, server));
    }

    private static bool Same(string text, string? other) => text.Length > 0 && string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsShortFor(string name, string full) =>
        name.Length > 0 && name.IndexOf('.') < 0 && full.Length > name.Length && full[name.Length] == '.' && full.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static string? CommonName(string name)
    {
        if (!name.StartsWith("CN=", StringComparison.OrdinalIgnoreCase)) return null;
        var end = name.IndexOf(',');
        return end < 0 ? name.Substring(3) : name.Substring(3, end - 3);
    }
}
