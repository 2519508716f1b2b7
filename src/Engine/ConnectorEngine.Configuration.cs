using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Setup;

namespace IntuneExchangeConnector.Engine;

/// <summary>
/// What the connector looks after in the organisation's configuration. These members change what is wanted and never Exchange: the next full
/// sync does that, through plan and fuse.
/// </summary>
public sealed partial class ConnectorEngine
{
    /// <summary>Every device access rule that Exchange had at the last complete read or that is wanted.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The rules, ordered by characteristic and text.</returns>
    public IReadOnlyList<ConnectorAccessRule> GetAccessRules(string? name) => RulesOf(_services.Configurations.Read(name));

    /// <summary>Texts of the last complete read that a device access rule may look for.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="characteristic">What the rule looks at.</param>
    /// <returns>The texts, sorted.</returns>
    public IReadOnlyList<string> GetQueryStrings(string? name, RuleCharacteristic characteristic)
    {
        using var store = OpenState(_services.Configurations.Read(name));
        return store.ReadQueryStrings(characteristic);
    }

    /// <summary>Takes a device access rule into care: one that exists is adopted, another is created by the next full sync.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="console">Receives what the change means.</param>
    /// <returns>The rule beside Exchange's.</returns>
    public ConnectorAccessRule NewAccessRule(string? name, WantedAccessRule rule, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        ConfigurationRules.Check(rule);
        ConfigurationRules.RequireNew(settings, rule);
        settings = Write(settings, settings.Wanted with { Rules = [.. settings.Wanted.Rules, rule] }, console);
        return Told(RuleOf(settings, rule.Characteristic, rule.QueryString), console);
    }

    /// <summary>Changes the level of a rule that is looked after.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="rule">The rule with its new level.</param>
    /// <param name="console">Receives what the change means.</param>
    /// <returns>The rule beside Exchange's.</returns>
    public ConnectorAccessRule SetAccessRule(string? name, WantedAccessRule rule, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        var known = ConfigurationRules.RequireKnown(settings, rule.Characteristic, rule.QueryString);
        var changed = known with { AccessLevel = rule.AccessLevel };
        settings = Write(settings, settings.Wanted with { Rules = [.. settings.Wanted.Rules.Select(own => own == known ? changed : own)] }, console);
        return Told(RuleOf(settings, rule.Characteristic, rule.QueryString), console);
    }

    /// <summary>Gives up a rule: what the connector created is removed by the next full sync, what it adopted stays in Exchange.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="characteristic">What the rule looks at.</param>
    /// <param name="queryString">The text it looks for.</param>
    /// <param name="console">Receives what the change means.</param>
    /// <returns>The rule beside Exchange's; null when Exchange has none.</returns>
    public ConnectorAccessRule? RemoveAccessRule(string? name, RuleCharacteristic characteristic, string queryString, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        var known = ConfigurationRules.RequireKnown(settings, characteristic, queryString);
        settings = Write(settings, settings.Wanted with { Rules = [.. settings.Wanted.Rules.Where(own => own != known)] }, console);
        return RulesOf(settings).FirstOrDefault(row => Is(row, characteristic, queryString)) is { } left ? Told(left, console) : null;
    }

    /// <summary>Every EAS mailbox policy that Exchange had when policies were last read or that is wanted.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The policies, ordered by name.</returns>
    public IReadOnlyList<ConnectorMailboxPolicy> GetMailboxPolicies(string? name) => PoliciesOf(_services.Configurations.Read(name));

    /// <summary>Takes a mailbox policy into care: one that exists is adopted, another is created by the next full sync.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="console">Receives what the change means.</param>
    /// <returns>The policy beside Exchange's.</returns>
    public ConnectorMailboxPolicy NewMailboxPolicy(string? name, WantedMailboxPolicy policy, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        ConfigurationRules.RequireNew(settings, policy);
        return Keep(settings, null, policy, console);
    }

    /// <summary>Changes a mailbox policy that is looked after.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="change">Makes the new wishes from the old.</param>
    /// <param name="console">Receives what the change means.</param>
    /// <returns>The policy beside Exchange's.</returns>
    public ConnectorMailboxPolicy SetMailboxPolicy(string? name, string policy, Func<WantedMailboxPolicy, WantedMailboxPolicy> change, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        var known = ConfigurationRules.RequireKnown(settings, policy);
        return Keep(settings, known, change(known) with { Name = known.Name }, console);
    }

    /// <summary>Gives up a mailbox policy: what the connector created is removed by the next full sync, what it adopted stays in Exchange.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="policy">The policy's name.</param>
    /// <param name="console">Receives what the change means.</param>
    /// <returns>The policy beside Exchange's; null when Exchange has none.</returns>
    public ConnectorMailboxPolicy? RemoveMailboxPolicy(string? name, string policy, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        var known = ConfigurationRules.RequireKnown(settings, policy);
        settings = Write(settings, settings.Wanted with { Policies = [.. settings.Wanted.Policies.Where(own => own != known)] }, console);
        return PoliciesOf(settings).FirstOrDefault(row => IsSame(row.Policy, policy)) is { } left ? Told(left, console) : null;
    }

    private ConnectorMailboxPolicy Keep(ConnectorSettings settings, WantedMailboxPolicy? before, WantedMailboxPolicy after, ISyncConsole console)
    {
        ConfigurationRules.Check(after);
        WantedMailboxPolicy[] policies = [.. settings.Wanted.Policies.Where(own => own != before), after];
        ConfigurationRules.RequireOneTarget(policies);
        settings = Write(settings, settings.Wanted with { Policies = policies }, console);
        foreach (var warning in ConfigurationRules.Warnings(after, before)) console.Warning(warning);
        return Told(PoliciesOf(settings).First(row => IsSame(row.Policy, after.Name)), console);
    }

    private ConnectorSettings Write(ConnectorSettings settings, WantedConfiguration wanted, ISyncConsole console)
    {
        var changed = settings with { Wanted = wanted };
        _services.Configurations.Write(changed);
        if (!settings.Policy.Enabled) console.Warning("The access policy is switched off, and while it is, no sync changes the organisation's configuration. Set-ConnectorAccessPolicy -Enabled $true switches it on.");
        return changed;
    }

    private IReadOnlyList<ConnectorAccessRule> RulesOf(ConnectorSettings settings)
    {
        using var store = OpenState(settings);
        var stored = store.ReadConfiguration();
        return [.. ConfigurationView.Rules(settings.Wanted.Rules, stored?.Rules, store.ReadOwned()).Select(row => row with { Connector = settings.Name, AsOf = stored?.AsOf })];
    }

    private IReadOnlyList<ConnectorMailboxPolicy> PoliciesOf(ConnectorSettings settings)
    {
        using var store = OpenState(settings);
        var stored = store.ReadConfiguration();
        return [.. ConfigurationView.Policies(settings.Wanted.Policies, stored?.Policies, store.ReadOwned()).Select(row => row with { Connector = settings.Name, AsOf = stored?.PoliciesAsOf })];
    }

    private ConnectorAccessRule RuleOf(ConnectorSettings settings, RuleCharacteristic characteristic, string queryString) =>
        RulesOf(settings).First(row => Is(row, characteristic, queryString));

    private static ConnectorAccessRule Told(ConnectorAccessRule row, ISyncConsole console)
    {
        console.Verbose(ConfigurationRules.Meaning($"Rule {row.Characteristic} '{row.QueryString}'", row.State, row.Owner, row.AsOf));
        return row;
    }

    private static ConnectorMailboxPolicy Told(ConnectorMailboxPolicy row, ISyncConsole console)
    {
        console.Verbose(ConfigurationRules.Meaning($"Mailbox policy '{row.Policy}'", row.State, row.Owner, row.AsOf));
        return row;
    }

    private static bool Is(ConnectorAccessRule row, RuleCharacteristic characteristic, string queryString) =>
        row.Characteristic == characteristic && IsSame(row.QueryString, queryString);

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
