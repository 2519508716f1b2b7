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
    public static ChangeRecord Announce(PlannedChange change, Guid runId, int sequence, DateTimeOffset now)
    {
        var (before, after) = change switch
        {
            MailboxChange mailbox => (
                Lists(mailbox.AllowedBefore, mailbox.BlockedBefore, mailbox.ChangesMailboxPolicy, mailbox.MailboxPolicyBefore),
                Lists(
                    After(mailbox.AllowedBefore, mailbox.AllowedAdd, mailbox.AllowedRemove),
                    After(mailbox.BlockedBefore, mailbox.BlockedAdd, mailbox.BlockedRemove),
                    mailbox.ChangesMailboxPolicy,
                    mailbox.MailboxPolicyTo)),
            DefaultAccessLevelChange level => (Setting(level.From.ToString()), Setting(level.To.ToString())),
            _ => (ConfigurationRecords.Before(change), ConfigurationRecords.After(change)),
        };
        return new ChangeRecord
        {
            RunId = runId,
            Sequence = sequence,
            Target = change.Target,
            MailboxId = (change as MailboxChange)?.MailboxId,
            Action = change.Action,
            Before = before,
            After = after,
            Outcome = ChangeOutcome.Pending,
            At = now,
        };
    }

    /// <summary>A list after a change.</summary>
    public static IReadOnlyList<string> After(IReadOnlyList<string> before, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        [.. before.Where(entry => !remove.Contains(entry, EasDeviceId.Comparer)), .. add];

    private static Dictionary<string, IReadOnlyList<string>> Lists(IReadOnlyList<string> allowed, IReadOnlyList<string> blocked, bool withPolicy, string? policy)
    {
        var lists = new Dictionary<string, IReadOnlyList<string>> { [nameof(EntryList.Allowed)] = allowed, [nameof(EntryList.Blocked)] = blocked };
        if (withPolicy) lists.Add(ConfigurationRecords.AssignedPolicy, policy is null ? [] : [policy]);
        return lists;
    }

    private static Dictionary<string, IReadOnlyList<string>> Setting(string value) => new() { [DefaultAccessLevel] = [value] };
}
