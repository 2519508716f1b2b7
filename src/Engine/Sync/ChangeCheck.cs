using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>What a re-read found of the object that a change concerns.</summary>
internal enum ChangeFinding
{
    /// <summary>It is as it was when the plan was made.</summary>
    AsPlanned,

    /// <summary>It is as it will be after the change.</summary>
    Done,

    /// <summary>It is neither: somebody else changed it.</summary>
    Different,
}

/// <summary>The answer of a re-read.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Why">What is different, as a sentence; null when nothing is.</param>
/// <param name="DomainController">Who answered: a write that goes to the same one cannot meet an older copy. Null where nobody told.</param>
internal sealed record ChangeCheck(ChangeFinding Finding, string? Why = null, string? DomainController = null)
{
    /// <summary>The rule or mailbox policy that was found; null for none.</summary>
    public Guid? ObjectId { get; init; }

    /// <summary>Reads what a change concerns anew.</summary>
    /// <param name="exchange">The organisation.</param>
    /// <param name="change">The change.</param>
    /// <param name="domainController">Who is asked; null for whom Exchange chooses.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>What was found.</returns>
    public static async Task<ChangeCheck> LookAsync(IExchangeDirectory exchange, PlannedChange change, string? domainController, CancellationToken cancellationToken) => change switch
    {
        MailboxChange mailbox => Compare(mailbox, await exchange.ReadMailboxAsync(mailbox.MailboxId, domainController, cancellationToken).ConfigureAwait(false)),
        DefaultAccessLevelChange level => Compare(level, (await exchange.ReadSettingsAsync(cancellationToken).ConfigureAwait(false)).DefaultAccessLevel),
        _ => await ConfigurationCheck.LookAsync(exchange, change, cancellationToken).ConfigureAwait(false),
    };

    private static ChangeCheck Compare(MailboxChange change, Mailbox? current)
    {
        if (current is null) return new(ChangeFinding.Different, "The mailbox does not exist any more.");
        var policy = ConfigurationCheck.PolicyOf(change, current);
        if (Same(current.AllowedDeviceIds, change.AllowedBefore) && Same(current.BlockedDeviceIds, change.BlockedBefore))
        {
            // A change of the policy alone leaves the lists as they were, so they cannot tell whether it was written.
            if (policy == ChangeFinding.Different) return new(policy, "Its mailbox policy was changed by somebody else since it was read; the next run decides anew.");
            if (policy == ChangeFinding.Done && change.ChangesPolicyOnly) return new(policy, "It has the mailbox policy already; somebody else assigned it since it was read.", current.DomainController);
            return new(ChangeFinding.AsPlanned, DomainController: current.DomainController);
        }

        var done = Same(current.AllowedDeviceIds, ChangeRecords.After(change.AllowedBefore, change.AllowedAdd, change.AllowedRemove))
            && Same(current.BlockedDeviceIds, ChangeRecords.After(change.BlockedBefore, change.BlockedAdd, change.BlockedRemove));
        return done && policy != ChangeFinding.Different && !(change.ChangesMailboxPolicy && policy == ChangeFinding.AsPlanned)
            ? new(ChangeFinding.Done, "Its lists are already as the plan wants them; somebody else wrote them since they were read.", current.DomainController)
            : new(ChangeFinding.Different, "Its lists were changed by somebody else since they were read; the next run decides anew.");
    }

    private static ChangeCheck Compare(DefaultAccessLevelChange change, Domain.Access.ExchangeAccessLevel current)
    {
        if (current == change.From) return new(ChangeFinding.AsPlanned);
        var why = string.Format(CultureInfo.InvariantCulture, "It is {0} now and was {1} when the plan was made.", current, change.From);
        return new(current == change.To ? ChangeFinding.Done : ChangeFinding.Different, why);
    }

    private static bool Same(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Count == right.Count && new HashSet<string>(left, EasDeviceId.Comparer).SetEquals(right);
}
