using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Devices;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Plans;

/// <summary>Reads both sides, and tells whom another default access level would hit. It writes nothing, neither to Exchange nor to the state.</summary>
internal sealed class DefaultLevelReading(ConnectorSettings settings, IExchangeDirectory exchange, IManagedDeviceSource tenant, IStateStore store, ISyncConsole console, TimeProvider time)
{
    public async Task<DefaultLevelPreview> RunAsync(DefaultLevelRequest request, CancellationToken cancellationToken)
    {
        console.Report(new SyncProgress(SyncStage.Connect, 0, null));
        OrganizationCheck.Pass(await exchange.ConnectAsync(cancellationToken).ConfigureAwait(false), settings);
        await tenant.ConnectAsync(cancellationToken).ConfigureAwait(false);
        console.Report(new SyncProgress(SyncStage.Connect, 1, 1, Completed: true));

        var read = await Gathered.ReadAsync(exchange, tenant, settings.Policy, static () => null, configuration: null, console, time, cancellationToken).ConfigureAwait(false);
        Demand(read);
        console.Report(new SyncProgress(SyncStage.Plan, 0, read.Exchange.Partnerships.Count));
        var forecast = DefaultLevelForecast.Of(Input(read), request.Level);
        console.Report(new SyncProgress(SyncStage.Plan, read.Exchange.Partnerships.Count, read.Exchange.Partnerships.Count, Completed: true));

        var preview = new DefaultLevelPreview
        {
            Connector = settings.Name,
            CurrentLevel = read.Exchange.Settings.DefaultAccessLevel,
            Level = request.Level,
            AsOf = read.At,
            PolicyEnabled = settings.Policy.Enabled,
            Rows = forecast.Rows,
            SystemPartnerships = forecast.Plan.SystemPartnerships,
            PlannedChanges = forecast.Plan.Changes.Sum(static change => change.Size),
            HeldReason = settings.Policy.Enabled ? Fuse.Hold(settings.Policy, forecast.Plan, store.CountDenials(read.At.AddDays(-1)), force: false)?.Reason : null,
        };
        if (request.ActiveWithin is { } within) preview = await AskAsync(preview, within, cancellationToken).ConfigureAwait(false);
        preview = preview with { ExchangeCommands = exchange.CommandsSent, GraphRequests = tenant.RequestsSent };
        return preview with { NextSteps = DefaultLevelAdvice.For(preview, settings.Policy) };
    }

    // Mailbox policies play no part in what a default level does, so they are neither read nor planned.
    private PlanInput Input(Gathered read) => new()
    {
        Exchange = read.Exchange,
        Tenant = read.Tenant,
        Policy = settings.Policy,
        Ledger = store.ReadLedger(),
        Wanted = settings.Wanted with { Policies = [] },
        Owned = store.ReadOwned(),
        Now = read.At,
    };

    private void Demand(Gathered read)
    {
        if ((read.Exchange.Incomplete ?? read.Tenant.Incomplete) is { } cut)
        {
            throw new ConnectorException(
                ErrorIds.ReadIncomplete,
                ErrorKind.InvalidData,
                settings.Name,
                $"The read came back incomplete, and what is missing from it would seem to be hit. {cut}",
                "Run the command again. If it stays so, look at the server that cut its answer.");
        }

        if (Baseline.Of(read.Exchange, read.Tenant).Doubt(store.ReadBaseline(), settings.Policy.Enabled) is { } doubt)
        {
            console.Warning($"{doubt.Reason} A sync would be held on this read, and the numbers below follow from it.");
        }

        foreach (var row in read.Tenant.Unreadable.Take(1)) console.Warning($"{read.Tenant.Unreadable.Count} rows of the tenant could not be read (the first: {row.Identity}: {row.Cause}).");
    }

    // One command for each mailbox that is hit, and none for the others.
    private async Task<DefaultLevelPreview> AskAsync(DefaultLevelPreview preview, TimeSpan within, CancellationToken cancellationToken)
    {
        var hit = preview.Rows.Where(static row => row is { Effect: DefaultLevelEffect.Hit, MailboxId: not null }).Select(static row => new ConnectorDevice
        {
            Mailbox = row.Mailbox,
            MailboxId = row.MailboxId,
            DeviceId = row.DeviceId,
            DeviceType = row.DeviceType,
            PartnershipId = row.PartnershipId,
        }).ToList();
        var mailboxes = hit.Select(static device => device.MailboxId).Distinct().Count();
        var answers = new Dictionary<Guid, ConnectorDevice>(hit.Count);
        if (mailboxes > 0)
        {
            console.Verbose($"{mailboxes} mailboxes are asked when their {hit.Count} devices synced, with one command each.");
            foreach (var device in await StatisticsReading.ReadAsync(exchange, hit, console, cancellationToken).ConfigureAwait(false)) answers[device.PartnershipId] = device;
        }

        var since = preview.AsOf - within;
        return preview with
        {
            ActiveWithin = within,
            MailboxesAsked = mailboxes,
            Rows = [.. preview.Rows.Select(row => answers.TryGetValue(row.PartnershipId, out var device) && device.Statistics is { } known
                ? row with { LastSync = known.LastSuccessSync, Grandfather = known.LastSuccessSync >= since }
                : row)],
        };
    }
}
