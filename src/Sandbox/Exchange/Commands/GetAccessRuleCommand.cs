using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ActiveSyncDeviceAccessRule</c>.</summary>
[Cmdlet(VerbsCommon.Get, "ActiveSyncDeviceAccessRule")]
public sealed class GetAccessRuleCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        SandboxAccessRule[] rules = arguments.Text("Identity") is { Length: > 0 } identity ? [Directory.Rule(identity)] : [.. World.AccessRules];
        foreach (PSObject rule in rules.Select(r => ConfigurationObjects.AccessRule.On(Directory.Server).Create(new(Directory, r))))
            Emit(rule);
    }
}
