using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Setup;

namespace IntuneExchangeConnector.Engine;

/// <content>Servers that take over, and sessions that work at once.</content>
public sealed partial class ConnectorEngine
{
    /// <summary>The organisation's servers as the connector found them last.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The servers, in the order in which they would be tried; then those that never are.</returns>
    public IReadOnlyList<ConnectorServer> GetServers(string? name)
    {
        var settings = _services.Configurations.Read(name);
        using var store = OpenState(settings);
        return new ServerReport(settings, store.ReadServers(), _services.Time).All();
    }

    /// <summary>Tries a session with each server, and remembers how it went.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The servers.</returns>
    public Task<IReadOnlyList<ConnectorServer>> ProbeServersAsync(string? name, CommandSecrets secrets, CancellationToken cancellationToken)
    {
        return ProbeAsync();

        async Task<IReadOnlyList<ConnectorServer>> ProbeAsync()
        {
            var settings = _services.Configurations.Read(name);
            using var store = OpenState(settings);
            var complete = KeptSecrets.Complete(_services.Secrets, settings, secrets);
            var found = await new ServerProbe(_services.OpenExchange, settings, complete, _services.Time).RunAsync(store.ReadServers(), cancellationToken).ConfigureAwait(false);
            var servers = found.Over(store.ReadServers());
            store.SaveServers(servers);
            return new ServerReport(settings, servers, _services.Time, found.NotTried).All();
        }
    }

    /// <summary>Changes which servers take over.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="change">What is changed.</param>
    /// <param name="console">Receives warnings about what the change means.</param>
    /// <returns>The servers after the change.</returns>
    public IReadOnlyList<ConnectorServer> SetFailover(string? name, FailoverChange change, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        using var store = OpenState(settings);
        var servers = store.ReadServers();
        var changed = FailoverRules.Apply(settings, change, servers);
        _services.Configurations.Write(changed);
        foreach (var warning in FailoverRules.Warnings(changed)) console.Warning(warning);
        return new ServerReport(changed, servers, _services.Time).All();
    }

    /// <summary>Changes how many sessions work at once.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="enabled">On or off; null to leave it.</param>
    /// <param name="maximumSessions">How many at most, from 1 to 64; null to leave it.</param>
    /// <param name="console">Receives warnings about what the change means.</param>
    /// <returns>The status after the change.</returns>
    public ConnectorStatus SetParallelCommands(string? name, bool? enabled, int? maximumSessions, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        var changed = settings with
        {
            ParallelCommandsEnabled = enabled ?? settings.ParallelCommandsEnabled,
            MaximumSessions = maximumSessions ?? settings.MaximumSessions,
        };
        _services.Configurations.Write(changed);
        foreach (var warning in FailoverRules.ParallelWarnings(changed)) console.Warning(warning);
        return GetStatus(changed.Name);
    }
}
