using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Set-ActiveSyncDeviceAccessRule</c>: the level is all that can change; anything else is another rule.</summary>
[Cmdlet(VerbsCommon.Set, "ActiveSyncDeviceAccessRule", SupportsShouldProcess = true)]
public sealed class SetAccessRuleCommand : ExchangeWriteCommand
{
    private protected override IReadOnlyCollection<string> Supported { get; } = ["Identity", "AccessLevel", "DomainController"];

    private protected override void Write(BoundArguments arguments)
    {
        SandboxAccessRule rule = Directory.Rule(arguments.Text("Identity")!);
        if (!ShouldProcess(ExchangeNames.Rule(rule)))
            return;

        if (arguments.Text("AccessLevel") is { } level && level != rule.AccessLevel)
            Directory.Change((_, at) => [new AccessRuleChanged(rule.Guid, level) { At = at }]);
        else
            WriteWarning(ExchangeTexts.NothingModified(ExchangeNames.Rule(rule)));
    }
}
