using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>An EAS mailbox policy as Exchange has it and as it is wanted, side by side.</summary>
public sealed record ConnectorMailboxPolicy
{
    /// <summary>Name of the connector.</summary>
    public string Connector { get; init; } = string.Empty;

    /// <summary>The policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>Where it stands; its assignment to mailboxes is not looked at here.</summary>
    public required ConfigurationState State { get; init; }

    /// <summary>Who made it.</summary>
    public required ConfigurationOwner Owner { get; init; }

    /// <summary>True for the organisation's default policy.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The settings that Exchange had at the last read of policies; null where the policy did not exist.</summary>
    public MailboxPolicySettings? Settings { get; init; }

    /// <summary>The settings that are looked after; null where nobody looks after the policy.</summary>
    public MailboxPolicySettings? WantedSettings { get; init; }

    /// <summary>Of the wanted settings those that Exchange had otherwise.</summary>
    public MailboxPolicySettings Drift { get; init; } = MailboxPolicySettings.Nothing;

    /// <summary>To whom the connector assigns it of its own accord.</summary>
    public PolicyAssignment AssignTo { get; init; }

    /// <summary>Mailboxes that it is assigned to by name.</summary>
    public IReadOnlyList<string> Mailbox { get; init; } = [];

    /// <summary>The policy's Guid in Exchange; null where it did not exist.</summary>
    public Guid? PolicyId { get; init; }

    /// <summary>When policies were last read, UTC; null when they never were.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
