using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Matches, decides and plans, from nothing but its input:
/// <code>
///   partnership ─► mailbox ─► user of the tenant ─┐
///        └── EAS id ─► managed devices ───────────┴─► decision ─► entries wanted ─► changes
/// </code>
/// The changes stand in the order in which nobody is let in or kept out for a moment who should not be, and in which each may rely on what
/// was written before it:
/// <code>
///   1 mailbox policies that are new       mailboxes are about to get them
///   2 mailboxes that lose nothing         the allows that 4, 6 and 7 rely on, the blocks that 5, 6 and 7 rely on
///   3 mailboxes that lose mail
///   4 rules that keep out                 who is to stay in all the same has an allow by now
///   5 rules that let in                   who is to stay out has a block, or a stricter rule of 4
///     settings of mailbox policies, texts
///   6 the default access level            it shuts in or out everybody whom no entry and no rule names
///   7 rules that go                       what takes their place is there by now; those that allow go first
///   8 mailboxes that lose an allow        because 5, 6 or 7 replace it
///   9 mailbox policies that go            no mailbox has them any more
/// </code>
/// One mailbox has one change; where that both blocks and withdraws an allow of 8, the block decides its place.
/// </summary>
public sealed class PlanBuilder
{
    private readonly PlanInput _input;
    private readonly AccessPolicy _policy;
    private readonly IReadOnlyList<Mailbox> _mailboxes;
    private readonly AccessRuleSet _rules;
    private readonly AccessRuleSet _rulesWanted;
    private readonly ConfigurationPlan _configuration;
    private readonly ExchangeAccessLevel _defaultNow;
    private readonly ExchangeAccessLevel _defaultWanted;
    private readonly ExchangeAccessLevel _defaultAfter;
    private readonly bool _complete;
    private readonly HashSet<Guid>? _scope;
    private int _owners;
    private int _matchedOwners;

    private PlanBuilder(PlanInput input)
    {
        _input = input;
        _policy = input.Policy;
        _mailboxes = input.Exchange.Mailboxes;
        _rules = new AccessRuleSet(input.Exchange.Rules);
        _defaultNow = input.Exchange.Settings.DefaultAccessLevel;
        _defaultWanted = _policy.Enabled ? _policy.DefaultLevelAfter(_defaultNow) : _defaultNow;
        _defaultAfter = input.IncludeSettings ? _defaultWanted : _defaultNow;
        _configuration = ConfigurationPlanner.Plan(input);
        _rulesWanted = ReferenceEquals(_configuration.RulesAfter, input.Exchange.Rules) ? _rules : new AccessRuleSet(_configuration.RulesAfter);
        _complete = input.Exchange.Incomplete is null && input.Tenant.Incomplete is null;
        _scope = input is { IncludeSettings: false, Scope: { } scope } ? [.. scope.Mailboxes] : null;
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="input">What both sides said, the policy and the ledger.</param>
    /// <returns>The plan. From an incomplete read it holds decisions to look at and no change: absence there proves nothing.</returns>
    public static SyncPlan Build(PlanInput input) => new PlanBuilder(input).Build();

    private SyncPlan Build()
    {
        var assessments = Assess(out var firstOfMailbox, out var nextOfMailbox, out var system);
        var notes = new List<LedgerNote>();
        var warnings = new List<string>();
        if (!_complete) return Summarize(assessments, [], notes, warnings, system);

        var steps = SettingSteps.Of(_configuration, _rules, _defaultNow, _defaultAfter, _input.IncludeSettings);
        var mailboxes = new List<MailboxChange>();
        PlanMailboxes(assessments, firstOfMailbox, nextOfMailbox, notes, mailboxes, steps, warnings);
        NoteLostMailboxes(notes);
        if (!steps.IsEmpty) DenyHomeless(assessments, steps);
        mailboxes.Sort(static (left, right) => Compare(left, right));
        var changes = new List<PlannedChange>(mailboxes.Count + 4);
        steps.Arrange(_configuration, mailboxes, _input.IncludeSettings, changes);
        return Summarize(assessments, changes, notes, warnings, system);
    }

    private List<DeviceAssessment> Assess(out int[] firstOfMailbox, out int[] nextOfMailbox, out int system)
    {
        var partnerships = _input.Exchange.Partnerships;
        var mailboxes = new MailboxIndex(_mailboxes);
        var places = new int[partnerships.Count];
        var owned = new bool[_mailboxes.Count];
        for (var i = 0; i < places.Length; i++)
        {
            // A directory lists a mailbox's devices one after the other; only the first of them is looked up.
            places[i] = i > 0 && HaveOneOwner(partnerships[i - 1], partnerships[i]) ? places[i - 1] : mailboxes.OwnerOf(partnerships[i]);
            if (places[i] >= 0 && IsWanted(places[i])) owned[places[i]] = true;
        }

        var owners = new OwnerIndex(_input.Tenant, mailboxes, place => owned[place]);
        var devices = new DeviceMatcher(_input.Tenant.ManagedDevices);
        var anyUser = _policy.UserMismatch == UserMismatch.Ignore;
        var ruleFirst = _policy.DeviceRulePrecedence == DeviceRulePrecedence.RuleFirst;
        var assessments = new List<DeviceAssessment>(partnerships.Count);
        nextOfMailbox = new int[partnerships.Count];
        firstOfMailbox = new int[_mailboxes.Count];
        for (var i = 0; i < firstOfMailbox.Length; i++) firstOfMailbox[i] = -1;

        system = 0;
        var owner = default(Owner);
        var ownerOf = -1;
        for (var i = 0; i < partnerships.Count; i++)
        {
            var partnership = partnerships[i];
            var place = places[i];
            if (partnership.IsSystem || (place >= 0 && _mailboxes[place].IsSystem))
            {
                system++;
                continue;
            }

            if (place >= 0 && !owned[place]) continue;
            if (place < 0)
            {
                assessments.Add(new DeviceAssessment(partnership, null, default, DeviceMatch.Nothing) { Reason = AccessReason.MailboxNotFound });
                continue;
            }

            if (place != ownerOf) (owner, ownerOf) = (owners.Of(place), place);
            var device = devices.Find(partnership.DeviceId, owner.Match.User, anyUser);
            var subject = new AccessCase(partnership, owner.Match, device, owner.Included, owner.Excluded, ruleFirst ? RuleOf(partnership)?.Name : null);
            var (decision, reason) = PolicyEvaluator.Evaluate(_policy, subject);
            if (firstOfMailbox[place] < 0)
            {
                _owners++;
                if (owner.Match.User is not null) _matchedOwners++;
            }

            nextOfMailbox[assessments.Count] = firstOfMailbox[place];
            firstOfMailbox[place] = assessments.Count;
            assessments.Add(new DeviceAssessment(partnership, _mailboxes[place], owner.Match, device)
            {
                Decision = decision,
                Reason = reason,
                CombinedDecision = decision,
            });
        }

        return assessments;
    }

    private bool IsWanted(int mailbox) => _scope is null || _scope.Contains(_mailboxes[mailbox].Id);

    // A quick run writes no rules: one that is wanted and not there yet must not take a compliant device's allow before it comes.
    private DeviceAccessRule? RuleOf(EasPartnership partnership) =>
        _rulesWanted.Find(partnership) is { } rule && (_input.IncludeSettings || _rules.Find(partnership) is not null) ? rule : null;

    private void PlanMailboxes(
        List<DeviceAssessment> assessments, int[] first, int[] next, List<LedgerNote> notes, List<MailboxChange> changes, SettingSteps steps, List<string> warnings)
    {
        var entries = new EntryPlanner(_input, _rulesWanted, _defaultWanted, notes);
        var policies = _input.IncludeSettings ? new PolicyAssignments(_input, _configuration, warnings) : null;
        if (policies?.IsEmpty == true) policies = null;
        var devices = new List<DeviceAssessment>();
        for (var i = 0; i < _mailboxes.Count; i++)
        {
            var mailbox = _mailboxes[i];
            if (!IsWanted(i)) continue;
            if (first[i] < 0 && policies is null && _input.Ledger.Of(mailbox.Id).Count == 0) continue;

            devices.Clear();
            for (var at = first[i]; at >= 0; at = next[at]) devices.Add(assessments[at]);
            if (devices.Count > 1) devices.Sort(static (left, right) => Compare(left.Partnership, right.Partnership));

            var change = entries.Plan(mailbox, devices);
            if (policies is not null) change = policies.Join(mailbox, change, devices);
            var denials = CountDenials(mailbox, change, devices, steps, out var leans);
            if (change is not null) changes.Add(denials == 0 && !leans ? change : change with { Denials = denials, LeansOnSettings = leans });
        }
    }

    private int CountDenials(Mailbox mailbox, MailboxChange? change, List<DeviceAssessment> devices, SettingSteps steps, out bool leans)
    {
        leans = false;
        if (change is null && steps.IsEmpty) return 0;
        var denials = 0;
        foreach (var device in devices)
        {
            var id = device.Partnership.DeviceId.Value;
            var allowed = Contains(mailbox.AllowedDeviceIds, id);
            var blocked = Contains(mailbox.BlockedDeviceIds, id);
            var now = ExchangeAccessModel.Evaluate(device.Partnership, mailbox.ActiveSyncEnabled, blocked, allowed, _rules, _defaultNow);
            if (!now.LetsIn) continue;

            allowed = (allowed && !Contains(change?.AllowedRemove, id)) || Contains(change?.AllowedAdd, id);
            blocked = (blocked && !Contains(change?.BlockedRemove, id)) || Contains(change?.BlockedAdd, id);
            var after = ExchangeAccessModel.Evaluate(device.Partnership, mailbox.ActiveSyncEnabled, blocked, allowed, steps.Last.Rules, steps.Last.Default);
            if (after.LetsIn)
            {
                leans |= !steps.IsEmpty && change is not null && !ExchangeAccessModel.Evaluate(device.Partnership, true, blocked, allowed, _rules, _defaultNow).LetsIn;
                continue;
            }

            device.LosesAccess = true;
            denials++;
            if (change is null) steps.Deny(device.Partnership);
        }

        return denials;
    }

    // Partnerships whose mailbox was not read have no list that could keep them in: rules and the default level alone decide.
    private void DenyHomeless(List<DeviceAssessment> assessments, SettingSteps steps)
    {
        foreach (var device in assessments)
        {
            if (device.Mailbox is not null) continue;
            var now = ExchangeAccessModel.Evaluate(device.Partnership, true, false, false, _rules, _defaultNow);
            var after = ExchangeAccessModel.Evaluate(device.Partnership, true, false, false, steps.Last.Rules, steps.Last.Default);
            if (!now.LetsIn || after.LetsIn) continue;
            device.LosesAccess = true;
            steps.Deny(device.Partnership);
        }
    }

    // Entries of a mailbox that is gone went with it; the ledger forgets them after the same wait as any other.
    private void NoteLostMailboxes(List<LedgerNote> notes)
    {
        if (_input.Ledger.Count == 0 || _input.Exchange.Unreadable.Count > 0) return;
        var known = new HashSet<Guid>();
        for (var i = 0; i < _mailboxes.Count; i++) known.Add(_mailboxes[i].Id);
        foreach (var mailbox in _input.Ledger.Mailboxes)
        {
            if (known.Contains(mailbox)) continue;
            foreach (var entry in _input.Ledger.Of(mailbox))
            {
                if (entry.MissingSince is not { } since) notes.Add(new LedgerNote(entry, LedgerFinding.PartnershipMissing));
                else if (_input.Now - since > _policy.LeftoverAfter) notes.Add(new LedgerNote(entry, LedgerFinding.Gone));
            }
        }
    }

    private SyncPlan Summarize(List<DeviceAssessment> assessments, List<PlannedChange> changes, List<LedgerNote> notes, List<string> warnings, int system)
    {
        var rest = _scope is null ? null : _input.Scope;
        var (allowed, blocked, left, conflicts) = rest is null ? (0, 0, 0, 0) : (rest.Allowed, rest.Blocked, rest.LeftToExchange, rest.Conflicts);
        var denials = 0;
        var withheld = 0;
        DeviceAssessment? firstWithheld = null;
        foreach (var device in assessments)
        {
            if (device.IsWithheld)
            {
                withheld++;
                if (firstWithheld is null || IsBefore(device, firstWithheld)) firstWithheld = device;
            }

            if (device.Decision == AccessDecision.Allow) allowed++;
            else if (device.Decision == AccessDecision.Block) blocked++;
            else left++;
            if (device.Conflict == AccessConflict.HeldByAdministrator) conflicts++;
            if (device.LosesAccess) denials++;
        }

        if (withheld > 0) warnings.Add(TellWithheld(withheld, firstWithheld!));
        return new SyncPlan
        {
            Changes = changes,
            Assessments = assessments,
            LedgerNotes = notes,
            OwnedGone = _complete && _input.Exchange.Unreadable.Count == 0 ? _configuration.Gone : [],
            Warnings = !_complete ? [] : _input.IncludeSettings ? [.. _configuration.Warnings, .. warnings] : warnings,
            SystemPartnerships = system,
            Allowed = allowed,
            Blocked = blocked,
            LeftToExchange = left,
            Conflicts = conflicts,
            Denials = denials,
            Withheld = withheld,
            Owners = _owners + (rest?.Owners ?? 0),
            MatchedOwners = _matchedOwners + (rest?.MatchedOwners ?? 0),
        };
    }

    private static bool IsBefore(DeviceAssessment left, DeviceAssessment right)
    {
        var byMailbox = string.CompareOrdinal(left.Mailbox!.PrimarySmtpAddress, right.Mailbox!.PrimarySmtpAddress);
        return byMailbox < 0 || (byMailbox == 0 && Compare(left.Partnership, right.Partnership) < 0);
    }

    private static string TellWithheld(int count, DeviceAssessment first) => string.Format(
        CultureInfo.InvariantCulture,
        "{0} devices stay as they are, because rows of the tenant could not be read and may be theirs (the first: {1} of {2}, {3}).",
        count,
        first.Partnership.DeviceId,
        first.Mailbox!.PrimarySmtpAddress,
        first.Reason);

    private static int Compare(MailboxChange left, MailboxChange right)
    {
        var byHarm = Harm(left).CompareTo(Harm(right));
        return byHarm != 0 ? byHarm : left.MailboxId.CompareTo(right.MailboxId);
    }

    private static int Harm(MailboxChange change) => (change.WaitsForSettings ? 2 : 0) + (change.Denials > 0 ? 1 : 0);

    private static int Compare(EasPartnership left, EasPartnership right)
    {
        var byId = left.DeviceId.CompareTo(right.DeviceId);
        return byId != 0 ? byId : left.Id.CompareTo(right.Id);
    }

    private static bool HaveOneOwner(EasPartnership left, EasPartnership right) =>
        string.Equals(left.OwnerDistinguishedName, right.OwnerDistinguishedName, StringComparison.Ordinal)
        && string.Equals(left.OwnerCanonicalName, right.OwnerCanonicalName, StringComparison.Ordinal);

    private static bool Contains(IReadOnlyList<string>? list, string id)
    {
        for (var i = 0; list is not null && i < list.Count; i++)
        {
            if (string.Equals(list[i], id, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
