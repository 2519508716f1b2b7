using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>
/// Writes what is ordered for a device into the history, with who ordered it, before it is sent, and what became of it afterwards. What
/// breaks off in between stays announced, because it may have happened.
/// </summary>
internal sealed class DeviceJournal(DeviceSession session, int announced = 0)
{
    private int _sequence = announced;

    /// <summary>Orders that Exchange confirmed.</summary>
    public int Sent { get; private set; }

    /// <summary>True while the last order is announced and nothing tells what became of it: it may have happened.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>Records an order, sends it, and records what became of it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="action">What is ordered, for people.</param>
    /// <param name="fact">Name of what is ordered, in the record.</param>
    /// <param name="send">Sends it.</param>
    /// <returns>Completes when Exchange confirmed.</returns>
    /// <exception cref="ConnectorException">Exchange refused it, or the connection broke.</exception>
    public async Task SendAsync(ConnectorDevice device, string action, string fact, Func<Task> send)
    {
        session.Begin();
        var record = new ChangeRecord
        {
            RunId = session.Holder.RunId,
            Sequence = ++_sequence,
            Target = DeviceErrors.Target(device),
            Action = action,
            Before = new Dictionary<string, IReadOnlyList<string>>(),
            After = new Dictionary<string, IReadOnlyList<string>>
            {
                [ChangeRecords.Device] = [device.PartnershipId.ToString()],
                ["Mailbox"] = [device.Mailbox],
                ["DeviceId"] = [device.DeviceId],
                ["DeviceType"] = [device.DeviceType],
                [fact] = ["True"],
                ["OrderedBy"] = [$"{session.Holder.User} on {session.Holder.Machine}"],
            },
            Outcome = ChangeOutcome.Pending,
            At = session.Time.GetUtcNow(),
        };
        session.Store.Announce([new Announcement(record, 0)]);
        IsUnclear = true;
        try
        {
            await send().ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (!MayHaveHappened(failure))
        {
            Settle(record, ChangeOutcome.Failed, failure.Message);
            throw;
        }

        Sent++;
        Settle(record, ChangeOutcome.Applied, null);
    }

    // A command that ran into a time limit, or was told to slow down, may have been carried out all the same.
    private static bool MayHaveHappened(ConnectorException failure) =>
        failure.ErrorId is ErrorIds.ExchangeSessionLost or ErrorIds.ExchangeUnreachable or ErrorIds.ExchangeThrottled || DeviceErrors.Passes(failure);

    private void Settle(ChangeRecord record, ChangeOutcome outcome, string? message)
    {
        session.Store.Settle([new Settlement(record with { Outcome = outcome, Message = message, At = session.Time.GetUtcNow() }, [], [])]);
        IsUnclear = false;
    }
}
