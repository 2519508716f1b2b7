using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Rules, mailbox policies and settings, and how Exchange changes them.</summary>
internal sealed partial class SimulatedOrganization
{
    private int _created;

    public OrganizationAccessSettings Settings { get; private set; }

    public IReadOnlyList<ExchangeMailboxPolicy> Policies { get; private set; } =
        [new ExchangeMailboxPolicy { Id = new Guid(77, 0, 0, new byte[8]), Name = "Default", IsDefault = true, Settings = new MailboxPolicySettings { PasswordEnabled = false } }];

    /// <summary>An administrator makes or changes a rule.</summary>
    public void SetRule(RuleCharacteristic characteristic, string query, ExchangeAccessLevel level) => Rules =
    [
        .. Rules.Where(rule => rule.Characteristic != characteristic || rule.QueryString != query),
        new DeviceAccessRule
        {
            Id = Rules.FirstOrDefault(rule => rule.Characteristic == characteristic && rule.QueryString == query)?.Id ?? NewId(),
            Name = $"{query} ({characteristic})",
            Characteristic = characteristic,
            QueryString = query,
            AccessLevel = level,
        },
    ];

    public Guid? Create(PlannedChange change)
    {
        if (change is AccessRuleChange rule)
        {
            if (Rules.Any(known => known.Characteristic == rule.Characteristic && known.QueryString == rule.QueryString)) throw new InvalidOperationException("There is such a rule.");
            SetRule(rule.Characteristic, rule.QueryString, rule.To!.Value);
            return Rules[^1].Id;
        }

        var policy = (MailboxPolicyChange)change;
        if (Policies.Any(known => known.Name == policy.Name)) throw new InvalidOperationException("There is such a policy.");
        Policies = [.. Policies, new ExchangeMailboxPolicy { Id = NewId(), Name = policy.Name, Settings = policy.Settings }];
        return Policies[^1].Id;
    }

    public void Write(PlannedChange change)
    {
        switch (change)
        {
            case AccessRuleChange { Kind: ObjectAction.Set } rule:
                Rules = [.. Rules.Select(known => known.Id == rule.RuleId ? known with { AccessLevel = rule.To!.Value } : known)];
                break;
            case AccessRuleChange rule:
                Rules = [.. Rules.Where(known => known.Id != rule.RuleId)];
                break;
            case MailboxPolicyChange { Kind: ObjectAction.Set } policy:
                Policies = [.. Policies.Select(known => known.Id == policy.PolicyId ? known with { Settings = known.Settings.With(policy.Settings) } : known)];
                break;
            case MailboxPolicyChange policy:
                if (Mailboxes.Any(mailbox => mailbox.MailboxPolicy == policy.Name)) throw new InvalidOperationException("The policy is in use.");
                Policies = [.. Policies.Where(known => known.Id != policy.PolicyId)];
                break;
            case OrganizationSettingsChange organization:
                Settings = Settings with { UserMailInsert = organization.To.UserMailInsert ?? Settings.UserMailInsert };
                break;
        }
    }

    private void Assign(MailboxChange change)
    {
        var name = change.MailboxPolicyTo ?? "Default";
        if (!Policies.Any(policy => policy.Name == name)) throw new InvalidOperationException("There is no such policy.");
        _mailboxes[change.MailboxId] = _mailboxes[change.MailboxId] with { MailboxPolicy = name };
    }

    private string DescribeConfiguration() => string.Join(
        '\n',
        Rules.OrderBy(static rule => rule.Name, StringComparer.Ordinal).Select(static rule => $"{rule.Name} {rule.AccessLevel}")
            .Concat(Policies.OrderBy(static policy => policy.Name, StringComparer.Ordinal).Select(static policy => $"{policy.Name}: {policy.Settings}"))
            .Concat(_mailboxes.Values.OrderBy(static mailbox => mailbox.Id).Select(static mailbox => mailbox.MailboxPolicy ?? string.Empty))
            .Append(Settings.UserMailInsert)
            .Append(DefaultLevel.ToString()));

    private Guid NewId() => new(++_created, 88, 0, new byte[8]);
}
