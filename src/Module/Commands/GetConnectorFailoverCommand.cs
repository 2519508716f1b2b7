using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows the organisation's servers, how each of them is, and which one the connector works with.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorFailover")]
[OutputType(typeof(ConnectorServer))]
public sealed class GetConnectorFailoverCommand : ConnectorCmdlet
{
    /// <summary><b>-Probe:</b> tries a session with each server now, instead of telling how it was when it was last tried.</summary>
    [Parameter]
    public SwitchParameter Probe { get; set; }

    /// <summary><b>-Credential:</b> the account that opens the sessions; without it, the identity that runs the command.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Probe)
        {
            var secrets = new CommandSecrets { ExchangeCredential = Credential.ToNetwork() };
            WriteObject(RunEngine([], (_, _, token) => EngineHost.Current.ProbeServersAsync(Name, secrets, token)), enumerateCollection: true);
        }
        else if (TryAskEngine(ErrorIds.ConnectorNotFound, () => EngineHost.Current.GetServers(Name), out var servers))
        {
            WriteObject(servers, enumerateCollection: true);
        }
    }
}
