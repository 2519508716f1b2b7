using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class SyncPlanTests
{
    private const string Preview = "$plan = New-ConnectorSyncPlan -Name $Name -DefaultAccessLevel Quarantine @Secrets";

    [Fact]
    public async Task What_is_foretold_is_what_Exchange_gives_once_the_level_is_set()
    {
        await using var org = (await Organisation.StartAsync(options => options with { Partnerships = 320 }, cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        var lists = org.Lists();

        var told = org.Prepare(Preview + "; $plan.Rows | ForEach-Object { \"$($_.PartnershipId) $($_.After)\" }");
        Assert.Equal(lists, org.Lists());
        Assert.All(org.Prepare("$plan.Hit -gt 0; $plan.Covered -gt 0; $plan.AlreadyDenied -gt 0; $plan.CurrentLevel -eq 'Allow'; $plan.PolicyEnabled; $plan.GraphRequests -gt 0; $plan.ExchangeCommands -gt 0").Objects, value => Assert.Equal(true, value));
        Assert.Equal(["True"], org.Prepare("[string]($plan.Hit + $plan.DeniedAnyway + $plan.Covered + $plan.Admitted + $plan.AlreadyDenied + $plan.Unaffected -eq $plan.Partnerships)").Objects);
        Assert.Equal(0, org.Exchange.CountOf("Get-MobileDeviceStatistics"));
        Assert.Single(org.Prepare("Get-ConnectorSyncHistory -Name $Name").Objects);

        org.Prepare("Set-ConnectorAccessPolicy -Name $Name -DefaultAccessLevel Quarantine -FuseDaily 5000; Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");
        var foretold = told.Objects.Cast<string>().Select(static line => line.Split(' ')).ToDictionary(static parts => parts[0], static parts => parts[1]);

        // Transient states and unmet policies are Exchange's own, and foretold by nobody.
        var came = org.Prepare("Get-ConnectorDevice -Name $Name -Refresh @Secrets | Where-Object { $_.ExchangeState -ne 'DeviceDiscovery' -and $_.ExchangeReason -in 'Global', 'Individual', 'DeviceRule', 'Unknown' } | ForEach-Object { \"$($_.PartnershipId) $($_.ExchangeState)\" }")
            .Objects.Cast<string>().Select(static line => line.Split(' ')).ToDictionary(static parts => parts[0], static parts => parts[1]);
        Assert.True(came.Count > 250);
        Assert.All(came, one => Assert.Equal(foretold[one.Key] switch { "Allow" => "Allowed", "Block" => "Blocked", _ => "Quarantined" }, one.Value));
    }

    [Fact]
    public async Task Who_is_hit_and_still_used_is_told_with_one_command_for_each_mailbox()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        org.Prepare("Set-ConnectorParallelCommand -Name $Name -Enabled $true -MaximumSession 3");

        var transcript = org.Run("$plan = New-ConnectorSyncPlan -Name $Name Block -ActiveWithin 30 @Secrets -Verbose");
        Assert.Empty(transcript.Of(ShellStream.Error).Concat(transcript.Of(ShellStream.Warning)).Concat(transcript.Of(ShellStream.Output)));
        Assert.Contains("asking mailboxes", string.Concat(transcript.Of(ShellStream.Progress)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(transcript.Of(ShellStream.Verbose), line => line.Contains("mailboxes are asked when their", StringComparison.Ordinal));

        var asked = org.Exchange.CountOf("Get-MobileDeviceStatistics");
        Assert.Equal([asked, asked], org.Prepare("$plan.HitMailboxes; $plan.MailboxesAsked").Objects);
        Assert.Equal(["30.00:00:00"], org.Prepare("[string]$plan.ActiveWithin").Objects);
        Assert.Equal(["True"], org.Prepare("[string]($plan.Grandfather -gt 0 -and $plan.Grandfather -lt $plan.Hit -and $plan.Unknown -eq 0)").Objects);
        Assert.Equal(
            ["True"],
            org.Prepare("[string](-not ($plan.Rows | Where-Object { $_.Grandfather -ne $(if ($_.Effect -eq 'Hit') { $_.LastSync -ge $plan.AsOf.AddDays(-30) } else { $null }) }))").Objects);
        Assert.Contains("No command of this module keeps those in", string.Join(' ', org.Prepare("$plan.NextSteps").Objects));
    }

    [Fact]
    public async Task With_the_policy_switched_off_a_warning_says_what_that_means()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install();

        var transcript = org.Run(Preview + "; $plan.PolicyEnabled; $plan.PlannedChanges");

        Assert.StartsWith("The access policy is switched off", Assert.Single(transcript.Of(ShellStream.Warning)));
        Assert.Equal([false, 0], transcript.Objects);
        Assert.StartsWith("NoSnapshot,", Assert.Single(org.Run("Get-ConnectorDevice -Name $Name").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task It_is_shown_as_a_list_and_its_rows_as_a_table_and_never_asks()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);

        // Whether a host colours what it shows is its own affair.
        var shown = Regex.Replace(string.Join('\n', org.Prepare(Preview + " -Confirm; $plan | Out-Host; $plan.Rows | Out-Host").Of(ShellStream.Host)), @"\x1b\[[0-9;]*m", string.Empty);
        Assert.Matches(@"Change\s+: Allow -> Quarantine", shown);
        Assert.Matches(@"Hit\s+: \d+ in \d+ mailboxes", shown);
        Assert.Matches(@"Mailbox\s+DeviceId\s", shown);
        Assert.Single(org.Prepare("New-ConnectorSyncPlan -Name $Name Quarantine @Secrets -WhatIf").Objects);
    }

    [Theory]
    [InlineData("New-ConnectorSyncPlan -Name $Name Block -ActiveWithin 0", "InvalidParameter")]
    [InlineData("New-ConnectorSyncPlan -Name $Name Block -ActiveWithin (-3)", "InvalidParameter")]
    [InlineData("New-ConnectorSyncPlan -Name $Name Block -ActiveWithin 9e99", "CannotConvertArgumentNoMessage")]
    [InlineData("New-ConnectorSyncPlan -Name $Name Unmanaged", "CannotConvertArgumentNoMessage")]
    [InlineData("New-ConnectorSyncPlan -Name 'no such connector' Block", "ConnectorNotFound")]
    public void What_makes_no_sense_is_refused_before_anything_is_read(string command, string id)
    {
        using var shell = new ModuleShell();
        shell.Shell.Set("Name", "nobody's");

        Assert.StartsWith(id + ",", Assert.Single(shell.Run(command).Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Levels_are_completed() => Assert.Equal(["Allow", "Block", "Quarantine"], Completed());

    private static IEnumerable<string> Completed()
    {
        using var shell = new ModuleShell();
        return shell.Shell.Complete("New-ConnectorSyncPlan -DefaultAccessLevel ").Order().ToList();
    }
}
