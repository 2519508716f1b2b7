using System.Security;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>What a kept secret is for.</summary>
public enum SecretPurpose
{
    /// <summary>Password of the account that opens Exchange sessions.</summary>
    ExchangeCredential = 0,

    /// <summary>Password of the certificate's file.</summary>
    CertificatePassword = 1,

    /// <summary>Password of the account of the proxy towards the tenant.</summary>
    TenantProxyCredential = 2,

    /// <summary>Password of the account of the proxy towards a hosted organisation.</summary>
    ProxyCredential = 3,
}

/// <summary>
/// Where passwords are kept between runs, protected for the account that stored them. Failures are
/// <see cref="Domain.Errors.ConnectorException"/>; none of them carries a secret.
/// </summary>
public interface ISecretStore
{
    /// <summary>Keeps a secret in place of the one that was kept for the same purpose.</summary>
    /// <param name="connector">The connector's name.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="secret">The secret; it stays the caller's.</param>
    /// <exception cref="Domain.Errors.ConnectorException">SecretStoreUnavailable where the system protects nothing.</exception>
    void Store(string connector, SecretPurpose purpose, SecureString secret);

    /// <summary>Gives a secret back.</summary>
    /// <param name="connector">The connector's name.</param>
    /// <param name="purpose">What it is for.</param>
    /// <returns>The secret, the caller's to dispose; null when none is kept.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">SecretStoreUnavailable when one is kept that this account cannot open.</exception>
    SecureString? TryRead(string connector, SecretPurpose purpose);

    /// <summary>Forgets a secret; nothing happens when none is kept.</summary>
    /// <param name="connector">The connector's name.</param>
    /// <param name="purpose">What it is for.</param>
    void Remove(string connector, SecretPurpose purpose);
}
