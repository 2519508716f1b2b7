using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Tour;

/// <summary>A command of the tour and why it is shown.</summary>
/// <param name="Says">What to look at; empty for none.</param>
/// <param name="Command">The command, as an administrator would type it.</param>
internal sealed record TourStep(string Says, string Command);

/// <summary>What the tour shows. Every step is a line of PowerShell that goes through the module's cmdlets.</summary>
internal static class TourScript
{
    public static IReadOnlyList<TourStep> Steps { get; } =
    [
        new("The module, imported by its manifest as it would be installed.",
            "Import-Module $Module; Get-Module IntuneExchangeConnector"),
        new("Install a connector: it connects to Exchange, signs in to the tenant, and writes its configuration.",
            "Install-IntuneExchangeConnector @Exchange @Tenant -PassThru"),
        new("A new connector decides nothing. The policy says whom it concerns.",
            "Set-ConnectorAccessPolicy -Enabled $true -IncludedGroup $MobileUsers -ExcludedGroup $Exempt"),
        new("What would a sync do? Nothing is written.",
            "Invoke-ConnectorSync -Full -WhatIf @Secrets"),
        new("The first real run would take mail away from more phones than a run may: it is held before the first write.",
            "Invoke-ConnectorSync -Full @Secrets"),
        new("You have looked and agree, so you raise the day's limit and pass the run's.",
            "Set-ConnectorAccessPolicy -FuseDaily 2000 | Out-Null; Invoke-ConnectorSync -Full -Force @Secrets"),
        new("Two people, their phones, and what was decided.",
            "Get-ConnectorDevice -Mailbox $Blocked; Get-ConnectorDevice -Mailbox $Allowed"),
        new("Why does this one get no mail?",
            "Get-ConnectorDevice -Mailbox $Blocked | Test-ConnectorDeviceAccess"),
        new("Exchange agrees now, so a second run finds nothing to change.",
            "Invoke-ConnectorSync -Full @Secrets"),
        new("What happened so far.",
            "Get-ConnectorSyncHistory"),
        new("The connector at one glance.",
            "Get-IntuneExchangeConnector"),
    ];
}
