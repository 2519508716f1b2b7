using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Net;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Servers;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>
/// Makes the connection that an address asks for:
/// <code>
///   http    WSMan; Kerberos, or Negotiate where that is asked for: both seal the payload. Never Basic
///   https   WSMan; Negotiate, or Basic for an account that is given by its address, as hosted organisations want it
///   pipe    a named pipe of this computer: pipe://localhost/name, or pipe://server/name for the pipe name.server
/// </code>
/// </summary>
internal static class ExchangeSessionFactory
{
    /// <summary>The endpoint that Exchange registers for remote PowerShell.</summary>
    public const string ShellUri = "http://schemas.microsoft.com/powershell/Microsoft.Exchange";

    // Texts of the server come in the language that the client asks for; one language keeps them recognisable.
    private static readonly CultureInfo s_culture = CultureInfo.GetCultureInfo("en-US");

    private static readonly TimeSpan s_openTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pipeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_cancelTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A session that the connector opens.</summary>
    /// <param name="settings">Where and how.</param>
    /// <param name="server">Fully qualified name of the server: the address is the configured one with this host.</param>
    /// <param name="credential">The account; null for the identity of the process.</param>
    /// <param name="proxyCredential">The account at the proxy; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The session, not open yet.</returns>
    /// <exception cref="ConnectorException">There is no address, or one that nothing here can speak to.</exception>
    public static IExchangeSession Create(ExchangeSettings settings, string server, NetworkCredential? credential, NetworkCredential? proxyCredential, TimeProvider time)
    {
        var connection = ConnectionTo(settings with { Uri = AddressOf(settings, server) }, credential, proxyCredential);
        return RemoteSession.Own(() => RunspaceFactory.CreateRunspace(connection), server, time);
    }

    /// <summary>The address of a server: the configured one with another host.</summary>
    /// <param name="settings">Where Exchange is.</param>
    /// <param name="server">Fully qualified name of the server.</param>
    /// <returns>The address; null where none is configured.</returns>
    public static Uri? AddressOf(ExchangeSettings settings, string server)
    {
        if (settings.Uri is not { IsAbsoluteUri: true } uri || !ServerChoice.CanMove(settings)) return settings.Uri;
        return string.Equals(uri.Host, server, StringComparison.OrdinalIgnoreCase) ? uri : new UriBuilder(uri) { Host = server }.Uri;
    }

    /// <summary>The connection that an address asks for.</summary>
    /// <param name="settings">Where and how.</param>
    /// <param name="credential">The account; null for the identity of the process.</param>
    /// <param name="proxyCredential">The account at the proxy; null for none.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ConnectorException">There is no address, or one that nothing here can speak to.</exception>
    public static RunspaceConnectionInfo ConnectionTo(ExchangeSettings settings, NetworkCredential? credential, NetworkCredential? proxyCredential)
    {
        if (settings.Uri is not { IsAbsoluteUri: true } uri) throw AddressInvalid(string.Empty, "There is no address to connect to.");
        if (uri.UserInfo.Length > 0) throw AddressInvalid(uri.Host, "The address carries an account; that is passed beside it.");
        RunspaceConnectionInfo connection = uri.Scheme.ToLowerInvariant() switch
        {
            "http" => WSMan(uri, credential, OverHttp(settings.Authentication)),
            "https" => WithProxy(WSMan(uri, credential, OverHttps(settings.Authentication, credential)), settings, proxyCredential),
            "pipe" => Pipe(uri),
            _ => throw AddressInvalid(uri.ToString(), $"Nothing speaks the scheme '{uri.Scheme}'."),
        };
        connection.Culture = s_culture;
        connection.UICulture = s_culture;
        connection.CancelTimeout = (int)s_cancelTimeout.TotalMilliseconds;
        return connection;
    }

    private static WSManConnectionInfo WSMan(Uri uri, NetworkCredential? credential, AuthenticationMechanism mechanism) =>
        new(uri, ShellUri, CredentialOf(credential))
        {
            AuthenticationMechanism = mechanism,
            OpenTimeout = (int)s_openTimeout.TotalMilliseconds,
            // A redirection would carry the sign-in to a host that nobody named.
            MaximumConnectionRedirectionCount = 0,
        };

    private static AuthenticationMechanism OverHttp(ExchangeAuthentication authentication) => authentication switch
    {
        ExchangeAuthentication.Basic => throw new ConnectorException(
            ErrorIds.InvalidParameter, ErrorKind.InvalidInput, "-Authentication Basic", "Basic over http would show the password to everybody on the way.",
            "Use the server's https address with Basic, or Kerberos."),
        ExchangeAuthentication.Negotiate => AuthenticationMechanism.Negotiate,
        _ => AuthenticationMechanism.Kerberos,
    };

    private static AuthenticationMechanism OverHttps(ExchangeAuthentication authentication, NetworkCredential? credential) => authentication switch
    {
        ExchangeAuthentication.Basic when credential is null => throw new ConnectorException(
            ErrorIds.InvalidParameter, ErrorKind.InvalidInput, "-Authentication Basic", "Basic needs a name and a password.", "Pass -Credential as well."),
        ExchangeAuthentication.Basic => AuthenticationMechanism.Basic,
        ExchangeAuthentication.Kerberos => AuthenticationMechanism.Kerberos,
        ExchangeAuthentication.Negotiate => AuthenticationMechanism.Negotiate,
        _ => credential is { Domain: "" } && credential.UserName.IndexOf('@') > 0 ? AuthenticationMechanism.Basic : AuthenticationMechanism.Negotiate,
    };

    // WinRM takes no proxy's address from its caller: it goes by the one that the computer is configured with.
    private static WSManConnectionInfo WithProxy(WSManConnectionInfo connection, ExchangeSettings settings, NetworkCredential? proxyCredential)
    {
        if (settings.ProxyServer is null) return connection;
        connection.ProxyAccessType = ProxyAccessType.WinHttpConfig;
        connection.ProxyAuthentication = AuthenticationMechanism.Negotiate;
        if (proxyCredential is not null) connection.ProxyCredential = CredentialOf(proxyCredential);
        return connection;
    }

    // The type is older than none of the editions that have pipes, but the reference assembly does not show its constructor.
    private static RunspaceConnectionInfo Pipe(Uri uri)
    {
        var name = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if ((!uri.IsLoopback && uri.HostNameType != UriHostNameType.Dns) || name.Length == 0 || name.IndexOfAny(['/', '\\']) >= 0)
        {
            throw AddressInvalid(uri.ToString(), "A pipe is named as pipe://localhost/name or pipe://server/name.");
        }

        // One computer stands for several servers: another server's address differs in its host alone, as those of the other schemes do.
        if (!uri.IsLoopback) name = $"{name}.{uri.Host.ToLowerInvariant()}";

        var type = typeof(Runspace).Assembly.GetType("System.Management.Automation.Runspaces.NamedPipeConnectionInfo");
        if (type?.GetConstructor([typeof(string), typeof(int)]) is not { } constructor)
        {
            throw new ConnectorException(
                ErrorIds.InvalidParameter, ErrorKind.NotSupported, uri.ToString(), "This edition of PowerShell cannot connect to a named pipe.",
                "Use PowerShell 7, or the server's https or http address.");
        }

        return (RunspaceConnectionInfo)constructor.Invoke([name, (int)s_pipeTimeout.TotalMilliseconds]);
    }

    private static PSCredential? CredentialOf(NetworkCredential? credential)
    {
        if (credential is null) return null;
        var user = credential.Domain.Length == 0 ? credential.UserName : $"{credential.Domain}\\{credential.UserName}";
        return new PSCredential(user, credential.SecurePassword);
    }

    private static ConnectorException AddressInvalid(string address, string message) => new(
        ErrorIds.InvalidParameter, ErrorKind.InvalidInput, address, message,
        "Give an address such as http://server.contoso.com/PowerShell/, or an https one for a hosted organisation.");
}
