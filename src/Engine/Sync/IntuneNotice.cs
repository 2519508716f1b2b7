using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// After a run: looks up the Exchange connector that Intune still lists for the organisation and, where that is wanted, asks Intune to
/// synchronise it. Nothing depends on it, so every failure is a line for people and never one of the run.
/// </summary>
internal sealed class IntuneNotice(ConnectorSettings settings, IExchangeConnectorEntries entries, IStateStore store, ISyncConsole console, TimeProvider time)
{
    // A schedule starts its runs some seconds early or late; that must not skip every second request.
    private static readonly TimeSpan s_slack = TimeSpan.FromMinutes(5);

    /// <summary>Does what a run calls for.</summary>
    /// <param name="run">What the run did.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is to be told with the run; null for nothing.</returns>
    public async Task<RunNote?> AfterAsync(SyncResult run, CancellationToken cancellationToken)
    {
        if (run.Status is not (SyncStatus.Succeeded or SyncStatus.SucceededWithErrors)) return null;
        if (run.Kind != SyncKind.Full && !settings.RequestIntuneSync) return null;
        try
        {
            var entry = await LookAsync(cancellationToken).ConfigureAwait(false);
            return settings.RequestIntuneSync ? await AskAsync(run, entry, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (ConnectorException failure)
        {
            return settings.RequestIntuneSync ? Note($"Intune was not asked to synchronise its Exchange connector: {failure.Message}") : Silent(failure);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<IntuneConnectorEntry?> LookAsync(CancellationToken cancellationToken)
    {
        var listed = await entries.ReadConnectorsAsync(cancellationToken).ConfigureAwait(false);
        var servers = store.ReadServers().Select(static server => server.Server.Fqdn).Append(settings.Exchange.Server).Append(store.ReadValue(SyncRun.ServerKey)).OfType<string>();
        var entry = IntuneEntries.Of(listed, settings.Organization, servers);
        IntuneEntryState.Write(store, entry is null ? null : entry with { AsOf = time.GetUtcNow() });
        return entry;
    }

    private async Task<RunNote?> AskAsync(SyncResult run, IntuneConnectorEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is null) return Note("Intune lists no Exchange connector for this organisation, so it was not asked to synchronise one.");
        if (entry.LastSync > run.Started) return Note($"Intune's Exchange connector was synchronised at {Utc(entry.LastSync.Value)} already, after the run began.");
        var before = IntuneEntryState.ReadRequest(store, run.Kind);
        if (before is { } last && run.Started - last < Interval(run.Kind) - s_slack) return Note($"Intune was asked to synchronise its Exchange connector at {Utc(last)} already.");

        // Written first: a request whose answer is lost may have arrived, and must not be sent again by the next run.
        IntuneEntryState.WriteRequest(store, run.Kind, run.Started);
        try
        {
            await entries.RequestSyncAsync(entry.Id, run.Kind, cancellationToken).ConfigureAwait(false);
            return Note($"Intune was asked for a {(run.Kind == SyncKind.Full ? "full" : "quick")} sync of its Exchange connector {Name(entry)}.");
        }
        catch (ConnectorException failure) when (failure.Kind is ErrorKind.PermissionDenied or ErrorKind.Throttled or ErrorKind.Authentication)
        {
            IntuneEntryState.WriteRequest(store, run.Kind, before);
            throw;
        }
    }

    private static TimeSpan Interval(SyncKind kind) => kind == SyncKind.Full ? TimeSpan.FromDays(1) : TimeSpan.FromHours(2);

    private static string Name(IntuneConnectorEntry entry) => entry.Name.Length > 0 ? entry.Name : entry.Id;

    private static string Utc(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private RunNote? Silent(ConnectorException failure)
    {
        console.Verbose($"Intune's entry of an Exchange connector could not be read: {failure.Message}");
        return null;
    }

    private RunNote Note(string text)
    {
        console.Verbose(text);
        return new RunNote(time.GetUtcNow(), RunNoteKind.Intune, text);
    }
}
