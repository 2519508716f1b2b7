using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Finds the mailboxes of which anything may be decided otherwise than before:
/// <code>
///   partnership new, changed, gone, or of another mailbox ─┐
///   mailbox new, changed, gone                             │
///   user changed, in or out of a group ─► names ───────────┼─► mailboxes
///   managed device changed ─► EAS id ─► partnerships ──────┤
///   entry of ours that waits for its partnership ──────────┘
/// </code>
/// </summary>
internal static class ChangeScope
{
    public static PlanScope Of(ExchangeSnapshot exchange, TenantChanges tenant, Ledger ledger, SnapshotMarks known)
    {
        var scope = new HashSet<Guid>();
        AddMailboxes(scope, exchange, known);
        AddPartnerships(scope, exchange, ChangedIds(tenant), known);
        AddOwners(scope, exchange, tenant);
        foreach (var mailbox in ledger.Mailboxes)
        {
            foreach (var entry in ledger.Of(mailbox))
            {
                if (entry.MissingSince is not null) scope.Add(mailbox);
            }
        }

        var owners = new HashSet<Guid>();
        var matched = new HashSet<Guid>();
        int allowed = 0, blocked = 0, left = 0, conflicts = 0;
        foreach (var partnership in known.Partnerships.Values)
        {
            if (partnership.MailboxId is not { } mailbox || scope.Contains(mailbox)) continue;
            if (partnership.Decision == AccessDecision.Allow) allowed++;
            else if (partnership.Decision == AccessDecision.Block) blocked++;
            else left++;
            if (partnership.Conflict == AccessConflict.HeldByAdministrator) conflicts++;
            owners.Add(mailbox);
            if (partnership.HasUser) matched.Add(mailbox);
        }

        return new PlanScope
        {
            Mailboxes = scope,
            Allowed = allowed,
            Blocked = blocked,
            LeftToExchange = left,
            Conflicts = conflicts,
            Owners = owners.Count,
            MatchedOwners = matched.Count,
        };
    }

    private static void AddMailboxes(HashSet<Guid> scope, ExchangeSnapshot exchange, SnapshotMarks known)
    {
        using var mark = new RowMark();
        var met = 0;
        foreach (var mailbox in exchange.Mailboxes)
        {
            var isKnown = known.Mailboxes.TryGetValue(mailbox.Id, out var before);
            if (isKnown) met++;
            if (!isKnown || before != mark.Of(mailbox)) scope.Add(mailbox.Id);
        }

        if (met == known.Mailboxes.Count) return;
        var now = new HashSet<Guid>();
        foreach (var mailbox in exchange.Mailboxes) now.Add(mailbox.Id);
        foreach (var mailbox in known.Mailboxes.Keys)
        {
            if (!now.Contains(mailbox)) scope.Add(mailbox);
        }
    }

    private static void AddPartnerships(HashSet<Guid> scope, ExchangeSnapshot exchange, HashSet<string> changedIds, SnapshotMarks known)
    {
        using var mark = new RowMark();
        var mailboxes = new MailboxIndex(exchange.Mailboxes);
        var now = new HashSet<Guid>();
        foreach (var partnership in exchange.Partnerships)
        {
            now.Add(partnership.Id);
            var place = mailboxes.OwnerOf(partnership);
            var owner = place < 0 ? (Guid?)null : exchange.Mailboxes[place].Id;
            if (known.Partnerships.TryGetValue(partnership.Id, out var before))
            {
                if (before.Mark == mark.Of(partnership) && before.MailboxId == owner && !changedIds.Contains(partnership.DeviceId.Value)) continue;
                if (before.MailboxId is { } old) scope.Add(old);
            }
            else if (partnership.IsSystem || (place >= 0 && exchange.Mailboxes[place].IsSystem))
            {
                // They are never decided, and so not known.
                continue;
            }

            if (owner is { } mailbox) scope.Add(mailbox);
        }

        foreach (var pair in known.Partnerships)
        {
            if (!now.Contains(pair.Key) && pair.Value.MailboxId is { } mailbox) scope.Add(mailbox);
        }
    }

    private static HashSet<string> ChangedIds(TenantChanges tenant)
    {
        var ids = new HashSet<string>(EasDeviceId.Comparer);
        foreach (var change in tenant.Devices)
        {
            if (change.Before is { EasDeviceId.IsEmpty: false } before) ids.Add(before.EasDeviceId.Value);
            if (change.After is { EasDeviceId.IsEmpty: false } after) ids.Add(after.EasDeviceId.Value);
        }

        return ids;
    }

    private static void AddOwners(HashSet<Guid> scope, ExchangeSnapshot exchange, TenantChanges tenant)
    {
        if (tenant.Users.Count + tenant.Memberships.Count == 0) return;
        var candidates = new OwnerCandidates(exchange.Mailboxes);
        var found = new HashSet<int>();
        foreach (var change in tenant.Users)
        {
            if (change.Before is { } before) candidates.Find(before, found);
            if (change.After is { } after) candidates.Find(after, found);
        }

        foreach (var user in tenant.Memberships) candidates.Find(user, found);
        foreach (var place in found) scope.Add(exchange.Mailboxes[place].Id);
    }
}
