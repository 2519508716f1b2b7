using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Remove-ActiveSyncDeviceAccessRule</c>.</summary>
[Cmdlet(VerbsCommon.Remove, "ActiveSyncDeviceAccessRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveAccessRuleCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        SandboxAccessRule rule = Directory.Rule(arguments.Text("Identity")!);
        if (ShouldProcess(ExchangeNames.Rule(rule)))
            Directory.Change((_, at) => [new AccessRuleRemoved(rule.Guid) { At = at }]);
    }
}
