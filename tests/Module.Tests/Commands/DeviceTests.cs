using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class DeviceTests(SyncedOrganisation fixture) : IClassFixture<SyncedOrganisation>
{
    private Organisation Org => fixture.Organisation;

    [Fact]
    public void Every_partnership_is_there_with_a_decision()
    {
        var decided = Org.Prepare("$last = (Get-IntuneExchangeConnector -Name $Name).LastRun; $last.Allowed + $last.Blocked + $last.LeftToExchange; @(Get-ConnectorDevice -Name $Name).Count").Objects;

        Assert.Equal(decided[0], decided[1]);
    }

    [Theory]
    [InlineData(WorldNames.Ordinary, "Allow", "Compliant")]
    [InlineData(WorldNames.NotEnrolled, "Block", "NotEnrolled")]
    [InlineData(WorldNames.NotCompliant, "Block", "NotCompliant")]
    [InlineData(WorldNames.Unlicensed, "LeaveToExchange", "UserNotLicensed")]
    [InlineData(WorldNames.Exempt, "LeaveToExchange", "UserExempt")]
    [InlineData(WorldNames.NotTargeted, "LeaveToExchange", "UserNotTargeted")]
    public void A_mailboxs_device_carries_decision_and_reason(string alias, string decision, string reason)
    {
        var address = Org.Address(alias);
        var transcript = Org.Run($"Get-ConnectorDevice -Name $Name -Mailbox {address.ToUpperInvariant()} | ForEach-Object {{ \"$($_.Mailbox) $($_.Decision) $($_.Reason)\" }}");

        Assert.Equal([$"Output: {address} {decision} {reason}"], transcript.Lines);
    }

    [Fact]
    public void Decision_and_reason_select()
    {
        Assert.Equal(["Block"], Distinct("-Decision Block", "Decision"));
        Assert.Equal(["NotCompliant"], Distinct("-Reason NotCompliant", "Reason"));
    }

    [Fact]
    public void Verbose_says_how_old_the_answer_is_once()
    {
        var told = Org.Run("Get-ConnectorDevice -Name $Name -Verbose").Of(ShellStream.Verbose);

        Assert.Matches(@"^As of \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ, \d+ minutes ago\. -Refresh reads anew\.$", Assert.Single(told));
    }

    [Fact]
    public void What_matches_nothing_is_no_error()
    {
        Assert.Equal(
            ["Verbose: No device of the last complete read matches."],
            Org.Run($"Get-ConnectorDevice -Name $Name -Mailbox {Org.Address(WorldNames.Ordinary)} -Decision Block -Verbose").Lines);
    }

    [Theory]
    [InlineData("-Mailbox nobody@nowhere.example", "MailboxNotFound", "nobody@nowhere.example")]
    [InlineData("-Mailbox jane*", "MailboxNotFound", "jane*")]
    [InlineData("-DeviceId NOBODYS", "DeviceNotFound", "NOBODYS")]
    public void A_name_that_nothing_answers_to_is_an_error_that_ends_nothing(string parameters, string id, string target)
    {
        var transcript = Org.Run($"Get-ConnectorDevice -Name $Name {parameters}; 'after'");

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Equal(System.Management.Automation.ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.Contains("-Refresh", error.ErrorDetails.RecommendedAction);
        Assert.Equal(["after"], transcript.Objects);
    }

    [Fact]
    public void A_mailbox_without_a_device_is_known_all_the_same()
    {
        var address = Org.Exchange.State.Read(world => world.Mailboxes.Where((_, i) => world.PartnershipsOf(i).Length == 0).Select(mailbox => mailbox.PrimarySmtpAddress).First());

        Assert.Empty(Org.Run($"Get-ConnectorDevice -Name $Name -Mailbox {address}").Lines);
    }

    [Fact]
    public void A_mailbox_of_Exchange_can_be_piped_in_and_its_name_is_not_taken_for_a_connectors()
    {
        var address = Org.Address(WorldNames.Ordinary);

        Assert.Equal(
            [address],
            Org.Prepare($"[pscustomobject]@{{ Name = 'Jane Doe'; PrimarySmtpAddress = '{address}' }} | Get-ConnectorDevice -Name $Name | ForEach-Object Mailbox").Of(ShellStream.Output));
    }

    [Fact]
    public void A_pipeline_that_has_enough_ends_the_stream()
    {
        var transcript = Org.Run("foreach ($once in 1) { Get-ConnectorDevice -Name $Name | ForEach-Object { $_.DeviceId; break } }");

        Assert.Single(transcript.Lines);
    }

    [Fact]
    public void Mailboxes_and_ids_are_completed_from_the_last_read()
    {
        var address = Org.Address(WorldNames.Ordinary);
        var id = (string)Org.Prepare($"(Get-ConnectorDevice -Name $Name -Mailbox {address}).DeviceId").Objects[0];

        Assert.Equal([$"'{address}'"], Org.Shell.Complete($"Get-ConnectorDevice -Name {Org.Name} -Mailbox {address[..8]}"));
        Assert.Equal([id], Org.Shell.Complete($"Test-ConnectorDeviceAccess -Name {Org.Name} -Mailbox '{address}' -DeviceId "));
    }

    [Fact]
    public void A_device_is_explained_rule_by_rule_with_the_next_step()
    {
        var transcript = Org.Prepare($"Get-ConnectorDevice -Name $Name -Mailbox {Org.Address(WorldNames.NotEnrolled)} | Test-ConnectorDeviceAccess -Name $Name -OutVariable explained; \"$($explained.Decision) $($explained.Reason)\"; $explained.Steps[-1].Outcome; $explained.ExchangeSteps.Count -gt 0; $explained.NextStep");

        Assert.Equal("DeviceAccessExplanation", transcript.Of(ShellStream.Output)[0]);
        Assert.Equal("Block NotEnrolled", transcript.Objects[1]);
        Assert.Contains("Block", (string)transcript.Objects[2]);
        Assert.Equal(true, transcript.Objects[3]);
        Assert.NotEmpty((string)transcript.Objects[4]);
    }

    [Fact]
    public void A_device_that_the_last_read_does_not_hold_is_an_error_of_this_device_alone()
    {
        var transcript = Org.Run($$"""
            [pscustomobject]@{ Mailbox = 'nobody@nowhere.example'; DeviceId = 'none' }, (Get-ConnectorDevice -Name $Name -Mailbox {{Org.Address(WorldNames.Ordinary)}}) | Test-ConnectorDeviceAccess -Name $Name
            """);

        Assert.Equal([ShellStream.Error, ShellStream.Output], transcript.Records.Select(record => record.Stream));
        Assert.StartsWith("DeviceNotFound,", transcript.Errors[0].FullyQualifiedErrorId);
        Assert.Equal("nobody@nowhere.example none", transcript.Errors[0].TargetObject);
    }

    [Fact]
    public void The_history_shows_runs_newest_first_and_their_changes_on_request()
    {
        Org.Prepare("$null = Invoke-ConnectorSync -Name $Name -Quick @Secrets");
        var transcript = Org.Prepare("""
            $all = @(Get-ConnectorSyncHistory -Name $Name)
            $all[0].Started -ge $all[-1].Started
            @(Get-ConnectorSyncHistory -Name $Name -Last 1)[0].RunId -eq $all[0].RunId
            $all[-1].Changes.Count
            $full = Get-ConnectorSyncHistory -Name $Name -RunId $all[-1].RunId -IncludeChange
            $full.Changes.Count -eq $full.Result.MailboxWrites
            "$($full.Changes[0].Outcome) $($full.Changes[0].Sequence)"
            """);

        Assert.Equal(["True", "True", "0", "True", "Applied 1"], transcript.Of(ShellStream.Output));
    }

    [Fact]
    public void A_run_that_is_not_in_the_history_is_named()
    {
        var error = Assert.Single(Org.Run("Get-ConnectorSyncHistory -Name $Name -RunId 00000000-0000-0000-0000-000000000001").Errors);

        Assert.StartsWith("RunNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal("00000000-0000-0000-0000-000000000001", error.TargetObject);
    }

    private string[] Distinct(string parameters, string property) =>
        [.. Org.Prepare($"Get-ConnectorDevice -Name $Name {parameters} | ForEach-Object {{ \"$($_.{property})\" }}").Of(ShellStream.Output).Distinct()];
}
