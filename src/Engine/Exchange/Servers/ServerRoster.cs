using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Organization;

namespace IntuneExchangeConnector.Engine.Exchange.Servers;

/// <summary>
/// The organisation's servers, how each of them is, and in which order they are tried:
/// <code>
///   the first (preferred, else the configured one) ─► the one in use ─► the other healthy ones, nearest and newest first ─► those that failed
/// </code>
/// What a run learns is remembered for the next, so that a dead server is not paid for again at once. Safe for several lanes.
/// </summary>
internal sealed class ServerRoster
{
    /// <summary>How long a server that failed is left alone before it is tried again.</summary>
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromMinutes(10);

    private readonly object _gate = new();
    private readonly Dictionary<string, KnownServer> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ServerChoice _choice;
    private readonly TimeProvider _time;
    private readonly Action<IReadOnlyList<KnownServer>> _save;
    private string? _last;

    /// <summary>Creates a roster.</summary>
    /// <param name="choice">What an administrator decided.</param>
    /// <param name="remembered">What earlier runs learned.</param>
    /// <param name="save">Takes what there is to remember, after every change of a server's health.</param>
    /// <param name="time">The clock.</param>
    public ServerRoster(ServerChoice choice, IReadOnlyList<KnownServer> remembered, Action<IReadOnlyList<KnownServer>> save, TimeProvider time)
    {
        _choice = choice;
        _save = save;
        _time = time;
        foreach (var known in remembered)
        {
            _servers[known.Server.Fqdn] = known;
            if (known.InUse) _last = known.Server.Fqdn;
        }
    }

    /// <summary>The server that is tried first and returned to.</summary>
    public string First
    {
        get
        {
            lock (_gate) return FirstName();
        }
    }

    /// <summary>The server that the connector works with; null before the first session.</summary>
    public string? InUse
    {
        get
        {
            lock (_gate) return _servers.Values.FirstOrDefault(static known => known.InUse)?.Server.Fqdn;
        }
    }

    /// <summary>True when work goes elsewhere than to the first server, and that one was left alone for long enough.</summary>
    public bool IsReturnDue
    {
        get
        {
            lock (_gate)
            {
                var first = FirstName();
                return _choice.Failover
                    && !IsExcluded(first)
                    && _servers.TryGetValue(first, out var known)
                    && !known.InUse
                    && (known.LastProbe is not { } probed || _time.GetUtcNow() - probed >= ProbeInterval);
            }
        }
    }

    /// <summary>The servers in the order in which they are to be tried.</summary>
    /// <returns>Their fully qualified names; at least one.</returns>
    public IReadOnlyList<string> Candidates()
    {
        lock (_gate)
        {
            var first = FirstName();
            if (!_choice.Failover) return [first];
            var site = _servers.TryGetValue(first, out var home) ? home.Server.Site : null;
            List<string> candidates =
            [
                .. Usable(first)
                    .OrderBy(known => Rank(known, first))
                    .ThenBy(static known => known.FailedSince is null ? default : known.LastProbe ?? default)
                    .ThenBy(known => site is not null && string.Equals(known.Server.Site, site, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                    .ThenByDescending(static known => known.Server.Version)
                    .ThenBy(static known => known.Server.Fqdn, StringComparer.OrdinalIgnoreCase)
                    .Select(static known => known.Server.Fqdn),
            ];
            return candidates.Count > 0 ? candidates : [first];
        }
    }

    /// <summary>The servers that a failover would try beside the first one.</summary>
    /// <returns>Their fully qualified names.</returns>
    public IReadOnlyList<string> Others()
    {
        lock (_gate)
        {
            var first = FirstName();
            return [.. Usable(first).Select(static known => known.Server.Fqdn).Where(name => !Same(name, first)).OrderBy(static name => name, StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>The servers that nobody tries because failover is off.</summary>
    /// <returns>Their fully qualified names.</returns>
    public IReadOnlyList<string> NotTried() => _choice.Failover ? [] : Others();

    /// <summary>Whether a server failed since it was last heard of.</summary>
    /// <param name="server">Its fully qualified name.</param>
    /// <returns>True when it failed.</returns>
    public bool HasFailed(string server)
    {
        lock (_gate) return _servers.TryGetValue(server, out var known) && known.FailedSince is not null;
    }

    /// <summary>Takes in the organisation's own list; servers that are gone from it are forgotten.</summary>
    /// <param name="servers">The servers.</param>
    public void Learn(IReadOnlyList<ExchangeServer> servers)
    {
        lock (_gate)
        {
            var before = _servers.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.OrdinalIgnoreCase);
            _servers.Clear();
            foreach (var server in servers)
            {
                _servers[server.Fqdn] = before.TryGetValue(server.Fqdn, out var known) ? known with { Server = server } : new KnownServer { Server = server };
            }

            // A name that the organisation does not list, as an alias, is still the way in that an administrator chose.
            foreach (var known in before.Values)
            {
                if (!_servers.ContainsKey(known.Server.Fqdn) && (known.InUse || Same(known.Server.Fqdn, FirstName()))) _servers[known.Server.Fqdn] = known;
            }

            Save();
        }
    }

    /// <summary>Notes that a server works, and that the connector works with it from here on.</summary>
    /// <param name="server">Its fully qualified name.</param>
    /// <returns>The server that was in use before; null when it was this one, or none.</returns>
    public string? Use(string server)
    {
        lock (_gate)
        {
            var before = _last is { } last && !Same(last, server) ? last : null;
            _last = server;
            foreach (var other in _servers.Values.Where(known => known.InUse && !Same(known.Server.Fqdn, server)).ToArray())
            {
                _servers[other.Server.Fqdn] = other with { InUse = false };
            }

            _servers[server] = Known(server) with { InUse = true, LastProbe = _time.GetUtcNow(), FailedSince = null, Failure = null };
            Save();
            return before;
        }
    }

    /// <summary>Notes that a server answers; the work stays where it is.</summary>
    /// <param name="server">Its fully qualified name.</param>
    public void Heal(string server)
    {
        lock (_gate)
        {
            _servers[server] = Known(server) with { LastProbe = _time.GetUtcNow(), FailedSince = null, Failure = null };
            Save();
        }
    }

    /// <summary>Notes that a server failed.</summary>
    /// <param name="server">Its fully qualified name.</param>
    /// <param name="why">Why, as the server or the connection said.</param>
    public void Fail(string server, string why)
    {
        lock (_gate)
        {
            var known = Known(server);
            var now = _time.GetUtcNow();
            _servers[server] = known with { InUse = false, LastProbe = now, FailedSince = known.FailedSince ?? now, Failure = why };
            Save();
        }
    }

    private static int Rank(KnownServer known, string first) =>
        known.FailedSince is not null ? 3
        : Same(known.Server.Fqdn, first) ? 0
        : known.InUse ? 1
        : 2;

    private IEnumerable<KnownServer> Usable(string first) =>
        _servers.Values.Where(known => !IsExcluded(known.Server.Fqdn) && (known.Server.OffersSessions || Same(known.Server.Fqdn, first)))
            .Concat(_servers.ContainsKey(first) || IsExcluded(first) ? [] : [Known(first)]);

    private string FirstName() => Resolve(_choice.Preferred ?? _choice.Configured);

    private string Resolve(string name) =>
        _servers.Values.FirstOrDefault(known => Same(known.Server.Fqdn, name) || Same(known.Server.Name, name))?.Server.Fqdn ?? name;

    private bool IsExcluded(string server) => _choice.Excluded.Any(name => Same(Resolve(name), server));

    private KnownServer Known(string server) =>
        _servers.TryGetValue(server, out var known) ? known : new KnownServer { Server = new ExchangeServer { Name = server, Fqdn = server } };

    private void Save() => _save([.. _servers.Values]);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
