using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows a connector's access policy, or what each of its settings does to whom.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorAccessPolicy")]
[OutputType(typeof(AccessPolicy), typeof(AccessPolicyEffect))]
public sealed class GetConnectorAccessPolicyCommand : ConnectorCmdlet
{
    /// <summary><b>-Explain:</b> says of each setting what it does to whom.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryAskEngine(ErrorIds.ConnectorNotFound, () => EngineHost.Current.GetPolicy(Name), out var policy)) return;
        if (Explain) WriteObject(AccessPolicySetting.Explain(policy), enumerateCollection: true);
        else WriteObject(policy);
    }
}
