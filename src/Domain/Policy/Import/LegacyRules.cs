using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Policy.Import;

/// <summary>Turns platform exceptions into device access rules that the connector looks after. Rules that it has beside them stay.</summary>
/// <param name="policy">The policy after the import.</param>
/// <param name="takes">Whether exceptions are imported.</param>
internal sealed class LegacyRules(AccessPolicy policy, bool takes)
{
    private readonly List<WantedAccessRule> _rules = [];

    /// <summary>Imports exceptions.</summary>
    /// <param name="now">The rules that the connector has.</param>
    /// <param name="exceptions">The exceptions.</param>
    /// <param name="items">Receives one line for each.</param>
    /// <returns>The rules after the import.</returns>
    public IReadOnlyList<WantedAccessRule> Import(IReadOnlyList<WantedAccessRule> now, IReadOnlyList<LegacyAccessRule> exceptions, List<PolicyImportItem> items)
    {
        _rules.AddRange(now);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        // The strictest first: where several speak of one device class, Exchange would have applied that one.
        foreach (var exception in exceptions.OrderByDescending(static exception => LegacyWords.Level(exception.Level) ?? ExchangeAccessLevel.Allow))
        {
            var characteristic = CharacteristicOf(exception.Kind);
            var cause = Cause(exception, characteristic);
            var current = _rules.FirstOrDefault(rule => Is(rule, characteristic, exception.Name));
            if (cause is null && !seen.Add($"{characteristic} {exception.Name}")) cause = "Another exception for the same devices is at least as strict.";
            if (cause is not null)
            {
                items.Add(Item(exception, characteristic, current, PolicyImportState.NotImported, cause));
                continue;
            }

            var level = LegacyWords.Level(exception.Level)!.Value;
            var rule = new WantedAccessRule(characteristic, current?.QueryString ?? exception.Name, level);
            items.Add(Item(exception, characteristic, current, current == rule ? PolicyImportState.Same : PolicyImportState.Change, Effect(rule)));
            if (current is null) _rules.Add(rule);
            else _rules[_rules.IndexOf(current)] = rule;
        }

        return _rules;
    }

    private string? Cause(LegacyAccessRule exception, RuleCharacteristic characteristic)
    {
        if (!takes) return LegacyWords.LeftOut(PolicyImportPart.AccessRule);
        if (characteristic == RuleCharacteristic.Unknown) return $"Exceptions of the kind '{LegacyWords.Shown(exception.Kind)}' are not known to this version of the connector.";
        if (!WantedAccessRule.IsQueryString(exception.Name)) return "This is no text that a device can present: it must have 1 to 256 characters and no control character.";
        return LegacyWords.Level(exception.Level) is not null ? null
            : exception.Level == LegacyExchangePolicy.NoLevel ? "The exception sets no level."
            : LegacyWords.UnknownLevel;
    }

    private PolicyImportItem Item(LegacyAccessRule exception, RuleCharacteristic characteristic, WantedAccessRule? current, PolicyImportState state, string effect) => new(
        policy.Connector,
        $"AccessRule {(characteristic == RuleCharacteristic.Unknown ? LegacyWords.Shown(exception.Kind) : characteristic.ToString())} '{LegacyWords.Shown(exception.Name)}'",
        current?.AccessLevel.ToString() ?? "none",
        LegacyWords.Level(exception.Level)?.ToString() ?? LegacyWords.Shown(exception.Level),
        state,
        effect);

    private string Effect(WantedAccessRule rule)
    {
        var what = rule.Characteristic == RuleCharacteristic.DeviceType ? "type" : "model";
        var gets = rule.AccessLevel switch
        {
            ExchangeAccessLevel.Allow => "is let in",
            ExchangeAccessLevel.Quarantine => "waits in quarantine",
            _ => "is refused",
        };
        var compliant = rule.AccessLevel != ExchangeAccessLevel.Allow && policy.OverrideDefaultRule && policy.DeviceRulePrecedence == DeviceRulePrecedence.ComplianceFirst
            ? " A compliant phone of an included user is allowed all the same."
            : string.Empty;
        return $"Every phone of the organisation of the {what} {rule.QueryString} {gets}, unless an entry of its mailbox says otherwise.{compliant}";
    }

    private static RuleCharacteristic CharacteristicOf(string kind) => kind switch
    {
        "family" => RuleCharacteristic.DeviceType,
        "model" => RuleCharacteristic.DeviceModel,
        _ => RuleCharacteristic.Unknown,
    };

    private static bool Is(WantedAccessRule rule, RuleCharacteristic characteristic, string text) =>
        rule.Characteristic == characteristic && string.Equals(rule.QueryString, text, StringComparison.OrdinalIgnoreCase);
}
