using System.Collections;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>What a device meets when it contacts its server after an administrator's command.</summary>
public sealed class ExchangeDeviceContactTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    [Fact]
    public void A_wipe_is_sent_at_one_contact_and_acknowledged_at_the_next()
    {
        SandboxPartnership device = session.Device(WorldNames.Ordinary);
        object changed = session.Run("Get-MobileDevice", ("Identity", device.Guid)).Single.Properties["WhenChangedUTC"].Value;
        session.Run("Clear-MobileDevice", ("Identity", device.Guid), ("Confirm", false)).Succeeds();

        Contact(WorldNames.Ordinary, device);
        PSObject sent = Statistics(device);
        Assert.Equal("DeviceWipePending", sent.Properties["Status"].Value);
        Assert.NotNull(sent.Properties["DeviceWipeSentTime"].Value);
        Assert.Null(sent.Properties["DeviceWipeAckTime"].Value);

        Contact(WorldNames.Ordinary, device);
        PSObject done = Statistics(device);
        Assert.Equal("DeviceWipeSucceeded", done.Properties["Status"].Value);
        Assert.NotNull(done.Properties["DeviceWipeAckTime"].Value);
        Assert.Equal(changed, session.Run("Get-MobileDevice", ("Identity", device.Guid)).Single.Properties["WhenChangedUTC"].Value);
        session.Run("Clear-MobileDevice", ("Identity", device.Guid), ("Cancel", true), ("Confirm", false)).Fails("TaskInvalidOperationException");
    }

    [Fact]
    public void A_wipe_that_was_taken_back_never_reaches_the_device()
    {
        SandboxPartnership device = session.Device(WorldNames.InGracePeriod);
        session.Run("Clear-MobileDevice", ("Identity", device.Guid), ("AccountOnly", true), ("Confirm", false)).Succeeds();
        session.Run("Clear-MobileDevice", ("Identity", device.Guid), ("Cancel", true), ("Confirm", false)).Succeeds();

        Contact(WorldNames.InGracePeriod, device);

        PSObject statistics = Statistics(device);
        Assert.Equal("DeviceOk", statistics.Properties["Status"].Value);
        Assert.Null(statistics.Properties["AccountOnlyDeviceWipeSentTime"].Value);
    }

    [Fact]
    public void A_removed_device_that_comes_back_is_another_partnership_and_its_old_entry_lets_it_in()
    {
        SandboxPartnership device = session.Device(WorldNames.SeveralDevices);
        session.Run("Set-CASMailbox", ("Identity", WorldNames.SeveralDevices), ("ActiveSyncAllowedDeviceIDs", new Hashtable { ["Add"] = device.DeviceId })).Succeeds();
        session.Run("Remove-MobileDevice", ("Identity", device.Guid), ("Confirm", false)).Succeeds();
        Assert.DoesNotContain(device.DeviceId, session.Run("Get-MobileDevice", ("Mailbox", WorldNames.SeveralDevices)).Column("DeviceId"));

        Contact(WorldNames.SeveralDevices, device);

        PSObject back = session.Run("Get-MobileDevice", ("Mailbox", WorldNames.SeveralDevices)).Objects.Single(d => device.DeviceId.Equals(d.Properties["DeviceId"].Value));
        Assert.NotEqual(device.Guid, back.Properties["Guid"].Value);
        Assert.Equal(("Allowed", "Individual"), (back.Properties["DeviceAccessState"].Value, back.Properties["DeviceAccessStateReason"].Value));
    }

    [Fact]
    public void A_device_syncs_if_it_is_let()
    {
        SandboxPartnership device = session.Device(WorldNames.NotEnrolled);
        object before = Statistics(device).Properties["LastSuccessSync"].Value;
        Contact(WorldNames.NotEnrolled, device);
        object after = Statistics(device).Properties["LastSuccessSync"].Value;
        Assert.NotEqual(before, after);

        session.Run("Set-CASMailbox", ("Identity", WorldNames.NotEnrolled), ("ActiveSyncBlockedDeviceIDs", new Hashtable { ["Add"] = device.DeviceId })).Succeeds();
        Contact(WorldNames.NotEnrolled, device);
        Assert.Equal(after, Statistics(device).Properties["LastSuccessSync"].Value);
    }

    private void Contact(string alias, SandboxPartnership device) => session.Host.SyncDevice(alias, device.DeviceType, device.DeviceId);

    private PSObject Statistics(SandboxPartnership device) => session.Run("Get-MobileDeviceStatistics", ("Identity", device.Guid)).Single;
}
