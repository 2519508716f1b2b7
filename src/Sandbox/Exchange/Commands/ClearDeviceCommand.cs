using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Clear-ActiveSyncDevice</c> and <c>Clear-MobileDevice</c>: asks for a wipe at the device's next contact, or takes the request back.</summary>
[Cmdlet(VerbsCommon.Clear, "MobileDevice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class ClearDeviceCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        SandboxPartnership device = RequireDevice(arguments.Text("Identity")!);
        Directory.RequireServedHere(Directory.OwnerOf(device), CommandName);
        string identity = ExchangeNames.DeviceIdentity(device, Directory.OwnerOf(device));
        if (!ShouldProcess($"{CommandName} {identity}", ExchangeTexts.WipePrompt, "Confirm"))
            return;

        Directory.RequireWritable(Directory.OwnerOf(device));
        if (arguments.Switch("Cancel"))
        {
            if (device.WipeAcknowledgedTime is not null)
                throw ExchangeErrors.NotAllowed($"The wipe of '{identity}' has been carried out and can't be cancelled.");
            Directory.Change((_, at) => [new PartnershipChanged(device.Guid) { At = at, CancelWipe = true, InMailboxOnly = true }]);
            return;
        }

        Directory.Change((world, at) =>
        [
            new PartnershipChanged(device.Guid)
            {
                At = at,
                InMailboxOnly = true,
                WipeRequestTime = at,
                WipeRequestor = $"connector@{world.DomainName}",
                WipeAccountOnly = arguments.Switch("AccountOnly"),
            },
        ]);
    }
}
