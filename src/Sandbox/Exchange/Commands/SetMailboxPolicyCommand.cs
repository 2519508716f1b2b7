using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Set-ActiveSyncMailboxPolicy</c> and <c>Set-MobileDeviceMailboxPolicy</c>.</summary>
[Cmdlet(VerbsCommon.Set, "MobileDeviceMailboxPolicy", SupportsShouldProcess = true)]
public sealed class SetMailboxPolicyCommand : ExchangeWriteCommand
{
    private protected override IReadOnlyCollection<string> Supported => MailboxPolicyArguments.Supported;

    private protected override void Write(BoundArguments arguments)
    {
        SandboxMailboxPolicy policy = Directory.Policy(arguments.Text("Identity")!);
        Dictionary<string, object?> settings = MailboxPolicyArguments.Settings(arguments);
        bool? isDefault = MailboxPolicyArguments.IsDefault(arguments);
        if (isDefault == false && policy.IsDefault)
            throw ExchangeErrors.NotAllowed($"'{policy.Name}' is the default policy. Make another policy the default instead.");
        if (!ShouldProcess(policy.Name))
            return;

        if (settings.Count == 0 && isDefault is null)
            WriteWarning(ExchangeTexts.NothingModified(policy.Name));
        else
            Directory.Change((_, at) => [new MailboxPolicyChanged(policy.Guid) { At = at, IsDefault = isDefault, Settings = settings }]);
    }
}
