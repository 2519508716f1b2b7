using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Store;

/// <content>Entries of the mailboxes' lists, and what single commands change of the last complete read.</content>
public partial interface IStateStore
{
    /// <summary>Entries of every mailbox's lists, as the last complete read saw them or as they were written since.</summary>
    /// <param name="query">Which.</param>
    /// <returns>The entries, ordered by mailbox, id and list, streamed.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">Nothing was read yet.</exception>
    IEnumerable<ConnectorExemption> ReadEntries(ExemptionQuery query);

    /// <summary>Whether the last complete read saw a mailbox by a name, with devices and entries or without.</summary>
    /// <param name="name">Any name of the mailbox: an SMTP address, its Guid, its canonical name.</param>
    /// <returns>True when it did.</returns>
    bool HasMailbox(string name);

    /// <summary>Notes what became of a mailbox's lists, so that questions are answered from now.</summary>
    /// <param name="mailboxes">The mailboxes as they are now.</param>
    /// <param name="now">The instant, UTC.</param>
    void UpdateLists(IReadOnlyList<Mailbox> mailboxes, DateTimeOffset now);

    /// <summary>Takes partnerships that exist no more out of the last complete read.</summary>
    /// <param name="partnerships">Their keys.</param>
    void ForgetDevices(IReadOnlyList<Guid> partnerships);

    /// <summary>The newest run that was a sync, whatever its outcome.</summary>
    /// <returns>The run; null before the first.</returns>
    SyncResult? ReadLastSync();
}
