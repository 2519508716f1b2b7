using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>Rules and mailbox policies of a world that does what it is told, and refuses what Exchange refuses.</summary>
internal sealed class ModelConfiguration
{
    private readonly List<DeviceAccessRule> _rules;
    private readonly List<ExchangeMailboxPolicy>? _policies;
    private readonly List<OwnedObject> _owned;
    private int _next = 60_000;

    public ModelConfiguration(PlanInput input, SyncPlan plan)
    {
        _rules = [.. input.Exchange.Rules];
        _policies = input.Exchange.Policies is { } policies ? [.. policies] : null;
        _owned = [.. input.Owned];
        foreach (var gone in plan.OwnedGone) Assert.True(_owned.Remove(gone), "What is forgotten was ours.");
        while (_rules.Exists(rule => rule.Id == Some.Id(_next)) || _policies?.Exists(policy => policy.Id == Some.Id(_next)) == true) _next++;
    }

    public IReadOnlyList<DeviceAccessRule> Rules => _rules;

    public IReadOnlyList<ExchangeMailboxPolicy>? Policies => _policies;

    public IReadOnlyList<OwnedObject> Owned => _owned;

    public static OrganizationAccessSettings Write(OrganizationAccessSettings settings, OrganizationSettingsChange change) => settings with
    {
        UserMailInsert = change.To.UserMailInsert ?? settings.UserMailInsert,
        OtaNotificationMailInsert = change.To.OtaNotificationMailInsert ?? settings.OtaNotificationMailInsert,
        AdminMailRecipients = change.To.AdminMailRecipients ?? settings.AdminMailRecipients,
    };

    public string? Assign(Mailbox mailbox, MailboxChange change)
    {
        if (!change.ChangesMailboxPolicy) return mailbox.MailboxPolicy;
        Assert.Equal(mailbox.MailboxPolicy, change.MailboxPolicyBefore);
        if (change.MailboxPolicyTo is not { } name) return _policies!.Find(static policy => policy.IsDefault)?.Name;
        Assert.Contains(_policies!, policy => policy.Name == name && (change.MailboxPolicyId is null || policy.Id == change.MailboxPolicyId));
        return name;
    }

    public void Write(PlannedChange change, IEnumerable<Mailbox> mailboxes)
    {
        switch (change)
        {
            case AccessRuleChange { Kind: ObjectAction.Create } rule:
                Assert.DoesNotContain(_rules, known => Name(known) == Name(rule.Characteristic, rule.QueryString));
                _rules.Add(Some.Rule(rule.To!.Value, rule.Characteristic, rule.QueryString, ++_next));
                Own(OwnedKind.AccessRule, OwnedObject.RuleName(rule.Characteristic, rule.QueryString));
                break;
            case AccessRuleChange rule:
                var place = _rules.FindIndex(known => known.Id == rule.RuleId);
                Assert.Equal(rule.From, _rules[place].AccessLevel);
                if (rule.Kind == ObjectAction.Set) _rules[place] = _rules[place] with { AccessLevel = rule.To!.Value };
                else Disown(OwnedKind.AccessRule, OwnedObject.RuleName(rule.Characteristic, rule.QueryString), () => _rules.RemoveAt(place));
                break;
            case MailboxPolicyChange { Kind: ObjectAction.Create } policy:
                Assert.DoesNotContain(_policies!, known => Same(known.Name, policy.Name));
                _policies!.Add(new ExchangeMailboxPolicy { Id = Some.Id(++_next), Name = policy.Name, Settings = policy.Settings });
                Own(OwnedKind.MailboxPolicy, policy.Name);
                break;
            case MailboxPolicyChange policy:
                var at = _policies!.FindIndex(known => known.Id == policy.PolicyId);
                if (policy.Kind == ObjectAction.Set)
                {
                    _policies[at] = _policies[at] with { Settings = _policies[at].Settings.With(policy.Settings) };
                    break;
                }

                Assert.False(_policies[at].IsDefault);
                Assert.DoesNotContain(mailboxes, mailbox => Same(mailbox.MailboxPolicy, policy.Name));
                Disown(OwnedKind.MailboxPolicy, policy.Name, () => _policies.RemoveAt(at));
                break;
            default:
                Assert.Fail($"No model of {change.GetType().Name}.");
                break;
        }
    }

    private static string Name(DeviceAccessRule rule) => Name(rule.Characteristic, rule.QueryString);

    private static string Name(RuleCharacteristic characteristic, string query) => OwnedObject.RuleName(characteristic, query).ToUpperInvariant();

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private void Own(OwnedKind kind, string name) =>
        _owned.Add(new OwnedObject { Kind = kind, Name = name, Id = Some.Id(_next), WrittenAt = Some.Now, RunId = Some.Run });

    private void Disown(OwnedKind kind, string name, Action remove)
    {
        Assert.Equal(1, _owned.RemoveAll(owned => owned.Kind == kind && Same(owned.Name, name)));
        remove();
    }
}
