using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Exchange.Servers;

/// <summary>What an administrator decided about servers.</summary>
/// <param name="Configured">The server that the connector was installed with.</param>
/// <param name="Preferred">The one to try first instead; null for none.</param>
/// <param name="Excluded">Names of servers that are never tried.</param>
/// <param name="Failover">Whether another server may take over.</param>
internal sealed record ServerChoice(string Configured, string? Preferred, IReadOnlyList<string> Excluded, bool Failover)
{
    /// <summary>The choice that the settings hold. An address that nobody can derive another server's from, as a hosted organisation's, leaves none.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>The choice.</returns>
    public static ServerChoice Of(ConnectorSettings settings)
    {
        var exchange = settings.Exchange;
        return CanMove(exchange)
            ? new(exchange.Server ?? exchange.Uri!.Host, settings.PreferredServer, settings.ExcludedServers, settings.FailoverEnabled)
            : new(exchange.Server ?? exchange.Uri?.Host ?? string.Empty, null, [], false);
    }

    /// <summary>Whether other servers of the organisation can be reached as this one is: by the same address with another host.</summary>
    /// <param name="settings">Where Exchange is.</param>
    /// <returns>True on premises; false for a hosted address, a session of the caller, and a pipe that names no server.</returns>
    public static bool CanMove(ExchangeSettings settings) =>
        settings is { Entrance: ExchangeEntrance.OwnSession, Uri: { IsAbsoluteUri: true } uri }
        && !uri.IsLoopback
        && (settings.Server is not null || string.Equals(uri.Scheme, "pipe", StringComparison.OrdinalIgnoreCase));
}
