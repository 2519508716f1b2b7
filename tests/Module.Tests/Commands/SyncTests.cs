using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class SyncTests
{
    private const string Enable = "Set-ConnectorAccessPolicy -Name $Name -Enabled $true -IncludedGroup $MobileUsers -ExcludedGroup $Exempt";

    [Fact]
    public async Task A_dry_run_shows_the_plan_emits_the_result_and_writes_nothing()
    {
        await using var org = await StartAsync();
        var before = org.Lists();

        var transcript = org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets -WhatIf; (Get-ConnectorSyncHistory -Name $Name).Count");
        var shown = transcript.Of(ShellStream.Host);
        var result = transcript.Objects[0];

        Assert.Equal("What if: Synchronize Exchange with the decisions of connector \"" + org.Name + "\".", shown[0]);
        Assert.All(shown.Skip(1).Take(20), line => Assert.Matches("^What if: Performing the operation \".+\" on target \".+\"\\.$", line));
        Assert.Equal(22, shown.Count);
        Assert.EndsWith("more changes would be made; -Verbose lists them all.", shown[21]);
        Assert.Equal("Planned", Text(result, "Status"));
        Assert.Equal("0", Text(result, "ExitCode"));
        Assert.Equal(0, transcript.Objects[1]);
        Assert.Equal(before, org.Lists());
        Assert.Equal(0, org.Exchange.CountOf("Set-CASMailbox"));
    }

    [Fact]
    public async Task A_run_writes_what_differs_once_and_the_next_finds_nothing()
    {
        await using var org = await StartAsync();

        var first = org.Run("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");
        var writes = org.Exchange.CountOf("Set-CASMailbox");
        var second = org.Run("Invoke-ConnectorSync -Name $Name @Secrets");

        Assert.Equal(["Output: SyncResult"], first.Lines);
        Assert.Equal("Succeeded", Text(first.Objects[0], "Status"));
        Assert.Equal($"{writes}", Text(first.Objects[0], "MailboxWrites"));
        Assert.NotEqual(0, writes);
        Assert.Equal(["Output: SyncResult"], second.Lines);
        Assert.Equal(("Quick", "Succeeded", "0"), (Text(second.Objects[0], "Kind"), Text(second.Objects[0], "Status"), Text(second.Objects[0], "Changes")));
        Assert.Equal(writes, org.Exchange.CountOf("Set-CASMailbox"));
        Assert.Equal(org.Mailbox(WorldNames.Ordinary).AllowedDeviceIds.Count, org.Exchange.State.Read(world => world.Partnerships.Count(partnership => world.Mailboxes[partnership.MailboxIndex].Alias == WorldNames.Ordinary)));
    }

    [Fact]
    public async Task Progress_is_shown_for_each_stage_and_every_bar_is_closed()
    {
        await using var org = await StartAsync();

        var bars = org.Run("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets").Records.Where(record => record.Stream == ShellStream.Progress).ToList();
        var opened = bars.Where(bar => !bar.Closes).Select(bar => bar.Text.Split(':')[0]).Distinct().Order().ToList();

        Assert.Contains("Reading device partnerships from Exchange", opened);
        Assert.Contains("Reading managed devices from Intune", opened);
        Assert.Contains("Writing changes to Exchange", opened);
        Assert.Equal(opened, bars.Where(bar => bar.Closes).Select(bar => bar.Text.Split(':')[0]).Distinct().Order());
    }

    [Fact]
    public async Task A_held_run_warns_emits_and_writes_nothing()
    {
        await using var org = await StartAsync();

        var transcript = org.Run("Set-ConnectorAccessPolicy -Name $Name -FuseMinimum 0 -FusePercent 0; Invoke-ConnectorSync -Name $Name -Full @Secrets; Get-IntuneExchangeConnector -Name $Name");

        Assert.Equal([ShellStream.Warning, ShellStream.Output, ShellStream.Output], transcript.Records.Where(record => record.Stream != ShellStream.Progress).Select(record => record.Stream));
        Assert.Contains("held", Assert.Single(transcript.Of(ShellStream.Warning)));
        Assert.Equal(("Held", "2"), (Text(transcript.Objects[0], "Status"), Text(transcript.Objects[0], "ExitCode")));
        Assert.Equal("Held", Text(transcript.Objects[1], "State"));
        Assert.Equal(Text(transcript.Objects[0], "HeldReason"), Text(transcript.Objects[1], "Problem"));
        Assert.Equal(0, org.Exchange.CountOf("Set-CASMailbox"));
    }

    [Fact]
    public async Task A_run_that_fails_emits_its_result_and_then_an_error_that_does_not_end_the_script()
    {
        await using var org = await StartAsync();
        org.Tenant.Faults.Next(GraphRoute.ManagedDevices, null, GraphFault.Forbidden);

        var transcript = org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets; 'went on'");

        Assert.Equal([ShellStream.Output, ShellStream.Error, ShellStream.Output], transcript.Records.Where(record => record.Stream != ShellStream.Progress).Select(record => record.Stream));
        Assert.Equal(("Failed", "1"), (Text(transcript.Objects[0], "Status"), Text(transcript.Objects[0], "ExitCode")));
        Assert.StartsWith(Text(transcript.Objects[0], "FailureId") + ",", transcript.Errors[0].FullyQualifiedErrorId);
        Assert.Equal(transcript.Objects[0], transcript.Errors[0].TargetObject);
        Assert.NotEqual("", Text(transcript.Objects[0], "FailureRemedy"));
        Assert.Equal(
            $"{Text(transcript.Objects[0], "FailureRemedy")} Get-ConnectorSyncHistory -RunId {Text(transcript.Objects[0], "RunId")} -IncludeChange shows how far it came.",
            transcript.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Equal("went on", transcript.Objects[1]);
        Assert.Equal(Text(transcript.Objects[0], "FailureRemedy"), org.Run("(Get-ConnectorSyncHistory -Name $Name -Last 1).Result.FailureRemedy").Objects[0]);
    }

    [Fact]
    public async Task A_quick_run_without_a_permission_recommends_the_address_of_consent()
    {
        await using var org = await StartAsync();
        org.Prepare("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");
        org.Shell.Set("Weak", Organisation.Protect(org.Tenant.IssueToken(GraphRoles.ReadManagedDevices, GraphRoles.ReadGroupMembers)));

        var transcript = org.Run("Invoke-ConnectorSync -Name $Name -Quick -AccessToken $Weak");

        Assert.StartsWith("GraphPermissionMissing,", transcript.Errors[0].FullyQualifiedErrorId);
        Assert.Contains("User.Read.All", transcript.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Contains("/adminconsent?client_id=", transcript.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Contains("Get-ConnectorSyncHistory -RunId ", transcript.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Contains("/adminconsent?client_id=", Text(org.Run("Get-IntuneExchangeConnector -Name $Name").Objects[0], "Problem"));
    }

    [Fact]
    public async Task A_tenant_that_cannot_be_read_to_its_end_holds_the_run()
    {
        await using var org = await StartAsync();
        org.Tenant.Faults.Next(GraphRoute.ManagedDevices, null, GraphFault.Status(400));

        var transcript = org.Run("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");

        Assert.Equal([ShellStream.Warning, ShellStream.Output], transcript.Records.Where(record => record.Stream != ShellStream.Progress).Select(record => record.Stream));
        Assert.Equal(("Held", "2"), (Text(transcript.Objects[0], "Status"), Text(transcript.Objects[0], "ExitCode")));
        Assert.StartsWith("The tenant could not be read to its end (", Text(transcript.Objects[0], "HeldReason"));
        Assert.Equal(0, org.Exchange.CountOf("Set-CASMailbox"));
    }

    [Fact]
    public async Task What_fails_before_a_run_exists_ends_the_command_without_a_result()
    {
        await using var org = await StartAsync();

        var transcript = org.Run("try { Invoke-ConnectorSync -Name $Name } catch { $_ }");

        Assert.StartsWith("AccessTokenRequired,", Assert.IsType<System.Management.Automation.ErrorRecord>(Assert.Single(transcript.Objects)).FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_second_run_at_the_same_time_is_refused_with_the_holders_name()
    {
        await using var org = await StartAsync();
        using var other = Shell.Open();
        foreach (var variable in (string[])["Name", "Secrets"]) other.Set(variable, org.Run("$" + variable).Objects[0]);
        org.Exchange.Configure(options => options with { CommandLatencyMilliseconds = new() { ["Get-MobileDevice"] = 20_000 } });

        Transcript? refused = null;
        var first = await org.Shell.StopAsync(
            "Invoke-ConnectorSync -Name $Name -Full @Secrets",
            record => record.Text.StartsWith("Reading device partnerships", StringComparison.Ordinal),
            () => refused = other.Run("Invoke-ConnectorSync -Name $Name @Secrets"),
            TestContext.Current.CancellationToken);

        var error = Assert.Single(refused!.Errors);
        Assert.StartsWith("SyncInProgress,", error.FullyQualifiedErrorId);
        Assert.Contains($"{Environment.ProcessId}", error.ErrorDetails.Message + error.ErrorDetails.RecommendedAction);
        Assert.Empty(refused.Objects);

        // The first one was stopped as Ctrl+C does: no result, no error, and the history knows of it.
        Assert.Equal(["Host: stopped"], first.Lines);
        Assert.Equal(["Failed SyncCancelled"], org.Run("(Get-ConnectorSyncHistory -Name $Name).Result | ForEach-Object { \"$($_.Status) $($_.FailureId)\" }").Objects);
    }

    [Fact]
    public async Task A_session_that_is_lost_in_a_write_costs_the_run_nothing()
    {
        await using var org = await StartAsync();
        org.Exchange.Configure(options => options with { Faults = [new ExchangeFault { Kind = ExchangeFaultKind.DropSession, Command = "Set-CASMailbox", Call = 3 }] });

        var run = Assert.Single(org.Run("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets").Objects);

        Assert.Equal(("Succeeded", "0"), (Text(run, "Status"), Text(run, "Failures")));
        Assert.Equal(int.Parse(Text(run, "MailboxWrites"), CultureInfo.InvariantCulture) + 1, int.Parse(Text(run, "ReReads"), CultureInfo.InvariantCulture));
        Assert.Equal("0", Text(Assert.Single(org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets").Objects), "Changes"));
    }

    [Fact]
    public async Task Every_connector_can_be_run_through_the_pipeline()
    {
        await using var org = await StartAsync();

        var transcript = org.Run("Get-IntuneExchangeConnector -Name $Name | Invoke-ConnectorSync -Quick -Force @Secrets | Get-ConnectorSyncHistory -IncludeChange");

        Assert.Equal(["Output: RunRecord"], transcript.Lines);
        Assert.Equal("Quick", Text(transcript.Objects[0], "Kind"));
    }

    private static async Task<Organisation> StartAsync()
    {
        var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install();
        org.Prepare(Enable);
        return org;
    }

    private static string Text(object of, string property) => $"{of.GetType().GetProperty(property)!.GetValue(of)}";
}
