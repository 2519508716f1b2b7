using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>What a mailbox and its tenant user have in common, for joining the two sides.</summary>
[Flags]
internal enum JoinKeys
{
    None = 0,
    DistinguishedName = 1,
    ObjectGuid = 2,
    AccountName = 4,
    SmtpAddress = 8,
    UserPrincipalName = 16,
    All = 31,
}

/// <summary>What is decided about a person before the mailbox and the user are made.</summary>
internal readonly record struct Person(string DisplayName, string AliasStem)
{
    public string RecipientTypeDetails { get; init; } = "UserMailbox";

    public bool HasTenantUser { get; init; } = true;

    public bool HasLicence { get; init; } = true;

    public bool AccountEnabled { get; init; } = true;

    public bool ActiveSyncEnabled { get; init; } = true;

    public JoinKeys Join { get; init; } = JoinKeys.All;

    /// <summary>Organisational units from the domain down, or the container <c>Users</c>.</summary>
    public string Container { get; init; } = "Users";

    public string? MailboxPolicy { get; init; }

    public string Server { get; init; } = WorldNames.FirstServer;
}
