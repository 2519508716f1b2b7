using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Remove-ActiveSyncDevice</c> and <c>Remove-MobileDevice</c>: ends the partnership. The mailbox's lists keep the id.</summary>
[Cmdlet(VerbsCommon.Remove, "MobileDevice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveDeviceCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        SandboxPartnership device = RequireDevice(arguments.Text("Identity")!);
        Directory.RequireServedHere(Directory.OwnerOf(device), CommandName);
        if (!ShouldProcess(ExchangeNames.DeviceIdentity(device, Directory.OwnerOf(device))))
            return;

        Directory.RequireWritable(Directory.OwnerOf(device));
        Directory.Change((_, at) => [new PartnershipRemoved(device.Guid) { At = at }]);
    }
}
