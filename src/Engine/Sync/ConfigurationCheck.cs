using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Re-reads of rules, mailbox policies and organisation settings, right before they are written.</summary>
internal static class ConfigurationCheck
{
    /// <summary>Reads what a change concerns anew.</summary>
    /// <param name="exchange">The organisation.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>What was found.</returns>
    public static async Task<ChangeCheck> LookAsync(IExchangeDirectory exchange, PlannedChange change, CancellationToken cancellationToken) => change switch
    {
        AccessRuleChange rule => Compare(rule, await exchange.ReadRulesAsync(cancellationToken).ConfigureAwait(false)),
        MailboxPolicyChange policy => Compare(policy, await exchange.ReadPoliciesAsync(cancellationToken).ConfigureAwait(false) ?? []),
        OrganizationSettingsChange organization => Compare(organization, await exchange.ReadSettingsAsync(cancellationToken).ConfigureAwait(false)),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name, "Nothing is known to read for this change."),
    };

    /// <summary>How a mailbox's policy stands to a change of it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="current">The mailbox now.</param>
    /// <returns>As planned where the policy does not change.</returns>
    public static ChangeFinding PolicyOf(MailboxChange change, Mailbox current)
    {
        if (!change.ChangesMailboxPolicy || IsSame(current.MailboxPolicy, change.MailboxPolicyBefore)) return ChangeFinding.AsPlanned;
        // Which policy the default is does not show on a mailbox that falls back to it.
        return change.MailboxPolicyTo is null || IsSame(current.MailboxPolicy, change.MailboxPolicyTo) ? ChangeFinding.Done : ChangeFinding.Different;
    }

    private static ChangeCheck Compare(AccessRuleChange change, IReadOnlyList<DeviceAccessRule> rules)
    {
        var current = rules.FirstOrDefault(rule => rule.Characteristic == change.Characteristic && IsSame(rule.QueryString, change.QueryString) && (change.RuleId is null || rule.Id == change.RuleId));
        if (current?.AccessLevel == change.From) return new(ChangeFinding.AsPlanned);
        var finding = current?.AccessLevel == change.To ? ChangeFinding.Done : ChangeFinding.Different;
        if (current is null) return new(finding, "The rule does not exist any more.");
        return change.Kind == ObjectAction.Create
            ? new(finding, "Somebody else created such a rule since the rules were read.") { ObjectId = current.Id }
            : new(finding, string.Format(CultureInfo.InvariantCulture, "It is {0} now and was {1} when the plan was made.", current.AccessLevel, change.From));
    }

    private static ChangeCheck Compare(MailboxPolicyChange change, IReadOnlyList<ExchangeMailboxPolicy> policies)
    {
        var current = policies.FirstOrDefault(policy => IsSame(policy.Name, change.Name) && (change.PolicyId is null || policy.Id == change.PolicyId));
        if (change.Kind == ObjectAction.Create)
        {
            if (current is null) return new(ChangeFinding.AsPlanned);
            var same = change.Settings.Beyond(current.Settings).IsEmpty;
            return new(same ? ChangeFinding.Done : ChangeFinding.Different, "Somebody else created such a policy since the policies were read.") { ObjectId = current.Id };
        }

        if (current is null) return new(change.Kind == ObjectAction.Remove ? ChangeFinding.Done : ChangeFinding.Different, "The policy does not exist any more.");
        if (current.Settings.Only(change.Before) == change.Before) return new(ChangeFinding.AsPlanned);
        var done = change.Kind == ObjectAction.Set && change.Settings.Beyond(current.Settings).IsEmpty;
        return new(done ? ChangeFinding.Done : ChangeFinding.Different, "Its settings were changed by somebody else since they were read; the next run decides anew.");
    }

    private static ChangeCheck Compare(OrganizationSettingsChange change, OrganizationAccessSettings current)
    {
        if (Agrees(change.From, current)) return new(ChangeFinding.AsPlanned);
        return new(Agrees(change.To, current) ? ChangeFinding.Done : ChangeFinding.Different, "The settings were changed by somebody else since they were read; the next run decides anew.");
    }

    private static bool Agrees(WantedOrganizationSettings expected, OrganizationAccessSettings current) =>
        (expected.UserMailInsert is null || expected.UserMailInsert == (current.UserMailInsert ?? string.Empty))
        && (expected.OtaNotificationMailInsert is null || expected.OtaNotificationMailInsert == (current.OtaNotificationMailInsert ?? string.Empty))
        && (expected.AdminMailRecipients is null || new HashSet<string>(expected.AdminMailRecipients, StringComparer.OrdinalIgnoreCase).SetEquals(current.AdminMailRecipients));

    private static bool IsSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
