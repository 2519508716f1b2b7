using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One mailbox of the simulated Exchange organisation, as Active Directory would hold it.</summary>
public sealed class SandboxMailbox
{
    public required Guid Guid { get; init; }

    /// <summary>Index of the owner in <see cref="SandboxWorld.Users"/>; -1 for a mailbox without a tenant user.</summary>
    public required int UserIndex { get; init; }

    public required string DistinguishedName { get; init; }

    /// <summary>Canonical name, for example <c>contoso.com/Users/Jane Doe</c>.</summary>
    public required string Identity { get; init; }

    public required string DisplayName { get; init; }

    public required string Alias { get; init; }

    public required string SamAccountName { get; init; }

    public required string PrimarySmtpAddress { get; init; }

    /// <summary>Proxy addresses with their prefixes, the primary as <c>SMTP:</c>.</summary>
    public required IReadOnlyList<string> EmailAddresses { get; init; }

    public string RecipientTypeDetails { get; init; } = "UserMailbox";

    public string ServerName { get; init; } = "EX1";

    public bool ActiveSyncEnabled { get; set; } = true;

    public List<string> AllowedDeviceIds { get; } = [];

    public List<string> BlockedDeviceIds { get; } = [];

    /// <summary>Name of the assigned mailbox policy; null means the default policy.</summary>
    public string? MailboxPolicy { get; set; }

    public DateTimeOffset WhenChanged { get; set; }
}
