using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that changes the access policy and may have to ask the tenant for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PolicyCmdlet : ConnectorCmdlet
{
    /// <summary><b>-AccessToken:</b> a token for Microsoft Graph; needed where the tenant is asked by a connector that was installed with one.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary><b>-CertificatePassword:</b> the password of the certificate's file.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary><b>-PassThru:</b> emits the policy after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The secrets that came with the command.</summary>
    private protected CommandSecrets Secrets => new() { AccessToken = AccessToken, CertificatePassword = CertificatePassword };
}
