using System;
using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>New-ActiveSyncDeviceAccessRule</c>: Exchange names the rule itself, and there is one rule for one characteristic and text.</summary>
[Cmdlet(VerbsCommon.New, "ActiveSyncDeviceAccessRule", SupportsShouldProcess = true)]
public sealed class NewAccessRuleCommand : ExchangeWriteCommand
{
    private protected override IReadOnlyCollection<string> Supported { get; } = ["AccessLevel", "Characteristic", "QueryString", "DomainController"];

    private protected override void Write(BoundArguments arguments)
    {
        string characteristic = arguments.Text("Characteristic")!;
        string query = arguments.Text("QueryString")!;
        if (!ShouldProcess($"{query} ({characteristic})"))
            return;

        Guid guid = Guid.NewGuid();
        Directory.Change((world, at) =>
        {
            if (world.AccessRules.Find(r => r.Characteristic == characteristic && r.QueryString.Equals(query, StringComparison.OrdinalIgnoreCase)) is { } existing)
                throw ExchangeErrors.AlreadyExists(ExchangeNames.Rule(existing), Directory.DomainController);
            return [new AccessRuleAdded(guid, characteristic, query, arguments.Text("AccessLevel")!) { At = at }];
        });
        Emit(ConfigurationObjects.AccessRule.On(Directory.Server).Create(new(Directory, Directory.Rule(guid.ToString()))));
    }
}
