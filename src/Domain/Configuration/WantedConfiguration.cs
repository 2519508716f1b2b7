using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>A device access rule that the connector looks after.</summary>
/// <param name="Characteristic">What it looks at.</param>
/// <param name="QueryString">The text it looks for, whole.</param>
/// <param name="AccessLevel">What it gives.</param>
public sealed record WantedAccessRule(RuleCharacteristic Characteristic, string QueryString, ExchangeAccessLevel AccessLevel)
{
    private const int LongestQuery = 256;

    /// <summary>Whether a rule can look for a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False for one that is empty, too long, or holds control characters.</returns>
    public static bool IsQueryString(string text) => text.Trim().Length > 0 && text.Length <= LongestQuery && !text.Any(char.IsControl);
}

/// <summary>To whom the connector assigns a mailbox policy of its own accord.</summary>
public enum PolicyAssignment
{
    /// <summary>To nobody but the mailboxes that are named.</summary>
    None = 0,

    /// <summary>To every mailbox that the access policy targets and that has a partnership, unless another policy names it.</summary>
    Targeted = 1,
}

/// <summary>An EAS mailbox policy that the connector looks after.</summary>
public sealed record WantedMailboxPolicy
{
    /// <summary>Its name in Exchange.</summary>
    public required string Name { get; init; }

    /// <summary>The settings that are looked after; what is not named here stays as Exchange has it.</summary>
    public MailboxPolicySettings Settings { get; init; } = MailboxPolicySettings.Nothing;

    /// <summary>To whom it is assigned.</summary>
    public PolicyAssignment AssignTo { get; init; }

    /// <summary>Mailboxes that it is assigned to by name: an SMTP address, a canonical name, a distinguished name or a Guid each.</summary>
    public IReadOnlyList<string> Mailboxes { get; init; } = [];
}

/// <summary>The organisation's EAS settings that the connector looks after, beside the default level. Null: not looked after; empty: wanted empty.</summary>
public sealed record WantedOrganizationSettings
{
    /// <summary>Text that Exchange adds to its mail to a quarantined user; 256 characters at most.</summary>
    public string? UserMailInsert { get; init; }

    /// <summary>Text that Exchange adds to its mail to a device that needs an update; 256 characters at most.</summary>
    public string? OtaNotificationMailInsert { get; init; }

    /// <summary>SMTP addresses of the administrators who are told of quarantined devices.</summary>
    public IReadOnlyList<string>? AdminMailRecipients { get; init; }

    /// <summary>True when nothing is looked after.</summary>
    public bool IsEmpty => UserMailInsert is null && OtaNotificationMailInsert is null && AdminMailRecipients is null;
}

/// <summary>
/// What the connector looks after in the organisation's configuration. A full run repairs what drifted from it; what is not named here
/// belongs to administrators and is never touched. A new connector looks after nothing.
/// </summary>
public sealed record WantedConfiguration
{
    /// <summary>Nothing looked after.</summary>
    public static WantedConfiguration Nothing { get; } = new();

    /// <summary>Device access rules; no two with one characteristic and text.</summary>
    public IReadOnlyList<WantedAccessRule> Rules { get; init; } = [];

    /// <summary>EAS mailbox policies; no two with one name.</summary>
    public IReadOnlyList<WantedMailboxPolicy> Policies { get; init; } = [];

    /// <summary>Organisation settings.</summary>
    public WantedOrganizationSettings Organization { get; init; } = new();

    /// <summary>True when nothing is looked after.</summary>
    public bool IsEmpty => Rules.Count == 0 && Policies.Count == 0 && Organization.IsEmpty;
}
