using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Devices;
using IntuneExchangeConnector.Engine.Setup;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine;

/// <summary>
/// The one door into the engine. Every argument and result is a domain type; every failure that a person can do something about is a
/// <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public sealed partial class ConnectorEngine
{
    private readonly EngineServices _services;

    internal ConnectorEngine(EngineServices services) => _services = services;

    /// <summary>Names of the connectors that exist, sorted.</summary>
    /// <returns>The names.</returns>
    public IReadOnlyList<string> ListConnectors() => _services.Configurations.List();

    /// <summary>Installs a connector: connects to Exchange, identifies the organisation, signs in, then writes configuration and state.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it; nothing half-written stays.</param>
    /// <returns>The new connector.</returns>
    public Task<ConnectorStatus> InstallAsync(InstallRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return InstallAsync();

        async Task<ConnectorStatus> InstallAsync()
        {
            PolicyRules.Check(request.Settings.Policy);
            var settings = await new ConnectorInstaller(_services).InstallAsync(request, shell, console, cancellationToken).ConfigureAwait(false);
            return GetStatus(settings.Name);
        }
    }

    /// <summary>Removes a connector, and on request withdraws every entry that it wrote first.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="withdrawEntries">Whether the entries are withdrawn; a failure to withdraw one leaves the connector in place.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when the connector is gone.</returns>
    public Task UninstallAsync(string? name, bool withdrawEntries, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return new ConnectorRemover(_services).RemoveAsync(name, withdrawEntries, secrets, shell, console, cancellationToken);
    }

    /// <summary>A connector at one glance.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The status.</returns>
    public ConnectorStatus GetStatus(string? name)
    {
        var settings = _services.Configurations.Read(name);
        using var store = OpenState(settings);
        return StatusReader.Read(settings, store, _services.Configurations);
    }

    /// <summary>Changes a connector's settings.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="change">Makes the new settings from the old.</param>
    /// <param name="secrets">Secrets to keep where the system has a protected place for them.</param>
    /// <param name="console">Receives warnings about what the change means.</param>
    /// <returns>The status after the change.</returns>
    public ConnectorStatus SetSettings(string? name, Func<ConnectorSettings, ConnectorSettings> change, CommandSecrets secrets, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        var changed = change(settings) with { Name = settings.Name, Organization = settings.Organization };
        KeptSecrets.Keep(_services.Secrets, settings.Name, secrets, console);
        KeptSecrets.Drop(_services.Secrets, changed);
        _services.Configurations.Write(changed);
        return GetStatus(settings.Name);
    }

    /// <summary>Runs a sync. What fails before the run exists is thrown; what fails in it is in the result.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends the run between two writes; what was written is recorded.</param>
    /// <returns>What the run did.</returns>
    public Task<SyncResult> SyncAsync(SyncRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return SyncAsync();

        async Task<SyncResult> SyncAsync()
        {
            var runId = _services.NewId();
            using var held = await HeldConnector.TakeAsync(_services, request.Name, runId, request.Wait, cancellationToken).ConfigureAwait(false);
            var settings = held.Settings;
            using var store = OpenState(settings);
            var secrets = KeptSecrets.Complete(_services.Secrets, settings, request.Secrets);
            var exchange = _services.OpenExchange(new ExchangeWay(settings, secrets, shell, console, store) { Remembers = !request.PlanOnly });
            await using (exchange.ConfigureAwait(false))
            {
                using var tenant = _services.OpenTenant(settings.Tenant, settings.Policy, secrets, console);
                var run = new SyncRun(settings, request, exchange, tenant, store, console, _services.Time, runId);
                return await run.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads both sides anew and decides, without planning or writing anything to Exchange.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when the new read is saved.</returns>
    public Task RefreshAsync(string? name, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return RefreshAsync();

        async Task RefreshAsync()
        {
            using var held = await HeldConnector.TakeAsync(_services, name, _services.NewId(), wait: false, cancellationToken).ConfigureAwait(false);
            var settings = held.Settings;
            using var store = OpenState(settings);
            var complete = KeptSecrets.Complete(_services.Secrets, settings, secrets);
            var exchange = _services.OpenExchange(new ExchangeWay(settings, complete, shell, console, store));
            await using (exchange.ConfigureAwait(false))
            {
                using var tenant = _services.OpenTenant(settings.Tenant, settings.Policy, complete, console);
                await SnapshotRefresh.RunAsync(settings, exchange, tenant, store, console, _services.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Devices of the last complete read, streamed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="query">Which.</param>
    /// <returns>The devices, ordered by mailbox and id.</returns>
    /// <exception cref="ConnectorException">MailboxNotFound or DeviceNotFound, instead of an end without a device, where the name or the id itself is not known.</exception>
    public IEnumerable<ConnectorDevice> GetDevices(string? name, DeviceQuery query)
    {
        var settings = _services.Configurations.Read(name);
        return Stream();

        IEnumerable<ConnectorDevice> Stream()
        {
            using var store = OpenState(settings);
            var any = false;
            var changes = query.IdChanges == IdChangeFilter.NotAsked ? null : new IdChangeIndex(store, query);
            foreach (var found in store.ReadDevices(query))
            {
                any = true;
                var device = changes?.Mark(found) ?? found;
                if (query.IdChanges == IdChangeFilter.Changed && device.IdChanges.Count == 0) continue;
                if (query.IdChanges == IdChangeFilter.Possible && changes?.IsPossible(device.PartnershipId) != true) continue;
                yield return device;
            }

            if (!any) DemandKnown(store, query);
        }
    }

    /// <summary>Explains one device of the last complete read.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="mailbox">Any name of the mailbox.</param>
    /// <param name="deviceId">The EAS id.</param>
    /// <returns>One explanation for each partnership of that id on that mailbox.</returns>
    public IReadOnlyList<DeviceAccessExplanation> Explain(string? name, string mailbox, string deviceId)
    {
        var settings = _services.Configurations.Read(name);
        using var store = OpenState(settings);
        var found = store.ReadCase(mailbox, deviceId) ?? throw new ConnectorException(
            ErrorIds.DeviceNotFound,
            ErrorKind.NotFound,
            $"{mailbox} {deviceId}",
            $"The last complete read holds no device '{deviceId}' on mailbox '{mailbox}'.",
            "Get-ConnectorDevice lists what it holds. For a new device run Invoke-ConnectorSync, or Get-ConnectorDevice -Refresh, first.");
        var changes = new IdChangeIndex(store, new DeviceQuery { Mailbox = mailbox, DeviceId = deviceId });
        return DeviceExplainer.Explain(
            new PlanInput
            {
                Exchange = found.Exchange,
                Tenant = found.Tenant,
                Policy = settings.Policy,
                Ledger = new Ledger(found.Ledger),
                Now = found.AsOf,
            },
            changes.Of);
    }

    /// <summary>Runs, newest first.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="last">How many at most; null for all.</param>
    /// <param name="runId">One run only; null for any.</param>
    /// <param name="includeChanges">Whether their changes are wanted.</param>
    /// <returns>The runs.</returns>
    public IReadOnlyList<RunRecord> GetHistory(string? name, int? last, Guid? runId, bool includeChanges)
    {
        var settings = _services.Configurations.Read(name);
        using var store = OpenState(settings);
        var runs = store.ReadRuns(last, runId, includeChanges);
        if (runId is { } wanted && runs.Count == 0)
        {
            throw new ConnectorException(
                ErrorIds.RunNotFound,
                ErrorKind.NotFound,
                wanted.ToString(),
                $"The history of connector '{settings.Name}' holds no run {wanted}.",
                "Get-ConnectorSyncHistory lists the runs.");
        }

        return runs;
    }

    private IStateStore OpenState(ConnectorSettings settings) => _services.OpenState(_services.Configurations.StatePath(settings.Name));
}
