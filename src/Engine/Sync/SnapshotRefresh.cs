using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Reads both sides anew and decides, so that questions are answered from now. It plans nothing and never becomes the baseline.</summary>
internal static class SnapshotRefresh
{
    public static async Task RunAsync(
        ConnectorSettings settings,
        IExchangeDirectory exchange,
        IManagedDeviceSource tenant,
        IStateStore store,
        ISyncConsole console,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        console.Report(new SyncProgress(SyncStage.Connect, 0, null));
        OrganizationCheck.Pass(await exchange.ConnectAsync(cancellationToken).ConfigureAwait(false), settings);
        await tenant.ConnectAsync(cancellationToken).ConfigureAwait(false);
        console.Report(new SyncProgress(SyncStage.Connect, 1, 1, Completed: true));

        var owned = store.ReadOwned();
        var read = await Gathered.ReadAsync(exchange, tenant, settings.Policy, static () => null, Exchange.ConfigurationNeeds.None, console, time, cancellationToken).ConfigureAwait(false);
        if ((read.Exchange.Incomplete ?? read.Tenant.Incomplete) is { } cut)
        {
            throw new ConnectorException(
                ErrorIds.ReadIncomplete,
                ErrorKind.InvalidData,
                settings.Name,
                $"The read came back incomplete, so the last complete one stays. {cut}",
                "Run the command again. If it stays so, look at the server that cut its answer.");
        }

        var plan = PlanBuilder.Build(new PlanInput
        {
            Exchange = read.Exchange,
            Tenant = read.Tenant,
            Policy = settings.Policy,
            Ledger = store.ReadLedger(),
            Wanted = settings.Wanted,
            Owned = owned,
            Now = read.At,
        });
        // What was decided here and not written is to be decided again by the next run.
        store.WriteValue(Agreement.Key, null);
        store.SaveSnapshot(new RunSnapshot { AsOf = read.At, Exchange = read.Exchange, Tenant = read.Tenant, Assessments = plan.Assessments }, asBaseline: false);
    }
}
