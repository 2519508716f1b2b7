using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Policy.Import;

/// <summary>
/// Lays the tenant's old policy over a connector's, setting by setting. What the tenant leaves empty stays as the connector has it, and so
/// does the switch unless it is asked for: an import never lets a policy loose on users that nobody wanted it for. Whatever is not taken
/// over stands in the preview with the cause.
/// </summary>
public sealed class PolicyImporter
{
    private readonly AccessPolicy _now;
    private readonly LegacyPolicy _legacy;
    private readonly PolicyImportRequest _request;
    private readonly List<PolicyImportItem> _items = [];
    private readonly List<string> _missing = [];
    private AccessPolicy _after;

    private PolicyImporter(AccessPolicy now, LegacyPolicy legacy, IReadOnlyCollection<TenantGroup> groups, PolicyImportRequest request)
    {
        _legacy = legacy;
        _request = request;
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in now.GroupNames) names[pair.Key] = pair.Value;
        foreach (var group in groups) names[group.Id.ToString("D")] = group.DisplayName;
        _now = now with { GroupNames = names };
        _after = _now;
    }

    /// <summary>Works out an import.</summary>
    /// <param name="now">The connector's policy.</param>
    /// <param name="rules">The device access rules that it looks after.</param>
    /// <param name="legacy">What the tenant holds.</param>
    /// <param name="groups">Those groups of the tenant's policy that exist.</param>
    /// <param name="request">What was asked for.</param>
    /// <returns>The import; nothing is changed by it.</returns>
    public static PolicyImport Import(
        AccessPolicy now, IReadOnlyList<WantedAccessRule> rules, LegacyPolicy legacy, IReadOnlyCollection<TenantGroup> groups, PolicyImportRequest request)
    {
        var importer = new PolicyImporter(now, legacy, groups, request);
        return importer.Run(rules, groups);
    }

    private PolicyImport Run(IReadOnlyList<WantedAccessRule> rules, IReadOnlyCollection<TenantGroup> groups)
    {
        var existing = new HashSet<Guid>(groups.Select(static group => group.Id));

        // The values first, because the sentence of one setting may speak of another.
        var access = _legacy.Access is { IsBlank: false } set ? set : null;
        var included = Groups("IncludedGroup", access?.IncludedGroups ?? [], existing);
        var excluded = Groups("ExcludedGroup", access?.ExcludedGroups ?? [], existing);
        foreach (var both in PolicyGroupSet.InBoth(included, excluded.Count > 0 ? excluded : _now.ExcludedGroups))
        {
            included.Remove(both);
            Leave("IncludedGroup", _now.NameOf(both), "It is an excluded group too, and exclusion wins, so it is not included.");
        }

        if (access is not null)
        {
            if (_request.IncludeEnabled) _after = _after with { Enabled = access.Enabled };
            if (Takes(PolicyImportPart.OverrideDefaultRule)) _after = _after with { OverrideDefaultRule = access.OverrideDefaultRule };
            if (included.Count > 0) _after = _after with { IncludedGroups = included };
            if (excluded.Count > 0) _after = _after with { ExcludedGroups = excluded };
        }

        var level = LegacyWords.DefaultLevel(_legacy.Exchange?.DefaultAccessLevel);
        if (level is { } wanted && Takes(PolicyImportPart.DefaultAccessLevel)) _after = _after with { DefaultAccessLevel = wanted };
        var (notice, fault) = LegacyNotice.Read(_legacy.Exchange?.NotificationContent);
        if (notice is not null && Takes(PolicyImportPart.NotificationContent)) _after = _after with { NotificationContent = notice };

        var left = _items.ToList();
        _items.Clear();
        Switch(access);
        TellGroups("IncludedGroup", access?.IncludedGroups, included, left);
        TellGroups("ExcludedGroup", access?.ExcludedGroups, excluded, left);
        Tell("OverrideDefaultRule", PolicyImportPart.OverrideDefaultRule, access is null ? null : access.OverrideDefaultRule ? "True" : "False", null);
        Tell("DefaultAccessLevel", PolicyImportPart.DefaultAccessLevel, _legacy.Exchange?.DefaultAccessLevel, level is null ? LegacyWords.WhyNoDefault(_legacy.Exchange?.DefaultAccessLevel) : null);
        Tell("NotificationContent", PolicyImportPart.NotificationContent, _legacy.Exchange?.NotificationContent, notice is null ? fault : null, notice);
        var imported = new LegacyRules(_after, Takes(PolicyImportPart.AccessRule)).Import(rules, _legacy.Exchange?.Rules ?? [], _items);
        return new PolicyImport
        {
            Items = _items,
            Policy = _after,
            Rules = imported,
            PolicyBefore = _now,
            RulesBefore = rules,
            Groups = groups,
            MissingGroups = _missing,
        };
    }

    private List<string> Groups(string setting, IReadOnlyList<string> ids, HashSet<Guid> existing)
    {
        var groups = new List<string>();
        if (!Takes(PolicyImportPart.Group)) return groups;
        foreach (var text in ids)
        {
            if (!Guid.TryParse(text, out var id) || id == Guid.Empty)
            {
                Leave(setting, text, "This is not a group's id.");
            }
            else if (!existing.Contains(id))
            {
                Leave(setting, id.ToString("D"), _request.SkipMissingGroup
                    ? "The tenant has no such group any more."
                    : "The tenant has no such group any more, which ends the import; -SkipMissingGroup leaves it out.");
                if (!_request.SkipMissingGroup && !_missing.Contains(id.ToString("D"))) _missing.Add(id.ToString("D"));
            }
            else if (!groups.Contains(id.ToString("D")))
            {
                groups.Add(id.ToString("D"));
            }
        }

        return groups;
    }

    private void Switch(LegacyAccessSettings? access)
    {
        var setting = AccessPolicySetting.Of("Enabled");
        var imported = access is null ? string.Empty : access.Enabled ? "True" : "False";
        if (access is null) Add(setting, imported, PolicyImportState.NotImported, LegacyWords.NotHeld);
        else if (access.Enabled == _now.Enabled) Add(setting, imported, PolicyImportState.Same, setting.In(_after).Effect);
        else if (_request.IncludeEnabled) Add(setting, imported, PolicyImportState.Change, setting.In(_after).Effect);
        else
        {
            Add(setting, imported, PolicyImportState.NotImported, access.Enabled
                ? "The switch stays off, so that nobody loses mail by an import. Look at Invoke-ConnectorSync -WhatIf, then switch it on with Set-ConnectorAccessPolicy -Enabled $true; -IncludeEnabled takes it over at once."
                : "The switch stays on. Set-ConnectorAccessPolicy -Enabled $false switches it off; -IncludeEnabled takes it over at once.");
        }
    }

    private void TellGroups(string setting, IReadOnlyList<string>? held, List<string> groups, List<PolicyImportItem> left)
    {
        var shown = Takes(PolicyImportPart.Group) ? groups : held ?? [];
        Tell(
            setting,
            PolicyImportPart.Group,
            held is null ? null : shown.Count == 0 ? "none" : string.Join(", ", shown.Select(_now.NameOf)),
            held is not null && groups.Count == 0 ? LegacyWords.Empty : null);
        _items.AddRange(left.Where(item => item.Setting == setting));
    }

    private void Tell(string name, PolicyImportPart part, string? imported, string? cause, string? shown = null)
    {
        var setting = AccessPolicySetting.Of(name);
        var text = part == PolicyImportPart.Group ? imported ?? string.Empty : LegacyWords.Shown(shown ?? imported);
        if (!Takes(part)) Add(setting, text, PolicyImportState.NotImported, LegacyWords.LeftOut(part));
        else if (imported is null || cause is not null) Add(setting, text, PolicyImportState.NotImported, cause ?? LegacyWords.NotHeld);
        else Add(setting, text, setting.Differs(_now, _after) ? PolicyImportState.Change : PolicyImportState.Same, setting.In(_after).Effect);
    }

    private void Add(AccessPolicySetting setting, string imported, PolicyImportState state, string effect) =>
        _items.Add(new PolicyImportItem(_now.Connector, setting.Name, setting.In(_now).Value, imported, state, effect));

    private void Leave(string setting, string imported, string why) =>
        _items.Add(new PolicyImportItem(_now.Connector, setting, string.Empty, LegacyWords.Shown(imported), PolicyImportState.NotImported, why));

    private bool Takes(PolicyImportPart part) => !_request.Exclude.Contains(part);
}
