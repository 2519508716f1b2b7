using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>Lays what is wanted beside what Exchange had.</summary>
public static class ConfigurationView
{
    /// <summary>Every rule that exists or is wanted.</summary>
    /// <param name="wanted">What is looked after.</param>
    /// <param name="actual">What Exchange had; null when it was never read.</param>
    /// <param name="owned">What the connector created.</param>
    /// <returns>The rules, ordered by characteristic and text.</returns>
    public static IReadOnlyList<ConnectorAccessRule> Rules(IReadOnlyList<WantedAccessRule> wanted, IReadOnlyList<DeviceAccessRule>? actual, IReadOnlyList<OwnedObject> owned)
    {
        var rows = new List<ConnectorAccessRule>();
        var seen = new HashSet<WantedAccessRule>();
        foreach (var rule in (actual ?? []).OrderBy(static rule => rule.Id))
        {
            var want = wanted.FirstOrDefault(want => !seen.Contains(want) && Is(want, rule));
            if (want is not null) seen.Add(want);
            var ours = owned.Any(own => own.Is(OwnedKind.AccessRule, OwnedObject.RuleName(rule.Characteristic, rule.QueryString), rule.Id));
            rows.Add(new ConnectorAccessRule
            {
                Characteristic = rule.Characteristic,
                QueryString = rule.QueryString,
                AccessLevel = rule.AccessLevel,
                WantedLevel = want?.AccessLevel,
                RuleId = rule.Id,
                Owner = ours ? ConfigurationOwner.Connector : ConfigurationOwner.Administrator,
                State = want is null ? (ours ? ConfigurationState.ToRemove : ConfigurationState.Administrator)
                    : want.AccessLevel == rule.AccessLevel ? ConfigurationState.InPlace : ConfigurationState.ToChange,
            });
        }

        rows.AddRange(wanted.Where(want => !seen.Contains(want)).Select(static want => new ConnectorAccessRule
        {
            Characteristic = want.Characteristic,
            QueryString = want.QueryString,
            WantedLevel = want.AccessLevel,
            Owner = ConfigurationOwner.Connector,
            State = ConfigurationState.ToCreate,
        }));
        return [.. rows.OrderBy(static row => row.Characteristic).ThenBy(static row => row.QueryString, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Every mailbox policy that exists or is wanted.</summary>
    /// <param name="wanted">What is looked after.</param>
    /// <param name="actual">What Exchange had; null when policies were never read.</param>
    /// <param name="owned">What the connector created.</param>
    /// <returns>The policies, ordered by name.</returns>
    public static IReadOnlyList<ConnectorMailboxPolicy> Policies(
        IReadOnlyList<WantedMailboxPolicy> wanted, IReadOnlyList<ExchangeMailboxPolicy>? actual, IReadOnlyList<OwnedObject> owned)
    {
        var rows = new List<ConnectorMailboxPolicy>();
        foreach (var policy in actual ?? [])
        {
            var want = wanted.FirstOrDefault(want => IsSame(want.Name, policy.Name));
            var ours = owned.Any(own => own.Is(OwnedKind.MailboxPolicy, policy.Name, policy.Id));
            var drift = want?.Settings.Beyond(policy.Settings) ?? MailboxPolicySettings.Nothing;
            rows.Add(Row(policy.Name, want) with
            {
                Settings = policy.Settings,
                Drift = drift,
                IsDefault = policy.IsDefault,
                PolicyId = policy.Id,
                Owner = ours ? ConfigurationOwner.Connector : ConfigurationOwner.Administrator,
                State = want is null ? (ours ? ConfigurationState.ToRemove : ConfigurationState.Administrator)
                    : drift.IsEmpty ? ConfigurationState.InPlace : ConfigurationState.ToChange,
            });
        }

        rows.AddRange(wanted.Where(want => !rows.Exists(row => IsSame(row.Policy, want.Name))).Select(static want => Row(want.Name, want)));
        return [.. rows.OrderBy(static row => row.Policy, StringComparer.OrdinalIgnoreCase)];
    }

    private static ConnectorMailboxPolicy Row(string name, WantedMailboxPolicy? want) => new()
    {
        Policy = name,
        WantedSettings = want?.Settings,
        AssignTo = want?.AssignTo ?? PolicyAssignment.None,
        Mailbox = want?.Mailboxes ?? [],
        Owner = ConfigurationOwner.Connector,
        State = ConfigurationState.ToCreate,
    };

    private static bool Is(WantedAccessRule want, DeviceAccessRule rule) => want.Characteristic == rule.Characteristic && IsSame(want.QueryString, rule.QueryString);

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
