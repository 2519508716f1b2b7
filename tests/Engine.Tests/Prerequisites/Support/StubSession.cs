using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;

/// <summary>A session that answers with rows, or fails where a test says so.</summary>
internal sealed class StubSession(Dictionary<string, PSObject[]> answers) : IExchangeSession
{
    private bool _open;

    public required string Server { get; init; }

    public bool IsOwn { get; init; }

    public bool IsRemote => true;

    public bool IsLost => false;

    public ExchangeFaultKind? OpeningFault { get; init; }

    public Dictionary<string, ExchangeFaultKind> Faults { get; } = [];

    public Dictionary<string, string[]?> Offered { get; } = [];

    public List<ExchangeCommand> Sent { get; } = [];

    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (OpeningFault is { } kind) throw FakeSession.Fault(kind);
        return !_open && (_open = true);
    }

    public async Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Sent.Add(command);
        if (Faults.TryGetValue(command.Name, out var kind)) throw FakeSession.Fault(kind);
        var rows = command.Name == "Get-Command"
            ? Offered.Select(entry => FakeExchange.Row(("Name", entry.Key), ("Parameters", entry.Value?.ToDictionary(parameter => parameter, _ => "text"))))
            : answers.GetValueOrDefault(command.Name) ?? [];
        foreach (var row in rows) onRow(row);
        return FakeSession.Done();
    }

    public ValueTask DisposeAsync() => default;
}
