using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class RefreshTests
{
    [Fact]
    public async Task Before_the_first_read_there_is_no_answer_and_refresh_gives_one_without_writing()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install();

        Assert.StartsWith("NoSnapshot,", Assert.Single(org.Run("Get-ConnectorDevice -Name $Name").Errors).FullyQualifiedErrorId);

        var address = org.Address(WorldNames.NotEnrolled);
        Assert.Equal(
            [$"Output: {address} LeaveToExchange PolicyDisabled"],
            org.Run($"Get-ConnectorDevice -Name $Name -Refresh @Secrets -Mailbox {address} | ForEach-Object {{ \"$($_.Mailbox) $($_.Decision) $($_.Reason)\" }}").Lines);
        Assert.Equal(0, org.Exchange.CountOf("Set-CASMailbox"));
        Assert.Empty(org.Run("Get-ConnectorSyncHistory -Name $Name").Objects);
    }
}
