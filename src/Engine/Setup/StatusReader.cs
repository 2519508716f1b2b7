using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>Puts a connector's configuration and memory together into one glance.</summary>
internal static class StatusReader
{
    public static ConnectorStatus Read(ConnectorSettings settings, IStateStore store, IConfigurationStore configurations)
    {
        var last = store.ReadLastSync();
        return new ConnectorStatus
        {
            Name = settings.Name,
            State = StateOf(settings, last),
            Organization = settings.Organization,
            Exchange = settings.Exchange,
            Tenant = settings.Tenant,
            Server = store.ReadValue(SyncRun.ServerKey),
            FailoverEnabled = settings.FailoverEnabled,
            ParallelCommandsEnabled = settings.ParallelCommandsEnabled,
            MaximumSessions = settings.MaximumSessions,
            LastQuickSync = store.ReadLastSuccess(SyncKind.Quick)?.Finished,
            LastFullSync = store.ReadLastSuccess(SyncKind.Full)?.Finished,
            LastRun = last,
            Problem = last?.HeldReason ?? Failure(last),
            Entries = store.ReadLedger().Count,
            NotificationMailbox = settings.NotificationMailbox,
            ExchangeWebServiceUrl = settings.ExchangeWebServiceUrl,
            IntuneConnector = IntuneEntryState.Read(store),
            RequestIntuneSync = settings.RequestIntuneSync,
            LastIntuneRequest = IntuneEntryState.ReadRequest(store, SyncKind.Quick),
            ConfigurationPath = configurations.ConfigurationPath(settings.Name),
            StatePath = configurations.StatePath(settings.Name),
            InstalledAt = settings.InstalledAt,
        };
    }

    private static string? Failure(SyncResult? last) => last is { FailureMessage: { } message, FailureRemedy: { } remedy } ? $"{message} {remedy}" : last?.FailureMessage;

    private static ConnectorState StateOf(ConnectorSettings settings, SyncResult? last) => last?.Status switch
    {
        SyncStatus.Failed => ConnectorState.Failed,
        SyncStatus.Held => ConnectorState.Held,
        _ when !settings.Policy.Enabled => ConnectorState.PolicyDisabled,
        null => ConnectorState.NeverSynchronized,
        SyncStatus.SucceededWithErrors => ConnectorState.Degraded,
        _ => ConnectorState.Healthy,
    };
}
