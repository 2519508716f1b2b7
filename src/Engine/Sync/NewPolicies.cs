using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Mailbox policies that a run creates before it assigns them. One that could not be created is left out of the mailboxes' changes: the
/// entries beside it are more important and do not wait.
/// </summary>
internal sealed class NewPolicies
{
    private readonly Dictionary<string, Guid?> _created = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _failed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes a policy that was created.</summary>
    public void Note(PlannedChange change)
    {
        if (change is MailboxPolicyChange { Kind: ObjectAction.Create } policy) _created[policy.Name] = policy.PolicyId;
    }

    /// <summary>Notes a policy that was not.</summary>
    public void Fail(PlannedChange change)
    {
        if (change is MailboxPolicyChange { Kind: ObjectAction.Create } policy) _failed.Add(policy.Name);
    }

    /// <summary>A change as it can be written now, and what has to be said about it.</summary>
    public (AnnouncedChange Change, string? Remark) Settle(AnnouncedChange change)
    {
        if (change.Change is not MailboxChange { ChangesMailboxPolicy: true, MailboxPolicyTo: { } name, MailboxPolicyId: null } mailbox) return (change, null);
        if (_failed.Contains(name)) return Without(change, $"Policy '{name}' could not be created.");
        return (_created.TryGetValue(name, out var id) ? change with { Change = mailbox with { MailboxPolicyId = id } } : change, null);
    }

    /// <summary>A mailbox's change without its policy.</summary>
    public static (AnnouncedChange Change, string? Remark) Without(AnnouncedChange change, string why)
    {
        var rest = (MailboxChange)change.Change with { ChangesMailboxPolicy = false, MailboxPolicyTo = null, MailboxPolicyId = null, MailboxPolicyBefore = null };
        var record = change.Record;
        return (new(rest, ChangeRecords.Announce(rest, record.RunId, record.Sequence, record.At)), "Its mailbox policy was not changed. " + why);
    }
}
