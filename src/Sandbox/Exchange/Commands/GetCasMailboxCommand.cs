using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-CASMailbox</c>: the client access settings of mailboxes, with both personal lists.</summary>
[Cmdlet(VerbsCommon.Get, "CASMailbox", DefaultParameterSetName = "Identity")]
public sealed class GetCasMailboxCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        if (arguments.Text("Identity") is { Length: > 0 } identity)
            Emit(MailboxObjects.CasMailbox.On(Directory.Server).Create(new MailboxRow(Directory, Directory.MailboxIndex(identity))));
        else
            EmitQuery(MailboxQuery.Select(Directory, arguments), arguments, MailboxObjects.Filterable, MailboxObjects.CasMailbox.On(Directory.Server).Create);
    }
}
