using System.Collections;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeConfigurationTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    [Fact]
    public void A_rule_is_made_changed_in_its_level_and_removed()
    {
        PSObject made = session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "UserAgent"), ("QueryString", "Foo/1.0, a=b"), ("AccessLevel", "Block")).Single;
        Assert.Equal("Foo/1.0, a=b (UserAgent)", made.Properties["Name"].Value);
        Assert.StartsWith("CN=Foo/1.0\\, a\\=b (UserAgent),CN=Mobile Mailbox Settings,", ExchangeAnswer.Text(made, "DistinguishedName"));

        session.Run("Set-ActiveSyncDeviceAccessRule", ("Identity", made.Properties["Name"].Value), ("AccessLevel", "Quarantine")).Succeeds();
        Assert.Equal("Quarantine", session.Run("Get-ActiveSyncDeviceAccessRule", ("Identity", made.Properties["Guid"].Value)).Single.Properties["AccessLevel"].Value);

        session.Run("New-ActiveSyncDeviceAccessRule", ("Characteristic", "UserAgent"), ("QueryString", "FOO/1.0, a=b"), ("AccessLevel", "Allow")).Fails("ADObjectAlreadyExistsException");
        Assert.StartsWith("NamedParameterNotFound", session.Run("Set-ActiveSyncDeviceAccessRule", ("Identity", "x"), ("QueryString", "y")).Failure!.FullyQualifiedErrorId);

        session.Run("Remove-ActiveSyncDeviceAccessRule", ("Identity", made.Properties["DistinguishedName"].Value), ("Confirm", false)).Succeeds();
        session.Run("Get-ActiveSyncDeviceAccessRule", ("Identity", made.Properties["Guid"].Value)).Fails("ManagementObjectNotFoundException");
    }

    [Fact]
    public void Organisation_settings_change_one_by_one()
    {
        session.Run("Set-ActiveSyncOrganizationSettings", ("UserMailInsert", "Ask the desk."), ("AdminMailRecipients", new Hashtable { ["Add"] = new[] { "one@contoso.com", "two@contoso.com" } })).Succeeds();
        session.Run("Set-ActiveSyncOrganizationSettings", ("AdminMailRecipients", new Hashtable { ["Remove"] = "one@contoso.com" })).Succeeds();
        PSObject settings = session.Run("Get-ActiveSyncOrganizationSettings").Single;
        Assert.Equal("Ask the desk.", settings.Properties["UserMailInsert"].Value);
        Assert.Equal(["postmaster@contoso.com", "two@contoso.com"], ExchangeAnswer.List(settings, "AdminMailRecipients"));
        Assert.Equal("Allow", settings.Properties["DefaultAccessLevel"].Value);

        session.Run("Set-ActiveSyncOrganizationSettings", ("UserMailInsert", null)).Succeeds();
        Assert.Null(session.Run("Get-ActiveSyncOrganizationSettings").Single.Properties["UserMailInsert"].Value);
    }

    [Theory]
    [InlineData("UserMailInsert")]
    [InlineData("OtaNotificationMailInsert")]
    public void An_insert_of_256_characters_fits_and_one_more_does_not(string parameter)
    {
        session.Run("Set-ActiveSyncOrganizationSettings", (parameter, new string('x', 256))).Succeeds();

        ErrorRecord error = session.Run("Set-ActiveSyncOrganizationSettings", (parameter, new string('y', 257))).Fails("DataValidationException");

        Assert.Contains("maximum length is 256", error.Exception.Message);
        Assert.Equal(new string('x', 256), session.Run("Get-ActiveSyncOrganizationSettings").Single.Properties[parameter].Value);
    }

    [Fact]
    public void One_policy_is_seen_in_two_vocabularies()
    {
        session.Run("New-MobileDeviceMailboxPolicy", ("Name", "Couriers"), ("PasswordEnabled", true), ("MinPasswordLength", 6), ("MaxInactivityTimeLock", "00:10:00"), ("AllowBluetooth", "HandsfreeOnly")).Succeeds();

        PSObject older = session.Run("Get-ActiveSyncMailboxPolicy", ("Identity", "Couriers")).Single;
        Assert.Equal("Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.MobileMailboxPolicy", older.TypeNames[0]);
        Assert.Equal(true, older.Properties["DevicePasswordEnabled"].Value);
        Assert.Equal(6, older.Properties["MinDevicePasswordLength"].Value);
        Assert.Equal("00:10:00", older.Properties["MaxInactivityTimeDeviceLock"].Value);
        Assert.Equal(false, older.Properties["IsDefaultPolicy"].Value);
        Assert.Null(older.Properties["PasswordEnabled"]);

        session.Run("Set-ActiveSyncMailboxPolicy", ("Identity", older.Properties["Guid"].Value), ("MaxDevicePasswordFailedAttempts", 10)).Succeeds();
        PSObject newer = session.Run("Get-MobileDeviceMailboxPolicy", ("Identity", "Couriers")).Single;
        Assert.Equal("10", newer.Properties["MaxPasswordFailedAttempts"].Value);
        Assert.Equal("HandsfreeOnly", newer.Properties["AllowBluetooth"].Value);
        Assert.Equal("Unlimited", newer.Properties["PasswordExpiration"].Value);
        Assert.Equal(true, newer.Properties["AllowCamera"].Value);
    }

    [Fact]
    public void Values_outside_their_range_are_refused()
    {
        session.Run("New-ActiveSyncMailboxPolicy", ("Name", "Limits")).Succeeds();

        session.Run("Set-MobileDeviceMailboxPolicy", ("Identity", "Limits"), ("MinPasswordLength", 17)).Fails("DataValidationException");
        session.Run("Set-MobileDeviceMailboxPolicy", ("Identity", "Limits"), ("MaxPasswordFailedAttempts", 3)).Fails("DataValidationException");
        session.Run("Set-MobileDeviceMailboxPolicy", ("Identity", "Limits"), ("MaxPasswordFailedAttempts", "Unlimited")).Succeeds();
        Assert.StartsWith("CannotConvertArgument", session.Run("Set-MobileDeviceMailboxPolicy", ("Identity", "Limits"), ("MaxPasswordFailedAttempts", "some")).Failure!.FullyQualifiedErrorId);
    }

    [Fact]
    public void There_is_one_default_policy_and_one_in_use_is_removed_by_force_only()
    {
        session.Run("New-ActiveSyncMailboxPolicy", ("Name", "Second")).Succeeds();
        session.Run("New-ActiveSyncMailboxPolicy", ("Name", "second")).Fails("ADObjectAlreadyExistsException");
        session.Run("Set-ActiveSyncMailboxPolicy", ("Identity", WorldNames.DefaultPolicy), ("IsDefault", false)).Fails("TaskInvalidOperationException");

        session.Run("Set-ActiveSyncMailboxPolicy", ("Identity", "Second"), ("IsDefault", true)).Succeeds();
        Assert.Equal("Second", session.Run("Get-CASMailbox", ("Identity", WorldNames.Ordinary)).Single.Properties["ActiveSyncMailboxPolicy"].Value);
        Assert.Equal(false, session.Run("Get-ActiveSyncMailboxPolicy", ("Identity", WorldNames.DefaultPolicy)).Single.Properties["IsDefaultPolicy"].Value);
        session.Run("Set-ActiveSyncMailboxPolicy", ("Identity", WorldNames.DefaultPolicy), ("IsDefaultPolicy", true)).Succeeds();

        session.Run("Set-CASMailbox", ("Identity", WorldNames.Ordinary), ("ActiveSyncMailboxPolicy", "Second")).Succeeds();
        session.Run("Remove-ActiveSyncMailboxPolicy", ("Identity", "Second"), ("Confirm", false)).Fails("TaskInvalidOperationException");
        session.Run("Remove-ActiveSyncMailboxPolicy", ("Identity", "Second"), ("Confirm", false), ("Force", true)).Succeeds();
        Assert.Equal(WorldNames.DefaultPolicy, session.Run("Get-CASMailbox", ("Identity", WorldNames.Ordinary)).Single.Properties["ActiveSyncMailboxPolicy"].Value);
    }
}
