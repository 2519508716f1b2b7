using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>
/// Installs a connector. Everything that can fail is tried before anything is written: Exchange answers, the organisation is known and free,
/// the tenant lets us in.
/// </summary>
internal sealed class ConnectorInstaller
{
    private readonly EngineServices _services;

    public ConnectorInstaller(EngineServices services) => _services = services;

    public async Task<ConnectorSettings> InstallAsync(InstallRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        var wanted = request.Settings;
        var existing = Find(wanted.Name);
        if (existing is not null && !request.Replace) throw Exists(existing.Name, $"A connector named '{existing.Name}' exists already.");

        var run = new PrerequisiteRun(_services, wanted, request.Secrets, shell, console);
        var gate = request.SkipPrerequisites ? null : new PrerequisiteGate(console);
        gate?.Pass(run.Computer());
        if (gate is not null) await gate.PassAsync(run.ReachExchangeAsync(cancellationToken)).ConfigureAwait(false);
        var organization = await ReachAsync(request, shell, console, run, gate, cancellationToken).ConfigureAwait(false);
        var serving = _services.Configurations.List()
            .Select(_services.Configurations.Read)
            .FirstOrDefault(other => string.Equals(other.Organization, organization.DistinguishedName, StringComparison.OrdinalIgnoreCase));
        if (serving is not null && !request.Replace)
        {
            throw Exists(serving.Name, $"The connector '{serving.Name}' serves this organisation ({organization.DistinguishedName}) already, and two would undo each other's work.");
        }

        if (existing is not null && !SameName(existing.Name, serving?.Name)) throw Taken(existing, serving, organization);

        if (serving is null) return Write(wanted, null, organization, request.Secrets, console);
        // To the end: a run that slipped in would write entries that the copied state knows nothing of, and they would count as an administrator's.
        using var held = await HeldConnector.TakeAsync(_services, serving.Name, _services.NewId(), wait: false, cancellationToken).ConfigureAwait(false);
        return Write(wanted, held.Settings, organization, request.Secrets, console);
    }

    private ConnectorSettings Write(ConnectorSettings wanted, ConnectorSettings? serving, ExchangeOrganization organization, CommandSecrets secrets, ISyncConsole console)
    {
        var settings = wanted with
        {
            Organization = organization.DistinguishedName,
            InstalledAt = _services.Time.GetUtcNow(),
            Policy = serving?.Policy ?? wanted.Policy,
            Wanted = serving?.Wanted ?? wanted.Wanted,
            NotificationMailbox = wanted.NotificationMailbox ?? serving?.NotificationMailbox,
            ExchangeWebServiceUrl = wanted.ExchangeWebServiceUrl ?? serving?.ExchangeWebServiceUrl,
            FailoverEnabled = serving?.FailoverEnabled ?? wanted.FailoverEnabled,
            PreferredServer = serving?.PreferredServer ?? wanted.PreferredServer,
            ExcludedServers = serving?.ExcludedServers ?? wanted.ExcludedServers,
            ParallelCommandsEnabled = serving?.ParallelCommandsEnabled ?? wanted.ParallelCommandsEnabled,
            MaximumSessions = serving?.MaximumSessions ?? wanted.MaximumSessions,
        };
        if (serving is not null && !SameName(serving.Name, settings.Name)) TakeOver(serving, settings);
        KeptSecrets.Keep(_services.Secrets, settings.Name, secrets, console);
        KeptSecrets.Drop(_services.Secrets, settings);
        using (var store = _services.OpenState(_services.Configurations.StatePath(settings.Name)))
        {
            store.WriteValue(SyncRun.ServerKey, organization.Server);
            if (ServerChoice.CanMove(settings.Exchange)) Remember(store, settings, organization);
        }

        _services.Configurations.Write(settings);
        if (serving is not null && !SameName(serving.Name, settings.Name)) _services.Configurations.Remove(serving.Name);
        return settings;
    }

    private void Remember(IStateStore store, ConnectorSettings settings, ExchangeOrganization organization)
    {
        var roster = new ServerRoster(ServerChoice.Of(settings), store.ReadServers(), store.SaveServers, _services.Time);
        roster.Use(organization.Server);
        roster.Learn(organization.Servers);
    }

    private ConnectorSettings? Find(string name) =>
        _services.Configurations.List().Contains(name, StringComparer.OrdinalIgnoreCase) ? _services.Configurations.Read(name) : null;

    private async Task<ExchangeOrganization> ReachAsync(
        InstallRequest request, CallerShell shell, ISyncConsole console, PrerequisiteRun run, PrerequisiteGate? gate, CancellationToken cancellationToken)
    {
        var exchange = _services.OpenExchange(new ExchangeWay(request.Settings, request.Secrets, shell, console, null));
        await using (exchange.ConfigureAwait(false))
        {
            console.Report(new SyncProgress(SyncStage.Connect, 0, 2));
            var organization = await exchange.ConnectAsync(cancellationToken).ConfigureAwait(false);
            console.Verbose($"Exchange answered: {organization.Server}, organisation {organization.DistinguishedName}.");
            if (gate is not null) await gate.PassAsync(run.ExchangeConnectedAsync(exchange.Inspection, organization, cancellationToken)).ConfigureAwait(false);
            console.Report(new SyncProgress(SyncStage.Connect, 1, 2));
            using var tenant = _services.OpenTenant(request.Settings.Tenant, request.Settings.Policy, request.Secrets, console);
            await tenant.ConnectAsync(cancellationToken).ConfigureAwait(false);
            console.Verbose($"The tenant {request.Settings.Tenant.TenantId} answered.");
            if (gate is not null) await PassAsync(tenant.Inspection, run, gate, cancellationToken).ConfigureAwait(false);
            console.Report(new SyncProgress(SyncStage.Connect, 2, 2, Completed: true));
            return organization;
        }
    }

    // Connecting proves no permission for groups while the policy names none.
    private static async Task PassAsync(ITenantInspection tenant, PrerequisiteRun run, PrerequisiteGate gate, CancellationToken cancellationToken)
    {
        await tenant.ProveAsync(GraphAddresses.GroupPermission, cancellationToken).ConfigureAwait(false);
        await gate.PassAsync(run.Tenant(tenant).RunConnectedAsync(cancellationToken)).ConfigureAwait(false);
        await gate.PassAsync(run.ClocksAsync(cancellationToken)).ConfigureAwait(false);
        await gate.PassAsync(run.MailAsync(cancellationToken)).ConfigureAwait(false);
    }

    // State and ledger move with the organisation: without them every entry of ours would count as an administrator's.
    private void TakeOver(ConnectorSettings serving, ConnectorSettings settings)
    {
        var from = _services.Configurations.StatePath(serving.Name);
        if (File.Exists(from)) _services.CopyState(from, _services.Configurations.StatePath(settings.Name));
    }

    private static bool SameName(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static ConnectorException Exists(string name, string message) => new(
        ErrorIds.ConnectorExists,
        ErrorKind.AlreadyExists,
        name,
        message,
        "Use that connector, remove it with Uninstall-IntuneExchangeConnector, or pass -Replace to take over its configuration, state and ledger.");

    private static ConnectorException Taken(ConnectorSettings existing, ConnectorSettings? serving, ExchangeOrganization organization) => new(
        ErrorIds.ConnectorExists,
        ErrorKind.AlreadyExists,
        existing.Name,
        $"The connector '{existing.Name}' serves another organisation ({existing.Organization}), so it cannot be replaced by one for {organization.DistinguishedName}"
        + (serving is null ? "." : $", which the connector '{serving.Name}' serves."),
        serving is null ? "Pass -Name with a name that is free." : $"Pass -Name {serving.Name} to replace that connector, or -Name with a name that is free to take it over under that name.");
}
