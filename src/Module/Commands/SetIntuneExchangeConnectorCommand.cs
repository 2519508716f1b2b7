using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Changes how a connector reaches both sides. What is not named stays as it is; an empty value clears a setting.</summary>
[Cmdlet(VerbsCommon.Set, "IntuneExchangeConnector", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorStatus))]
public sealed partial class SetIntuneExchangeConnectorCommand : ConnectorCmdlet
{
    private static readonly string[] s_settings =
    [
        nameof(Credential), nameof(Authentication), nameof(ProxyServer), nameof(ProxyPort), nameof(ProxyCredential), nameof(ClientId), nameof(CertificateThumbprint), nameof(CertificatePath),
        nameof(CertificatePassword), nameof(UseDeviceCode), nameof(Interactive), nameof(UseManagedIdentity), nameof(ManagedIdentityClientId), nameof(Environment), nameof(GraphEndpoint),
        nameof(LoginEndpoint), nameof(TenantProxy), nameof(TenantProxyCredential), nameof(RequestIntuneSync), nameof(NotificationMailbox), nameof(NotificationCredential),
        nameof(ExchangeWebServiceUrl),
    ];

    /// <summary><b>-Credential:</b> the account that opens Exchange sessions.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary><b>-Authentication:</b> how a session with Exchange signs in; Basic travels inside TLS only.</summary>
    [Parameter]
    public ExchangeAuthentication Authentication { get; set; }

    /// <summary><b>-ProxyServer:</b> name of the proxy towards a hosted organisation; empty for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? ProxyServer { get; set; }

    /// <summary><b>-ProxyPort:</b> the proxy's port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int ProxyPort { get; set; }

    /// <summary><b>-ProxyCredential:</b> the proxy's account.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary><b>-NotificationMailbox:</b> SMTP address of the mailbox that sends notices; empty for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? NotificationMailbox { get; set; }

    /// <summary><b>-NotificationCredential:</b> that mailbox's account.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? NotificationCredential { get; set; }

    /// <summary><b>-ExchangeWebServiceUrl:</b> address of Exchange Web Services; null for Autodiscover.</summary>
    [Parameter]
    [AllowNull]
    public Uri? ExchangeWebServiceUrl { get; set; }

    /// <summary><b>-PassThru:</b> emits the connector after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var given = s_settings.Where(IsGiven).ToArray();
        if (given.Length == 0)
        {
            WriteWarning(Strings.NothingToSet);
            return;
        }

        AskEngine(Check);
        if (!Approve(NameForPeople, string.Format(CultureInfo.CurrentCulture, Strings.SetAction, string.Join(", ", given)), force: false)) return;

        var secrets = new CommandSecrets
        {
            ExchangeCredential = Credential.ToNetwork(),
            ProxyCredential = ProxyCredential.ToNetwork(),
            CertificatePassword = CertificatePassword,
            TenantProxyCredential = TenantProxyCredential.ToNetwork(),
            NotificationCredential = NotificationCredential.ToNetwork(),
        };
        var status = RunEngine([], (_, console, _) => Task.FromResult(EngineHost.Current.SetSettings(Name, Change, secrets, console)));
        if (PassThru) WriteObject(status);
    }

    // Before anything is asked or changed: a wrong value must not cost a confirmation.
    private bool Check()
    {
        if (!string.IsNullOrEmpty(ProxyServer)) Checked.HostName(nameof(ProxyServer), ProxyServer!);
        if (!string.IsNullOrEmpty(NotificationMailbox)) Checked.SmtpAddress(nameof(NotificationMailbox), NotificationMailbox!);
        if (ExchangeWebServiceUrl is not null) Checked.SecureEndpoint(nameof(ExchangeWebServiceUrl), ExchangeWebServiceUrl);
        CheckTenant();
        return true;
    }

    private ConnectorSettings Change(ConnectorSettings now) => now with
    {
        Exchange = ChangeExchange(now.Exchange),
        Tenant = ChangeTenant(now.Tenant),
        RequestIntuneSync = IsGiven(nameof(RequestIntuneSync)) ? RequestIntuneSync : now.RequestIntuneSync,
        NotificationMailbox = IsGiven(nameof(NotificationMailbox)) ? EmptyToNull(NotificationMailbox) : now.NotificationMailbox,
        ExchangeWebServiceUrl = IsGiven(nameof(ExchangeWebServiceUrl)) ? ExchangeWebServiceUrl : now.ExchangeWebServiceUrl,
    };

    private ExchangeSettings ChangeExchange(ExchangeSettings now)
    {
        var proxy = IsGiven(nameof(ProxyServer)) ? EmptyToNull(ProxyServer) : now.ProxyServer;
        if (ProxyCredential is not null && proxy is null) throw Errors.InvalidParameter(nameof(ProxyCredential), ProxyCredential.UserName, Strings.AccountWithoutTenantProxy, Strings.PassProxyServer);
        return now with
        {
            Authentication = IsGiven(nameof(Authentication)) ? SignIn(now) : now.Authentication,
            Uri = IsGiven(nameof(Authentication)) && now.Server is { } server ? Checked.ServerAddress(server, Authentication) : now.Uri,
            UserName = Credential is null ? now.UserName : Credential.UserName,
            ProxyServer = proxy,
            ProxyPort = IsGiven(nameof(ProxyPort)) ? ProxyPort : ProxyIsCleared ? null : now.ProxyPort,
            // Another proxy does not get to see the account of the one before.
            ProxyUserName = proxy is null ? null : ProxyCredential?.UserName ?? (IsGiven(nameof(ProxyServer)) ? null : now.ProxyUserName),
        };
    }

    private ExchangeAuthentication SignIn(ExchangeSettings now) => now.Entrance == ExchangeEntrance.OwnSession
        ? Checked.Authentication(nameof(Authentication), Authentication, now.Server is null ? now.Uri : null, Credential is not null || now.UserName is not null)
        : throw Errors.InvalidParameter(nameof(Authentication), Authentication, Strings.NoOwnSessions, Strings.SignInYourself);

    private bool ProxyIsCleared => IsGiven(nameof(ProxyServer)) && string.IsNullOrEmpty(ProxyServer);

    private static string? EmptyToNull(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
