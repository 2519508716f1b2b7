using System;

namespace IntuneExchangeConnector.Domain.Settings;

/// <summary>How the connector comes to an Exchange session.</summary>
public enum ExchangeEntrance
{
    /// <summary>Cmdlets that are present in the caller's own runspace.</summary>
    CallerRunspace = 0,

    /// <summary>Sessions that the caller opened and passes.</summary>
    CallerSession = 1,

    /// <summary>Sessions that the connector opens itself.</summary>
    OwnSession = 2,
}

/// <summary>How a session that the connector opens signs in.</summary>
public enum ExchangeAuthentication
{
    /// <summary>Kerberos over http, Negotiate over https, and Basic over https for an account that is given as an address.</summary>
    Default = 0,

    /// <summary>Kerberos. It needs the server's own fully qualified name.</summary>
    Kerberos = 1,

    /// <summary>Kerberos where it works, NTLM elsewhere.</summary>
    Negotiate = 2,

    /// <summary>Name and password inside TLS; never over http.</summary>
    Basic = 3,
}

/// <summary>Where Exchange is and how it is reached.</summary>
public sealed record ExchangeSettings
{
    /// <summary>The way in.</summary>
    public required ExchangeEntrance Entrance { get; init; }

    /// <summary>Fully qualified name of the server that an administrator named; null for the other ways in.</summary>
    public string? Server { get; init; }

    /// <summary>Address of the endpoint for sessions that the connector opens: https, http (Kerberos on premises) or pipe; null for the other ways in.</summary>
    public Uri? Uri { get; init; }

    /// <summary>How such a session signs in.</summary>
    public ExchangeAuthentication Authentication { get; init; }

    /// <summary>Account that opens sessions, for people; null for the identity of the process.</summary>
    public string? UserName { get; init; }

    /// <summary>Proxy towards a hosted organisation; null for none.</summary>
    public string? ProxyServer { get; init; }

    /// <summary>Port of that proxy, 1 to 65535; null for 8080.</summary>
    public int? ProxyPort { get; init; }

    /// <summary>Account of that proxy, for people; null for the identity of the process.</summary>
    public string? ProxyUserName { get; init; }
}
