using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Ends the partnership of a device with its mailbox; the entries that would let it back in go first.</summary>
[Cmdlet(VerbsCommon.Remove, "ConnectorDevice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveConnectorDeviceCommand : DeviceCmdlet
{
    private readonly List<DeviceRemoval> _approved = [];
    private readonly HashSet<Guid> _seen = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryFind(out var device) || !_seen.Add(device.PartnershipId)) return;
        if (TryAskEngine(IsUnknownName, () => EngineHost.Current.PreviewRemoval(Name, device), out var removal) && IsApproved(device, Action(removal))) _approved.Add(removal);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_approved.Count == 0) return;
        Tell(RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.RemoveDevicesAsync(Name, _approved, Secrets, shell, console, token)));
    }

    // Whoever is asked is told of every entry that goes: an administrator's own goes for no other reason than this answer.
    private static string Action(DeviceRemoval removal)
    {
        var culture = CultureInfo.CurrentCulture;
        var parts = new List<string> { Strings.RemoveDeviceAction };
        foreach (var entry in removal.Entries)
        {
            parts.Add(string.Format(
                culture,
                Strings.RemoveDeviceEntry,
                entry.List == EntryList.Allowed ? Strings.ListAllowed : Strings.ListBlocked,
                entry.Owner == EntryOwner.Connector ? Strings.OwnerConnector : Strings.OwnerAdministrator));
        }

        if (removal.SharedWith.Count > 0) parts.Add(string.Format(culture, Strings.RemoveDeviceShared, removal.SharedWith[0].DeviceType));
        if (removal.BlockStays) parts.Add(Strings.RemoveDeviceBlockStays);
        return string.Join("; ", parts);
    }
}
