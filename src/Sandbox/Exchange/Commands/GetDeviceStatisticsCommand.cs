using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ActiveSyncDeviceStatistics</c> and <c>Get-MobileDeviceStatistics</c>: one device or one mailbox at a time, never all.</summary>
[Cmdlet(VerbsCommon.Get, "MobileDeviceStatistics", DefaultParameterSetName = "Identity")]
public sealed class GetDeviceStatisticsCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        ObjectShape<StatisticsRow> shape = (IsActiveSyncName ? StatisticsObjects.ActiveSync : StatisticsObjects.Mobile).On(Directory.Server);
        bool showPassword = arguments.Switch("ShowRecoveryPassword");
        IReadOnlyList<SandboxPartnership> devices = arguments.Text("Mailbox") is { } mailbox
            ? World.PartnershipsOf(Directory.MailboxIndex(mailbox)).ToArray()
            : [RequireDevice(arguments.Text("Identity")!)];
        if (devices.Count > 0)
            Directory.RequireServedHere(Directory.OwnerOf(devices[0]), CommandName);

        foreach (SandboxPartnership device in devices.Where(new DeviceFamily(arguments, IsActiveSyncName).Includes))
            Emit(shape.Create(new StatisticsRow(Directory, device, showPassword)));
    }
}
