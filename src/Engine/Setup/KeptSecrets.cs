using System;
using System.Net;
using System.Security;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>Which of a command's secrets are kept for the runs that nobody watches, and how such a run gets them back.</summary>
internal static class KeptSecrets
{
    /// <summary>Keeps what the system can protect. Where it protects nothing, the secret serves this command only, and its giver is told so.</summary>
    public static void Keep(ISecretStore store, string connector, CommandSecrets secrets, ISyncConsole console)
    {
        Keep(store, connector, SecretPurpose.ExchangeCredential, secrets.ExchangeCredential?.SecurePassword, "-Credential", console);
        Keep(store, connector, SecretPurpose.CertificatePassword, secrets.CertificatePassword, "-CertificatePassword", console);
        Keep(store, connector, SecretPurpose.TenantProxyCredential, secrets.TenantProxyCredential?.SecurePassword, "-TenantProxyCredential", console);
        Keep(store, connector, SecretPurpose.ProxyCredential, secrets.ProxyCredential?.SecurePassword, "-ProxyCredential", console);
        // A secret that nobody needs is one that can be lost.
        if (secrets.NotificationCredential is not null) console.Warning("The account of -NotificationCredential is not kept: this version sends no notices, so nothing needs it yet.");
    }

    /// <summary>Adds what was kept to what a command was given; what was given wins.</summary>
    public static CommandSecrets Complete(ISecretStore store, ConnectorSettings settings, CommandSecrets given) => given with
    {
        ExchangeCredential = given.ExchangeCredential ?? Account(store, settings.Name, SecretPurpose.ExchangeCredential, settings.Exchange.UserName),
        TenantProxyCredential = given.TenantProxyCredential
            ?? (settings.Tenant.Proxy is null ? null : Account(store, settings.Name, SecretPurpose.TenantProxyCredential, settings.Tenant.ProxyUserName)),
        ProxyCredential = given.ProxyCredential
            ?? (settings.Exchange.ProxyServer is null ? null : Account(store, settings.Name, SecretPurpose.ProxyCredential, settings.Exchange.ProxyUserName)),
        CertificatePassword = given.CertificatePassword
            ?? (settings.Tenant.Method == SignInMethod.CertificateFile ? store.TryRead(settings.Name, SecretPurpose.CertificatePassword) : null),
    };

    /// <summary>Forgets what a connector's settings have no use for any more: a secret that nobody needs is one that can be lost.</summary>
    public static void Drop(ISecretStore store, ConnectorSettings settings)
    {
        if (settings.Tenant.Method != SignInMethod.CertificateFile) store.Remove(settings.Name, SecretPurpose.CertificatePassword);
        if (settings.Exchange.ProxyServer is null || settings.Exchange.ProxyUserName is null) store.Remove(settings.Name, SecretPurpose.ProxyCredential);
        if (settings.Tenant.Proxy is null || settings.Tenant.ProxyUserName is null) store.Remove(settings.Name, SecretPurpose.TenantProxyCredential);
    }

    /// <summary>Forgets everything that was kept for a connector.</summary>
    public static void Forget(ISecretStore store, string connector)
    {
        foreach (SecretPurpose purpose in Enum.GetValues(typeof(SecretPurpose))) store.Remove(connector, purpose);
    }

    private static void Keep(ISecretStore store, string connector, SecretPurpose purpose, SecureString? secret, string parameter, ISyncConsole console)
    {
        if (secret is null || secret.Length == 0) return;
        try
        {
            store.Store(connector, purpose, secret);
        }
        catch (ConnectorException failure) when (failure.ErrorId == ErrorIds.SecretStoreUnavailable)
        {
            console.Warning($"The password of {parameter} was used and is not kept: {failure.Message} Pass {parameter} to each Invoke-ConnectorSync.");
        }
    }

    private static NetworkCredential? Account(ISecretStore store, string connector, SecretPurpose purpose, string? user) =>
        user is { Length: > 0 } && store.TryRead(connector, purpose) is { } password ? new NetworkCredential(user, password) : null;
}
