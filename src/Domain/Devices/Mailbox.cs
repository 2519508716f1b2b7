using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>A mailbox as <c>Get-CASMailbox</c> returns it: who owns it and what its personal lists say.</summary>
public sealed record Mailbox
{
    /// <summary>The directory object's Guid: the key, and the identity that is passed back to Exchange.</summary>
    public required Guid Id { get; init; }

    /// <summary>Distinguished name; null where the server did not give one.</summary>
    public string? DistinguishedName { get; init; }

    /// <summary>Canonical name, for example <c>contoso.com/Users/Jane Doe</c>.</summary>
    public required string Identity { get; init; }

    /// <summary>Name as people see it.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>Primary SMTP address: how a mailbox is named in output and messages.</summary>
    public required string PrimarySmtpAddress { get; init; }

    /// <summary>All SMTP proxy addresses, without prefix.</summary>
    public IReadOnlyList<string> SmtpAddresses { get; init; } = [];

    /// <summary>Logon name within its domain; null where the server did not give one.</summary>
    public string? SamAccountName { get; init; }

    /// <summary>False when EAS is switched off for the mailbox: then no device gets mail, whatever the lists say.</summary>
    public bool ActiveSyncEnabled { get; init; } = true;

    /// <summary>Ids that the mailbox lets in (ActiveSyncAllowedDeviceIDs), spelled as Exchange holds them.</summary>
    public IReadOnlyList<string> AllowedDeviceIds { get; init; } = [];

    /// <summary>Ids that the mailbox refuses (ActiveSyncBlockedDeviceIDs), spelled as Exchange holds them.</summary>
    public IReadOnlyList<string> BlockedDeviceIds { get; init; } = [];

    /// <summary>Name of the assigned EAS mailbox policy; null when the server did not tell.</summary>
    public string? MailboxPolicy { get; init; }

    /// <summary>The domain controller that answered; null where it was not asked for. It is not kept.</summary>
    public string? DomainController { get; init; }

    /// <summary>Last change of the directory object, UTC.</summary>
    public DateTimeOffset? WhenChanged { get; init; }

    /// <summary>True for the mailboxes of Exchange's own connectivity tests.</summary>
    public bool IsSystem =>
        DisplayName.StartsWith("CAS_{", StringComparison.OrdinalIgnoreCase)
        || DisplayName.StartsWith("extest_", StringComparison.OrdinalIgnoreCase)
        || (SamAccountName is { } name && name.StartsWith("extest_", StringComparison.OrdinalIgnoreCase))
        || DisplayName.StartsWith("HealthMailbox", StringComparison.OrdinalIgnoreCase);
}
