using System;
using System.Net;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The proxy that the connector was told to take to the tenant, whatever the system is set to. Nothing goes round it.</summary>
internal sealed class TenantProxy : IWebProxy
{
    private readonly Uri _address;

    /// <summary>Takes the way through a proxy.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="account">Its account; null for the identity of the process.</param>
    public TenantProxy(Uri address, NetworkCredential? account)
    {
        _address = address;
        Credentials = account is null ? CredentialCache.DefaultCredentials : account;
    }

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <inheritdoc/>
    public Uri GetProxy(Uri destination) => _address;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => false;
}
