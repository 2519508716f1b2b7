using System;
using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;

/// <summary>Sessions that offer all that the connector uses, unless a test takes something away.</summary>
internal static class Sessions
{
    public static Dictionary<string, PSObject[]> Answers => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-ExchangeServer"] = [Server("EX1", "Version 15.2 (Build 2562.17)"), Server("EX2", "Version 15.2 (Build 1748.10)")],
        ["Get-CASMailbox"] = [Mailbox("jane"), Mailbox("pat")],
    };

    public static StubSession Whole(Dictionary<string, PSObject[]>? answers = null, bool isOwn = true, string server = "ex1.contoso.com")
    {
        StubSession session = new(answers ?? Answers) { IsOwn = isOwn, Server = server };
        foreach (var entry in ExchangeCatalogue.Entries) session.Offered[entry.Name] = [.. entry.Parameters, "Verbose"];
        return session;
    }

    public static ExchangeInspection Inspect(StubSession session) => new(session, static () => { }, TimeProvider.System);

    public static PSObject Server(string name, string version, bool holdsMailboxes = true, string role = "Mailbox") => FakeExchange.Row(
        ("Name", name), ("Fqdn", $"{name.ToLowerInvariant()}.contoso.com"), ("AdminDisplayVersion", version), ("ServerRole", role),
        ("IsMailboxServer", holdsMailboxes), ("IsClientAccessServer", true), ("IsEdgeServer", false));

    public static PSObject Mailbox(string name) => FakeExchange.Row(("PrimarySmtpAddress", $"{name}@contoso.com"), ("SamAccountName", name), ("Guid", new Guid(name.Length, 0, 0, new byte[8])));

    public static PSObject Policy(string name, string? scope, string limit, bool? isDefault = null) => FakeExchange.Row(
        [("Name", name), ("Identity", name), ("DistinguishedName", $"CN={name}"), ("PowerShellMaxConcurrency", limit), .. Optional("ThrottlingPolicyScope", scope), .. Optional("IsDefault", isDefault)]);

    private static IEnumerable<(string, object?)> Optional(string name, object? value) => value is null ? [] : [(name, value)];
}
