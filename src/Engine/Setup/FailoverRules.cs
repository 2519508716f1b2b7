using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Servers;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>What may be said about the servers that take over, and what its author should know.</summary>
internal static class FailoverRules
{
    // Exchange gives an account 18 sessions unless a throttling policy says otherwise; two are left to people.
    private const int UsualSessions = 16;

    /// <summary>Applies a change.</summary>
    /// <exception cref="ConnectorException">A server is named that the organisation does not have, or none would be left.</exception>
    public static ConnectorSettings Apply(ConnectorSettings settings, FailoverChange change, IReadOnlyList<KnownServer> servers)
    {
        var preferred = change.PreferredServer is { } named ? (named.Length == 0 ? null : Find(named, servers)) : settings.PreferredServer;
        var excluded = change.ExcludedServers is { } names
            ? [.. names.Select(name => Find(name, servers)).Distinct(StringComparer.OrdinalIgnoreCase)]
            : settings.ExcludedServers;
        var changed = settings with { FailoverEnabled = change.Enabled ?? settings.FailoverEnabled, PreferredServer = preferred, ExcludedServers = excluded };
        if (preferred is not null && excluded.Contains(preferred, StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(preferred, $"{preferred} is preferred and excluded at once.", "Prefer another server, or take it out of -ExcludeServer.");
        }

        var choice = ServerChoice.Of(changed);
        var roster = new ServerRoster(choice, servers, static _ => { }, TimeProvider.System);
        if (excluded.Count == 0 || !roster.Candidates().All(server => excluded.Contains(server, StringComparer.OrdinalIgnoreCase))) return changed;
        throw choice.Failover || !ServerChoice.CanMove(changed.Exchange)
            ? Invalid(string.Join(", ", excluded), "No server would be left to work with.", "Leave at least one server that offers sessions; Get-ConnectorFailover lists them.")
            : Invalid(
                roster.First, $"With failover off the connector works with {roster.First} alone, and that is excluded.",
                "Prefer another server with -PreferredServer, take this one out of -ExcludeServer, or leave failover on.");
    }

    /// <summary>What the settings mean that their author may not expect.</summary>
    public static IEnumerable<string> Warnings(ConnectorSettings settings)
    {
        if (ServerChoice.CanMove(settings.Exchange)) yield break;
        yield return settings.Exchange.Entrance == ExchangeEntrance.OwnSession
            ? "The connector works with one address that names no server of the organisation, so no other server can take over; the setting has no effect."
            : "The connector works in sessions of yours, so it cannot open one with another server; the setting has no effect.";
    }

    /// <summary>What the number of sessions means that its author may not expect.</summary>
    public static IEnumerable<string> ParallelWarnings(ConnectorSettings settings)
    {
        if (!settings.ParallelCommandsEnabled) yield break;
        if (settings.Exchange.Entrance != ExchangeEntrance.OwnSession)
        {
            yield return "The connector works in sessions of yours: it uses as many as you pass with -Session.";
        }
        else if (settings.MaximumSessions > UsualSessions)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0} sessions are more than Exchange gives an account (18, of which two are left to people) unless its throttling policy says otherwise. "
                + "Check PowerShellMaxConcurrency of the account's policy; until then the connector finds the limit by itself and stays below it.",
                settings.MaximumSessions);
        }
    }

    private static string Find(string name, IReadOnlyList<KnownServer> servers)
    {
        if (servers.Count == 0) return name;
        foreach (var known in servers)
        {
            var server = known.Server;
            if (!Same(server.Fqdn, name) && !Same(server.Name, name)) continue;
            return server.OffersSessions
                ? server.Fqdn
                : throw Invalid(name, $"{server.Fqdn} offers no session for the connector: its role is {server.Role}.", "Get-ConnectorFailover lists the servers that do.");
        }

        throw new ConnectorException(
            ErrorIds.ServerNotFound,
            ErrorKind.NotFound,
            name,
            $"The organisation has no server '{name}'; it has {string.Join(", ", servers.Select(static known => known.Server.Fqdn))}.",
            "Name one of these. If the server is new, Get-ConnectorFailover -Probe reads the list anew.");
    }

    private static ConnectorException Invalid(string target, string message, string remedy) => new(ErrorIds.InvalidParameter, ErrorKind.InvalidInput, target, message, remedy);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
