using System;
using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ExchangeServer</c>; <c>-Status</c> adds the domain controllers in use.</summary>
[Cmdlet(VerbsCommon.Get, "ExchangeServer", DefaultParameterSetName = "Identity")]
public sealed class GetExchangeServerCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        ObjectShape<ConfigurationRow<SandboxServer>> shape = (arguments.Switch("Status") ? ConfigurationObjects.ServerWithStatus : ConfigurationObjects.Server).On(Directory.Server);
        bool elsewhere = arguments.Text("Domain") is { } domain && !domain.Equals(World.DomainName, StringComparison.OrdinalIgnoreCase);
        IEnumerable<SandboxServer> servers = elsewhere ? []
            : arguments.Text("Identity") is { Length: > 0 } identity ? [Directory.ServerOf(identity)]
            : World.Servers;
        foreach (SandboxServer server in servers)
            Emit(shape.Create(new(Directory, server)));
    }
}
