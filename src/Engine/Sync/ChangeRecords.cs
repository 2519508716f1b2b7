using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Turns planned changes into journal records.</summary>
internal static class ChangeRecords
{
    /// <summary>Name of the setting in a record's values.</summary>
    public const string DefaultAccessLevel = "DefaultAccessLevel";

    /// <summary>Name of the partnership's key in the values of what was ordered for one device.</summary>
    public const string Device = "PartnershipId";

    /// <summary>Present in the values of the removal of a device.</summary>
    public const string DeviceRemoved = "Removed";

    /// <summary>The record that announces a change.</summary>
    public static ChangeRecord Announce(PlannedChange change, Guid runId, int sequence, DateTimeOffset now) => change switch
    {
        MailboxChange mailbox => new ChangeRecord
        {
            RunId = runId,
            Sequence = sequence,
            Target = mailbox.Target,
            MailboxId = mailbox.MailboxId,
            Action = mailbox.Action,
            Before = Lists(mailbox.AllowedBefore, mailbox.BlockedBefore),
            After = Lists(
                After(mailbox.AllowedBefore, mailbox.AllowedAdd, mailbox.AllowedRemove),
                After(mailbox.BlockedBefore, mailbox.BlockedAdd, mailbox.BlockedRemove)),
            Outcome = ChangeOutcome.Pending,
            At = now,
        },
        DefaultAccessLevelChange level => new ChangeRecord
        {
            RunId = runId,
            Sequence = sequence,
            Target = level.Target,
            Action = level.Action,
            Before = Setting(level.From.ToString()),
            After = Setting(level.To.ToString()),
            Outcome = ChangeOutcome.Pending,
            At = now,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    /// <summary>A list after a change.</summary>
    public static IReadOnlyList<string> After(IReadOnlyList<string> before, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        [.. before.Where(entry => !remove.Contains(entry, EasDeviceId.Comparer)), .. add];

    private static Dictionary<string, IReadOnlyList<string>> Lists(IReadOnlyList<string> allowed, IReadOnlyList<string> blocked) => new()
    {
        [nameof(EntryList.Allowed)] = allowed,
        [nameof(EntryList.Blocked)] = blocked,
    };

    private static Dictionary<string, IReadOnlyList<string>> Setting(string value) => new() { [DefaultAccessLevel] = [value] };
}
