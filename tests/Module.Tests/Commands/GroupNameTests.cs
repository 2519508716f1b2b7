using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class GroupNameTests(GroupNameTests.Installed fixture) : IClassFixture<GroupNameTests.Installed>
{
    private const string Quoted = "O'Brien & Söhne #1 + 100% (a/b)";

    private static readonly Guid s_quoted = new("aaaaaaaa-0000-0000-0000-000000000001");

    private static readonly Guid[] s_twins = [new("aaaaaaaa-0000-0000-0000-000000000002"), new("aaaaaaaa-0000-0000-0000-000000000003")];

    private Organisation Org => fixture.Organisation;

    [Fact]
    public void A_group_is_taken_by_its_name_and_kept_by_its_id()
    {
        var transcript = Org.Prepare($$"""
            Set-ConnectorAccessPolicy -Name $Name -IncludedGroup 'MAIL-mobile-users', '{{WorldNames.EmptyGroup}}' -ExcludedGroup '{{Quoted.Replace("'", "''")}}' @Secrets
            $policy = Get-ConnectorAccessPolicy -Name $Name
            $policy.IncludedGroups
            $policy.ExcludedGroups
            $policy | Out-Host
            """);

        Assert.Equal([Org.GroupId(WorldNames.TargetGroup), Org.GroupId(WorldNames.EmptyGroup), s_quoted.ToString()], transcript.Of(ShellStream.Output));
        var shown = string.Concat(string.Concat(transcript.Of(ShellStream.Host)).Where(character => !char.IsWhiteSpace(character)));
        Assert.Contains($"{WorldNames.TargetGroup}({Org.GroupId(WorldNames.TargetGroup)}),{WorldNames.EmptyGroup}(", shown);
        Assert.Contains($"{Quoted.Replace(" ", "")}({s_quoted})", shown);
    }

    [Fact]
    public void A_name_that_nobody_has_is_named_and_nothing_is_changed()
    {
        var transcript = Org.Run("""
            $before = Get-ConnectorAccessPolicy -Name $Name
            Set-ConnectorAccessPolicy -Name $Name -IncludedGroup 'No such group' -FuseDaily 4321 @Secrets
            (Get-ConnectorAccessPolicy -Name $Name).FuseDaily -eq $before.FuseDaily
            """);

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith("GroupNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal("No such group", error.TargetObject);
        Assert.Contains("object id", error.ErrorDetails.RecommendedAction);
        Assert.Equal(["True"], Org.Run("(Get-ConnectorAccessPolicy -Name $Name).FuseDaily -ne 4321").Of(ShellStream.Output));
    }

    [Fact]
    public void A_name_that_several_have_lists_their_ids()
    {
        var error = Assert.Single(Org.Run("Set-ConnectorAccessPolicy -Name $Name -ExcludedGroup Twins @Secrets").Errors);

        Assert.StartsWith("GroupAmbiguous,", error.FullyQualifiedErrorId);
        Assert.All(s_twins, twin => Assert.Contains(twin.ToString(), error.ToString()));
    }

    [Fact]
    public void Ids_need_no_sign_in_and_names_do()
    {
        Assert.Empty(Org.Run($"Set-ConnectorAccessPolicy -Name $Name -IncludedGroup {s_twins[0]} -ExcludedGroup @()").Errors);
        Assert.StartsWith("AccessTokenRequired,", Assert.Single(Org.Run("Set-ConnectorAccessPolicy -Name $Name -IncludedGroup Twins").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_dry_run_looks_names_up_and_says_what_would_become_of_whom()
    {
        var id = Org.GroupId(WorldNames.CloudGroup);
        var transcript = Org.Run($"""
            Set-ConnectorAccessPolicy -Name $Name -IncludedGroup '{WorldNames.CloudGroup}' -ExcludedGroup @() -Enabled $true -WhatIf @Secrets
            (Get-ConnectorAccessPolicy -Name $Name).IncludedGroups -contains '{id}'
            """);

        Assert.Equal(
            [
                $"Host: What if: Performing the operation \"Set Enabled = True; IncludedGroup = {WorldNames.CloudGroup} ({id}); ExcludedGroup = none\" on target \"{Org.Name}\".",
                $"Host: What if: Enabled: On: at every sync the phones of members of {WorldNames.CloudGroup} are decided. Everybody else's are left to Exchange.",
                $"Host: What if: IncludedGroup: Members of {WorldNames.CloudGroup}, through groups in it too: a phone that is not enrolled in Intune, or not compliant, is blocked.",
                "Host: What if: ExcludedGroup: Nobody is excepted.",
                "Output: False",
            ],
            transcript.Lines);
    }

    [Fact]
    public void Verbose_says_what_a_change_does_and_only_of_what_changed()
    {
        var transcript = Org.Run("Set-ConnectorAccessPolicy -Name $Name -AllowEntry Always; Set-ConnectorAccessPolicy -Name $Name -AllowEntry WhenNeeded -UserMismatch Block -Verbose");

        Assert.Contains("AllowEntry: An allowed phone gets an entry in its mailbox's allowed list only where Exchange would keep it out; a stricter default level keeps the others out until the next sync.", transcript.Of(ShellStream.Verbose));
        Assert.DoesNotContain(transcript.Of(ShellStream.Verbose), line => line.StartsWith("UserMismatch:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_on_both_sides_is_refused_and_does_not_stand_in_the_way_of_anything_else()
    {
        var transcript = Org.Run($"""
            Set-ConnectorAccessPolicy -Name $Name -IncludedGroup '{WorldNames.RegionGroup}' -ExcludedGroup '{WorldNames.RegionGroup}' @Secrets
            """);

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
        Assert.Contains($"{WorldNames.RegionGroup} (", error.ToString());
        Assert.Contains("is an included group too", error.ToString());
    }

    [Fact]
    public void Names_that_were_seen_are_completed()
    {
        Org.Prepare($"Set-ConnectorAccessPolicy -Name $Name -IncludedGroup '{WorldNames.CityGroup}', '{Quoted.Replace("'", "''")}' -ExcludedGroup @() @Secrets");

        Assert.Contains(WorldNames.CityGroup, Org.Shell.Complete($"Set-ConnectorAccessPolicy -Name {Org.Name} -IncludedGroup Mail-Mobile-Mi"));
        Assert.Contains($"'{Quoted.Replace("'", "''")}'", Org.Shell.Complete($"Set-ConnectorAccessPolicy -Name {Org.Name} -ExcludedGroup O"));
        Assert.Contains("AllUsers", Org.Shell.Complete($"Set-ConnectorAccessPolicy -Name {Org.Name} -IncludedGroup All"));
        Assert.Empty(Org.Shell.Complete($"Set-ConnectorAccessPolicy -Name {Org.Name} -ExcludedGroup All"));
    }

    [Fact]
    public void A_renamed_group_shows_its_new_name_after_the_next_full_sync()
    {
        var group = new Guid("aaaaaaaa-0000-0000-0000-000000000009");
        Org.Tenant.State.Append(new GroupAdded(group, "Before") { At = new WorldOptions().Now });
        Org.Prepare("Set-ConnectorAccessPolicy -Name $Name -IncludedGroup $MobileUsers -ExcludedGroup Before -Enabled $true -FuseDaily 5000 @Secrets");
        Org.Tenant.State.Append(new GroupChanged(group) { At = new WorldOptions().Now, DisplayName = "After" });

        Assert.Equal([$"Before ({group})"], Excluded());
        Org.Prepare("Invoke-ConnectorSync -Name $Name -Full -WhatIf @Secrets | Out-Null");
        Assert.Equal([$"Before ({group})"], Excluded());
        Org.Prepare("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets | Out-Null");
        Assert.Equal([$"After ({group})"], Excluded());
        Assert.Equal([$"{WorldNames.TargetGroup} ({Org.GroupId(WorldNames.TargetGroup)})"], Org.Run("(Get-ConnectorAccessPolicy -Name $Name -Explain)[1].Value").Of(ShellStream.Output));
    }

    [Fact]
    public void Every_setting_is_explained()
    {
        var transcript = Org.Run("""
            $lines = Get-ConnectorAccessPolicy -Name $Name -Explain
            $lines.Count
            $lines[0].GetType().Name
            $lines[21].Connector
            $lines | Out-Host
            """);

        Assert.Equal(["22", "AccessPolicyEffect", Org.Name], transcript.Of(ShellStream.Output));
        Assert.Contains("OverrideAdministratorEntry", string.Concat(transcript.Of(ShellStream.Host)));
    }

    private IReadOnlyList<string> Excluded() => Org.Run("$policy = Get-ConnectorAccessPolicy -Name $Name; $policy.ExcludedGroups | ForEach-Object { $policy.NameOf($_) }").Of(ShellStream.Output);

    public sealed class Installed : IAsyncLifetime
    {
        private Organisation? _organisation;

        public Organisation Organisation => _organisation!;

        public async ValueTask InitializeAsync()
        {
            _organisation = (await Organisation.StartAsync()).Install();
            var at = new WorldOptions().Now;
            _organisation.Tenant.State.Append([new GroupAdded(s_quoted, Quoted) { At = at }, .. s_twins.Select(twin => new GroupAdded(twin, "Twins") { At = at })]);
        }

        public async ValueTask DisposeAsync()
        {
            if (_organisation is not null) await _organisation.DisposeAsync();
        }
    }
}
