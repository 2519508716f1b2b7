using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>New-ActiveSyncMailboxPolicy</c> and <c>New-MobileDeviceMailboxPolicy</c>.</summary>
[Cmdlet(VerbsCommon.New, "MobileDeviceMailboxPolicy", SupportsShouldProcess = true)]
public sealed class NewMailboxPolicyCommand : ExchangeWriteCommand
{
    private protected override IReadOnlyCollection<string> Supported { get; } = [.. MailboxPolicyArguments.Supported, "Name"];

    private protected override void Write(BoundArguments arguments)
    {
        string name = arguments.Text("Name")!;
        Dictionary<string, object?> settings = MailboxPolicyArguments.Settings(arguments);
        if (!ShouldProcess(name))
            return;

        Guid guid = Guid.NewGuid();
        Directory.Change((world, at) => world.MailboxPolicies.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? throw ExchangeErrors.AlreadyExists(name, Directory.DomainController)
            : [new MailboxPolicyAdded(guid, name, MailboxPolicyArguments.IsDefault(arguments) ?? false) { At = at, Settings = settings }]);
        ObjectShape<ConfigurationRow<SandboxMailboxPolicy>> shape = (IsActiveSyncName ? MailboxPolicyObjects.ActiveSync : MailboxPolicyObjects.Mobile).On(Directory.Server);
        Emit(shape.Create(new(Directory, Directory.Policy(guid.ToString()))));
    }
}
