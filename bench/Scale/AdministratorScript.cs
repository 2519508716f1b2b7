using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// The loop that administrators write: the mailboxes with a partnership once, then the device statistics of each, and a write where a device that must not be let in is still
/// on the allowed list. Written as well as such a script is: it filters on the server, holds one session open, asks once for a mailbox, not once for a device, and writes only what differs.
/// </summary>
internal sealed class AdministratorScript(Runspace session, IReadOnlySet<string> nonCompliant)
{
    /// <summary>Mailboxes written.</summary>
    public int Writes { get; private set; }

    /// <summary>The mailboxes with a partnership, with their lists.</summary>
    public IReadOnlyList<PSObject> List() => Run(shell => shell.AddCommand("Get-CASMailbox")
        .AddParameter("Filter", "HasActiveSyncDevicePartnership -eq $true")
        .AddParameter("ResultSize", "Unlimited"));

    /// <summary>One turn of the loop.</summary>
    public void Check(PSObject mailbox)
    {
        var identity = mailbox.Properties["Guid"].Value.ToString()!;
        var allowed = Texts(mailbox.Properties["ActiveSyncAllowedDeviceIDs"].Value);
        var devices = Run(shell => shell.AddCommand("Get-MobileDeviceStatistics").AddParameter("Mailbox", identity));
        string[] wrong =
        [
            .. devices.Select(device => device.Properties["DeviceID"].Value.ToString()!)
                .Where(id => nonCompliant.Contains(id) && allowed.Contains(id, StringComparer.OrdinalIgnoreCase)),
        ];
        if (wrong.Length == 0) return;
        Run(shell => shell.AddCommand("Set-CASMailbox").AddParameter("Identity", identity)
            .AddParameter("ActiveSyncAllowedDeviceIDs", new Hashtable { ["Remove"] = wrong })
            .AddParameter("ActiveSyncBlockedDeviceIDs", new Hashtable { ["Add"] = wrong }));
        Writes++;
    }

    private List<PSObject> Run(Func<PowerShell, PowerShell> build)
    {
        using var shell = PowerShell.Create(session);
        List<PSObject> rows = [.. build(shell).Invoke()];
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : rows;
    }

    private static string[] Texts(object? list) =>
        (list is PSObject wrapped ? wrapped.BaseObject : list) is IEnumerable items and not string ? [.. items.Cast<object>().Select(item => item.ToString()!)] : [];
}
