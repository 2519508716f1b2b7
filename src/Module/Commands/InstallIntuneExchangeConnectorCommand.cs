using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Installs a connector: connects to Exchange, identifies the organisation, signs in to the tenant, writes the configuration.</summary>
[Cmdlet(VerbsLifecycle.Install, "IntuneExchangeConnector", DefaultParameterSetName = CallerRunspaceSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorStatus))]
public sealed class InstallIntuneExchangeConnectorCommand : InstallationCmdlet
{
    /// <summary><b>-Name:</b> the new connector's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; } = ConnectorSettings.DefaultName;

    /// <summary><b>-TenantId:</b> the tenant's id or one of its domains.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public override string TenantId { get; set; } = string.Empty;

    /// <summary><b>-ClientId:</b> id of the application that signs in; a managed identity needs none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string ClientId { get; set; } = string.Empty;

    /// <summary><b>-Credential:</b> the account that opens Exchange sessions; without it, the identity that runs each command.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = HostedSet)]
    [ValidateNotNull]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <summary><b>-ProxyCredential:</b> the proxy's account.</summary>
    [Parameter(ParameterSetName = HostedSet)]
    [ValidateNotNull]
    [Credential]
    public override PSCredential? ProxyCredential { get; set; }

    /// <summary><b>-Replace:</b> takes over from the connector that serves the organisation already, with its ledger.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary><b>-SkipPrerequisite:</b> installs without the checks that Test-ConnectorPrerequisite makes.</summary>
    [Parameter]
    public SwitchParameter SkipPrerequisite { get; set; }

    /// <summary><b>-Force:</b> does not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><b>-PassThru:</b> emits the new connector.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = AskEngine(Request);
        var action = string.Format(
            CultureInfo.CurrentCulture,
            Replace ? Strings.InstallReplaceAction : Strings.InstallAction,
            ExchangeServer ?? ExchangeUri?.ToString() ?? (Session is null ? Strings.CallerRunspace : Strings.CallerSession),
            TenantId);
        if (!Approve(Name!, action, Force)) return;

        var status = RunEngine(Session ?? [], (shell, console, token) => EngineHost.Current.InstallAsync(request, shell, console, token));
        if (PassThru) WriteObject(status);
    }

    private InstallRequest Request() => new()
    {
        Replace = Replace,
        SkipPrerequisites = SkipPrerequisite,
        Settings = Planned(Name!),
        Secrets = Secrets,
    };
}
