using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Servers;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>Puts together what is known of the servers and what an administrator decided about them.</summary>
internal sealed class ServerReport
{
    private readonly ConnectorSettings _settings;
    private readonly IReadOnlyList<KnownServer> _servers;
    private readonly ServerRoster _roster;
    private readonly IReadOnlyDictionary<string, string>? _notTried;

    public ServerReport(ConnectorSettings settings, IReadOnlyList<KnownServer> servers, TimeProvider time, IReadOnlyDictionary<string, string>? notTried = null)
    {
        _settings = settings;
        _servers = servers;
        _notTried = notTried;
        _roster = new ServerRoster(ServerChoice.Of(settings with { FailoverEnabled = true }), servers, static _ => { }, time);
    }

    /// <summary>Every server, in the order in which they would be tried; then those that never are.</summary>
    public IReadOnlyList<ConnectorServer> All()
    {
        var order = _roster.Candidates().Select(static (server, place) => (server, place)).ToDictionary(static entry => entry.server, static entry => entry.place, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. _servers
                .OrderBy(known => order.TryGetValue(known.Server.Fqdn, out var place) ? place : int.MaxValue)
                .ThenBy(static known => known.Server.Fqdn, StringComparer.OrdinalIgnoreCase)
                .Select(Describe),
        ];
    }

    private ConnectorServer Describe(KnownServer known)
    {
        var server = known.Server;
        var excluded = _settings.ExcludedServers.Any(name => Same(name, server.Fqdn) || Same(name, server.Name));
        var preferred = Same(_roster.First, server.Fqdn);
        var unsuitable = !server.OffersSessions && !preferred;
        return new ConnectorServer
        {
            Connector = _settings.Name,
            Server = server.Fqdn,
            Role = server.Role,
            State = excluded ? ServerState.Excluded
                : unsuitable ? ServerState.Unsuitable
                : known.FailedSince is not null ? ServerState.Failed
                : known.LastProbe is not null ? ServerState.Healthy
                : ServerState.Unknown,
            InUse = known.InUse,
            Preferred = preferred,
            LastProbe = known.LastProbe,
            Version = server.Version?.ToString(),
            Site = server.Site,
            FailedSince = known.FailedSince,
            Detail = excluded ? "Excluded with Set-ConnectorFailover -ExcludeServer."
                : unsuitable ? "Its roles offer no remote PowerShell for the organisation."
                : _notTried is not null && _notTried.TryGetValue(server.Fqdn, out var why) ? why
                : known.Failure,
        };
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
