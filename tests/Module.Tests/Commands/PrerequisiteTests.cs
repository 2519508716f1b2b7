using System;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class PrerequisiteTests
{
    private const string Look = "Get-IntuneExchangeConnector -Name $Name -ErrorAction Ignore | ForEach-Object Name";

    [Fact]
    public async Task Before_an_installation_rows_come_and_nothing_else_does()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var transcript = org.Run("Test-ConnectorPrerequisite -Name $Name @Exchange @Tenant");

        Assert.All(transcript.Records, record => Assert.Equal(ShellStream.Output, record.Stream));
        org.Shell.Set("Rows", transcript.Objects);
        Assert.Empty(org.Run("$Rows | Where-Object Status -EQ Failed").Objects);
        Assert.Contains("edition Core", (string)Assert.Single(org.Run("$Rows | Where-Object { $_.Id -eq 'PowerShell' -and $_.Status -eq 'Passed' } | ForEach-Object Proof").Objects));
        Assert.Empty(org.Run(Look).Lines);
        Assert.Equal(0, org.Exchange.CountOf("Set-CASMailbox"));
    }

    [Fact]
    public async Task Whoever_has_seen_enough_ends_it()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var transcript = org.Run("$seen = 0; try { Test-ConnectorPrerequisite -Name $Name @Exchange @Tenant | ForEach-Object { $seen++; throw 'enough' } } catch { \"$_\" }; $seen");

        Assert.Equal(["enough", 1], transcript.Objects);
        Assert.Empty(transcript.Errors);
        Assert.Empty(org.Exchange.Commands());
    }

    [Fact]
    public async Task An_installed_connector_is_named_lent_a_session_and_checked()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install();
        using var runspace = await org.Exchange.OpenRunspaceAsync(TestContext.Current.CancellationToken);
        org.Shell.Set("Session", System.Management.Automation.Runspaces.PSSession.Create(runspace, "pipe", null));

        Assert.Equal(["Passed", "Skipped"], org.Prepare("Test-ConnectorPrerequisite -Name $Name @Secrets | ForEach-Object { \"$($_.Status)\" }").Objects.Distinct().Order());
        Assert.Equal(
            ["The session is open."],
            org.Prepare("Get-IntuneExchangeConnector -Name $Name | Test-ConnectorPrerequisite -Session $Session @Secrets | Where-Object Id -EQ ExchangeSession | ForEach-Object Proof").Objects);
        Assert.Equal(["Opened"], org.Run("\"$($Session.State)\"").Objects);
    }

    [Fact]
    public async Task A_connector_without_its_token_is_told_so_in_a_row()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install();

        Assert.StartsWith("AccessTokenRequired: ", (string)Assert.Single(org.Prepare("Test-ConnectorPrerequisite -Name $Name | Where-Object Id -EQ TenantSignIn | ForEach-Object Proof").Objects));
    }

    [Fact]
    public void A_connector_that_does_not_exist_is_an_error()
    {
        using var shell = Shell.Open();

        Assert.StartsWith("ConnectorNotFound,", Assert.Single(shell.Run("Test-ConnectorPrerequisite -Name nobody-installed-this").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task The_role_group_is_emitted_shown_as_its_script_and_never_run()
    {
        await using var org = await Organisation.StartAsync(behaves: new ExchangeOptions { HiddenCommands = ["Get-ActiveSyncDeviceClass"] }, cancellationToken: TestContext.Current.CancellationToken);
        var transcript = org.Run("$role = Test-ConnectorPrerequisite @Exchange @Tenant -AsRole -RoleGroup \"O'Brien\"; $role.GetType().Name; $role.Missing; $role | Out-Host");

        Assert.Empty(transcript.Errors);
        Assert.Equal(["RoleGroupDefinition", "Get-ActiveSyncDeviceClass"], transcript.Objects);
        var shown = string.Join("\n", transcript.Of(ShellStream.Host).Select(line => line.TrimEnd()));
        Assert.Contains("# The account lacks: Get-ActiveSyncDeviceClass", shown);
        Assert.Contains("New-RoleGroup @group", shown);
        Assert.Contains("Name = 'O''Brien'", shown);
        Assert.All(org.Exchange.Commands(), command => Assert.StartsWith("Get-", command.Name));
    }

    [Fact]
    public async Task A_failed_check_stops_an_installation_and_can_be_skipped()
    {
        await using var org = await Organisation.StartAsync(tells: new GraphOrganization { MdmAuthority = "unknown" }, cancellationToken: TestContext.Current.CancellationToken);

        var error = Assert.Single(org.Run("Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -Force").Errors);
        Assert.StartsWith("PrerequisiteFailed,", error.FullyQualifiedErrorId);
        Assert.Contains("MDM authority (", error.ErrorDetails.Message);
        Assert.Contains("mobileDeviceManagementAuthority is unknown", error.ErrorDetails.Message);
        Assert.Contains("set the MDM authority to Intune", error.ErrorDetails.RecommendedAction);
        Assert.Empty(org.Run(Look).Lines);

        org.Prepare("Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -SkipPrerequisite");
        Assert.Equal([org.Name], org.Run(Look).Of(ShellStream.Output));
    }

    [Fact]
    public async Task What_should_be_looked_at_is_a_warning_of_the_installation()
    {
        await using var org = await Organisation.StartAsync(tells: new GraphOrganization { SyncAge = TimeSpan.FromDays(2) }, cancellationToken: TestContext.Current.CancellationToken);
        var transcript = org.Run("Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant");

        Assert.Contains("48 hours ago. Start-ADSyncSyncCycle", Assert.Single(transcript.Of(ShellStream.Warning)));
        Assert.Empty(transcript.Errors);
    }

    [Fact]
    public async Task Stopping_ends_it_without_a_word()
    {
        await using var org = await Organisation.StartAsync(behaves: new ExchangeOptions { LatencyMilliseconds = 60_000 }, cancellationToken: TestContext.Current.CancellationToken);
        var transcript = await org.Shell.StopAsync(
            "Test-ConnectorPrerequisite -Name $Name @Exchange @Tenant | ForEach-Object Id",
            record => Equals(record.Value, "ExchangeCmdlet"),
            null,
            TestContext.Current.CancellationToken);

        Assert.Empty(transcript.Errors);
        Assert.DoesNotContain("TenantSignIn", transcript.Objects);
    }
}
