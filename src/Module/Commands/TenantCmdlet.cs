using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that talks to both sides: the caller may lend it a token or the certificate's password.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TenantCmdlet : ExchangeCmdlet
{
    /// <summary><b>-AccessToken:</b> a token for Microsoft Graph; needed at each run by a connector that was installed with one.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary><b>-CertificatePassword:</b> the password of the certificate's file.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary><b>-TenantProxyCredential:</b> the account of the proxy towards the tenant, where it is not kept.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? TenantProxyCredential { get; set; }

    /// <inheritdoc/>
    private protected override CommandSecrets Secrets => base.Secrets with
    {
        AccessToken = AccessToken,
        CertificatePassword = CertificatePassword,
        TenantProxyCredential = TenantProxyCredential.ToNetwork(),
    };
}
