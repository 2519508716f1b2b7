using System.Net;
using System.Security;

namespace IntuneExchangeConnector.Domain.Settings;

/// <summary>The secrets that a command was given. They live as long as the command.</summary>
public sealed record CommandSecrets
{
    /// <summary>Nothing given.</summary>
    public static CommandSecrets None { get; } = new();

    /// <summary>Access token for Graph; null when none was passed.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>Password of the certificate's file; null when none was passed.</summary>
    public SecureString? CertificatePassword { get; init; }

    /// <summary>Account that opens Exchange sessions; null for the identity of the process.</summary>
    public NetworkCredential? ExchangeCredential { get; init; }

    /// <summary>Account of the proxy towards a hosted organisation; null for none.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Account of the proxy towards the tenant; null for the identity of the process.</summary>
    public NetworkCredential? TenantProxyCredential { get; init; }

    /// <summary>Account of the mailbox that sends notices; null for the identity of the process.</summary>
    public NetworkCredential? NotificationCredential { get; init; }
}

/// <summary>What an installation was asked for.</summary>
public sealed record InstallRequest
{
    /// <summary>The configuration; its organisation is filled in by the installation.</summary>
    public required ConnectorSettings Settings { get; init; }

    /// <summary>The secrets that came with it.</summary>
    public CommandSecrets Secrets { get; init; } = CommandSecrets.None;

    /// <summary>Takes over configuration, state and ledger of the connector that serves the organisation already.</summary>
    public bool Replace { get; init; }

    /// <summary>Installs without the checks of prerequisites; what cannot be reached fails all the same.</summary>
    public bool SkipPrerequisites { get; init; }
}
