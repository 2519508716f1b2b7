using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>
/// A connector whose lease is held, with the settings that were read under it. What was read before may be another policy's by the time the lease
/// is free, or that of a connector which is gone.
/// </summary>
internal sealed class HeldConnector : IDisposable
{
    private readonly SyncLease _lease;

    private HeldConnector(ConnectorSettings settings, SyncLease lease) => (Settings, _lease) = (settings, lease);

    /// <summary>The settings that hold while the lease is held.</summary>
    public ConnectorSettings Settings { get; }

    /// <summary>Takes the lease of a connector, then reads its settings.</summary>
    /// <param name="services">What the engine uses.</param>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="runId">What the lease is taken for.</param>
    /// <param name="wait">True to wait until it is free; false to be refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connector; disposing it gives the lease back.</returns>
    /// <exception cref="ConnectorException">ConnectorNotFound, also where it was removed meanwhile; SyncInProgress, naming the holder.</exception>
    public static async Task<HeldConnector> TakeAsync(EngineServices services, string? name, Guid runId, bool wait, CancellationToken cancellationToken)
    {
        var known = services.Configurations.Read(name).Name;
        var path = services.Configurations.StatePath(known);
        SyncLease lease;
        try
        {
            lease = await SyncLease.AcquireAsync(path, LeaseHolder.ThisProcess(runId, services.Time.GetUtcNow()), wait, services.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (failure.ErrorId == ErrorIds.StateNotWritable)
        {
            // A removed connector takes its folder along, and the lease has no place any more.
            services.Configurations.Read(known);
            throw;
        }

        try
        {
            return new HeldConnector(services.Configurations.Read(known), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lease.Dispose();
}
