using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>Exchange's own decision about one device, step by step from the weakest reason to the strongest.</summary>
public sealed class ExchangeDeviceAccessTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    [Fact]
    public void Each_step_outranks_the_ones_before_it()
    {
        SandboxMailbox mailbox = session.Mailbox(WorldNames.Ordinary);
        SandboxPartnership device = session.Device(WorldNames.Ordinary);
        Assert.Equal(("Allowed", "Global", null), Access(device));

        session.Run("Set-ActiveSyncOrganizationSettings", ("DefaultAccessLevel", "Block")).Succeeds();
        Assert.Equal(("Blocked", "Global", null), Access(device));

        session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "DeviceType"), ("QueryString", device.DeviceType.ToUpperInvariant()), ("AccessLevel", "Allow")).Succeeds();
        Assert.Equal(("Allowed", "DeviceRule", "IPHONE (DeviceType)"), Access(device));

        session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "DeviceOS"), ("QueryString", device.DeviceOS), ("AccessLevel", "Quarantine")).Succeeds();
        Assert.Equal(("Quarantined", "DeviceRule", $"{device.DeviceOS} (DeviceOS)"), Access(device));

        session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "DeviceModel"), ("QueryString", device.DeviceModel), ("AccessLevel", "Block")).Succeeds();
        Assert.Equal(("Blocked", "DeviceRule", $"{device.DeviceModel} (DeviceModel)"), Access(device));

        Change(new MailboxChanged(mailbox.Guid) { At = Now, AddAllowed = [device.DeviceId.ToLowerInvariant()] });
        Assert.Equal(("Allowed", "Individual", null), Access(device));

        Change(new MailboxChanged(mailbox.Guid) { At = Now, AddBlocked = [device.DeviceId] });
        Assert.Equal(("Blocked", "Individual", null), Access(device));

        Change(new PartnershipChanged(device.Guid) { At = Now, PolicyNotMet = true });
        Assert.Equal(("Blocked", "Policy", null), Access(device));

        Change(new MailboxChanged(mailbox.Guid) { At = Now, ActiveSyncEnabled = false, ClearBlocked = true });
        Assert.Equal(("Blocked", "Unknown", null), Access(device));

        Change(new PartnershipChanged(device.Guid) { At = Now, TransientState = "Quarantined", TransientReason = "Upgrade" });
        Assert.Equal(("Quarantined", "Upgrade", null), Access(device));
    }

    [Fact]
    public void Exchanges_own_block_passes_when_an_administrator_resets_it_and_other_states_stay()
    {
        SandboxPartnership automatic = session.Device(WorldNames.AutoBlocked);
        SandboxPartnership upgrading = session.Device(WorldNames.Upgrading);
        Assert.Equal(("Blocked", "CommandFrequency", null), Access(automatic));

        session.Run("Set-CASMailbox", ("Identity", WorldNames.AutoBlocked), ("ResetAutoBlockedDevices", true)).Succeeds();
        session.Run("Set-CASMailbox", ("Identity", WorldNames.Upgrading), ("ResetAutoBlockedDevices", true)).Succeeds();

        Assert.NotEqual("CommandFrequency", Access(automatic).Reason);
        Assert.Equal(("Quarantined", "Upgrade", null), Access(upgrading));
    }

    [Fact]
    public void A_rule_compares_whole_texts()
    {
        SandboxPartnership device = session.Device(WorldNames.NotEnrolled);
        (string, string, string?) before = Access(device);

        session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "DeviceModel"), ("QueryString", device.DeviceModel![..3] + "*"), ("AccessLevel", "Block")).Succeeds();
        session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "DeviceModel"), ("QueryString", device.DeviceModel[..3]), ("AccessLevel", "Block")).Succeeds();

        Assert.Equal(before, Access(device));
    }

    private System.DateTimeOffset Now => session.World.Options.Now;

    private void Change(WorldMutation mutation) => session.Host.State.Append(mutation);

    private (string State, string Reason, string? Rule) Access(SandboxPartnership device)
    {
        PSObject found = session.Run("Get-MobileDevice", ("Identity", device.Guid)).Single;
        return (
            ExchangeAnswer.Text(found, "DeviceAccessState"),
            ExchangeAnswer.Text(found, "DeviceAccessStateReason"),
            (string?)found.Properties["DeviceAccessControlRule"].Value);
    }
}
