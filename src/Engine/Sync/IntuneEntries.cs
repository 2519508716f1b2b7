using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Which of Intune's Exchange connectors is the organisation's. Their texts were written by another program, so names are compared in every form.</summary>
internal static class IntuneEntries
{
    /// <summary>Finds the entry of an organisation.</summary>
    /// <param name="entries">What Intune lists.</param>
    /// <param name="organization">Distinguished name of the organisation's container.</param>
    /// <param name="servers">Names of its servers, as far as they are known.</param>
    /// <returns>The entry, of several the one that was synchronised last; null where none is the organisation's.</returns>
    public static IntuneConnectorEntry? Of(IEnumerable<IntuneConnectorEntry> entries, string organization, IEnumerable<string> servers)
    {
        var known = new HashSet<string>(servers.SelectMany(Forms), StringComparer.OrdinalIgnoreCase);
        return entries
            .Where(entry => IsOrganization(entry.Organization, organization) || Forms(entry.Server).Any(known.Contains))
            .OrderByDescending(static entry => entry.LastSync ?? DateTimeOffset.MinValue)
            .ThenBy(static entry => entry.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static bool IsOrganization(string text, string organization) => text.Length > 0
        && (string.Equals(text, organization, StringComparison.OrdinalIgnoreCase) || string.Equals(text, CommonName(organization), StringComparison.OrdinalIgnoreCase));

    private static string? CommonName(string name)
    {
        if (!name.StartsWith("CN=", StringComparison.OrdinalIgnoreCase)) return null;
        var end = name.IndexOf(',');
        return end < 0 ? name.Substring(3) : name.Substring(3, end - 3);
    }

    private static IEnumerable<string> Forms(string? server)
    {
        if (string.IsNullOrEmpty(server)) yield break;
        yield return server!;
        var dot = server!.IndexOf('.');
        if (dot > 0) yield return server.Substring(0, dot);
    }
}
