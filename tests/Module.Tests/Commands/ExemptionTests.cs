using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(SyncedOrganisation))]
public sealed class ExemptionTests
{
    private const string Line = "ForEach-Object { \"$($_.DeviceId) $($_.List) $($_.Owner) $($_.DeviceExists)\" }";

    [Fact]
    public async Task Every_entry_of_every_mailbox_is_shown_with_its_owner_and_whether_its_device_exists()
    {
        await using var org = await StartAsync();
        org.Exchange.State.Refresh();
        var entries = org.Exchange.State.Read(world => world.Mailboxes.Sum(mailbox => mailbox.AllowedDeviceIds.Count + mailbox.BlockedDeviceIds.Count));
        var leftover = org.Mailbox(WorldNames.Leftover);

        Assert.Equal(entries, org.Prepare("@(Get-ConnectorExemption -Name $Name).Count").Objects[0]);
        Assert.Equal(entries, org.Prepare("@(Get-ConnectorExemption -Name $Name -Owner Connector).Count + @(Get-ConnectorExemption -Name $Name -Owner Administrator).Count").Objects[0]);
        Assert.Equal(org.Prepare("(Get-IntuneExchangeConnector -Name $Name).Entries").Objects[0], org.Prepare("@(Get-ConnectorExemption -Name $Name -Owner Connector).Count").Objects[0]);
        Assert.Contains($"{leftover.AllowedDeviceIds[0]} Allowed Administrator False", org.Prepare($"Get-ConnectorExemption -Name $Name -DeviceExists $false | {Line}").Of(ShellStream.Output));
        Assert.Equal(["Blocked Administrator"], org.Prepare($"Get-ConnectorExemption -Name $Name {org.Address(WorldNames.AdministratorBlock)} -List Blocked | ForEach-Object {{ \"$($_.List) $($_.Owner)\" }}").Objects);
        Assert.Equal(["True"], org.Prepare($"Get-ConnectorDevice -Name $Name -Mailbox {org.Address(WorldNames.Ordinary)} | Get-ConnectorExemption -Name $Name | ForEach-Object {{ [string] ($_.Since -gt $_.AsOf.AddHours(-1)) }}").Objects);
    }

    [Fact]
    public async Task An_entry_made_between_two_reads_is_as_old_as_the_second()
    {
        await using var org = await StartAsync();
        var mailbox = org.Mailbox(WorldNames.NotTargeted);
        org.Exchange.State.Append(new MailboxChanged(mailbox.Guid) { At = DateTimeOffset.UnixEpoch, AddBlocked = ["NEWCOMER"] });

        Assert.Empty(org.Prepare("Get-ConnectorExemption -Name $Name -DeviceId newcomer").Objects);
        Assert.Equal(["True"], org.Prepare("Get-ConnectorExemption -Name $Name -Refresh -DeviceId newcomer @Secrets | ForEach-Object { [string] ($_.Since -eq $_.AsOf) }").Objects);
        Assert.Equal(["True"], org.Prepare($"Get-ConnectorExemption -Name $Name {org.Address(WorldNames.AdministratorAllow)} | ForEach-Object {{ [string] ($null -eq $_.Since) }}").Objects);
    }

    [Fact]
    public async Task Entries_of_one_mailbox_go_with_one_command_and_the_ledger_and_the_history_know()
    {
        await using var org = await StartAsync();
        var hoarder = org.Mailbox(WorldNames.SeveralDevices);
        var ours = (int)org.Prepare($"@(Get-ConnectorExemption -Name $Name {hoarder.PrimarySmtpAddress} -Owner Connector).Count").Objects[0];
        var before = (int)org.Prepare("(Get-IntuneExchangeConnector -Name $Name).Entries").Objects[0];
        var writes = org.Exchange.CountOf("Set-CASMailbox");
        Assert.True(ours >= 2);

        var transcript = org.Run($"Get-ConnectorExemption -Name $Name {hoarder.PrimarySmtpAddress} -Owner Connector | Remove-ConnectorExemption -Name $Name -Confirm:$false -WarningAction Ignore");

        Assert.Empty(transcript.Lines);
        Assert.Equal(writes + 1, org.Exchange.CountOf("Set-CASMailbox"));
        Assert.Empty(org.Mailbox(WorldNames.SeveralDevices).AllowedDeviceIds.Concat(org.Mailbox(WorldNames.SeveralDevices).BlockedDeviceIds));
        Assert.Equal(before - ours, org.Prepare("(Get-IntuneExchangeConnector -Name $Name).Entries").Objects[0]);
        Assert.Empty(org.Prepare($"Get-ConnectorExemption -Name $Name {hoarder.PrimarySmtpAddress}").Objects);
        Assert.Equal(
            [$"Command Succeeded {ours} 1 Applied"],
            org.Prepare("Get-ConnectorSyncHistory -Name $Name -Last 1 -IncludeChange | ForEach-Object { \"$($_.Kind) $($_.Status) $($_.Result.Changes) $($_.Result.MailboxWrites) $($_.Changes.Outcome)\" }").Objects);

        // What was not a sync is none for the status either.
        Assert.Equal(["Healthy Full"], org.Prepare("Get-IntuneExchangeConnector -Name $Name | ForEach-Object { \"$($_.State) $($_.LastRun.Kind)\" }").Objects);
    }

    [Fact]
    public async Task Whoever_removes_what_the_next_sync_writes_again_is_told_and_the_sync_does()
    {
        await using var org = await StartAsync();
        var lists = org.Lists();
        var entry = $"{org.Address(WorldNames.Ordinary)} {org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds[0]}";

        var warning = Assert.Single(org.Run($"Remove-ConnectorExemption -Name $Name {entry} -Confirm:$false").Of(ShellStream.Warning));
        Assert.Contains("writes it again: the decision for this device is Allow (Compliant)", warning);
        Assert.Contains("Set-ConnectorAccessPolicy -ExcludedGroup", warning);
        Assert.NotEqual(lists, org.Lists());

        org.Prepare("Invoke-ConnectorSync -Name $Name -Quick @Secrets");
        Assert.Equal(lists, org.Lists());
    }

    [Fact]
    public async Task What_no_sync_writes_again_is_removed_without_a_warning()
    {
        await using var org = await StartAsync();
        org.Prepare("Set-ConnectorAccessPolicy -Name $Name -Enabled $false");
        Assert.Empty(org.Run($"Remove-ConnectorExemption -Name $Name {org.Address(WorldNames.Ordinary)} {org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds[0]} -Confirm:$false").Lines);
        Assert.Empty(org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds);
    }

    [Fact]
    public async Task An_administrators_entry_goes_only_where_it_is_named_or_forced_and_the_question_says_whose_it_is()
    {
        await using var org = await StartAsync();
        var allow = org.Mailbox(WorldNames.AdministratorAllow);
        var block = org.Mailbox(WorldNames.AdministratorBlock);

        var refused = org.Run("Get-ConnectorExemption -Name $Name -Owner Administrator | Remove-ConnectorExemption -Name $Name -Confirm:$false -WarningAction Ignore");
        Assert.NotEmpty(refused.Errors);
        Assert.All(refused.Errors, error => Assert.StartsWith("AdministratorEntry,", error.FullyQualifiedErrorId));
        Assert.Equal(allow.AllowedDeviceIds, org.Mailbox(WorldNames.AdministratorAllow).AllowedDeviceIds);

        var named = $"Remove-ConnectorExemption -Name $Name {allow.PrimarySmtpAddress} {allow.AllowedDeviceIds[0]} -WarningAction Ignore";
        Assert.Contains("AN ADMINISTRATOR'S OWN", Assert.Single(org.Run(named + " -WhatIf").Of(ShellStream.Host)));
        Assert.Equal(allow.AllowedDeviceIds, org.Mailbox(WorldNames.AdministratorAllow).AllowedDeviceIds);
        Assert.Empty(org.Run(named + " -Confirm:$false").Lines);
        Assert.Empty(org.Mailbox(WorldNames.AdministratorAllow).AllowedDeviceIds);

        Assert.Empty(org.Run($"Get-ConnectorExemption -Name $Name {block.PrimarySmtpAddress} -List Blocked | Remove-ConnectorExemption -Name $Name -Force -Confirm:$false -WarningAction Ignore").Lines);
        Assert.Empty(org.Mailbox(WorldNames.AdministratorBlock).BlockedDeviceIds);
    }

    [Fact]
    public async Task What_somebody_took_out_meanwhile_is_told_and_no_error()
    {
        await using var org = await StartAsync();
        var mailbox = org.Mailbox(WorldNames.Ordinary);
        var id = mailbox.AllowedDeviceIds[0];
        org.Exchange.State.Append(new MailboxChanged(mailbox.Guid) { At = DateTimeOffset.UnixEpoch, RemoveAllowed = [id] });
        var writes = org.Exchange.CountOf("Set-CASMailbox");

        var transcript = org.Run($"$entry = Get-ConnectorExemption -Name $Name {mailbox.PrimarySmtpAddress}; $entry | Remove-ConnectorExemption -Name $Name -Confirm:$false; $entry | Remove-ConnectorExemption -Name $Name -Confirm:$false");

        Assert.Empty(transcript.Errors);
        Assert.Contains(transcript.Of(ShellStream.Warning), warning => warning == $"{mailbox.PrimarySmtpAddress}: '{id}' was in the Allowed list no more.");
        Assert.Contains(transcript.Of(ShellStream.Warning), warning => warning == $"The entry \"{id}\" is in the allowed list of {mailbox.PrimarySmtpAddress} no more.");
        Assert.Equal(writes, org.Exchange.CountOf("Set-CASMailbox"));
        Assert.Empty(org.Prepare($"Get-ConnectorExemption -Name $Name {mailbox.PrimarySmtpAddress}").Objects);
    }

    [Fact]
    public async Task What_a_server_refuses_is_an_error_of_that_entry_and_the_rest_goes()
    {
        await using var org = await StartAsync();
        org.Prepare("$all = @(Get-ConnectorExemption -Name $Name -Owner Connector); $two = $all[0], ($all | Where-Object Mailbox -NE $all[0].Mailbox)[0]");
        org.Exchange.Configure(options => options with
        {
            Faults = [new ExchangeFault { Kind = ExchangeFaultKind.Error, Error = ExchangeErrorKind.ADConstraintViolation, Command = "Set-CASMailbox" }],
        });
        var transcript = org.Run("$two | Remove-ConnectorExemption -Name $Name -Confirm:$false -WarningAction Ignore");

        Assert.StartsWith("ExemptionNotRemoved,", Assert.Single(transcript.Errors).FullyQualifiedErrorId);
        Assert.Single(org.Prepare("$two | Get-ConnectorExemption -Name $Name").Objects);
        Assert.Equal(["SucceededWithErrors 1"], org.Prepare("Get-ConnectorSyncHistory -Name $Name -Last 1 | ForEach-Object { \"$($_.Status) $($_.Result.Failures)\" }").Objects);
    }

    [Fact]
    public async Task A_dry_run_sends_nothing()
    {
        await using var org = await StartAsync();
        var commands = org.Exchange.Commands().Count;
        var shown = org.Run("Get-ConnectorExemption -Name $Name -Owner Connector | Remove-ConnectorExemption -Name $Name -WhatIf -WarningAction Ignore");

        Assert.All(shown.Of(ShellStream.Host), line => Assert.EndsWith(".", line));
        Assert.NotEmpty(shown.Of(ShellStream.Host));
        Assert.Equal(commands, org.Exchange.Commands().Count);
        Assert.Equal(["Full"], org.Prepare("Get-ConnectorSyncHistory -Name $Name | ForEach-Object { [string] $_.Kind }").Objects);
    }

    [Fact]
    public async Task Mailboxes_and_ids_are_completed_from_the_entries()
    {
        await using var org = await StartAsync();
        var leftover = org.Mailbox(WorldNames.Leftover);

        Assert.Contains($"'{leftover.PrimarySmtpAddress}'", org.Shell.Complete($"Get-ConnectorExemption -Name {org.Name} -Mailbox gin"));
        Assert.Equal(leftover.AllowedDeviceIds, org.Shell.Complete($"Remove-ConnectorExemption -Name {org.Name} -Mailbox {leftover.PrimarySmtpAddress} -DeviceId "));
    }

    private static async Task<Organisation> StartAsync() => (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
}
