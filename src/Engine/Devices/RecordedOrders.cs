using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>What the history holds of orders for single devices. It is read when the first one is asked for.</summary>
internal sealed class RecordedOrders(IStateStore store)
{
    private List<RunRecord>? _commands;

    /// <summary>When something was ordered last for a device, whatever became of it.</summary>
    /// <param name="partnership">The device.</param>
    /// <param name="fact">Name of what was ordered, in the record.</param>
    /// <returns>When the command began that ordered it, UTC: the record itself tells when it was settled. Null where it never was.</returns>
    public DateTimeOffset? Last(Guid partnership, string fact)
    {
        _commands ??= Read();
        var key = partnership.ToString();
        return _commands
            .Where(command => command.Changes.Any(order =>
                order.After.ContainsKey(fact) && order.After.TryGetValue(ChangeRecords.Device, out var device) && device.Contains(key, StringComparer.OrdinalIgnoreCase)))
            .Select(static command => (DateTimeOffset?)command.Started)
            .Max();
    }

    // Runs of a sync hold by far the most changes and none of these.
    private List<RunRecord> Read() =>
    [
        .. store.ReadRuns(null, null, includeChanges: false)
            .Where(static run => run.Kind == SyncKind.Command)
            .SelectMany(run => store.ReadRuns(null, run.RunId, includeChanges: true)),
    ];
}
