using System.Management.Automation;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// <c>Set-ADServerSettings</c>: the session's view of the forest. The world is one domain with one controller, so every view
/// shows the same; what clients need is that the command is there, binds as documented and is theirs to repeat after a reconnect.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ADServerSettings", DefaultParameterSetName = "FullParams", SupportsShouldProcess = true)]
public sealed class SetAdServerSettingsCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        if (arguments.Text("PreferredServer") is { Length: > 0 } server && ShouldProcess(server) && server != Directory.DomainController)
            throw ExchangeErrors.NotFound(server, Directory.DomainController);
    }
}
