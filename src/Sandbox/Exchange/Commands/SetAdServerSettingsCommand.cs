using System.Management.Automation;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// <c>Set-ADServerSettings</c>: the session's view of the forest. The world is one domain, so the widest view shows the same as the narrowest; a preferred server
/// answers the session's later commands. All of it ends with the session, and is the client's to repeat after a reconnect.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ADServerSettings", DefaultParameterSetName = "FullParams", SupportsShouldProcess = true)]
public sealed class SetAdServerSettingsCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        if (arguments.Text("PreferredServer") is { Length: > 0 } server && ShouldProcess(server))
            Session.Prefer(server);
    }
}
