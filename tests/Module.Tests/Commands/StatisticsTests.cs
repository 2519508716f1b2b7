using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(SyncedOrganisation))]
public sealed class StatisticsTests
{
    [Fact]
    public async Task A_mailbox_is_asked_once_whatever_the_number_of_its_devices()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        var address = org.Address(WorldNames.SeveralDevices);
        var devices = (int)org.Prepare($"@(Get-ConnectorDevice -Name $Name {address}).Count").Objects[0];
        Assert.True(devices > 1);

        var transcript = org.Prepare($"Get-ConnectorDevice -Name $Name {address} -IncludeStatistics | ForEach-Object {{ \"$($_.Statistics.NumberOfFolders) $($_.Statistics.PolicyStatus) $($_.Statistics.DeviceId -eq $_.DeviceId) $($_.Statistics.Mailbox)\" }}");

        Assert.Equal(Enumerable.Repeat($"6 AppliedInFull True {address}", devices), transcript.Objects.Cast<string>());
        var asked = Assert.Single(org.Exchange.Commands(), command => command.Name == "Get-MobileDeviceStatistics");
        Assert.Contains("Mailbox", asked.Parameters);
        Assert.DoesNotContain("Identity", asked.Parameters);
    }

    [Fact]
    public async Task Devices_keep_their_order_and_say_when_they_synced_and_a_mailbox_that_does_not_answer_is_told()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        org.Prepare("$some = @(Get-ConnectorDevice -Name $Name)[0..5]");
        org.Exchange.Configure(options => options with
        {
            Faults = [new ExchangeFault { Kind = ExchangeFaultKind.Error, Error = ExchangeErrorKind.ADConstraintViolation, Command = "Get-MobileDeviceStatistics" }],
        });
        var transcript = org.Run("$with = $some | Get-ConnectorDevice -Name $Name -IncludeStatistics; [string] ($some.PartnershipId -join ' ') -eq ($with.PartnershipId -join ' ')");

        Assert.Empty(transcript.Errors);
        Assert.Equal([true], transcript.Objects);
        Assert.Contains("statistics could not be read", Assert.Single(transcript.Of(ShellStream.Warning)));
        var mailboxes = org.Prepare("$some.Mailbox").Objects.Distinct().Count();
        Assert.Equal(mailboxes, org.Exchange.CountOf("Get-MobileDeviceStatistics"));
        Assert.Equal(mailboxes - 1, org.Prepare("($with | Where-Object Statistics).Mailbox").Objects.Distinct().Count());
    }

    [Fact]
    public async Task More_than_a_hundred_mailboxes_are_asked_only_when_told_twice()
    {
        await using var org = (await Organisation.StartAsync(options => options with { Partnerships = 400 }, cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        var commands = org.Exchange.Commands().Count;

        var refused = Assert.Single(org.Run("Get-ConnectorDevice -Name $Name -IncludeStatistics").Errors);
        Assert.StartsWith("StatisticsLimit,", refused.FullyQualifiedErrorId);
        Assert.Contains("more than 100", refused.ErrorDetails.Message);
        Assert.Equal(commands, org.Exchange.Commands().Count);

        var mailboxes = org.Prepare("(Get-ConnectorDevice -Name $Name).MailboxId").Objects.Distinct().Count();
        Assert.Equal(["True"], org.Prepare("$with = Get-ConnectorDevice -Name $Name -IncludeStatistics -Force; [string] ($null -notin $with.Statistics)").Objects);
        Assert.True(mailboxes > 100);
        Assert.Equal(mailboxes, org.Exchange.CountOf("Get-MobileDeviceStatistics"));
        Assert.Equal(["Full"], org.Prepare("Get-ConnectorSyncHistory -Name $Name | ForEach-Object { [string] $_.Kind }").Objects);
    }

    [Fact]
    public async Task Without_being_asked_no_mailbox_is_and_there_are_no_statistics()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        Assert.Equal(["True"], org.Prepare("[string] ($null -eq (Get-ConnectorDevice -Name $Name)[0].Statistics)").Objects);
        Assert.Equal(0, org.Exchange.CountOf("Get-MobileDeviceStatistics"));
    }
}
