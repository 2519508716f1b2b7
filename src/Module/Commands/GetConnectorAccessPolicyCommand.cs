using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows a connector's access policy.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorAccessPolicy")]
[OutputType(typeof(AccessPolicy))]
public sealed class GetConnectorAccessPolicyCommand : ConnectorCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryAskEngine(ErrorIds.ConnectorNotFound, () => EngineHost.Current.GetPolicy(Name), out var policy)) WriteObject(policy);
    }
}
