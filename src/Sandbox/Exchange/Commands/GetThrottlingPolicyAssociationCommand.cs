using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ThrottlingPolicyAssociation</c>: which account has a policy of its own; here none has.</summary>
[Cmdlet(VerbsCommon.Get, "ThrottlingPolicyAssociation", DefaultParameterSetName = "Identity")]
public sealed class GetThrottlingPolicyAssociationCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        IEnumerable<MailboxRow> rows = arguments.Text("Identity") is { Length: > 0 } identity
            ? [new MailboxRow(Directory, Directory.MailboxIndex(identity))]
            : MailboxQuery.Select(Directory, arguments);
        if (arguments.Text("ThrottlingPolicy") is not null)
            rows = [];
        EmitQuery(rows, arguments, MailboxObjects.Filterable, ThrottlingObjects.Association.Create);
    }
}
