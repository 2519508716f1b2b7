using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Proves what a connector needs, before its installation or after it, or describes the least rights that its account needs.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ConnectorPrerequisite", DefaultParameterSetName = CallerRunspaceSet)]
[OutputType(typeof(PrerequisiteCheck), typeof(RoleGroupDefinition))]
public sealed class TestConnectorPrerequisiteCommand : InstallationCmdlet
{
    // What an installed connector may be lent for one command; everything else it has of its own.
    private static readonly HashSet<string> s_lent =
    [
        nameof(Name), nameof(Session), nameof(AccessToken), nameof(CertificatePassword), nameof(Credential), nameof(ProxyCredential), nameof(TenantProxyCredential), nameof(AsRole), nameof(RoleGroup),
        .. CommonParameters,
    ];

    /// <summary><b>-TenantId:</b> the tenant's id or one of its domains; without it, an installed connector is checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string TenantId { get; set; } = string.Empty;

    /// <summary><b>-ClientId:</b> id of the application that signs in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string ClientId { get; set; } = string.Empty;

    /// <summary><b>-Credential:</b> the account that opens Exchange sessions; without it, the identity that runs the command.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <summary><b>-ProxyCredential:</b> the account of the proxy towards a hosted organisation.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public override PSCredential? ProxyCredential { get; set; }

    /// <summary><b>-AsRole:</b> emits the commands that create the least-privilege role group instead; nothing is run.</summary>
    [Parameter]
    public SwitchParameter AsRole { get; set; }

    /// <summary><b>-RoleGroup:</b> name of that role group.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string RoleGroup { get; set; } = RoleGroupRequest.DefaultName;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = AskEngine(Request);
        if (AsRole)
        {
            WriteObject(RunEngine(Session ?? [], (shell, console, token) =>
                EngineHost.Current.DescribeRoleGroupAsync(new RoleGroupRequest { Connector = request, RoleGroup = RoleGroup }, shell, console, token)));
            return;
        }

        RunEngine(Session ?? [], (shell, console, token) =>
            EngineHost.Current.TestPrerequisitesAsync(request, shell, console, EmitAsync, token));
    }

    private PrerequisiteRequest Request() => IsPlanned
        ? new() { Settings = Planned(Name ?? ConnectorSettings.DefaultName), Secrets = Secrets }
        : new() { Name = Name, Secrets = Secrets };

    // One of the two ids, or a place where Exchange is, makes it a connector to be.
    private bool IsPlanned
    {
        get
        {
            var foreign = MyInvocation.BoundParameters.Keys.FirstOrDefault(name => !s_lent.Contains(name));
            if (foreign is null) return false;
            if (TenantId.Length == 0) throw Errors.InvalidParameter(foreign, null, Strings.BelongsToPlanned, Strings.PassTenantAndClient);
            if (Credential is not null && ParameterSetName is not (ServerSet or HostedSet)) throw Errors.InvalidParameter(nameof(Credential), null, Strings.CredentialWithoutServer, Strings.PassExchangeServer);
            return true;
        }
    }
}
