using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

/// <summary>Device access rules and mailbox policies from the prompt to Exchange and back; one story, told in the order in which it happens.</summary>
[Collection(nameof(Organisation))]
public sealed class ConfigurationTests(ConfigurationTests.Synced fixture) : IClassFixture<ConfigurationTests.Synced>
{
    private Organisation Org => fixture.Organisation;

    [Fact]
    public void A_rule_is_made_changed_and_given_up_and_Exchange_follows_with_each_full_sync()
    {
        Assert.Equal(["ToCreate Connector Allow"], Told("New-ConnectorAccessRule -Name $Name DeviceType Fairphone Allow"));
        Assert.DoesNotContain("Fairphone", Rules());
        Sync();
        Assert.Contains("DeviceType Fairphone Allow", Rules());
        Assert.Equal(["InPlace Connector Allow"], Told("Get-ConnectorAccessRule -Name $Name DeviceType FAIRPHONE"));

        Assert.Equal(["ToChange Connector Quarantine"], Told("Get-ConnectorAccessRule -Name $Name DeviceType Fairphone | Set-ConnectorAccessRule -AccessLevel Quarantine -PassThru"));
        Sync();
        Assert.Contains("DeviceType Fairphone Quarantine", Rules());
        Assert.Equal([0], Org.Prepare("(Invoke-ConnectorSync -Name $Name -Full -Force @Secrets).Changes").Objects);

        Assert.Equal(["ToRemove Connector "], Told("Get-ConnectorAccessRule -Name $Name DeviceType Fairphone | Remove-ConnectorAccessRule -PassThru"));
        Sync();
        Assert.DoesNotContain(Rules(), static rule => rule.Contains("Fairphone"));
        Assert.Empty(Told("Get-ConnectorAccessRule -Name $Name DeviceType Fairphone"));
    }

    [Fact]
    public void An_administrators_rule_is_adopted_said_so_and_never_removed()
    {
        var before = Rules();
        var transcript = Org.Run("""
            $rule = @(Get-ConnectorAccessRule -Name $Name -State Administrator)[0]
            $adopted = $rule | New-ConnectorAccessRule -Verbose
            "$($adopted.State) $($adopted.Owner)"
            $adopted | Remove-ConnectorAccessRule -PassThru | ForEach-Object { "$($_.State) $($_.Owner)" }
            """);

        Assert.Empty(transcript.Errors);
        Assert.Equal(["InPlace Administrator", "Administrator Administrator"], transcript.Of(ShellStream.Output));
        Assert.Contains(transcript.Of(ShellStream.Verbose), static line => line.Contains("adopts it and will never remove it"));
        Sync();
        Assert.Equal(before, Rules());
    }

    [Fact]
    public void A_policy_is_made_assigned_changed_and_given_up_and_Exchange_follows()
    {
        var jane = Org.Address("jane.doe");
        Assert.Equal(
            ["ToCreate Connector MinPasswordLength = 6, AllowCamera = false"],
            Told($"New-ConnectorMailboxPolicy -Name $Name Phones -MinPasswordLength 6 -AllowCamera $false -Mailbox {jane}", "WantedSettings"));
        Sync();
        Assert.Equal("Phones", Org.Mailbox("jane.doe").MailboxPolicy);
        Assert.Equal(["InPlace Connector MinPasswordLength = 6, AllowCamera = false"], Told("Get-ConnectorMailboxPolicy -Name $Name phones", "WantedSettings"));

        Assert.Equal(
            ["ToChange Connector MinPasswordLength = 8"],
            Told("Get-ConnectorMailboxPolicy -Name $Name Phones | Set-ConnectorMailboxPolicy -MinPasswordLength 8 -ReleaseSetting allowcamera -PassThru", "WantedSettings"));
        Sync();
        Assert.Equal([8, false], Org.Prepare("(Get-ConnectorMailboxPolicy -Name $Name Phones).Settings | ForEach-Object { $_.MinPasswordLength; $_.AllowCamera }").Objects);

        Org.Prepare("Remove-ConnectorMailboxPolicy -Name $Name PHONES");
        Sync();
        Assert.Null(Org.Mailbox("jane.doe").MailboxPolicy);
        Assert.Empty(Told("Get-ConnectorMailboxPolicy -Name $Name Phones"));
    }

    [Fact]
    public void A_policy_that_can_shut_devices_out_is_warned_of_once()
    {
        var transcript = Org.Run("""
            New-ConnectorMailboxPolicy -Name $Name Strict -AllowNonProvisionableDevices $false | Out-Null
            Set-ConnectorMailboxPolicy -Name $Name Strict -AllowCamera $true
            Remove-ConnectorMailboxPolicy -Name $Name Strict
            """);

        Assert.Contains("cannot apply every setting", Assert.Single(transcript.Of(ShellStream.Warning)));
        Assert.Single(transcript.Lines);
    }

    [Theory]
    [InlineData("New-ConnectorAccessRule -Name $Name DeviceType Twice Allow | Out-Null; New-ConnectorAccessRule -Name $Name DeviceType TWICE Block; Remove-ConnectorAccessRule -Name $Name DeviceType Twice", "AccessRuleExists")]
    [InlineData("Set-ConnectorAccessRule -Name $Name DeviceType Nothing Block", "AccessRuleNotFound")]
    [InlineData("Remove-ConnectorAccessRule -Name $Name DeviceType Nothing", "AccessRuleNotFound")]
    [InlineData("New-ConnectorMailboxPolicy -Name $Name Double | Out-Null; New-ConnectorMailboxPolicy -Name $Name DOUBLE", "MailboxPolicyExists")]
    [InlineData("Set-ConnectorMailboxPolicy -Name $Name Nothing -AllowCamera $true", "MailboxPolicyNotFound")]
    [InlineData("Remove-ConnectorMailboxPolicy -Name $Name Nothing", "MailboxPolicyNotFound")]
    [InlineData("Get-ConnectorAccessRule -Name Nobody", "ConnectorNotFound")]
    [InlineData("Get-ConnectorMailboxPolicy -Name Nobody", "ConnectorNotFound")]
    public void What_cannot_be_done_is_an_error_of_one_object_and_the_script_goes_on(string script, string id)
    {
        var transcript = Org.Run(script + "; 'went on'");

        Assert.StartsWith(id + ",", Assert.Single(transcript.Errors).FullyQualifiedErrorId);
        Assert.Equal(["went on"], transcript.Of(ShellStream.Output));
    }

    [Theory]
    [InlineData("New-ConnectorMailboxPolicy -Name $Name Wrong -MaxPasswordFailedAttempts 3")]
    [InlineData("New-ConnectorMailboxPolicy -Name $Name Wrong -PasswordExpiration 0:30")]
    [InlineData("New-ConnectorMailboxPolicy -Name $Name Wrong -MaxInactivityTimeLock 2:00:00")]
    [InlineData("Set-ConnectorMailboxPolicy -Name $Name Wrong -ReleaseSetting Colour")]
    [InlineData("New-ConnectorAccessRule -Name $Name DeviceType \"a`0b\" Block")]
    [InlineData("Set-ConnectorAccessPolicy -Name $Name -UserMailInsert ('x' * 257)")]
    [InlineData("Set-ConnectorAccessPolicy -Name $Name -AdminMailRecipient nobody")]
    public void A_value_that_cannot_be_right_stops_the_command_before_anything_changes(string script)
    {
        var transcript = Org.Run(script);

        Assert.StartsWith("InvalidParameter,", Assert.Single(transcript.Errors).FullyQualifiedErrorId);
        Assert.Empty(Told("Get-ConnectorMailboxPolicy -Name $Name Wrong"));
    }

    [Theory]
    [InlineData("New-ConnectorAccessRule -Name $Name DeviceType Dry Allow")]
    [InlineData("New-ConnectorMailboxPolicy -Name $Name Dry -AllowCamera $true")]
    public void A_dry_run_changes_nothing(string script)
    {
        var transcript = Org.Run(script + " -WhatIf; @(Get-ConnectorAccessRule -Name $Name -QueryString Dry).Count; @(Get-ConnectorMailboxPolicy -Name $Name Dry).Count");

        Assert.Equal([0, 0], transcript.Objects);
    }

    [Fact]
    public void A_text_is_wanted_wanted_empty_or_left_alone()
    {
        Assert.Equal(
            ["Call us|a@contoso.com", "|", "left|left"],
            Org.Prepare("""
                function Tell { (Get-ConnectorAccessPolicy -Name $Name).Organization | ForEach-Object {
                    "$(if ($null -eq $_.UserMailInsert) { 'left' } else { $_.UserMailInsert })|$(if ($null -eq $_.AdminMailRecipients) { 'left' } else { $_.AdminMailRecipients })" } }
                Set-ConnectorAccessPolicy -Name $Name -UserMailInsert 'Call us' -AdminMailRecipient a@contoso.com; Tell
                Set-ConnectorAccessPolicy -Name $Name -UserMailInsert '' -AdminMailRecipient @(); Tell
                Set-ConnectorAccessPolicy -Name $Name -UserMailInsert $null -AdminMailRecipient $null; Tell
                """).Of(ShellStream.Output));
    }

    [Fact]
    public void Tab_offers_what_devices_presented_and_what_policies_there_are()
    {
        Assert.Contains("iPhone", Org.Shell.Complete($"New-ConnectorAccessRule -Name {Org.Name} -Characteristic DeviceType -QueryString iP"));
        Assert.Contains("Default", Org.Shell.Complete($"Get-ConnectorMailboxPolicy -Name {Org.Name} -Policy def"));
        Assert.Equal(["PasswordEnabled", "PasswordExpiration", "PasswordHistory"], Org.Shell.Complete($"Set-ConnectorMailboxPolicy -Name {Org.Name} -ReleaseSetting Pass"));
    }

    private void Sync() => Org.Prepare("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets | Out-Null");

    private List<string> Told(string script, string property = "WantedLevel") =>
        [.. Org.Prepare($"{script} | ForEach-Object {{ \"$($_.State) $($_.Owner) $($_.{property})\" }}").Of(ShellStream.Output).Select(static line => line.ToString()!)];

    private List<string> Rules()
    {
        Org.Exchange.State.Refresh();
        return Org.Exchange.State.Read(static world => world.AccessRules.Select(static rule => $"{rule.Characteristic} {rule.QueryString} {rule.AccessLevel}").Order().ToList());
    }

    public sealed class Synced : IAsyncLifetime
    {
        private Organisation? _organisation;

        public Organisation Organisation => _organisation!;

        public async ValueTask InitializeAsync() => _organisation = (await Organisation.StartAsync()).Install(sync: true);

        public async ValueTask DisposeAsync()
        {
            if (_organisation is not null) await _organisation.DisposeAsync();
        }
    }
}
