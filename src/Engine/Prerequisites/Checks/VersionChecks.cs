using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Prerequisites;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>Versions of the organisation's servers.</summary>
internal static class VersionChecks
{
    public static IEnumerable<PrerequisiteCheck> Run(IReadOnlyList<ExchangeServer> servers, string connected)
    {
        foreach (var server in servers) yield return Version(server, isConnected: Is(server.Fqdn, connected) || Is(server.Name, connected));
        yield return Newest(servers, connected);
    }

    // A session of a server that is too old works for a while and fails where it hurts; the others only matter once they take over.
    private static PrerequisiteCheck Version(ExchangeServer server, bool isConnected)
    {
        var row = Requirements.ExchangeVersion with { IsRequired = isConnected };
        var role = server.Role.Length == 0 ? string.Empty : $", {server.Role}";
        return server.Version switch
        {
            null => row.Warning(server.Fqdn, $"The server does not tell its version{role}.", $"Get-ExchangeServer {PowerShellText.Quote(server.Name)} | Format-List AdminDisplayVersion"),
            { IsSupported: true } version => row.Passed(server.Fqdn, version + role),
            { } version => row.Failed(server.Fqdn, version + role, isConnected ? "Exchange Server 2010 SP3 is the oldest that works. Update the server, or use another one of the organisation." : "Exchange Server 2010 SP3 is the oldest that works. Update the server, or exclude it from failover."),
        };
    }

    private static PrerequisiteCheck Newest(IReadOnlyList<ExchangeServer> servers, string connected)
    {
        var row = Requirements.NewestServer;
        var holders = servers.Where(static server => server is { IsMailboxServer: true, Version: not null }).ToList();
        if (holders.Count == 0) return row.Skipped(connected, "No server tells that it holds mailboxes, and its version.");
        var newest = holders.OrderByDescending(static server => server.Version).First();
        if (holders.All(server => Equals(server.Version, newest.Version))) return row.Passed(connected, $"Every server that holds mailboxes is {newest.Version}.");
        var own = servers.FirstOrDefault(server => Is(server.Fqdn, connected) || Is(server.Name, connected));
        if (own?.Version is not { } version) return row.Skipped(connected, $"Which server this is cannot be told: none of the organisation's is called {connected}. The newest is {newest.Fqdn}, {newest.Version}.");
        return version.CompareTo(newest.Version) >= 0
            ? row.Passed(connected, version.ToString())
            : row.Warning(connected, $"{version}; {newest.Fqdn}, which holds mailboxes, is {newest.Version}. An older server may fail for mailboxes on a newer one.", $"Use -ExchangeServer {newest.Fqdn}.");
    }

    private static bool Is(string name, string connected) => string.Equals(name, connected, StringComparison.OrdinalIgnoreCase);
}
