using System;

namespace IntuneExchangeConnector.Domain.Settings;

/// <summary>The national clouds, and one for tests and private deployments.</summary>
public enum CloudEnvironment
{
    /// <summary>The worldwide cloud, GCC included.</summary>
    Global = 0,

    /// <summary>US Government L4 (GCC High).</summary>
    USGov = 1,

    /// <summary>US Government L5 (DoD).</summary>
    USGovDoD = 2,

    /// <summary>China, operated by 21Vianet.</summary>
    China = 3,

    /// <summary>Addresses given one by one.</summary>
    Custom = 4,
}

/// <summary>How the connector signs in.</summary>
public enum SignInMethod
{
    /// <summary>Certificate from the store, by thumbprint.</summary>
    CertificateStore = 0,

    /// <summary>Certificate from a file.</summary>
    CertificateFile = 1,

    /// <summary>A code that a person types on another device.</summary>
    DeviceCode = 2,

    /// <summary>A browser.</summary>
    Interactive = 3,

    /// <summary>A token that the caller passes to each command.</summary>
    AccessToken = 4,

    /// <summary>The identity that Azure gave the machine: a virtual machine's, or an Azure Arc server's.</summary>
    ManagedIdentity = 5,
}

/// <summary>The tenant and who signs in to it.</summary>
public sealed record TenantSettings
{
    /// <summary>The tenant's id or one of its domains.</summary>
    public required string TenantId { get; init; }

    /// <summary>The application's id; not used, and perhaps empty, where a managed identity signs in.</summary>
    public required string ClientId { get; init; }

    /// <summary>How it signs in.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>SHA-1 thumbprint of the certificate, hexadecimal; null for the other methods.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>Full path of the certificate's file (PFX or PEM); null for the other methods.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Client id of a user-assigned managed identity; null for the one of the machine itself, and for the other methods.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The cloud.</summary>
    public CloudEnvironment Environment { get; init; }

    /// <summary>Graph's address; only for <see cref="CloudEnvironment.Custom"/>.</summary>
    public Uri? GraphEndpoint { get; init; }

    /// <summary>The login server's address; only for <see cref="CloudEnvironment.Custom"/>.</summary>
    public Uri? LoginEndpoint { get; init; }

    /// <summary>Address of the proxy towards the login server and Graph, http or https; null for the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Account of that proxy, for people; null for the identity of the process.</summary>
    public string? ProxyUserName { get; init; }
}
