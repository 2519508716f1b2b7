using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// The organisation's rules and default level before, between and after the plan's changes to them, in the order in which they are written;
/// so that a denial can be laid to the change that brings it.
/// </summary>
internal sealed class SettingSteps
{
    private readonly List<(AccessRuleSet Rules, ExchangeAccessLevel Default)> _states = [];
    private readonly List<PlannedChange> _changes = [];
    private readonly List<int> _denials = [];

    public SettingSteps(AccessRuleSet rules, ExchangeAccessLevel level) => _states.Add((rules, level));

    /// <summary>The state after every change so far.</summary>
    public (AccessRuleSet Rules, ExchangeAccessLevel Default) Last => _states[_states.Count - 1];

    /// <summary>True when nothing on which mail depends changes.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>The steps of a plan; none where settings are not compared.</summary>
    public static SettingSteps Of(ConfigurationPlan configuration, AccessRuleSet rules, ExchangeAccessLevel from, ExchangeAccessLevel to, bool settings)
    {
        var steps = new SettingSteps(rules, from);
        if (!settings) return steps;
        Add(steps, configuration, static rule => rule.Kind != ObjectAction.Remove && !rule.Loosens);
        Add(steps, configuration, static rule => rule.Kind != ObjectAction.Remove && rule.Loosens);
        if (from != to) steps.Add(new DefaultAccessLevelChange { From = from, To = to });
        // A device that two of them name must not come in by the one that stays longer.
        Add(steps, configuration, static rule => rule.Kind == ObjectAction.Remove && !rule.Loosens);
        Add(steps, configuration, static rule => rule.Kind == ObjectAction.Remove && rule.Loosens);
        return steps;
    }

    /// <summary>Puts every change of a plan in its place.</summary>
    public void Arrange(ConfigurationPlan configuration, List<MailboxChange> mailboxes, bool settings, List<PlannedChange> plan)
    {
        var waiting = mailboxes.FindIndex(static change => change.WaitsForSettings);
        if (waiting < 0) waiting = mailboxes.Count;
        if (settings) Add(plan, configuration, ObjectAction.Create);
        plan.AddRange(mailboxes.GetRange(0, waiting));
        Add(plan, static change => change is AccessRuleChange { Kind: not ObjectAction.Remove });
        if (settings) Add(plan, configuration, ObjectAction.Set);
        if (settings && configuration.Organization is { } organization) plan.Add(organization);
        Add(plan, static change => change is DefaultAccessLevelChange);
        Add(plan, static change => change is AccessRuleChange { Kind: ObjectAction.Remove });
        plan.AddRange(mailboxes.GetRange(waiting, mailboxes.Count - waiting));
        if (settings) Add(plan, configuration, ObjectAction.Remove);
    }

    /// <summary>Appends a change.</summary>
    private void Add(PlannedChange change)
    {
        _states.Add(change switch
        {
            AccessRuleChange rule => (new AccessRuleSet(ConfigurationPlanner.After(Last.Rules.Rules, [rule])), Last.Default),
            DefaultAccessLevelChange level => (Last.Rules, level.To),
            _ => Last,
        });
        _changes.Add(change);
        _denials.Add(0);
    }

    /// <summary>Lays a denial of a device that no entry decides for to the first change after which Exchange keeps it out.</summary>
    public void Deny(EasPartnership partnership)
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            var (rules, level) = _states[i + 1];
            if (ExchangeAccessModel.Evaluate(partnership, true, false, false, rules, level).LetsIn) continue;
            _denials[i]++;
            return;
        }
    }

    private static void Add(SettingSteps steps, ConfigurationPlan configuration, Func<AccessRuleChange, bool> which)
    {
        foreach (var rule in configuration.Rules)
        {
            if (which(rule)) steps.Add(rule);
        }
    }

    private static void Add(List<PlannedChange> plan, ConfigurationPlan configuration, ObjectAction kind)
    {
        foreach (var policy in configuration.Policies)
        {
            if (policy.Kind == kind) plan.Add(policy);
        }
    }

    private void Add(List<PlannedChange> plan, Func<PlannedChange, bool> which)
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            if (which(_changes[i])) plan.Add(_denials[i] == 0 ? _changes[i] : _changes[i] with { Denials = _denials[i] });
        }
    }
}
