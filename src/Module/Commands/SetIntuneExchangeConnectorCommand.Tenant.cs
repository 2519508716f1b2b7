using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <content>How the connector signs in to the tenant and by which way it gets there.</content>
public sealed partial class SetIntuneExchangeConnectorCommand
{
    /// <summary><b>-ClientId:</b> id of the application that signs in from now on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary><b>-CertificateThumbprint:</b> the certificate of the store that signs in from now on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary><b>-CertificatePath:</b> the certificate file that signs in from now on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary><b>-CertificatePassword:</b> password of the certificate's file.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary><b>-UseDeviceCode:</b> a person signs in with a code on another device from now on.</summary>
    [Parameter]
    public SwitchParameter UseDeviceCode { get; set; }

    /// <summary><b>-Interactive:</b> a person signs in with a browser from now on.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary><b>-UseManagedIdentity:</b> the machine signs in with the identity that Azure gave it from now on.</summary>
    [Parameter]
    public SwitchParameter UseManagedIdentity { get; set; }

    /// <summary><b>-ManagedIdentityClientId:</b> client id of a user-assigned identity; empty for the machine's own.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? ManagedIdentityClientId { get; set; }

    /// <summary><b>-Environment:</b> the cloud of the tenant.</summary>
    [Parameter]
    public CloudEnvironment Environment { get; set; }

    /// <summary><b>-GraphEndpoint:</b> Microsoft Graph's address in a custom cloud.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? GraphEndpoint { get; set; }

    /// <summary><b>-LoginEndpoint:</b> the login server's address in a custom cloud.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? LoginEndpoint { get; set; }

    /// <summary><b>-TenantProxy:</b> address of the proxy towards the login server and Microsoft Graph; null for the system's.</summary>
    [Parameter]
    [AllowNull]
    public Uri? TenantProxy { get; set; }

    /// <summary><b>-TenantProxyCredential:</b> that proxy's account; a proxy that is named without one gets the identity that runs each command.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? TenantProxyCredential { get; set; }

    /// <summary><b>-RequestIntuneSync:</b> whether Intune is asked to synchronise its Exchange connector after a run.</summary>
    [Parameter]
    public bool RequestIntuneSync { get; set; }

    private bool ClearsProxy => IsGiven(nameof(TenantProxy)) && string.IsNullOrEmpty(TenantProxy?.OriginalString);

    private SignInMethod? Method => GivesMethod
        ? TenantSignIn.One(
            (SignInMethod.CertificateStore, CertificateThumbprint is not null),
            (SignInMethod.CertificateFile, CertificatePath is not null),
            (SignInMethod.DeviceCode, UseDeviceCode),
            (SignInMethod.Interactive, Interactive),
            (SignInMethod.ManagedIdentity, UseManagedIdentity))
        : null;

    private bool GivesMethod => CertificateThumbprint is not null || CertificatePath is not null || UseDeviceCode || Interactive || UseManagedIdentity;

    private void CheckTenant()
    {
        _ = Method;
        if (CertificateThumbprint is not null) CertificateThumbprint = Checked.Thumbprint(nameof(CertificateThumbprint), CertificateThumbprint);
        if (CertificatePath is not null) CertificatePath = GetUnresolvedProviderPathFromPSPath(CertificatePath);
        if (TenantProxy is not null && !ClearsProxy) Checked.ProxyAddress(nameof(TenantProxy), TenantProxy);
    }

    // What was named for another way of signing in goes, so that the file tells one way only.
    private TenantSettings ChangeTenant(TenantSettings now)
    {
        var method = Method ?? now.Method;
        if (CertificatePassword is not null && method != SignInMethod.CertificateFile) throw Errors.InvalidParameter(nameof(CertificatePassword), null, Strings.PasswordWithoutFile, Strings.PassCertificatePath);
        var identity = IsGiven(nameof(ManagedIdentityClientId)) ? EmptyToNull(ManagedIdentityClientId) : UseManagedIdentity ? null : now.ManagedIdentityClientId;
        var cloud = IsGiven(nameof(Environment)) ? Environment : now.Environment;
        var proxy = ClearsProxy ? null : TenantProxy ?? now.Proxy;
        if (TenantProxyCredential is not null && proxy is null) throw Errors.InvalidParameter(nameof(TenantProxyCredential), TenantProxyCredential.UserName, Strings.AccountWithoutTenantProxy, Strings.PassTenantProxy);
        return TenantSignIn.Check(now with
        {
            ClientId = ClientId ?? now.ClientId,
            Method = method,
            CertificateThumbprint = method == SignInMethod.CertificateStore ? CertificateThumbprint ?? now.CertificateThumbprint : null,
            CertificatePath = method == SignInMethod.CertificateFile ? CertificatePath ?? now.CertificatePath : null,
            ManagedIdentityClientId = method == SignInMethod.ManagedIdentity || IsGiven(nameof(ManagedIdentityClientId)) ? TenantSignIn.Identity(method, identity) : null,
            Environment = cloud,
            GraphEndpoint = GraphEndpoint ?? (cloud == CloudEnvironment.Custom ? now.GraphEndpoint : null),
            LoginEndpoint = LoginEndpoint ?? (cloud == CloudEnvironment.Custom ? now.LoginEndpoint : null),
            Proxy = proxy,
            // One proxy's account is not shown to another.
            ProxyUserName = proxy is null ? null : TenantProxyCredential?.UserName ?? (IsGiven(nameof(TenantProxy)) ? null : now.ProxyUserName),
        });
    }
}
