using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ActiveSyncDevice</c> and <c>Get-MobileDevice</c>: partnerships as the directory holds them.</summary>
[Cmdlet(VerbsCommon.Get, "MobileDevice", DefaultParameterSetName = "Identity")]
public sealed class GetDeviceCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        ObjectShape<DeviceRow> shape = (IsActiveSyncName ? DeviceObjects.ActiveSync : DeviceObjects.Mobile).On(Directory.Server);
        if (arguments.Text("Identity") is { Length: > 0 } identity)
        {
            Emit(shape.Create(new DeviceRow(Directory, RequireDevice(identity))));
            return;
        }

        IEnumerable<SandboxPartnership> devices = arguments.Text("Mailbox") is { } mailbox
            ? World.PartnershipsOf(Directory.MailboxIndex(mailbox)).ToArray()
            : World.Partnerships;

        devices = devices.Where(new DeviceFamily(arguments, IsActiveSyncName).Includes);
        if (Directory.Scope.SelfScope is not null)
            devices = devices.Where(d => Directory.Sees(Directory.OwnerOf(d)));
        if (!arguments.Switch("Monitoring"))
            devices = devices.Where(d => !SystemObjects.IsMonitoring(Directory.OwnerOf(d)));
        if (arguments.Text("OrganizationalUnit") is { Length: > 0 } unit)
            devices = devices.Where(d => OrganizationalUnit.Holds(unit, Directory.OwnerOf(d)));

        EmitQuery(devices.Select(d => new DeviceRow(Directory, d)), arguments, DeviceObjects.Filterable, shape.Create);
    }
}
