using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// The loops that administrators write: the mailboxes with a partnership once, then, for each, the device statistics and <c>Set-CASMailbox</c>. The usual one, as published scripts
/// do it, assigns the allowed list of every mailbox anew; the careful one compares first and writes only where a device that must not be let in is still on the list. Both are written
/// as well as such scripts are: they filter on the server, hold one session open, and ask once for a mailbox, not once for a device.
/// </summary>
internal sealed class AdministratorScript(Runspace session, IReadOnlySet<string> nonCompliant)
{
    /// <summary>Mailboxes that the careful loop wrote.</summary>
    public int Writes { get; private set; }

    /// <summary>The mailboxes with a partnership, with their lists.</summary>
    public IReadOnlyList<PSObject> List() => Run(shell => shell.AddCommand("Get-CASMailbox")
        .AddParameter("Filter", "HasActiveSyncDevicePartnership -eq $true")
        .AddParameter("ResultSize", "Unlimited"));

    /// <summary>One turn of the usual loop.</summary>
    public void Assign(PSObject mailbox)
    {
        var identity = IdentityOf(mailbox);
        string[] right = [.. DevicesOf(identity).Where(id => !nonCompliant.Contains(id))];
        Run(shell => shell.AddCommand("Set-CASMailbox").AddParameter("Identity", identity).AddParameter("ActiveSyncAllowedDeviceIDs", right.Length == 0 ? null : right));
    }

    /// <summary>One turn of the careful loop.</summary>
    public void Check(PSObject mailbox)
    {
        var identity = IdentityOf(mailbox);
        var allowed = Texts(mailbox.Properties["ActiveSyncAllowedDeviceIDs"].Value);
        string[] wrong = [.. DevicesOf(identity).Where(id => nonCompliant.Contains(id) && allowed.Contains(id, StringComparer.OrdinalIgnoreCase))];
        if (wrong.Length == 0) return;
        Run(shell => shell.AddCommand("Set-CASMailbox").AddParameter("Identity", identity)
            .AddParameter("ActiveSyncAllowedDeviceIDs", new Hashtable { ["Remove"] = wrong })
            .AddParameter("ActiveSyncBlockedDeviceIDs", new Hashtable { ["Add"] = wrong }));
        Writes++;
    }

    private static string IdentityOf(PSObject mailbox) => mailbox.Properties["Guid"].Value.ToString()!;

    private IEnumerable<string> DevicesOf(string mailbox) =>
        Run(shell => shell.AddCommand("Get-MobileDeviceStatistics").AddParameter("Mailbox", mailbox)).Select(static device => device.Properties["DeviceID"].Value.ToString()!);

    private List<PSObject> Run(Func<PowerShell, PowerShell> build)
    {
        using var shell = PowerShell.Create(session);
        List<PSObject> rows = [.. build(shell).Invoke()];
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : rows;
    }

    private static string[] Texts(object? list) =>
        (list is PSObject wrapped ? wrapped.BaseObject : list) is IEnumerable items and not string ? [.. items.Cast<object>().Select(item => item.ToString()!)] : [];
}
