using System;

namespace IntuneExchangeConnector.Domain.Organization;

/// <summary>A server of the Exchange organisation, as <c>Get-ExchangeServer</c> returns it.</summary>
public sealed record ExchangeServer
{
    private static readonly Version s_clientAccessInEveryMailboxServer = new(15, 1);

    /// <summary>Short name.</summary>
    public required string Name { get; init; }

    /// <summary>Fully qualified name: what a session is opened with.</summary>
    public required string Fqdn { get; init; }

    /// <summary>Version; null where the server did not tell.</summary>
    public ExchangeVersion? Version { get; init; }

    /// <summary>Roles as printed: <c>Mailbox, ClientAccess</c> before Exchange 2016, <c>Mailbox</c> or <c>Edge</c> from then on.</summary>
    public string Role { get; init; } = string.Empty;

    /// <summary>True where the server says that it answers clients.</summary>
    public bool IsClientAccessServer { get; init; }

    /// <summary>True where the server holds mailboxes.</summary>
    public bool IsMailboxServer { get; init; }

    /// <summary>True for a transport server in the perimeter, which has no remote PowerShell for the organisation.</summary>
    public bool IsEdgeServer { get; init; }

    /// <summary>Name of its Active Directory site; null where the server did not tell.</summary>
    public string? Site { get; init; }

    /// <summary>
    /// True where a session can be opened with it. The role's text does not tell: from Exchange 2016 on it names the mailbox role alone, and
    /// every server with that role answers clients.
    /// </summary>
    public bool OffersSessions =>
        !IsEdgeServer && (IsClientAccessServer || (IsMailboxServer && Version is { } version && version.Number >= s_clientAccessInEveryMailboxServer));
}
