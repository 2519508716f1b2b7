using System;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Remove-ActiveSyncMailboxPolicy</c> and <c>Remove-MobileDeviceMailboxPolicy</c>. A policy in use goes only by force; its mailboxes fall back to the default.</summary>
[Cmdlet(VerbsCommon.Remove, "MobileDeviceMailboxPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMailboxPolicyCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        SandboxMailboxPolicy policy = Directory.Policy(arguments.Text("Identity")!);
        bool used = policy.IsDefault || World.Mailboxes.Any(m => policy.Name.Equals(m.MailboxPolicy, StringComparison.OrdinalIgnoreCase));
        if (used && !arguments.Switch("Force"))
            throw ExchangeErrors.NotAllowed($"The mailbox policy '{policy.Name}' is in use. Use the Force parameter to remove it.");
        if (ShouldProcess(policy.Name))
            Directory.Change((_, at) => [new MailboxPolicyRemoved(policy.Guid) { At = at }]);
    }
}
