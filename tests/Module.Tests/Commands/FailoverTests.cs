using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Exchange;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class FailoverTests
{
    [Fact]
    public async Task The_servers_are_known_from_the_installation_on_and_a_probe_says_how_each_is()
    {
        await using var org = await StartAsync();
        Assert.Equal(
            ["Output: ex1 Healthy in use first", "Output: ex2 Unknown", "Output: ex3 Unknown"],
            Servers(org, "Get-ConnectorFailover -Name $Name"));

        org.Exchange.SetServer("EX2", ServerState.Down);
        Assert.Equal(
            ["Output: ex1 Healthy in use first", "Output: ex3 Healthy", "Output: ex2 Failed"],
            Servers(org, "Get-ConnectorFailover -Name $Name -Probe"));
    }

    [Fact]
    public async Task A_run_moves_to_the_next_server_says_so_and_keeps_it_in_the_record()
    {
        await using var org = await StartAsync();
        org.Prepare("Set-ConnectorAccessPolicy -Name $Name -Enabled $true -IncludedGroup $MobileUsers -ExcludedGroup $Exempt");
        org.Exchange.SetServer("EX1", ServerState.Down);

        var run = org.Run("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");

        Assert.Equal("Succeeded", Text(Assert.Single(run.Objects), "Status"));
        Assert.StartsWith($"Warning: ex1.{org.Name}.example failed: ", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["Failover", "Failover"], org.Run("(Get-ConnectorSyncHistory -Name $Name -Last 1).Result.Notes | ForEach-Object { [string]$_.Kind }").Objects.Select(static note => note.ToString()));
        Assert.Equal("Output: ex2 Healthy in use", Servers(org, "Get-ConnectorFailover -Name $Name")[0]);
        Assert.DoesNotContain(org.Exchange.Commands(), static command => command.Server == "EX3");
    }

    [Fact]
    public async Task Switched_off_by_hand_in_the_file_the_next_run_names_who_would_have_been_tried()
    {
        await using var org = await StartAsync();
        org.Prepare(
            """
            $path = (Get-IntuneExchangeConnector -Name $Name).ConfigurationPath
            $text = [System.IO.File]::ReadAllText($path).Replace('<IsCasFailoverEnabled>true<', '<IsCasFailoverEnabled>false<')
            [System.IO.File]::WriteAllText($path, $text)
            """);
        org.Exchange.SetServer("EX1", ServerState.Down);

        var error = Assert.Single(org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets").Errors);

        Assert.StartsWith("ExchangeUnreachable,", error.FullyQualifiedErrorId);
        Assert.Contains($"Failover is off; with it ex2.{org.Name}.example, ex3.{org.Name}.example would have been tried.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_checked_and_nothing_is_changed_by_a_wrong_one_or_under_what_if()
    {
        await using var org = await StartAsync();
        var before = org.Run("[System.IO.File]::ReadAllText((Get-IntuneExchangeConnector -Name $Name).ConfigurationPath)").Objects[0].ToString();

        Assert.StartsWith("ServerNotFound,", Assert.Single(org.Run("Set-ConnectorFailover -Name $Name -PreferredServer nosuch.example").Errors).FullyQualifiedErrorId);
        Assert.StartsWith("InvalidParameter,", Assert.Single(org.Run("Set-ConnectorFailover -Name $Name -PreferredServer ex2 -ExcludeServer ex2").Errors).FullyQualifiedErrorId);
        Assert.StartsWith("InvalidParameter,", Assert.Single(org.Run("Set-ConnectorFailover -Name $Name -ExcludeServer ex1, ex2, ex3").Errors).FullyQualifiedErrorId);
        Assert.StartsWith("InvalidParameter,", Assert.Single(org.Run("Set-ConnectorFailover -Name $Name -PreferredServer 'not a name'").Errors).FullyQualifiedErrorId);
        Assert.Empty(org.Run("Set-ConnectorFailover -Name $Name -Enabled $false -WhatIf").Errors);
        Assert.Single(org.Run("Set-ConnectorFailover -Name $Name").Of(ShellStream.Warning));

        Assert.Equal(before, org.Run("[System.IO.File]::ReadAllText((Get-IntuneExchangeConnector -Name $Name).ConfigurationPath)").Objects[0].ToString());
    }

    [Fact]
    public async Task The_preferred_server_is_worked_with_and_an_excluded_one_is_listed_as_such()
    {
        await using var org = await StartAsync();
        Assert.Equal(
            ["Output: ex3 Unknown first", "Output: ex2 Unknown", "Output: ex1 Excluded in use"],
            Servers(org, "Set-ConnectorFailover -Name $Name -PreferredServer ex3 -ExcludeServer ex1 -PassThru"));
        org.Prepare("Set-ConnectorAccessPolicy -Name $Name -Enabled $true -IncludedGroup $MobileUsers");
        org.Prepare("Invoke-ConnectorSync -Name $Name -Full -WhatIf @Secrets");
        Assert.Equal("EX3", org.Exchange.Commands()[^1].Server);
        Assert.Equal("Output: ex3 Unknown first", Servers(org, "Get-ConnectorFailover -Name $Name")[0]);
    }

    [Fact]
    public async Task Several_sessions_do_what_one_does_and_each_step_is_told_with_verbose()
    {
        await using var org = await StartAsync(partnerships: 250);
        org.Prepare("Set-ConnectorAccessPolicy -Name $Name -Enabled $true -IncludedGroup $MobileUsers -ExcludedGroup $Exempt");
        Assert.Single(org.Run("Set-ConnectorParallelCommand -Name $Name -Enabled $true -MaximumSession 40").Of(ShellStream.Warning));
        var status = Assert.Single(org.Prepare("Set-ConnectorParallelCommand -Name $Name -MaximumSession 3 -PassThru").Objects);
        Assert.Equal(("True", "3"), (Text(status, "ParallelCommandsEnabled"), Text(status, "MaximumSessions")));
        org.Exchange.Configure(static options => options with { LatencyMilliseconds = 20 });

        var run = org.Run("Invoke-ConnectorSync -Name $Name -Full -Force -Verbose @Secrets");

        Assert.Equal("Succeeded", Text(Assert.Single(run.Objects), "Status"));
        Assert.Contains(run.Lines, static line => line.StartsWith("Verbose: Lanes: 2 instead of 1, because ", StringComparison.Ordinal));
        Assert.Equal("0", Text(Assert.Single(org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets").Objects), "Changes"));
    }

    private static async Task<Organisation> StartAsync(int partnerships = 80)
    {
        var org = await Organisation.StartAsync(options => options with { Partnerships = partnerships }, cancellationToken: TestContext.Current.CancellationToken);
        await org.Exchange.StartServersAsync(cancellationToken: TestContext.Current.CancellationToken);
        return org.Install();
    }

    private static string[] Servers(Organisation org, string script) =>
        [.. org.Prepare(script + " | ForEach-Object { @($_.Server.Split('.')[0]; [string]$_.State; if ($_.InUse) { 'in use' }; if ($_.Preferred) { 'first' }) -join ' ' }").Lines];

    private static string Text(object source, string name) => PSObject.AsPSObject(source).Properties[name].Value.ToString()!;
}
