using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The mailboxes that a command's scope parameters leave, before <c>-Filter</c> and <c>-ResultSize</c>.</summary>
internal static class MailboxQuery
{
    public static IEnumerable<MailboxRow> Select(ExchangeDirectory directory, BoundArguments arguments)
    {
        IEnumerable<MailboxRow> rows = Enumerable.Range(0, directory.World.Mailboxes.Count).Select(i => new MailboxRow(directory, i));
        if (directory.Scope.SelfScope is not null)
            rows = rows.Where(r => directory.Sees(r.Mailbox));
        if (!arguments.Switch("Monitoring"))
            rows = rows.Where(r => !SystemObjects.IsMonitoring(r.Mailbox));
        if (arguments.Text("Anr") is { Length: > 0 } start)
            rows = rows.Where(r => IsAmbiguousName(r.Mailbox, start));
        if (arguments.Text("OrganizationalUnit") is { Length: > 0 } unit)
            rows = rows.Where(r => OrganizationalUnit.Holds(unit, r.Mailbox));
        return rows;
    }

    // Ambiguous name resolution: the beginning of any word of the display name, of the alias or of the address.
    private static bool IsAmbiguousName(SandboxMailbox mailbox, string start) =>
        mailbox.DisplayName.StartsWith(start, StringComparison.OrdinalIgnoreCase)
        || mailbox.DisplayName.Contains(" " + start, StringComparison.OrdinalIgnoreCase)
        || mailbox.Alias.StartsWith(start, StringComparison.OrdinalIgnoreCase)
        || mailbox.PrimarySmtpAddress.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
