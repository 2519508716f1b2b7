using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class ImportPolicyTests(ImportPolicyTests.Installed fixture) : IClassFixture<ImportPolicyTests.Installed>
{
    private const string Gone = "5b6f1c7e-1111-2222-3333-999999999999";

    private const string Lines = """ForEach-Object { "$($_.State) $($_.Setting): $($_.Current) -> $($_.Imported)" }""";

    private Organisation Org => fixture.Organisation;

    private string Target => $"{WorldNames.TargetGroup} ({Org.GroupId(WorldNames.TargetGroup)})";

    private string Exempt => $"{WorldNames.ExemptGroup} ({Org.GroupId(WorldNames.ExemptGroup)})";

    private IReadOnlyList<string> Preview =>
    [
        "NotImported Enabled: False -> True",
        $"Change IncludedGroup: none -> {Target}",
        $"Change ExcludedGroup: none -> {Exempt}",
        "Same OverrideDefaultRule: True -> True",
        "Change DefaultAccessLevel: Unmanaged -> quarantine",
        "Change NotificationContent: none -> <p>Enrol your device to read mail.</p>",
        "Change AccessRule DeviceType 'WP8': none -> Block",
        "Change AccessRule DeviceModel 'SM-G991B': none -> Allow",
    ];

    [Fact]
    public void A_dry_run_shows_every_setting_and_changes_nothing()
    {
        Reset();
        var before = State();

        var transcript = Org.Run($"Import-ConnectorAccessPolicy -Name $Name -WhatIf @Secrets | {Lines}");

        Assert.Equal(Preview, transcript.Of(ShellStream.Output));
        Assert.Equal(
            [$"What if: Performing the operation \"Import from the tenant's old policy: IncludedGroup, ExcludedGroup, DefaultAccessLevel, NotificationContent, AccessRule DeviceType 'WP8', AccessRule DeviceModel 'SM-G991B'\" on target \"{Org.Name}\"."],
            transcript.Of(ShellStream.Host));
        Assert.Equal(before, State());
    }

    [Fact]
    public void The_preview_comes_before_the_question_and_no_means_no()
    {
        Reset();
        var before = State();
        Org.Shell.Answers.Enqueue(2);

        var records = Org.Run("Import-ConnectorAccessPolicy -Name $Name @Secrets").Records;

        Assert.Equal(8, records.TakeWhile(record => record.Stream != ShellStream.Host).Count(record => record.Stream == ShellStream.Output));
        Assert.Contains(records, record => record.Stream == ShellStream.Host && record.Text.Contains("Import from the tenant's old policy"));
        Assert.Equal(before, State());
    }

    [Fact]
    public void What_was_answered_yes_to_is_imported_and_the_second_time_nothing_is_left()
    {
        Reset();
        Org.Shell.Answers.Enqueue(0);

        var first = Org.Run("Import-ConnectorAccessPolicy -Name $Name @Secrets | Out-Null");
        var second = Org.Run("Import-ConnectorAccessPolicy -Name $Name @Secrets | ForEach-Object { [string]$_.State }");

        Assert.Empty(first.Errors);
        Assert.Equal(
            [
                "DeviceModel SM-G991B Allow",
                "DeviceType WP8 Block",
                $"False|{Org.GroupId(WorldNames.TargetGroup)}|{Org.GroupId(WorldNames.ExemptGroup)}|True|Quarantine|<p>Enrol your device to read mail.</p>",
            ],
            State());
        Assert.Equal(["NotImported", "Same"], second.Of(ShellStream.Output).Distinct());
        Assert.Empty(second.Of(ShellStream.Host));
    }

    [Fact]
    public void The_switch_is_taken_over_on_request_and_the_policy_passed_through()
    {
        Reset();

        var transcript = Org.Run("Import-ConnectorAccessPolicy -Name $Name -IncludeEnabled -Force -PassThru -WarningAction Ignore @Secrets | Where-Object { $_.GetType().Name -eq 'AccessPolicy' } | ForEach-Object { $_.GetType().Name; $_.Enabled; $_.NameOf($_.IncludedGroups[0]) }");

        Assert.Equal(["AccessPolicy", "True", Target], transcript.Of(ShellStream.Output));
        Assert.Contains(State(), line => line.StartsWith("True|", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_are_left_out_on_request()
    {
        Reset();

        var transcript = Org.Run($"Import-ConnectorAccessPolicy -Name $Name -Exclude AccessRule, Group -Force @Secrets | Where-Object State -EQ NotImported | {Lines}");

        var lines = transcript.Of(ShellStream.Output);
        Assert.Equal(
            ["Enabled", "IncludedGroup", "ExcludedGroup", "AccessRule DeviceType 'WP8'", "AccessRule DeviceModel 'SM-G991B'"],
            lines.Select(line => line.Split(": ")[0].Replace("NotImported ", "")));
        Assert.Contains(Org.GroupId(WorldNames.TargetGroup), lines[1]);
        Assert.Contains(Org.GroupId(WorldNames.ExemptGroup), lines[2]);
        Assert.Equal(["False|||True|Quarantine|<p>Enrol your device to read mail.</p>"], State());
    }

    [Fact]
    public void A_policy_that_changed_since_the_preview_is_not_touched()
    {
        Reset();

        var transcript = Org.Run("Import-ConnectorAccessPolicy -Name $Name -Force @Secrets | ForEach-Object { if ($_.Setting -eq 'Enabled') { Set-ConnectorAccessPolicy -Name $Name -DefaultAccessLevel Allow } }");

        Assert.StartsWith("PolicyChanged,", Assert.Single(transcript.Errors).FullyQualifiedErrorId);
        Assert.Equal(["False|||True|Allow|"], State());
    }

    [Fact]
    public void The_permission_that_is_missing_is_named_and_nothing_is_changed()
    {
        Reset();
        Org.Shell.Set("Weak", Organisation.Protect(Org.Tenant.IssueToken(GraphRoles.Sync)));

        var error = Assert.Single(Org.Run("Import-ConnectorAccessPolicy -Name $Name -Force -AccessToken $Weak").Errors);

        Assert.StartsWith("GraphPermissionMissing,", error.FullyQualifiedErrorId);
        Assert.Equal(GraphRoles.ReadServiceConfiguration, error.TargetObject);
        Assert.Contains("API permissions", error.ErrorDetails.RecommendedAction);
        Assert.Equal(["False|||True|Unmanaged|"], State());
    }

    [Fact]
    public void The_next_full_sync_carries_the_import_out_once_the_policy_is_on()
    {
        Reset();

        var transcript = Org.Prepare("""
            Import-ConnectorAccessPolicy -Name $Name -IncludeEnabled -Force -WarningAction Ignore @Secrets | Out-Null
            Set-ConnectorAccessPolicy -Name $Name -FuseDaily 5000 -FuseMinimum 5000 -WarningAction Ignore
            [string](Invoke-ConnectorSync -Name $Name -Full @Secrets).Status
            Get-ConnectorAccessRule -Name $Name | ForEach-Object { "$($_.QueryString) $($_.State)" }
            """);

        Assert.Contains("Succeeded", transcript.Of(ShellStream.Output)[0]);
        Assert.Contains("WP8 InPlace", transcript.Of(ShellStream.Output));
        Assert.Contains("SM-G991B InPlace", transcript.Of(ShellStream.Output));
        Org.Exchange.State.Refresh();
        Assert.Equal("Quarantine", Org.Exchange.State.Read(world => world.OrganizationSettings.DefaultAccessLevel.ToString()));
    }

    [Fact]
    public async Task Groups_that_are_gone_are_named_and_left_out_on_request()
    {
        await using var other = (await Organisation.StartAsync(tenants: options => options with { LegacyPolicy = new() { IncludedGroups = [new(Gone)], ExcludedGroups = [] } }, cancellationToken: TestContext.Current.CancellationToken)).Install();

        var refused = other.Run("Import-ConnectorAccessPolicy -Name $Name -WhatIf @Secrets | Out-Null");
        var skipped = other.Run("Import-ConnectorAccessPolicy -Name $Name -SkipMissingGroup -Force @Secrets | Where-Object Imported -EQ '" + Gone + "' | ForEach-Object Effect");

        var error = Assert.Single(refused.Errors);
        Assert.StartsWith("GroupNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal(Gone, error.TargetObject);
        Assert.Contains("-SkipMissingGroup", error.ErrorDetails.RecommendedAction);
        Assert.Empty(skipped.Errors);
        Assert.Equal(["The tenant has no such group any more."], skipped.Of(ShellStream.Output));
        Assert.Equal(["Quarantine"], other.Run("(Get-ConnectorAccessPolicy -Name $Name).DefaultAccessLevel.ToString()").Of(ShellStream.Output));
    }

    [Fact]
    public async Task A_tenant_that_never_had_the_connector_says_so_and_nothing_is_changed()
    {
        await using var other = (await Organisation.StartAsync(tenants: static options => options with { LegacyPolicy = null }, cancellationToken: TestContext.Current.CancellationToken)).Install();

        var transcript = other.Run("Import-ConnectorAccessPolicy -Name $Name -Force @Secrets");

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith("LegacyPolicyNotFound,", error.FullyQualifiedErrorId);
        Assert.Contains("Set-ConnectorAccessPolicy", error.ErrorDetails.RecommendedAction);
        Assert.Empty(transcript.Of(ShellStream.Output));
    }

    private void Reset() => Org.Prepare("""
        Set-ConnectorAccessPolicy -Name $Name -Enabled $false -IncludedGroup @() -ExcludedGroup @() -DefaultAccessLevel Unmanaged -OverrideDefaultRule $true -NotificationContent '' -WarningAction Ignore
        Get-ConnectorAccessRule -Name $Name | Where-Object { $null -ne $_.WantedLevel } | Remove-ConnectorAccessRule -Confirm:$false -WarningAction Ignore
        """);

    private IReadOnlyList<string> State() => Org.Prepare("""
        $policy = Get-ConnectorAccessPolicy -Name $Name
        "$($policy.Enabled)|$($policy.IncludedGroups)|$($policy.ExcludedGroups)|$($policy.OverrideDefaultRule)|$($policy.DefaultAccessLevel)|$($policy.NotificationContent)"
        Get-ConnectorAccessRule -Name $Name | Where-Object { $null -ne $_.WantedLevel } | ForEach-Object { "$($_.Characteristic) $($_.QueryString) $($_.WantedLevel)" }
        """).Of(ShellStream.Output).Order(StringComparer.Ordinal).ToList();

    public sealed class Installed : IAsyncLifetime
    {
        private Organisation? _organisation;

        public Organisation Organisation => _organisation!;

        public async ValueTask InitializeAsync() => _organisation = (await Organisation.StartAsync()).Install();

        public async ValueTask DisposeAsync()
        {
            if (_organisation is not null) await _organisation.DisposeAsync();
        }
    }
}
