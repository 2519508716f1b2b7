using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>What one read of both sides saw.</summary>
/// <param name="Exchange">What Exchange said.</param>
/// <param name="TenantRead">What the tenant said, and what to remember of it.</param>
/// <param name="UnreadablePartnerships">How many of the rows that could not be read were partnerships.</param>
/// <param name="At">The instant at which the read began, UTC.</param>
internal sealed record Gathered(ExchangeSnapshot Exchange, TenantRead TenantRead, int UnreadablePartnerships, DateTimeOffset At)
{
    /// <summary>What the tenant said.</summary>
    public TenantSnapshot Tenant => TenantRead.Tenant;

    /// <summary>
    /// Reads both sides at once, the tenant from what is remembered of it where anything is; mailbox policies too, unless <paramref name="configuration"/> is null. When one fails the other is told to stop, and the first failure is
    /// the one that is thrown.
    /// </summary>
    public static async Task<Gathered> ReadAsync(
        IExchangeDirectory exchange,
        IManagedDeviceSource tenant,
        AccessPolicy policy,
        Func<TenantMemory?> remembered,
        ConfigurationNeeds? configuration,
        ISyncConsole console,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Much may be remembered, and Exchange takes its time: the two need not wait for each other.
        var tenantRead = Task.Run(() => tenant.ReadAsync(policy, remembered(), console, stop.Token), stop.Token);
        var partnerships = ReadPartnershipsAsync(exchange, console, stop.Token);
        var mailboxes = ReadMailboxesAsync(exchange, console, stop.Token);
        var settings = exchange.ReadSettingsAsync(stop.Token);
        var rules = exchange.ReadRulesAsync(stop.Token);
        var beside = configuration is { } needs ? ConfigurationRun.ReadAsync(exchange, needs, console, stop.Token) : Task.FromResult(((IReadOnlyList<ExchangeMailboxPolicy>?)null, (IReadOnlyList<DeviceClass>?)null));
        await AllOrFirstFailureAsync(stop, tenantRead, partnerships, mailboxes, settings, rules, beside).ConfigureAwait(false);

        var devices = await partnerships.ConfigureAwait(false);
        var boxes = await mailboxes.ConfigureAwait(false);
        var (policies, classes) = await beside.ConfigureAwait(false);
        var snapshot = new ExchangeSnapshot
        {
            Partnerships = devices.Rows,
            Mailboxes = boxes.Rows,
            Settings = await settings.ConfigureAwait(false),
            Rules = await rules.ConfigureAwait(false),
            Policies = policies,
            Classes = classes,
            Unreadable = [.. devices.Unreadable, .. boxes.Unreadable],
            Incomplete = devices.Incomplete ?? boxes.Incomplete,
        };
        return new Gathered(snapshot, await tenantRead.ConfigureAwait(false), devices.Unreadable.Count, at);
    }

    private static Task<ExchangeRead<EasPartnership>> ReadPartnershipsAsync(IExchangeDirectory exchange, ISyncConsole console, CancellationToken cancellationToken) =>
        ReportedAsync(SyncStage.ReadPartnerships, exchange.ReadPartnershipsAsync, console, cancellationToken);

    private static Task<ExchangeRead<Mailbox>> ReadMailboxesAsync(IExchangeDirectory exchange, ISyncConsole console, CancellationToken cancellationToken) =>
        ReportedAsync(SyncStage.ReadMailboxes, exchange.ReadMailboxesAsync, console, cancellationToken);

    private static async Task<ExchangeRead<T>> ReportedAsync<T>(
        SyncStage stage,
        Func<IProgress<int>?, CancellationToken, Task<ExchangeRead<T>>> read,
        ISyncConsole console,
        CancellationToken cancellationToken)
    {
        var result = await read(new StageProgress(stage, console), cancellationToken).ConfigureAwait(false);
        console.Report(new SyncProgress(stage, result.Rows.Count, result.Rows.Count, Completed: true));
        foreach (var row in result.Unreadable) console.Warning($"A row of stage {stage} could not be read: {row.Identity}: {row.Cause}");
        return result;
    }

    private static async Task AllOrFirstFailureAsync(CancellationTokenSource stop, params Task[] reads)
    {
        var open = new List<Task>(reads);
        Exception? first = null;
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(done);
            try
            {
                await done.ConfigureAwait(false);
            }
            catch (Exception failure) when (first is null)
            {
                first = failure;
                stop.Cancel();
            }
            catch (Exception)
            {
                // The others end because the first one failed; that one is reported.
            }
        }

        if (first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(first).Throw();
    }

    private sealed class StageProgress(SyncStage stage, ISyncConsole console) : IProgress<int>
    {
        public void Report(int value) => console.Report(new SyncProgress(stage, value, null));
    }
}
