using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>The changed ids among the partnerships of the last complete read, by partnership. Only mailboxes with several partnerships are looked at, one after the other.</summary>
internal sealed class IdChangeIndex
{
    private readonly IStateStore _store;
    private readonly Dictionary<Guid, List<DeviceIdChange>> _changes = [];
    private readonly HashSet<Guid> _possible = [];

    /// <summary>Finds the changes.</summary>
    /// <param name="store">The last complete read.</param>
    /// <param name="query">Which mailboxes.</param>
    /// <param name="statistics">What mailboxes remember, by partnership; null where nobody was asked.</param>
    public IdChangeIndex(IStateStore store, DeviceQuery query, IReadOnlyDictionary<Guid, DeviceStatistics>? statistics = null)
    {
        _store = store;
        var mailbox = new List<IdTrace>();
        foreach (var trace in store.ReadTraces(query))
        {
            if (mailbox.Count > 0 && mailbox[0].MailboxId != trace.MailboxId) Settle(mailbox);
            mailbox.Add(statistics is not null && statistics.TryGetValue(trace.PartnershipId, out var known) ? trace.With(known) : trace);
        }

        Settle(mailbox);
    }

    /// <summary>The changes that a partnership is the old or the new side of.</summary>
    public IReadOnlyList<DeviceIdChange> Of(Guid partnership) => _changes.TryGetValue(partnership, out var found) ? found : [];

    /// <summary>Whether statistics could show that a partnership is a side of a change.</summary>
    public bool IsPossible(Guid partnership) => _possible.Contains(partnership);

    /// <summary>A device with its changes.</summary>
    public ConnectorDevice Mark(ConnectorDevice device) => Of(device.PartnershipId) is { Count: > 0 } found ? device with { IdChanges = found } : device;

    private void Settle(List<IdTrace> mailbox)
    {
        if (mailbox.Count > 1)
        {
            var possible = IdChanges.Possible(mailbox);
            if (SettleJoins(mailbox, possible)) possible = IdChanges.Possible(mailbox);
            _possible.UnionWith(possible);
            foreach (var change in IdChanges.Find(mailbox))
            {
                Add(change.OldPartnershipId, change);
                Add(change.NewPartnershipId, change);
            }
        }

        mailbox.Clear();
    }

    private bool SettleJoins(List<IdTrace> mailbox, IReadOnlyCollection<Guid> possible)
    {
        var any = false;
        for (var i = 0; i < mailbox.Count; i++)
        {
            if (!mailbox[i].IsJoinOpen || !possible.Contains(mailbox[i].PartnershipId)) continue;
            mailbox[i] = _store.SettleJoin(mailbox[i]);
            any = true;
        }

        return any;
    }

    private void Add(Guid partnership, DeviceIdChange change)
    {
        if (!_changes.TryGetValue(partnership, out var known)) _changes.Add(partnership, known = []);
        known.Add(change);
    }
}
