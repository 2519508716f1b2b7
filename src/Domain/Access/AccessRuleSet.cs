using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Access;

/// <summary>
/// The organisation's device access rules, ready to be asked. Where several rules match one device, Exchange takes the
/// strictest: block, then quarantine, then allow.
/// </summary>
public sealed class AccessRuleSet
{
    private readonly Dictionary<string, DeviceAccessRule>?[] _byCharacteristic = new Dictionary<string, DeviceAccessRule>?[5];

    /// <summary>Indexes the rules.</summary>
    /// <param name="rules">The rules, in any order.</param>
    public AccessRuleSet(IReadOnlyList<DeviceAccessRule> rules)
    {
        Rules = rules;
        foreach (var rule in rules)
        {
            if (rule.Characteristic == RuleCharacteristic.Unknown || rule.QueryString.Length == 0) continue;
            var byText = _byCharacteristic[(int)rule.Characteristic] ??= new(StringComparer.OrdinalIgnoreCase);
            if (!byText.TryGetValue(rule.QueryString, out var known) || IsStricter(rule, known)) byText[rule.QueryString] = rule;
        }
    }

    /// <summary>No rules.</summary>
    public static AccessRuleSet Empty { get; } = new([]);

    /// <summary>The rules it was made from.</summary>
    public IReadOnlyList<DeviceAccessRule> Rules { get; }

    /// <summary>The rule that decides for a device, or null when none matches.</summary>
    /// <param name="partnership">The device.</param>
    /// <returns>The strictest matching rule.</returns>
    public DeviceAccessRule? Find(EasPartnership partnership)
    {
        if (Rules.Count == 0) return null;
        DeviceAccessRule? found = null;
        Consider(RuleCharacteristic.DeviceType, partnership.DeviceType, ref found);
        Consider(RuleCharacteristic.DeviceModel, partnership.DeviceModel, ref found);
        Consider(RuleCharacteristic.DeviceOS, partnership.DeviceOS, ref found);
        Consider(RuleCharacteristic.UserAgent, partnership.UserAgent, ref found);
        return found;
    }

    private void Consider(RuleCharacteristic characteristic, string? text, ref DeviceAccessRule? found)
    {
        if (string.IsNullOrEmpty(text) || _byCharacteristic[(int)characteristic] is not { } byText) return;
        if (byText.TryGetValue(text!, out var rule) && (found is null || IsStricter(rule, found))) found = rule;
    }

    // Two rules of one level name the same outcome; the smaller name makes the explanation independent of their order.
    private static bool IsStricter(DeviceAccessRule rule, DeviceAccessRule than) =>
        rule.AccessLevel > than.AccessLevel
        || (rule.AccessLevel == than.AccessLevel && string.CompareOrdinal(rule.Name, than.Name) < 0);
}
