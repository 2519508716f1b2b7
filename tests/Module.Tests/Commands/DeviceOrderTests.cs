using System;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(SyncedOrganisation))]
public sealed class DeviceOrderTests
{
    private const string Told = "ForEach-Object { \"$($_.Status) $($_.AccountOnly) $($_.RequestedAt -ne $null) $($_.AcknowledgedAt -ne $null)\" }";

    [Fact]
    public async Task A_wipe_is_reported_as_far_as_it_is_and_recorded_before_it_is_sent()
    {
        await using var org = await StartAsync();
        var device = Device(org, WorldNames.Ordinary);
        org.Prepare($"$device = Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)}");

        Assert.Equal(["Output: DeviceWipe"], org.Run("$wipe = $device | Clear-ConnectorDevice -Name $Name -Confirm:$false -NotificationMailbox it@contoso.com; $wipe").Lines);
        Assert.Equal(["Requested False True False"], org.Prepare("$wipe | " + Told).Objects);
        Assert.Contains("Clear-ConnectorDevice -Cancel", (string)org.Prepare("$wipe.NextStep").Objects[0]);
        var sent = Assert.Single(org.Exchange.Commands(), command => command.Name == "Clear-MobileDevice");
        Assert.Equal((device.Guid.ToString(), true), (sent.Identity, sent.Parameters.Contains("NotificationEmailAddresses")));
        Assert.Equal(
            [$"Command Succeeded request a wipe of the whole device Applied {device.Guid} True"],
            org.Prepare("""
                Get-ConnectorSyncHistory -Name $Name -Last 1 -IncludeChange | ForEach-Object {
                    $after = $_.Changes[0].After
                    "$($_.Kind) $($_.Status) $($_.Changes[0].Action) $($_.Changes[0].Outcome) $($after['PartnershipId']) $($after['OrderedBy'][0] -like '* on *')"
                }
                """).Objects);

        Assert.Equal(["Requested"], org.Run("$device | Clear-ConnectorDevice -Name $Name -Confirm:$false -WarningVariable told -WarningAction Ignore | ForEach-Object { [string] $_.Status }").Objects);
        Assert.Equal(1, org.Exchange.CountOf("Clear-MobileDevice"));

        Change(org, device, wipe => wipe with { WipeSentTime = After(wipe, 1) });
        Assert.Equal(["Sent"], org.Prepare("$device | Get-ConnectorDevice -Name $Name -IncludeStatistics | ForEach-Object { [string] $_.Statistics.WipeStatus }").Objects);
        Change(org, device, wipe => wipe with { WipeSentTime = After(wipe, 1), WipeAcknowledgedTime = After(wipe, 2) });
        Assert.Equal(["Acknowledged"], org.Prepare("$device | Get-ConnectorDevice -Name $Name -IncludeStatistics | ForEach-Object { [string] $_.Statistics.WipeStatus }").Objects);
        Assert.StartsWith("DeviceCommandFailed,", Assert.Single(org.Run("$device | Clear-ConnectorDevice -Name $Name -Cancel -Confirm:$false").Errors).FullyQualifiedErrorId);
        Assert.Equal(["Failed"], org.Prepare("(Get-ConnectorSyncHistory -Name $Name -Last 1 -IncludeChange).Changes | ForEach-Object { [string] $_.Outcome }").Objects);
    }

    [Fact]
    public async Task A_request_can_be_taken_back_and_the_account_alone_can_be_wiped()
    {
        await using var org = await StartAsync();
        org.Prepare($"$device = Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)}");

        Assert.Equal(["Requested True True False"], org.Prepare("$device | Clear-ConnectorDevice -Name $Name -AccountOnly -Confirm:$false | " + Told).Objects);
        Assert.Equal(["Cancelled False False False"], org.Prepare("$device | Clear-ConnectorDevice -Name $Name -Cancel -Confirm:$false | " + Told).Objects);
        Assert.Equal(["None DeviceOk"], org.Prepare("$device | Get-ConnectorDevice -Name $Name -IncludeStatistics | ForEach-Object { \"$($_.Statistics.WipeStatus) $($_.Statistics.Status)\" }").Objects);
    }

    [Fact]
    public async Task A_session_of_before_2016_wipes_no_account_and_no_whole_device_instead()
    {
        await using var org = await StartAsync();
        org.Exchange.Configure(options => options with { HiddenParameters = new() { ["Clear-MobileDevice"] = ["AccountOnly"] } });

        var failure = Assert.Single(org.Run($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} | Clear-ConnectorDevice -Name $Name -AccountOnly -Confirm:$false").Errors);
        Assert.StartsWith("ExchangeParameterMissing,", failure.FullyQualifiedErrorId);
        Assert.Contains("Exchange 2016", failure.ErrorDetails.Message);
        Assert.Equal(0, org.Exchange.CountOf("Clear-MobileDevice"));
    }

    [Fact]
    public async Task Without_the_new_names_the_old_ones_do()
    {
        await using var org = await StartAsync();
        org.Exchange.Configure(options => options with { HiddenCommands = ["Get-MobileDevice", "Clear-MobileDevice", "Remove-MobileDevice", "Get-MobileDeviceStatistics"] });

        Assert.Equal(["Requested"], org.Prepare($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} | Clear-ConnectorDevice -Name $Name -Confirm:$false | ForEach-Object {{ [string] $_.Status }}").Objects);
        org.Prepare($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} | Remove-ConnectorDevice -Name $Name -Confirm:$false");
        Assert.Equal((1, 1, 2), (org.Exchange.CountOf("Clear-ActiveSyncDevice"), org.Exchange.CountOf("Remove-ActiveSyncDevice"), org.Exchange.CountOf("Get-ActiveSyncDeviceStatistics")));
    }

    [Fact]
    public async Task An_id_with_two_partnerships_has_to_be_told_apart()
    {
        await using var org = await StartAsync();
        var two = Devices(org, WorldNames.TwoTypes);
        var named = $"{org.Address(WorldNames.TwoTypes)} {two[0].DeviceId}";

        foreach (var verb in new[] { "Clear", "Remove" })
        {
            var failure = Assert.Single(org.Run($"{verb}-ConnectorDevice -Name $Name {named} -Confirm:$false").Errors);
            Assert.StartsWith("DeviceAmbiguous,", failure.FullyQualifiedErrorId);
            Assert.All(two, device => Assert.Contains($"{device.DeviceType} ({device.Guid})", failure.ErrorDetails.Message));
        }

        Assert.Equal(["Android"], org.Prepare($"Clear-ConnectorDevice -Name $Name {named} -DeviceType android -Confirm:$false | ForEach-Object DeviceType").Objects);
        Assert.Equal(2, org.Prepare($"Get-ConnectorDevice -Name $Name {named} | Clear-ConnectorDevice -Name $Name -Confirm:$false -WarningAction Ignore").Objects.Count);
    }

    [Fact]
    public async Task Entries_stay_until_the_last_partnership_with_the_id_is_removed()
    {
        await using var org = await StartAsync();
        var entries = org.Mailbox(WorldNames.TwoTypes).AllowedDeviceIds;
        var named = $"{org.Address(WorldNames.TwoTypes)} {entries.Single()}";

        Assert.Contains("its entries stay until the last partnership", Assert.Single(org.Run($"Remove-ConnectorDevice -Name $Name {named} -DeviceType Android -WhatIf").Of(ShellStream.Host)));
        Assert.Empty(org.Run($"Remove-ConnectorDevice -Name $Name {named} -DeviceType Android -Confirm:$false").Lines);
        Assert.Equal(entries, org.Mailbox(WorldNames.TwoTypes).AllowedDeviceIds);
        Assert.Empty(org.Run($"Remove-ConnectorDevice -Name $Name {named} -Confirm:$false").Lines);
        Assert.Empty(org.Mailbox(WorldNames.TwoTypes).AllowedDeviceIds);
        Assert.Empty(Devices(org, WorldNames.TwoTypes));
    }

    [Fact]
    public async Task Both_partnerships_with_an_id_take_its_entries_along()
    {
        await using var org = await StartAsync();
        Assert.Empty(org.Run($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.TwoTypes)} | Remove-ConnectorDevice -Name $Name -Confirm:$false").Lines);
        Assert.Empty(org.Mailbox(WorldNames.TwoTypes).AllowedDeviceIds);
        Assert.Empty(Devices(org, WorldNames.TwoTypes));
    }

    [Fact]
    public async Task A_removed_device_leaves_nothing_behind_that_would_let_it_back_in()
    {
        await using var org = await StartAsync();
        var device = Device(org, WorldNames.Ordinary);
        var entries = (int)org.Prepare("(Get-IntuneExchangeConnector -Name $Name).Entries").Objects[0];
        var commands = org.Exchange.Commands().Count;

        Assert.Empty(org.Run($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} | Remove-ConnectorDevice -Name $Name -Confirm:$false").Lines);

        var sent = org.Exchange.Commands().Skip(commands).Select(command => command.Name).Where(name => name is "Set-CASMailbox" or "Remove-MobileDevice");
        Assert.Equal(["Set-CASMailbox", "Remove-MobileDevice"], sent);
        Assert.Equal(device.Guid.ToString(), org.Exchange.Commands().Single(command => command.Name == "Remove-MobileDevice").Identity);
        Assert.Empty(Devices(org, WorldNames.Ordinary));
        Assert.Empty(org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds);
        Assert.Equal(entries - 1, org.Prepare("(Get-IntuneExchangeConnector -Name $Name).Entries").Objects[0]);
        Assert.Empty(org.Prepare($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)}").Objects);
        Assert.Equal(["withdraw allow " + device.DeviceId, "remove the partnership"], org.Prepare("(Get-ConnectorSyncHistory -Name $Name -Last 1 -IncludeChange).Changes.Action").Objects);
        Assert.Equal("0", $"{org.Prepare("(Invoke-ConnectorSync -Name $Name -Quick @Secrets).Changes").Objects[0]}");
    }

    [Fact]
    public async Task An_administrators_allow_goes_only_after_it_was_said_and_his_block_stays()
    {
        await using var org = await StartAsync();
        var allowed = org.Mailbox(WorldNames.AdministratorAllow);
        var blocked = org.Mailbox(WorldNames.AdministratorBlock);

        Assert.Contains("take its id out of the allowed list first, an entry that is AN ADMINISTRATOR'S OWN", Assert.Single(org.Run($"Remove-ConnectorDevice -Name $Name {allowed.PrimarySmtpAddress} {allowed.AllowedDeviceIds[0]} -WhatIf").Of(ShellStream.Host)));
        Assert.Empty(org.Run($"Remove-ConnectorDevice -Name $Name {allowed.PrimarySmtpAddress} {allowed.AllowedDeviceIds[0]} -Confirm:$false").Lines);
        Assert.Empty(org.Mailbox(WorldNames.AdministratorAllow).AllowedDeviceIds);

        Assert.Contains("blocked entry stays", Assert.Single(org.Run($"Remove-ConnectorDevice -Name $Name {blocked.PrimarySmtpAddress} {blocked.BlockedDeviceIds[0]} -WhatIf").Of(ShellStream.Host)));
        Assert.Empty(org.Run($"Remove-ConnectorDevice -Name $Name {blocked.PrimarySmtpAddress} {blocked.BlockedDeviceIds[0]} -Confirm:$false").Lines);
        Assert.Equal(blocked.BlockedDeviceIds, org.Mailbox(WorldNames.AdministratorBlock).BlockedDeviceIds);
        Assert.Empty(Devices(org, WorldNames.AdministratorBlock));
    }

    [Fact]
    public async Task An_administrators_allow_that_nobody_was_told_of_keeps_the_partnership()
    {
        await using var org = await StartAsync();
        var mailbox = org.Mailbox(WorldNames.NotEnrolled);
        var device = Device(org, WorldNames.NotEnrolled);
        org.Exchange.State.Append(new MailboxChanged(mailbox.Guid) { At = DateTimeOffset.UnixEpoch, AddAllowed = [device.DeviceId] });

        var failure = Assert.Single(org.Run($"Remove-ConnectorDevice -Name $Name {mailbox.PrimarySmtpAddress} {device.DeviceId} -Confirm:$false").Errors);
        Assert.StartsWith("AdministratorEntry,", failure.FullyQualifiedErrorId);
        Assert.Single(Devices(org, WorldNames.NotEnrolled));
        Assert.Equal(0, org.Exchange.CountOf("Remove-MobileDevice"));
        org.Prepare("Get-ConnectorExemption -Name $Name -Refresh @Secrets");
        Assert.Empty(org.Run($"Remove-ConnectorDevice -Name $Name {mailbox.PrimarySmtpAddress} {device.DeviceId} -Confirm:$false").Lines);
        Assert.Empty(Devices(org, WorldNames.NotEnrolled));
    }

    [Theory]
    [InlineData("Clear")]
    [InlineData("Remove")]
    public async Task A_device_that_is_gone_is_told_and_nothing_is_sent(string verb)
    {
        await using var org = await StartAsync();
        var device = Device(org, WorldNames.Ordinary);
        org.Exchange.State.Append(new PartnershipRemoved(device.Guid) { At = DateTimeOffset.UnixEpoch });
        var lists = org.Lists();

        var failure = Assert.Single(org.Run($"{verb}-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} {device.DeviceId} -Confirm:$false").Errors);
        Assert.StartsWith("DeviceNotFound,", failure.FullyQualifiedErrorId);
        Assert.Equal(0, org.Exchange.CountOf($"{verb}-MobileDevice"));
        Assert.Equal(lists, org.Lists());
        Assert.Equal(["Full"], org.Prepare("Get-ConnectorSyncHistory -Name $Name | ForEach-Object { [string] $_.Kind }").Objects);
    }

    [Fact]
    public async Task A_dry_run_sends_nothing()
    {
        await using var org = await StartAsync();
        var commands = org.Exchange.Commands().Count;
        var shown = org.Run("@(Get-ConnectorDevice -Name $Name)[0..2] | Clear-ConnectorDevice -Name $Name -WhatIf").Of(ShellStream.Host);

        Assert.Equal(3, shown.Count);
        Assert.All(shown, line => Assert.Contains("WHOLE DEVICE", line));
        Assert.Equal(commands, org.Exchange.Commands().Count);
    }

    [Fact]
    public async Task While_a_sync_runs_its_holder_is_named_and_nothing_is_sent()
    {
        await using var org = await StartAsync();
        using var other = Shell.Open();
        other.Set("Name", org.Name);
        other.Set("Anybody", org.Address(WorldNames.Ordinary));
        other.Set("AnyId", Device(org, WorldNames.Ordinary).DeviceId);
        org.Exchange.Configure(options => options with { CommandLatencyMilliseconds = new() { ["Get-MobileDevice"] = 20_000 } });

        Transcript[] refused = [];
        await org.Shell.StopAsync(
            "Invoke-ConnectorSync -Name $Name -Full @Secrets",
            record => record.Text.StartsWith("Reading device partnerships", StringComparison.Ordinal),
            () => refused =
            [
                other.Run("Clear-ConnectorDevice -Name $Name $Anybody $AnyId -Confirm:$false"),
                other.Run("Remove-ConnectorDevice -Name $Name $Anybody $AnyId -Confirm:$false"),
                other.Run("Remove-ConnectorExemption -Name $Name $Anybody $AnyId -Confirm:$false -WarningAction Ignore"),
            ],
            TestContext.Current.CancellationToken);

        Assert.Equal(3, refused.Length);
        Assert.All(refused, transcript =>
        {
            var error = Assert.Single(transcript.Errors);
            Assert.StartsWith("SyncInProgress,", error.FullyQualifiedErrorId);
            Assert.Contains($"process {Environment.ProcessId}", error.ErrorDetails.Message);
        });
        Assert.Equal((0, 0), (org.Exchange.CountOf("Clear-MobileDevice"), org.Exchange.CountOf("Remove-MobileDevice")));
    }

    [Fact]
    public async Task A_wipe_whose_answer_was_lost_is_not_told_as_failed_nor_as_sent_until_somebody_looks()
    {
        await using var org = await StartAsync();
        org.Exchange.Configure(options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Command = "Clear-MobileDevice" }] });

        Assert.StartsWith("ExchangeSessionLost,", Assert.Single(org.Run($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} | Clear-ConnectorDevice -Name $Name -Confirm:$false").Errors).FullyQualifiedErrorId);
        Assert.Equal(["Failed Pending"], org.Prepare("Get-ConnectorSyncHistory -Name $Name -Last 1 -IncludeChange | ForEach-Object { \"$($_.Status) $($_.Changes.Outcome)\" }").Objects);

        org.Prepare("Invoke-ConnectorSync -Name $Name -Quick @Secrets");
        Assert.Contains("-IncludeStatistics shows", (string)org.Prepare("(Get-ConnectorSyncHistory -Name $Name -Last 2 -IncludeChange)[1].Changes[0].Message").Objects[0]);
    }

    [Fact]
    public async Task No_sync_wipes_or_removes_anything()
    {
        await using var org = await StartAsync();
        org.Prepare("Invoke-ConnectorSync -Name $Name -Quick @Secrets; Invoke-ConnectorSync -Name $Name -Full -Force @Secrets; Get-ConnectorDevice -Name $Name -Refresh @Secrets");
        Assert.DoesNotContain(org.Exchange.Commands(), command => command.Name.StartsWith("Clear-", StringComparison.Ordinal) || command.Name.StartsWith("Remove-", StringComparison.Ordinal) || command.Name.EndsWith("Statistics", StringComparison.Ordinal));
    }

    private static async Task<Organisation> StartAsync() => (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);

    private static SandboxPartnership[] Devices(Organisation org, string alias)
    {
        org.Exchange.State.Refresh();
        return org.Exchange.State.Read(world => world.PartnershipsOf(world.Mailboxes.FindIndex(mailbox => mailbox.Alias == alias)).ToArray());
    }

    private static SandboxPartnership Device(Organisation org, string alias) => Devices(org, alias).Single();

    private static void Change(Organisation org, SandboxPartnership device, Func<PartnershipChanged, PartnershipChanged> change)
    {
        org.Exchange.State.Refresh();
        var asked = org.Exchange.State.Read(world => world.Partnerships.Single(partnership => partnership.Guid == device.Guid).WipeRequestTime!.Value);
        org.Exchange.State.Append(change(new PartnershipChanged(device.Guid) { At = asked, WipeRequestTime = asked }));
    }

    private static DateTimeOffset After(PartnershipChanged wipe, int minutes) => wipe.WipeRequestTime!.Value.AddMinutes(minutes);
}
