using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-Recipient</c>: mailboxes as recipients; the world has no recipients of other kinds.</summary>
[Cmdlet(VerbsCommon.Get, "Recipient", DefaultParameterSetName = "Identity")]
public sealed class GetRecipientCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        ObjectShape<MailboxRow> shape = MailboxObjects.Recipient.On(Directory.Server);
        Func<MailboxRow, PSObject> create = shape.Create;
        if (arguments.Value("Properties") is string[] { Length: > 0 } properties)
        {
            HashSet<string> filled = new(properties, StringComparer.OrdinalIgnoreCase);
            create = row => shape.Create(row, filled);
        }

        if (arguments.Text("Identity") is { Length: > 0 } identity)
        {
            Emit(create(new MailboxRow(Directory, Directory.MailboxIndex(identity))));
            return;
        }

        IEnumerable<MailboxRow> rows = MailboxQuery.Select(Directory, arguments);
        if (Texts(arguments, "RecipientType") is { } types)
            rows = types.Contains("UserMailbox") ? rows : [];
        if (Texts(arguments, "RecipientTypeDetails") is { } details)
            rows = rows.Where(r => details.Contains(r.Mailbox.RecipientTypeDetails));
        if (arguments.Text("Database") is { Length: > 0 } database)
            rows = rows.Where(r => database.Equals(MailboxObjects.DatabaseOf(r), StringComparison.OrdinalIgnoreCase));

        EmitQuery(rows, arguments, MailboxObjects.Filterable, create);
    }

    private static HashSet<string>? Texts(BoundArguments arguments, string name) => arguments.Value(name) is IEnumerable values
        ? values.Cast<object>().Select(v => v.ToString()!).ToHashSet(StringComparer.OrdinalIgnoreCase)
        : null;
}
