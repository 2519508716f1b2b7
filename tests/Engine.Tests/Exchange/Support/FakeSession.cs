using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>A session whose answers a test writes; it offers everything unless told otherwise.</summary>
internal sealed class FakeSession : IExchangeSession
{
    private bool _open;

    public string Server { get; init; } = "ex1.contoso.com";

    public bool IsOwn { get; init; }

    public bool IsRemote { get; init; } = true;

    public bool IsLost { get; set; }

    public bool Disposed { get; private set; }

    public int Opened { get; private set; }

    public string Organization { get; init; } = FakeExchange.Organization;

    /// <summary>Cmdlets and their parameters; null parameters are not told.</summary>
    public Dictionary<string, string[]?> Offered { get; } = new FakeExchange().Functions.ToDictionary(entry => entry.Key, entry => (string[]?)entry.Value);

    public IReadOnlyList<ExchangeServer> Servers { get; init; } = [new() { Name = "EX1", Fqdn = "ex1.contoso.com" }];

    /// <summary>Mailboxes that the account sees when it asks for two.</summary>
    public int Visible { get; init; } = 2;

    public Func<Task>? OnOpen { get; init; }

    public Func<ExchangeCommand, Action<PSObject>, CancellationToken, Task<ExchangeReply>>? OnCommand { get; init; }

    public List<ExchangeCommand> Sent { get; } = [];

    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsOwn || _open) return false;
        if (OnOpen is not null) await OnOpen();
        Opened++;
        return _open = true;
    }

    public void Break() => _open = false;

    public async Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        Sent.Add(command);
        if (IsScopeCheck(command))
        {
            for (var i = 0; i < Visible; i++) onRow(FakeExchange.Row(("Guid", new Guid(i, 0, 0, new byte[8]))));
            return new([], []);
        }

        if (OnCommand is not null && await OnCommand(command, onRow, cancellationToken) is { } reply) return reply;
        if (command.Name == "Get-Command")
        {
            foreach (var (name, parameters) in Offered) onRow(FakeExchange.Row(("Name", name), ("Parameters", parameters?.ToDictionary(parameter => parameter, _ => "text"))));
        }
        else if (command.Name == "Get-ExchangeServer")
        {
            foreach (var server in Servers)
            {
                onRow(FakeExchange.Row(
                    ("Name", server.Name), ("Fqdn", server.Fqdn), ("DistinguishedName", $"CN={server.Name},CN=Servers,CN=Group,CN=Administrative Groups,{Organization}"),
                    ("AdminDisplayVersion", server.Version is { Number: var number } ? $"Version {number.Major}.{number.Minor} (Build {number.Build}.{number.Revision})" : null),
                    ("ServerRole", "Mailbox"), ("IsMailboxServer", true)));
            }
        }

        return new([], []);
    }

    public static bool IsScopeCheck(ExchangeCommand command) => command.Name == "Get-CASMailbox" && Equals(command.Parameters.GetValueOrDefault("ResultSize"), "2");

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return default;
    }

    public static ExchangeReply Done(params string[] warnings) => new(warnings, []);

    public static ExchangeReply Failed(ExchangeFaultKind kind, string text) => new([], [new(kind, text)]);

    public static ExchangeFaultException Fault(ExchangeFaultKind kind) => new(new(kind, kind.ToString()));
}
