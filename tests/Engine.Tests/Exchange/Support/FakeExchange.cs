using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>A call that reached a fake cmdlet.</summary>
public sealed record FakeCall(string Name, IReadOnlyDictionary<string, object?> Parameters);

/// <summary>What a fake cmdlet does: rows first, then warnings, then errors.</summary>
public sealed class FakeAnswer
{
    public IEnumerable Rows { get; init; } = Array.Empty<object>();

    public string[] Warnings { get; init; } = [];

    public ErrorRecord[] Errors { get; init; } = [];

    public ErrorRecord? Terminating { get; init; }
}

/// <summary>Exchange's cmdlets as functions of a local runspace, which is what an import of a session gives a shell.</summary>
public sealed class FakeExchange
{
    public const string Organization = "CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com";

    private readonly ConcurrentQueue<FakeCall> _calls = new();

    public Dictionary<string, string[]> Functions { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Set-ADServerSettings"] = ["ViewEntireForest"],
        ["Get-ExchangeServer"] = ["Identity", "Status"],
        ["Get-MobileDevice"] = ["Identity", "Mailbox", "ResultSize"],
        ["Get-ActiveSyncDevice"] = ["Identity", "Mailbox", "ResultSize"],
        ["Get-CASMailbox"] = ["Identity", "ResultSize", "ReadFromDomainController"],
        ["Set-CASMailbox"] = ["Identity", "ActiveSyncAllowedDeviceIDs", "ActiveSyncBlockedDeviceIDs", "ActiveSyncEnabled"],
        ["Get-ActiveSyncOrganizationSettings"] = ["Identity"],
        ["Set-ActiveSyncOrganizationSettings"] = ["DefaultAccessLevel"],
        ["Get-ActiveSyncDeviceAccessRule"] = ["Identity"],
        ["Get-MobileDeviceStatistics"] = ["Identity", "Mailbox"],
        ["Clear-MobileDevice"] = ["Identity", "AccountOnly", "Cancel", "NotificationEmailAddresses"],
        ["Remove-MobileDevice"] = ["Identity"],
    };

    public Dictionary<string, Func<FakeCall, FakeAnswer>> Answers { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-ExchangeServer"] = _ => new() { Rows = new[] { Row(("Name", "EX1"), ("Fqdn", "ex1.contoso.com"), ("DistinguishedName", $"CN=EX1,CN=Servers,CN=Group,CN=Administrative Groups,{Organization}")) } },
        ["Get-ActiveSyncOrganizationSettings"] = _ => new() { Rows = new[] { Row(("DefaultAccessLevel", "Quarantine"), ("UserMailInsert", "Ask us")) } },
    };

    public IReadOnlyList<FakeCall> Calls => [.. _calls];

    public static PSObject Row(params (string Name, object? Value)[] properties)
    {
        PSObject row = new();
        foreach (var (name, value) in properties) row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }

    /// <summary>A row as it looks after a journey between two processes.</summary>
    public static PSObject Travelled(object row) => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(row));

    public static ErrorRecord Error(string id, string message, Exception? exception = null) =>
        new(exception ?? new InvalidOperationException(message), id, ErrorCategory.NotSpecified, null) { ErrorDetails = new ErrorDetails(message) };

    // Called by the functions.
    public FakeAnswer Call(string name, IDictionary parameters)
    {
        FakeCall call = new(name, parameters.Keys.Cast<string>().ToDictionary(key => key, key => parameters[key]));
        _calls.Enqueue(call);
        if (name == "Get-CASMailbox" && Equals(call.Parameters.GetValueOrDefault("ResultSize")?.ToString(), "2"))
        {
            return new() { Rows = new[] { Row(("Guid", Guid.Empty)), Row(("Guid", Guid.Empty)) } };
        }

        return Answers.TryGetValue(name, out var answer) ? answer(call) : new FakeAnswer();
    }

    public IEnumerable<FakeCall> CallsOf(string name) => _calls.Where(call => call.Name == name);

    public InitialSessionState SessionState()
    {
        var state = InitialSessionState.CreateDefault2();
        state.Variables.Add(new SessionStateVariableEntry("exchange", this, string.Empty));
        foreach (var (name, parameters) in Functions) state.Commands.Add(new SessionStateFunctionEntry(name, Body(name, parameters)));
        return state;
    }

    public Runspace Open()
    {
        var runspace = RunspaceFactory.CreateRunspace(SessionState());
        runspace.Open();
        return runspace;
    }

    private static string Body(string name, string[] parameters)
    {
        StringBuilder body = new("[CmdletBinding(SupportsShouldProcess)] param(");
        body.AppendJoin(", ", parameters.Select(parameter => "$" + parameter)).Append(")\n");
        body.Append("$answer = $exchange.Call('").Append(name).Append("', $PSBoundParameters)\n");
        body.Append(
            """
            foreach ($row in $answer.Rows) { $row }
            foreach ($text in $answer.Warnings) { $PSCmdlet.WriteWarning($text) }
            foreach ($failure in $answer.Errors) { $PSCmdlet.WriteError($failure) }
            if ($answer.Terminating) { $PSCmdlet.ThrowTerminatingError($answer.Terminating) }
            """);
        return body.ToString();
    }
}
