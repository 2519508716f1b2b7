using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Plans one mailbox's personal lists with the fewest writes. An entry holds only the id, so all partnerships of the mailbox with one id
/// are one question, and any Block answers it:
/// <code>
///   Block   our allow goes.  A block is added only if Exchange would let the device in without it.
///           An administrator's allow stands: conflict.
///   Allow   our block goes.  An allow is added always, or only if Exchange would keep the device out without it.
///           An administrator's block stands: conflict.
///   Leave   what is ours goes.
///   gone    an entry of ours whose partnership stays away is withdrawn after a while.
///   unread  where rows of the tenant could not be read, what rests on an absence is not written: the row may be one of them.
/// </code>
/// What is ours is what the ledger says; everything else in a list belongs to an administrator.
/// </summary>
internal sealed class EntryPlanner
{
    private readonly PlanInput _input;
    private readonly AccessRuleSet _rules;
    private readonly ExchangeAccessLevel _wantedDefault;
    private readonly List<LedgerNote> _notes;
    private readonly List<string> _allowedAdd = [];
    private readonly List<string> _allowedRemove = [];
    private readonly List<string> _blockedAdd = [];
    private readonly List<string> _blockedRemove = [];
    private readonly List<ChangeEvidence> _evidence = [];
    private IReadOnlyList<LedgerEntry> _own = [];

    public EntryPlanner(PlanInput input, AccessRuleSet rules, ExchangeAccessLevel wantedDefault, List<LedgerNote> notes)
    {
        _input = input;
        _rules = rules;
        _wantedDefault = wantedDefault;
        _notes = notes;
    }

    /// <summary>Plans one mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="devices">Its partnerships, sorted by id.</param>
    /// <returns>The change; null when the lists are as they should be.</returns>
    public MailboxChange? Plan(Mailbox mailbox, List<DeviceAssessment> devices)
    {
        _own = _input.Ledger.Of(mailbox.Id);
        for (var start = 0; start < devices.Count;)
        {
            var end = start + 1;
            while (end < devices.Count && devices[end].Partnership.DeviceId == devices[start].Partnership.DeviceId) end++;
            PlanId(mailbox, devices, start, end);
            start = end;
        }

        for (var i = 0; i < _own.Count; i++) Settle(mailbox, _own[i], devices);

        return Take(mailbox);
    }

    private void PlanId(Mailbox mailbox, List<DeviceAssessment> devices, int start, int end)
    {
        var id = devices[start].Partnership.DeviceId;
        if (id.IsEmpty)
        {
            for (var i = start; i < end; i++)
            {
                if (devices[i].Decision == AccessDecision.Block && WithoutEntries(mailbox, devices[i]).LetsIn) devices[i].Conflict = AccessConflict.DeviceIdMissing;
            }

            return;
        }

        var combined = Combine(devices, start, end);
        for (var i = start; i < end; i++) devices[i].CombinedDecision = combined;
        if (_input.Tenant.Unreadable.Count > 0 && RestsOnAbsence(devices, start, end))
        {
            for (var i = start; i < end; i++) devices[i].IsWithheld = true;
            return;
        }

        var allowed = Spelling(mailbox.AllowedDeviceIds, id);
        var blocked = Spelling(mailbox.BlockedDeviceIds, id);
        var ownAllow = allowed is not null && IsOurs(EntryList.Allowed, id);
        var ownBlock = blocked is not null && IsOurs(EntryList.Blocked, id);
        var before = Pending;

        switch (combined)
        {
            case AccessDecision.Block:
                var letsIn = allowed is not null && blocked is null && mailbox.ActiveSyncEnabled;
                if (ownAllow || (letsIn && _input.Policy.OverrideAdministratorEntry)) _allowedRemove.Add(allowed!);
                else if (letsIn) Hold(devices, start, end, combined);
                if (blocked is null && !Held(devices, start, end) && AnyLetIn(mailbox, devices, start, end)) _blockedAdd.Add(id.Value);
                break;
            case AccessDecision.Allow:
                if (ownBlock || (blocked is not null && _input.Policy.OverrideAdministratorEntry)) _blockedRemove.Add(blocked!);
                else if (blocked is not null) Hold(devices, start, end, combined);
                if (allowed is null && !Held(devices, start, end) && NeedsAllow(mailbox, devices, start, end)) _allowedAdd.Add(id.Value);
                break;
            default:
                if (ownAllow) _allowedRemove.Add(allowed!);
                if (ownBlock) _blockedRemove.Add(blocked!);
                break;
        }

        if (Pending != before) _evidence.Add(new ChangeEvidence(id, combined, ReasonOf(devices, start, end, combined)));
    }

    private int Pending => _allowedAdd.Count + _allowedRemove.Count + _blockedAdd.Count + _blockedRemove.Count;

    private static void Hold(List<DeviceAssessment> devices, int start, int end, AccessDecision combined)
    {
        for (var i = start; i < end; i++)
        {
            if (devices[i].Decision == combined) devices[i].Conflict = AccessConflict.HeldByAdministrator;
        }
    }

    private static bool Held(List<DeviceAssessment> devices, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (devices[i].Conflict == AccessConflict.HeldByAdministrator) return true;
        }

        return false;
    }

    private bool IsOurs(EntryList list, EasDeviceId id)
    {
        for (var i = 0; i < _own.Count; i++)
        {
            if (_own[i].List == list && _own[i].DeviceId == id) return true;
        }

        return false;
    }

    private static AccessDecision Combine(List<DeviceAssessment> devices, int start, int end)
    {
        var combined = AccessDecision.LeaveToExchange;
        for (var i = start; i < end; i++)
        {
            if (devices[i].Decision > combined) combined = devices[i].Decision;
        }

        return combined;
    }

    private static bool RestsOnAbsence(List<DeviceAssessment> devices, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (Absence.Explains(devices[i].Reason)) return true;
        }

        return false;
    }

    private static AccessReason ReasonOf(List<DeviceAssessment> devices, int start, int end, AccessDecision combined)
    {
        for (var i = start; i < end; i++)
        {
            if (devices[i].Decision == combined) return devices[i].Reason;
        }

        return devices[start].Reason;
    }

    private bool AnyLetIn(Mailbox mailbox, List<DeviceAssessment> devices, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (devices[i].Decision == AccessDecision.Block && WithoutEntries(mailbox, devices[i]).LetsIn) return true;
        }

        return false;
    }

    private bool NeedsAllow(Mailbox mailbox, List<DeviceAssessment> devices, int start, int end)
    {
        if (_input.Policy.AllowEntry == AllowEntry.Always) return true;
        if (!mailbox.ActiveSyncEnabled) return false;
        for (var i = start; i < end; i++)
        {
            if (devices[i].Decision == AccessDecision.Allow && !WithoutEntries(mailbox, devices[i]).LetsIn) return true;
        }

        return false;
    }

    private ExchangeVerdict WithoutEntries(Mailbox mailbox, DeviceAssessment device) =>
        ExchangeAccessModel.Evaluate(device.Partnership, mailbox.ActiveSyncEnabled, blocked: false, allowed: false, _rules, _wantedDefault);

    private void Settle(Mailbox mailbox, LedgerEntry entry, List<DeviceAssessment> devices)
    {
        var list = entry.List == EntryList.Allowed ? mailbox.AllowedDeviceIds : mailbox.BlockedDeviceIds;
        if (Spelling(list, entry.DeviceId) is not { } spelling)
        {
            _notes.Add(new LedgerNote(entry, LedgerFinding.Gone));
            return;
        }

        if (devices.Exists(device => device.Partnership.DeviceId == entry.DeviceId))
        {
            if (entry.MissingSince is not null) _notes.Add(new LedgerNote(entry, LedgerFinding.PartnershipBack));
            return;
        }

        // A row that could not be read may be the very partnership that seems to be gone.
        if (_input.Policy.Enabled && _input.Exchange.Unreadable.Count > 0) return;

        if (!_input.Policy.Enabled || (entry.MissingSince is { } since && _input.Now - since > _input.Policy.LeftoverAfter))
        {
            (entry.List == EntryList.Allowed ? _allowedRemove : _blockedRemove).Add(spelling);
            var reason = _input.Policy.Enabled ? AccessReason.PartnershipGone : AccessReason.PolicyDisabled;
            _evidence.Add(new ChangeEvidence(entry.DeviceId, AccessDecision.LeaveToExchange, reason));
        }
        else if (entry.MissingSince is null)
        {
            _notes.Add(new LedgerNote(entry, LedgerFinding.PartnershipMissing));
        }
    }

    private MailboxChange? Take(Mailbox mailbox)
    {
        if (Pending == 0) return null;
        _evidence.Sort(ById);
        var change = new MailboxChange
        {
            MailboxId = mailbox.Id,
            Mailbox = mailbox.PrimarySmtpAddress,
            AllowedAdd = Take(_allowedAdd),
            AllowedRemove = Take(_allowedRemove),
            BlockedAdd = Take(_blockedAdd),
            BlockedRemove = Take(_blockedRemove),
            AllowedBefore = mailbox.AllowedDeviceIds,
            BlockedBefore = mailbox.BlockedDeviceIds,
            Evidence = [.. _evidence],
        };
        _evidence.Clear();
        return change;
    }

    // Leftovers come in the order of the ledger, which must not show in the plan.
    private static int ById(ChangeEvidence left, ChangeEvidence right)
    {
        var byId = left.DeviceId.CompareTo(right.DeviceId);
        return byId != 0 ? byId : string.CompareOrdinal(left.DeviceId.Value, right.DeviceId.Value);
    }

    private static IReadOnlyList<string> Take(List<string> ids)
    {
        if (ids.Count == 0) return [];
        ids.Sort(EasDeviceId.Comparer);
        string[] taken = [.. ids];
        ids.Clear();
        return taken;
    }

    private static string? Spelling(IReadOnlyList<string> list, EasDeviceId id)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (string.Equals(list[i], id.Value, StringComparison.OrdinalIgnoreCase)) return list[i];
        }

        return null;
    }
}
