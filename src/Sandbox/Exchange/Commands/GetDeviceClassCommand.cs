using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ActiveSyncDeviceClass</c>: pairs of type and model to write rules for. It has no result size: all come.</summary>
[Cmdlet(VerbsCommon.Get, "ActiveSyncDeviceClass")]
public sealed class GetDeviceClassCommand : ExchangeCommand
{
    private static readonly IReadOnlyDictionary<string, Column<ConfigurationRow<DeviceClass>>> s_filterable = FilterableColumns.Of<ConfigurationRow<DeviceClass>>(
        [
            new("DeviceType", static r => r.Value.DeviceType),
            new("DeviceModel", static r => r.Value.DeviceModel),
            new("LastUpdateTime", static r => r.Value.LastUpdateTime.UtcDateTime),
        ]);

    private protected override void Execute(BoundArguments arguments)
    {
        IEnumerable<DeviceClass> classes = DeviceClass.All(World);
        if (arguments.Text("Identity") is { Length: > 0 } identity)
        {
            DeviceClass[] named = [.. classes.Where(c => IsNamed(c, identity))];
            classes = named.Length > 0 ? named : throw ExchangeErrors.NotFound(identity, Directory.DomainController);
        }

        EmitQuery(classes.Select(c => new ConfigurationRow<DeviceClass>(Directory, c)), arguments, s_filterable, ConfigurationObjects.DeviceClass.On(Directory.Server).Create, paged: false);
    }

    private bool IsNamed(DeviceClass candidate, string identity) =>
        identity.Equals(candidate.Name, StringComparison.OrdinalIgnoreCase)
        || identity.Equals(candidate.Guid.ToString(), StringComparison.OrdinalIgnoreCase)
        || identity.Equals(Directory.Names.DeviceClassDistinguishedName(candidate.Name), StringComparison.OrdinalIgnoreCase);
}
