using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Organization;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>What a probe found.</summary>
/// <param name="Before">What was known when it began.</param>
/// <param name="Servers">What is known after it.</param>
/// <param name="NotTried">Servers that it left out, each with the reason.</param>
internal sealed record ProbeFindings(IReadOnlyList<KnownServer> Before, IReadOnlyList<KnownServer> Servers, IReadOnlyDictionary<string, string> NotTried)
{
    /// <summary>Joins them with what a run may have learned while the probe went on: of each server, what was seen last.</summary>
    /// <param name="now">What is known by now.</param>
    /// <returns>What there is to keep.</returns>
    public IReadOnlyList<KnownServer> Over(IReadOnlyList<KnownServer> now)
    {
        var before = ByName(Before);
        var mine = ByName(Servers);
        var theirs = ByName(now);
        List<KnownServer> joined = [];
        foreach (var known in now)
        {
            var name = known.Server.Fqdn;
            before.TryGetValue(name, out var old);
            if (mine.TryGetValue(name, out var own)) joined.Add(Later(own, known) with { Server = own.Server == old?.Server ? known.Server : own.Server });
            else if (old != known) joined.Add(known);
        }

        // Who is gone from the organisation's list since, stays away.
        joined.AddRange(Servers.Where(known => !theirs.ContainsKey(known.Server.Fqdn) && !before.ContainsKey(known.Server.Fqdn)));
        return joined;
    }

    // Where the work is, a run knows and a probe does not, unless it saw that nobody answers there.
    private static KnownServer Later(KnownServer own, KnownServer other) =>
        own.LastProbe is not { } seen || other.LastProbe >= seen ? other
        : own with { InUse = other.InUse && own.FailedSince is null };

    private static Dictionary<string, KnownServer> ByName(IReadOnlyList<KnownServer> servers) =>
        servers.ToDictionary(static known => known.Server.Fqdn, StringComparer.OrdinalIgnoreCase);
}
