using System.IO;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class UninstallTests
{
    [Fact]
    public async Task Entries_that_the_connector_wrote_are_given_back_and_no_others()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var before = org.Lists();
        org.Install(sync: true);
        Assert.NotEqual(before, org.Lists());

        Assert.Empty(org.Run("Uninstall-IntuneExchangeConnector -Name $Name -WithdrawEntries -Force").Lines);

        Assert.Equal(before, org.Lists());
        Assert.StartsWith("ConnectorNotFound,", Assert.Single(org.Run("Get-IntuneExchangeConnector -Name $Name").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_session_of_another_organisation_withdraws_nothing_and_the_connector_stays()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        var lists = org.Lists();
        org.Prepare(
            """
            $path = (Get-IntuneExchangeConnector -Name $Name).ConfigurationPath
            $text = [System.IO.File]::ReadAllText($path).Replace('<Organization>CN=', '<Organization>CN=Other,CN=')
            [System.IO.File]::WriteAllText($path, $text)
            """);

        Assert.StartsWith("ExchangeSessionInvalid,", Assert.Single(org.Run("Uninstall-IntuneExchangeConnector -Name $Name -WithdrawEntries -Force").Errors).FullyQualifiedErrorId);

        Assert.Equal(lists, org.Lists());
        Assert.Single(org.Run("Get-IntuneExchangeConnector -Name $Name").Objects);
    }

    [Fact]
    public async Task Without_the_switch_the_entries_stay_and_nothing_of_the_connector_does()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        var lists = org.Lists();
        var path = (string)org.Run("(Get-IntuneExchangeConnector -Name $Name).StatePath").Objects[0];
        var commands = org.Exchange.Commands().Count;

        Assert.Empty(org.Run("Uninstall-IntuneExchangeConnector -Name $Name -Confirm:$false").Lines);

        Assert.Equal(lists, org.Lists());
        Assert.Equal(commands, org.Exchange.Commands().Count);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task It_asks_and_a_no_changes_nothing()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install();
        org.Shell.Answers.Enqueue(2);

        Assert.Single(org.Run("Uninstall-IntuneExchangeConnector -Name $Name").Of(ShellStream.Host));
        Assert.Equal([org.Name], org.Run("(Get-IntuneExchangeConnector -Name $Name).Name").Objects);
    }
}
