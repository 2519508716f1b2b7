using System;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet about a connector that is not installed yet: where Exchange is, and who signs in to which tenant.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class InstallationCmdlet : ConnectorCmdlet
{
    /// <summary>The parameter set of the caller's own cmdlets.</summary>
    protected const string CallerRunspaceSet = "CallerRunspace";

    /// <summary>The parameter set of a server on premises.</summary>
    protected const string ServerSet = "Server";

    /// <summary>The parameter set of a hosted organisation.</summary>
    protected const string HostedSet = "Hosted";

    private const string SessionSet = "Session";

    /// <summary><b>-ExchangeServer:</b> fully qualified name of an Exchange server on premises; sessions to it are opened with Kerberos.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    [ValidateNotNullOrEmpty]
    public string? ExchangeServer { get; set; }

    /// <summary><b>-ExchangeUri:</b> address of a hosted organisation's PowerShell endpoint.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HostedSet)]
    [ValidateNotNull]
    public Uri? ExchangeUri { get; set; }

    /// <summary><b>-Session:</b> open Exchange sessions; each later sync needs one too.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SessionSet)]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary><b>-Credential:</b> the account that opens Exchange sessions; without it, the identity that runs each command.</summary>
    public abstract PSCredential? Credential { get; set; }

    /// <summary><b>-Authentication:</b> how such a session signs in; Basic travels inside TLS only.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = HostedSet)]
    public ExchangeAuthentication Authentication { get; set; }

    /// <summary><b>-ProxyServer:</b> name of the proxy towards the hosted organisation.</summary>
    [Parameter(ParameterSetName = HostedSet)]
    [ValidateNotNullOrEmpty]
    public string? ProxyServer { get; set; }

    /// <summary><b>-ProxyPort:</b> the proxy's port; 8080 where none is given.</summary>
    [Parameter(ParameterSetName = HostedSet)]
    [ValidateRange(1, 65535)]
    public int? ProxyPort { get; set; }

    /// <summary><b>-ProxyCredential:</b> the proxy's account.</summary>
    public abstract PSCredential? ProxyCredential { get; set; }

    /// <summary><b>-TenantId:</b> the tenant's id or one of its domains.</summary>
    public abstract string TenantId { get; set; }

    /// <summary><b>-ClientId:</b> id of the application that signs in.</summary>
    public abstract string ClientId { get; set; }

    /// <summary><b>-CertificateThumbprint:</b> signs in with a certificate of the store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary><b>-CertificatePath:</b> signs in with a certificate in a file, PFX or PEM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary><b>-CertificatePassword:</b> password of that file.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary><b>-UseDeviceCode:</b> a person signs in with a code on another device.</summary>
    [Parameter]
    public SwitchParameter UseDeviceCode { get; set; }

    /// <summary><b>-Interactive:</b> a person signs in with a browser.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary><b>-UseManagedIdentity:</b> the machine signs in with the identity that Azure gave it.</summary>
    [Parameter]
    public SwitchParameter UseManagedIdentity { get; set; }

    /// <summary><b>-ManagedIdentityClientId:</b> client id of a user-assigned identity; without it, the machine's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManagedIdentityClientId { get; set; }

    /// <summary><b>-AccessToken:</b> each command is given a token for Microsoft Graph.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

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

    /// <summary><b>-TenantProxy:</b> address of the proxy towards the login server and Microsoft Graph; without it, the system's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? TenantProxy { get; set; }

    /// <summary><b>-TenantProxyCredential:</b> that proxy's account; without it, the identity that runs each command.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? TenantProxyCredential { get; set; }

    /// <summary><b>-NotificationMailbox:</b> SMTP address of the mailbox that sends notices to users.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NotificationMailbox { get; set; }

    /// <summary><b>-NotificationCredential:</b> that mailbox's account.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? NotificationCredential { get; set; }

    /// <summary><b>-ExchangeWebServiceUrl:</b> address of Exchange Web Services; without it, Autodiscover finds it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? ExchangeWebServiceUrl { get; set; }

    /// <summary>The connector as it was asked for; its organisation is not known yet.</summary>
    private protected ConnectorSettings Planned(string name) => new()
    {
        Name = name,
        Organization = string.Empty,
        Exchange = Exchange(),
        Tenant = TenantSignIn.Check(Tenant()),
        ExchangeWebServiceUrl = ExchangeWebServiceUrl is null ? null : Checked.SecureEndpoint(nameof(ExchangeWebServiceUrl), ExchangeWebServiceUrl),
        NotificationMailbox = NotificationMailbox is null ? null : Checked.SmtpAddress(nameof(NotificationMailbox), NotificationMailbox),
    };

    /// <summary>The secrets that came with the command.</summary>
    private protected CommandSecrets Secrets => new()
    {
        AccessToken = AccessToken,
        CertificatePassword = CertificatePassword,
        ExchangeCredential = Credential.ToNetwork(),
        ProxyCredential = ProxyCredential.ToNetwork(),
        TenantProxyCredential = TenantProxyCredential.ToNetwork(),
        NotificationCredential = NotificationCredential.ToNetwork(),
    };

    private ExchangeSettings Exchange() => ParameterSetName switch
    {
        ServerSet => new()
        {
            Entrance = ExchangeEntrance.OwnSession,
            Server = Checked.HostName(nameof(ExchangeServer), ExchangeServer!),
            Uri = Checked.ServerAddress(ExchangeServer!, Authentication),
            Authentication = Checked.Authentication(nameof(Authentication), Authentication, null, Credential is not null),
            UserName = Credential?.UserName,
        },
        HostedSet => new()
        {
            Entrance = ExchangeEntrance.OwnSession,
            Uri = Checked.ExchangeEndpoint(nameof(ExchangeUri), ExchangeUri!),
            Authentication = Checked.Authentication(nameof(Authentication), Authentication, ExchangeUri, Credential is not null),
            UserName = Credential?.UserName,
            ProxyServer = ProxyServer is null ? null : Checked.HostName(nameof(ProxyServer), ProxyServer),
            ProxyPort = ProxyServer is null && ProxyPort is not null
                ? throw Errors.InvalidParameter(nameof(ProxyPort), ProxyPort, Strings.PortWithoutProxy, Strings.PassProxyServer)
                : ProxyPort,
            ProxyUserName = ProxyServer is null && ProxyCredential is not null
                ? throw Errors.InvalidParameter(nameof(ProxyCredential), ProxyCredential.UserName, Strings.AccountWithoutTenantProxy, Strings.PassProxyServer)
                : ProxyCredential?.UserName,
        },
        SessionSet => new() { Entrance = ExchangeEntrance.CallerSession },
        _ => new() { Entrance = ExchangeEntrance.CallerRunspace },
    };

    private TenantSettings Tenant()
    {
        if (CertificatePassword is not null && CertificatePath is null)
        {
            throw Errors.InvalidParameter(nameof(CertificatePassword), null, Strings.PasswordWithoutPath, Strings.PassCertificatePath);
        }

        if (TenantProxyCredential is not null && TenantProxy is null) throw Errors.InvalidParameter(nameof(TenantProxyCredential), TenantProxyCredential.UserName, Strings.AccountWithoutTenantProxy, Strings.PassTenantProxy);
        var method = TenantSignIn.One(
            (SignInMethod.CertificateStore, CertificateThumbprint is not null),
            (SignInMethod.CertificateFile, CertificatePath is not null),
            (SignInMethod.DeviceCode, UseDeviceCode),
            (SignInMethod.Interactive, Interactive),
            (SignInMethod.ManagedIdentity, UseManagedIdentity),
            (SignInMethod.AccessToken, AccessToken is not null));
        return new()
        {
            TenantId = TenantId,
            ClientId = ClientId,
            Method = method,
            CertificateThumbprint = CertificateThumbprint is null ? null : Checked.Thumbprint(nameof(CertificateThumbprint), CertificateThumbprint),
            CertificatePath = CertificatePath is null ? null : GetUnresolvedProviderPathFromPSPath(CertificatePath),
            ManagedIdentityClientId = TenantSignIn.Identity(method, ManagedIdentityClientId),
            Environment = Environment,
            GraphEndpoint = GraphEndpoint,
            LoginEndpoint = LoginEndpoint,
            Proxy = TenantProxy is null ? null : Checked.ProxyAddress(nameof(TenantProxy), TenantProxy),
            ProxyUserName = TenantProxyCredential?.UserName,
        };
    }
}
