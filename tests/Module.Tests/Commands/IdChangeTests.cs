using System;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

/// <summary>A phone comes back from a reset with another id: it is recognised, proved and proposed, and no sync touches the old partnership.</summary>
[Collection(nameof(SyncedOrganisation))]
public sealed class IdChangeTests
{
    private const string NewId = "ZRESTOREDPHONE000000000001";

    [Fact]
    public async Task A_changed_id_is_shown_explained_and_proved_and_never_acted_on()
    {
        await using var org = await Organisation.StartAsync(options => options with { Partnerships = 320 }, cancellationToken: TestContext.Current.CancellationToken);
        var phone = Restore(org);
        org.Install(sync: true);
        var address = org.Address(WorldNames.WithoutEasId);

        Assert.Equal(
            [$"{phone.DeviceId} [] [{NewId}] Block NotEnrolled", $"{NewId} [{phone.DeviceId}] [] Allow Compliant"],
            org.Prepare($"Get-ConnectorDevice -Name $Name {address} -Changed | ForEach-Object {{ \"$($_.DeviceId) [$($_.Replaces)] [$($_.ReplacedBy)] $($_.Decision) $($_.Reason)\" }}").Objects);
        Assert.Equal(org.Prepare($"(Get-ConnectorDevice -Name $Name {address}).ReplacedBy -join ''").Objects, [NewId]);

        var told = org.Prepare($"$told = Test-ConnectorDeviceAccess -Name $Name {address} {phone.DeviceId}; $told.IdChanges[0].Evidence; $told.NextStep").Objects.Cast<string>().ToList();
        Assert.Contains("a sign and no proof", told[2]);
        Assert.StartsWith("Intune carries the new id on managed device", told[3]);
        Assert.StartsWith("The device seems to have changed its id", told[4]);
        Assert.Contains("Remove-ConnectorDevice", told[4]);
        Assert.Contains($"{NewId} took the place of {phone.DeviceId}.", string.Join(' ', org.Prepare("$told | Out-Host").Of(ShellStream.Host)).ReplaceLineEndings(" "));
        Assert.DoesNotContain("Changed id", string.Concat(org.Prepare($"Test-ConnectorDeviceAccess -Name $Name {org.Address(WorldNames.Ordinary)} {org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds[0]} | Out-Host").Of(ShellStream.Host)));

        Assert.Equal(
            [$"{phone.DeviceId} Statistics True", $"{NewId} Statistics True"],
            org.Prepare($"Get-ConnectorDevice -Name $Name {address} -Changed -IncludeStatistics | ForEach-Object {{ \"$($_.DeviceId) $($_.IdChanges.Silence) $($null -ne $_.Statistics)\" }}").Objects);
        Assert.Single(org.Exchange.Commands(), command => command.Name == "Get-MobileDeviceStatistics");

        org.Prepare("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");
        Assert.Equal(0, org.Exchange.CountOf("Remove-MobileDevice") + org.Exchange.CountOf("Remove-ActiveSyncDevice"));
    }

    [Fact]
    public async Task An_old_id_that_its_mailbox_still_hears_is_not_proposed()
    {
        await using var org = await Organisation.StartAsync(options => options with { Partnerships = 320 }, cancellationToken: TestContext.Current.CancellationToken);
        var phone = Restore(org);
        org.Exchange.State.Append(new PartnershipChanged(phone.Guid) { At = Now(org), LastSuccessSync = Now(org).AddDays(3), InMailboxOnly = true });
        org.Install(sync: true);
        var address = org.Address(WorldNames.WithoutEasId);

        Assert.Equal(2, org.Prepare($"Get-ConnectorDevice -Name $Name {address} -Changed").Objects.Count);
        Assert.Equal([0, 0], org.Prepare($"Get-ConnectorDevice -Name $Name {address} -IncludeStatistics | ForEach-Object {{ $_.IdChanges.Count }}").Objects);
        var transcript = org.Prepare($"Get-ConnectorDevice -Name $Name {address} -Changed -IncludeStatistics -Verbose");
        Assert.Empty(transcript.Objects);
        Assert.Contains("No device of the last complete read matches.", transcript.Of(ShellStream.Verbose));
    }

    [Fact]
    public async Task Without_a_changed_id_there_is_nothing_and_no_mailbox_is_asked()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);

        Assert.Empty(org.Run($"Get-ConnectorDevice -Name $Name {org.Address(WorldNames.Ordinary)} -Changed -IncludeStatistics").Lines);
        Assert.Equal(0, org.Exchange.CountOf("Get-MobileDeviceStatistics"));
    }

    // The managed device had no EAS id; after the reset it carries the new one.
    private static SandboxPartnership Restore(Organisation org)
    {
        var state = org.Exchange.State;
        var (phone, owner, device) = state.Read(world =>
        {
            var index = world.Mailboxes.FindIndex(mailbox => mailbox.Alias == WorldNames.WithoutEasId);
            var mailbox = world.Mailboxes[index];
            return (world.PartnershipsOf(index)[0], mailbox.Guid, world.ManagedDevices.First(managed => managed.UserIndex == mailbox.UserIndex).Id);
        });
        state.Append(
            new PartnershipAdded(new Guid("5a5a5a5a-0000-4000-8000-000000000001"), owner, phone.DeviceType, NewId) { At = Now(org), DeviceModel = phone.DeviceModel, DeviceOS = "iOS 26.0 23A1", DeviceUserAgent = phone.DeviceUserAgent },
            new ManagedDeviceChanged(device) { At = Now(org), EasDeviceId = NewId.ToLowerInvariant(), EasActivated = true });
        return phone;
    }

    private static DateTimeOffset Now(Organisation org) => org.Exchange.State.Read(world => world.Options.Now);
}
