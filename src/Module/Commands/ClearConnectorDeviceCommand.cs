using System;
using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Asks Exchange for a remote wipe of a device, or takes the request back. What is asked for is never reported as done.</summary>
[Cmdlet(VerbsCommon.Clear, "ConnectorDevice", DefaultParameterSetName = WipeSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DeviceWipe))]
public sealed class ClearConnectorDeviceCommand : DeviceCmdlet
{
    private const string WipeSet = "Wipe";
    private const string CancelSet = "Cancel";

    private readonly List<ConnectorDevice> _approved = [];
    private readonly HashSet<Guid> _seen = [];

    /// <summary><b>-AccountOnly:</b> only this account's data on the device; Exchange 2016 or later.</summary>
    [Parameter(ParameterSetName = WipeSet)]
    public SwitchParameter AccountOnly { get; set; }

    /// <summary><b>-NotificationMailbox:</b> addresses that Exchange writes to when the device has answered.</summary>
    [Parameter(ParameterSetName = WipeSet)]
    [Alias("NotificationEmailAddresses")]
    [ValidateNotNullOrEmpty]
    public string[] NotificationMailbox { get; set; } = [];

    /// <summary><b>-Force:</b> asks again for a wipe that the device has answered since this connector ordered it.</summary>
    [Parameter(ParameterSetName = WipeSet)]
    public SwitchParameter Force { get; set; }

    /// <summary><b>-Cancel:</b> takes the request back, as long as the device has not carried it out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CancelSet)]
    public SwitchParameter Cancel { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var address in NotificationMailbox) AskEngine(() => Checked.SmtpAddress(nameof(NotificationMailbox), address));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryFind(out var device) || !_seen.Add(device.PartnershipId)) return;
        if (IsApproved(device, Cancel ? Strings.WipeCancelAction : AccountOnly ? Strings.WipeAccountAction : Strings.WipeAction)) _approved.Add(device);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_approved.Count == 0) return;
        var order = new DeviceWipeOrder { AccountOnly = AccountOnly, Cancel = Cancel, Again = Force, NotificationAddresses = NotificationMailbox };
        var report = RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.ClearDevicesAsync(Name, _approved, order, Secrets, shell, console, token));
        WriteObject(report.Results, enumerateCollection: true);
        Tell(report);
    }
}
