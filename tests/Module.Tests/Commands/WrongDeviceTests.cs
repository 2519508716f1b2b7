using System.Linq;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class WrongDeviceTests(SyncedOrganisation fixture) : IClassFixture<SyncedOrganisation>
{
    private Organisation Org => fixture.Organisation;

    [Theory]
    [InlineData("Clear-ConnectorDevice -Name $Name nobody@nowhere.example ABC -Confirm:$false", "MailboxNotFound")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody ABC -Confirm:$false", "DeviceNotFound")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody $AnyId -DeviceType Tricorder -Confirm:$false", "DeviceNotFound")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody $AnyId -PartnershipId 00000000-0000-0000-0000-000000000000 -Confirm:$false", "DeviceNotFound")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody '' -Confirm:$false", "ParameterArgumentValidationError")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody $null -Confirm:$false", "ParameterArgumentValidationError")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody * -Confirm:$false", "DeviceNotFound")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody $AnyId -Cancel -AccountOnly -Confirm:$false", "AmbiguousParameterSet")]
    [InlineData("Clear-ConnectorDevice -Name $Name $Anybody $AnyId -NotificationMailbox 'no address' -Confirm:$false", "InvalidParameter")]
    [InlineData("Remove-ConnectorDevice -Name $Name $Anybody ABC -Confirm:$false", "DeviceNotFound")]
    [InlineData("Get-ConnectorDevice -Name $Name -Force", "InvalidParameter")]
    [InlineData("Remove-ConnectorExemption -Name $Name nobody@nowhere.example ABC -Confirm:$false", "MailboxNotFound")]
    [InlineData("Remove-ConnectorExemption -Name $Name $Anybody NOSUCHID -Confirm:$false", "ExemptionNotFound")]
    [InlineData("Remove-ConnectorExemption -Name $Name $Anybody $AnyId -List Blocked -Confirm:$false", "ExemptionNotFound")]
    [InlineData("Get-ConnectorExemption -Name $Name -Mailbox nobody@nowhere.example", "MailboxNotFound")]
    public void The_wrong_name_is_an_error_and_nothing_is_sent(string command, string id)
    {
        Org.Shell.Set("Anybody", Org.Address(WorldNames.Ordinary));
        Org.Shell.Set("AnyId", Org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds.Single());
        var commands = Org.Exchange.Commands().Count;

        Assert.StartsWith(id + ",", Assert.Single(Org.Run(command).Errors).FullyQualifiedErrorId);
        Assert.Equal(commands, Org.Exchange.Commands().Count);
    }

    [Fact]
    public void One_wrong_name_of_several_keeps_the_others()
    {
        var address = Org.Address(WorldNames.Ordinary);
        var transcript = Org.Run($"'nobody@nowhere.example', '{address}' | ForEach-Object {{ [pscustomobject] @{{ Mailbox = $_ }} }} | Get-ConnectorExemption -Name $Name | ForEach-Object Mailbox");

        Assert.StartsWith("MailboxNotFound,", Assert.Single(transcript.Errors).FullyQualifiedErrorId);
        Assert.Equal([address], transcript.Objects);
    }
}
