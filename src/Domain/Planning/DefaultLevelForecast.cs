using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Tells whom another default access level would hit, with the planner and the model that a sync uses. Three states of the organisation are compared for each
/// partnership:
/// <code>
///   now       as it was read
///   without   after a full sync that leaves the default level as it is
///   with      after a full sync that sets it
/// </code>
/// What differs between the last two is the level's doing; what does not would come anyway.
/// </summary>
public sealed class DefaultLevelForecast
{
    private readonly PlanInput _input;
    private readonly State _now;
    private readonly State _without;
    private readonly State _with;

    private DefaultLevelForecast(PlanInput input, ExchangeAccessLevel level)
    {
        _input = input;
        var current = input.Exchange.Settings.DefaultAccessLevel;
        Plan = PlanBuilder.Build(With(input, level));
        _now = new State(new AccessRuleSet(input.Exchange.Rules), current, null);
        _without = new State(RulesAfter(input), current, PlanBuilder.Build(With(input, current)));
        _with = new State(RulesAfter(input), level, Plan);
        var rows = new List<DefaultLevelRow>(Plan.Assessments.Count);
        foreach (var device in Plan.Assessments) rows.Add(Row(device));
        rows.Sort(ByMailboxAndDevice);
        Rows = rows;
    }

    /// <summary>The plan that a full sync would make with the new level.</summary>
    public SyncPlan Plan { get; }

    /// <summary>Every partnership but those of Exchange itself, by mailbox and id.</summary>
    public IReadOnlyList<DefaultLevelRow> Rows { get; }

    /// <summary>Makes the forecast.</summary>
    /// <param name="input">What both sides said, the policy and the ledger; both reads complete.</param>
    /// <param name="level">The default level that is thought of.</param>
    /// <returns>The forecast. Where the policy is switched off, no entry is planned, and the level is thought of alone.</returns>
    public static DefaultLevelForecast Of(PlanInput input, ExchangeAccessLevel level) => new(input, level);

    /// <summary>The policy's word for a level.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The word.</returns>
    public static WantedAccessLevel Wanted(ExchangeAccessLevel level) => level switch
    {
        ExchangeAccessLevel.Allow => WantedAccessLevel.Allow,
        ExchangeAccessLevel.Quarantine => WantedAccessLevel.Quarantine,
        _ => WantedAccessLevel.Block,
    };

    private static PlanInput With(PlanInput input, ExchangeAccessLevel level) => input with
    {
        Policy = input.Policy with { DefaultAccessLevel = Wanted(level) },
        IncludeSettings = true,
    };

    private static AccessRuleSet RulesAfter(PlanInput input) => new(ConfigurationPlanner.Plan(input).RulesAfter);

    private DefaultLevelRow Row(DeviceAssessment device)
    {
        var now = _now.Of(device);
        var without = _without.Of(device);
        var with = _with.Of(device);
        var effect = EffectOf(now.LetsIn, without.LetsIn, with.LetsIn);
        var (cover, text) = effect switch
        {
            DefaultLevelEffect.Covered => Covered(device, with, _with),
            DefaultLevelEffect.DeniedAnyway => Covered(device, without, _without),
            DefaultLevelEffect.AlreadyDenied => without.LetsIn ? Covered(device, now, _now) : Covered(device, without, _without),
            _ => (DefaultLevelCover.None, null),
        };
        return new DefaultLevelRow
        {
            Mailbox = device.Mailbox is { } mailbox ? (mailbox.PrimarySmtpAddress.Length > 0 ? mailbox.PrimarySmtpAddress : mailbox.Identity) : device.Partnership.Identity,
            MailboxId = device.Mailbox?.Id,
            PartnershipId = device.Partnership.Id,
            DeviceId = device.Partnership.DeviceId.Value,
            DeviceType = device.Partnership.DeviceType,
            DeviceModel = device.Partnership.DeviceModel,
            Now = now.Level,
            After = with.Level,
            Effect = effect,
            Cover = cover,
            CoveredBy = text,
            Decision = device.Decision,
            Reason = device.Reason,
        };
    }

    private DefaultLevelEffect EffectOf(bool now, bool without, bool with)
    {
        if (with)
        {
            if (!without) return DefaultLevelEffect.Admitted;
            return _with.Level == ExchangeAccessLevel.Allow ? DefaultLevelEffect.Unaffected : DefaultLevelEffect.Covered;
        }

        if (!now) return DefaultLevelEffect.AlreadyDenied;
        return without ? DefaultLevelEffect.Hit : DefaultLevelEffect.DeniedAnyway;
    }

    private (DefaultLevelCover Cover, string? Text) Covered(DeviceAssessment device, ExchangeVerdict verdict, State state) => verdict.Step switch
    {
        ExchangeAccessStep.ActiveSyncDisabled => (DefaultLevelCover.ActiveSyncDisabled, "ActiveSync is switched off for the mailbox"),
        ExchangeAccessStep.PersonalBlock => Entry(device, EntryList.Blocked, state.IsPlanned(device, EntryList.Blocked)),
        ExchangeAccessStep.PersonalAllow => Entry(device, EntryList.Allowed, state.IsPlanned(device, EntryList.Allowed)),
        ExchangeAccessStep.DeviceRule => (DefaultLevelCover.DeviceRule, $"device rule '{verdict.Rule!.Name}' ({verdict.Level})"),
        _ => (DefaultLevelCover.CurrentLevel, $"default level {verdict.Level} already"),
    };

    private (DefaultLevelCover Cover, string? Text) Entry(DeviceAssessment device, EntryList list, bool planned)
    {
        var kind = list == EntryList.Allowed ? "allow" : "block";
        if (planned) return (DefaultLevelCover.PlannedEntry, $"{kind} entry that the next sync writes ({device.Reason})");
        return _input.Ledger.Find(device.Mailbox!.Id, list, device.Partnership.DeviceId) is not null
            ? (DefaultLevelCover.ConnectorEntry, $"{kind} entry of this connector")
            : (DefaultLevelCover.AdministratorEntry, $"{kind} entry of an administrator");
    }

    private static int ByMailboxAndDevice(DefaultLevelRow left, DefaultLevelRow right)
    {
        var order = string.Compare(left.Mailbox, right.Mailbox, StringComparison.OrdinalIgnoreCase);
        if (order == 0) order = string.Compare(left.DeviceId, right.DeviceId, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : left.PartnershipId.CompareTo(right.PartnershipId);
    }

    /// <summary>Lists, rules and default level at one moment.</summary>
    private sealed class State
    {
        private readonly AccessRuleSet _rules;
        private readonly Dictionary<Guid, MailboxChange> _changes = [];

        public State(AccessRuleSet rules, ExchangeAccessLevel level, SyncPlan? plan)
        {
            (_rules, Level) = (rules, level);
            if (plan is null) return;
            foreach (var change in plan.Changes)
            {
                if (change is MailboxChange mailbox) _changes[mailbox.MailboxId] = mailbox;
            }
        }

        public ExchangeAccessLevel Level { get; }

        public ExchangeVerdict Of(DeviceAssessment device)
        {
            if (device.Mailbox is not { } mailbox) return ExchangeAccessModel.Evaluate(device.Partnership, true, false, false, _rules, Level);
            _changes.TryGetValue(mailbox.Id, out var change);
            var id = device.Partnership.DeviceId;
            var blocked = (Holds(mailbox.BlockedDeviceIds, id) && !Holds(change?.BlockedRemove, id)) || Holds(change?.BlockedAdd, id);
            var allowed = (Holds(mailbox.AllowedDeviceIds, id) && !Holds(change?.AllowedRemove, id)) || Holds(change?.AllowedAdd, id);
            return ExchangeAccessModel.Evaluate(device.Partnership, mailbox.ActiveSyncEnabled, blocked, allowed, _rules, Level);
        }

        public bool IsPlanned(DeviceAssessment device, EntryList list) =>
            _changes.TryGetValue(device.Mailbox!.Id, out var change) && Holds(list == EntryList.Allowed ? change.AllowedAdd : change.BlockedAdd, device.Partnership.DeviceId);

        private static bool Holds(IReadOnlyList<string>? list, EasDeviceId id)
        {
            for (var i = 0; list is not null && i < list.Count; i++)
            {
                if (new EasDeviceId(list[i]) == id) return true;
            }

            return false;
        }
    }
}
