using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ActiveSyncMailboxPolicy</c> and <c>Get-MobileDeviceMailboxPolicy</c>: the same policies in two vocabularies.</summary>
[Cmdlet(VerbsCommon.Get, "MobileDeviceMailboxPolicy")]
public sealed class GetMailboxPolicyCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        ObjectShape<ConfigurationRow<SandboxMailboxPolicy>> shape = (IsActiveSyncName ? MailboxPolicyObjects.ActiveSync : MailboxPolicyObjects.Mobile).On(Directory.Server);
        SandboxMailboxPolicy[] policies = arguments.Text("Identity") is { Length: > 0 } identity ? [Directory.Policy(identity)] : [.. World.MailboxPolicies];
        foreach (PSObject policy in policies.Select(p => shape.Create(new(Directory, p))))
            Emit(policy);
    }
}
