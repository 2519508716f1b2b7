using System;
using System.Collections.Generic;
using System.Globalization;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>
/// Recognises devices whose EAS id changed. Two partnerships are one device when all of this holds:
/// <code>
///   one mailbox, another id
///   one type, one model, one family of operating system
///   the new id first synced after the old one
///   the old id is silent since then        its mailbox says so, or its directory object has not changed
///   Intune carries the old id nowhere      and the new one on a device of this user, or nowhere
/// </code>
/// An id takes the place of one other at most, and one takes its place at most: of several that fell silent, the youngest. What is found does not
/// depend on the order of the partnerships. One pass over them, and only those that share a mailbox, a type and a model are compared.
/// </summary>
public static class IdChanges
{
    /// <summary>How long after the first sync under the new id the old one may still have been heard: a restored phone and its predecessor overlap for a day.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>Finds the changes.</summary>
    /// <param name="traces">Partnerships of one mailbox or of several, in any order.</param>
    /// <returns>The changes, ordered by mailbox and by the new id's first sync.</returns>
    public static IReadOnlyList<DeviceIdChange> Find(IReadOnlyList<IdTrace> traces)
    {
        var changes = new List<DeviceIdChange>();
        foreach (var group in Groups(traces)) FindIn(group, changes);
        return changes;
    }

    /// <summary>The partnerships that statistics could show to be a changed id: everything speaks for it, whatever is known of silence.</summary>
    /// <param name="traces">Partnerships of one mailbox or of several, in any order.</param>
    /// <returns>Those that are the old or the new side of a pair.</returns>
    public static IReadOnlyCollection<Guid> Possible(IReadOnlyList<IdTrace> traces)
    {
        var possible = new HashSet<Guid>();
        foreach (var group in Groups(traces))
        {
            for (var later = 1; later < group.Count; later++)
            {
                for (var earlier = 0; earlier < later; earlier++)
                {
                    if (!Agree(group[earlier], group[later])) continue;
                    possible.Add(group[earlier].PartnershipId);
                    possible.Add(group[later].PartnershipId);
                }
            }
        }

        return possible;
    }

    private static void FindIn(List<IdTrace> group, List<DeviceIdChange> changes)
    {
        var taken = new bool[group.Count];
        for (var later = 1; later < group.Count; later++)
        {
            for (var earlier = later - 1; earlier >= 0; earlier--)
            {
                if (taken[earlier] || !Agree(group[earlier], group[later]) || ProofOf(group[earlier], group[later]) is not { } proof) continue;
                taken[earlier] = true;
                changes.Add(Change(group[earlier], group[later], proof));
                break;
            }
        }
    }

    // Everything but silence: it costs a log-on to a mailbox, so it is asked last.
    private static bool Agree(IdTrace old, IdTrace now) =>
        old.DeviceId != now.DeviceId
        && old.FirstSync < now.FirstSync
        && HaveOneSystem(old, now)
        && old.Join == DeviceJoin.None
        && now.Join is DeviceJoin.Matched or DeviceJoin.None;

    private static SilenceProof? ProofOf(IdTrace old, IdTrace now)
    {
        var heard = old.HasStatistics ? old.LastContact ?? old.FirstSync : old.WhenChanged;
        if (heard is null || heard > now.FirstSync + Overlap) return null;
        return old.HasStatistics ? SilenceProof.Statistics : SilenceProof.DirectoryObject;
    }

    // Sorted, so that neither the groups nor what is found in them depend on the order of the input.
    private static List<List<IdTrace>> Groups(IReadOnlyList<IdTrace> traces)
    {
        var sorted = new List<IdTrace>(traces.Count);
        foreach (var trace in traces)
        {
            if (trace.FirstSync is not null && !trace.DeviceId.IsEmpty && trace.DeviceType.Length > 0) sorted.Add(trace);
        }

        sorted.Sort(static (left, right) =>
        {
            var order = CompareModels(left, right);
            if (order == 0) order = Nullable.Compare(left.FirstSync, right.FirstSync);
            if (order == 0) order = left.DeviceId.CompareTo(right.DeviceId);
            return order != 0 ? order : left.PartnershipId.CompareTo(right.PartnershipId);
        });

        var groups = new List<List<IdTrace>>();
        for (var start = 0; start < sorted.Count;)
        {
            var end = start + 1;
            while (end < sorted.Count && CompareModels(sorted[start], sorted[end]) == 0) end++;
            if (end - start > 1) groups.Add(sorted.GetRange(start, end - start));
            start = end;
        }

        return groups;
    }

    private static int CompareModels(IdTrace left, IdTrace right)
    {
        var order = left.MailboxId.CompareTo(right.MailboxId);
        if (order == 0) order = string.Compare(left.DeviceType, right.DeviceType, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : string.Compare(left.DeviceModel ?? string.Empty, right.DeviceModel ?? string.Empty, StringComparison.OrdinalIgnoreCase);
    }

    // An update changes the version and not the family. Without a model, the family has to speak for the device.
    private static bool HaveOneSystem(IdTrace old, IdTrace now)
    {
        var (before, after) = (FamilyOf(old.DeviceOS), FamilyOf(now.DeviceOS));
        if (before.Length == 0 || after.Length == 0) return old.DeviceModel is { Length: > 0 };
        return string.Equals(before, after, StringComparison.OrdinalIgnoreCase);
    }

    private static string FamilyOf(string? system)
    {
        if (system is null) return string.Empty;
        var end = 0;
        while (end < system.Length && !char.IsDigit(system[end])) end++;
        return system.Substring(0, end).Trim();
    }

    private static DeviceIdChange Change(IdTrace old, IdTrace now, SilenceProof proof) => new()
    {
        MailboxId = now.MailboxId,
        OldDeviceId = old.DeviceId,
        NewDeviceId = now.DeviceId,
        OldPartnershipId = old.PartnershipId,
        NewPartnershipId = now.PartnershipId,
        Since = now.FirstSync!.Value,
        Silence = proof,
        ManagedDeviceId = now.ManagedDeviceId,
        Evidence =
        [
            $"Both ids are of one mailbox, one type and one model: {now.DeviceType}, {(now.DeviceModel is { Length: > 0 } model ? model : now.DeviceOS)}.",
            $"The new id first synced {At(now.FirstSync)}, the old one {At(old.FirstSync)}.",
            Silence(old, proof),
            now.Join == DeviceJoin.Matched
                ? $"Intune carries the new id on managed device {now.ManagedDeviceId}, and the old one on none."
                : "Intune carries neither id on any managed device.",
        ],
        NextStep = now.Join == DeviceJoin.Matched
            ? "Ask the user whether this is one device. If it is, remove the old partnership with Remove-ConnectorDevice."
            : "Ask the user whether this is one device. If it is, have it check in with Intune or enrol it again, so that Intune learns the new id; then remove the old partnership with Remove-ConnectorDevice.",
    };

    private static string Silence(IdTrace old, SilenceProof proof) => proof switch
    {
        SilenceProof.Statistics when old.LastContact is null => "The mailbox remembers no sync under the old id.",
        SilenceProof.Statistics => $"The old id was last heard {At(old.LastContact)}, as the mailbox remembers.",
        _ => $"Exchange's object of the old id has not changed since {At(old.WhenChanged)}. That is a sign and no proof, because a sync does not change it; Get-ConnectorDevice -Changed -IncludeStatistics asks the mailbox.",
    };

    private static string At(DateTimeOffset? instant) => instant!.Value.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
