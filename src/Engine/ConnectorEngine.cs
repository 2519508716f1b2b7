using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine;

/// <summary>
/// The one door into the engine. Every argument and result is a domain type; every failure that a person can do something about is a
/// <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public sealed class ConnectorEngine
{
    internal ConnectorEngine()
    {
    }

    /// <summary>Names of the connectors that exist, sorted.</summary>
    /// <returns>The names.</returns>
    public IReadOnlyList<string> ListConnectors() => throw new NotSupportedException();

    /// <summary>Installs a connector: connects to Exchange, identifies the organisation, signs in, then writes configuration and state.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it; nothing half-written stays.</param>
    /// <returns>The new connector.</returns>
    public Task<ConnectorStatus> InstallAsync(InstallRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes a connector, and on request withdraws every entry that it wrote first.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="withdrawEntries">Whether the entries are withdrawn; a failure to withdraw one leaves the connector in place.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when the connector is gone.</returns>
    public Task UninstallAsync(string? name, bool withdrawEntries, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>A connector at one glance.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The status.</returns>
    public ConnectorStatus GetStatus(string? name) => throw new NotSupportedException();

    /// <summary>Changes a connector's settings.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="change">Makes the new settings from the old.</param>
    /// <param name="secrets">Secrets to keep where the system has a protected place for them.</param>
    /// <returns>The status after the change.</returns>
    public ConnectorStatus SetSettings(string? name, Func<ConnectorSettings, ConnectorSettings> change, CommandSecrets secrets) => throw new NotSupportedException();

    /// <summary>A connector's access policy.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The policy.</returns>
    public AccessPolicy GetPolicy(string? name) => throw new NotSupportedException();

    /// <summary>Changes a connector's access policy.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="change">Makes the new policy from the old.</param>
    /// <param name="console">Receives warnings about what the change means.</param>
    /// <returns>The policy after the change.</returns>
    public AccessPolicy SetPolicy(string? name, Func<AccessPolicy, AccessPolicy> change, ISyncConsole console) => throw new NotSupportedException();

    /// <summary>Runs a sync. What fails before the run exists is thrown; what fails in it is in the result.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends the run between two writes; what was written is recorded.</param>
    /// <returns>What the run did.</returns>
    public Task<SyncResult> SyncAsync(SyncRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Reads both sides anew and decides, without planning or writing anything to Exchange.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when the new read is saved.</returns>
    public Task RefreshAsync(string? name, CommandSecrets secrets, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Devices of the last complete read, streamed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="query">Which.</param>
    /// <returns>The devices, ordered by mailbox and id.</returns>
    public IEnumerable<ConnectorDevice> GetDevices(string? name, DeviceQuery query) => throw new NotSupportedException();

    /// <summary>Explains one device of the last complete read.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="mailbox">Any name of the mailbox.</param>
    /// <param name="deviceId">The EAS id.</param>
    /// <returns>One explanation for each partnership of that id on that mailbox.</returns>
    public IReadOnlyList<DeviceAccessExplanation> Explain(string? name, string mailbox, string deviceId) => throw new NotSupportedException();

    /// <summary>Runs, newest first.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="last">How many at most; null for all.</param>
    /// <param name="runId">One run only; null for any.</param>
    /// <param name="includeChanges">Whether their changes are wanted.</param>
    /// <returns>The runs.</returns>
    public IReadOnlyList<RunRecord> GetHistory(string? name, int? last, Guid? runId, bool includeChanges) => throw new NotSupportedException();
}
