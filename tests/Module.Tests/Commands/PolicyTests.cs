using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class PolicyTests(PolicyTests.Installed fixture) : IClassFixture<PolicyTests.Installed>
{
    private const string Group = "5b6f1c7e-1111-2222-3333-444444444444";

    private const string Other = "5b6f1c7e-1111-2222-3333-555555555555";

    private Organisation Org => fixture.Organisation;

    [Theory]
    [InlineData("Enabled", "$true", "True")]
    [InlineData("IncludedGroup", "'5b6f1c7e-1111-2222-3333-444444444444', 'ALLUSERS'", "5b6f1c7e-1111-2222-3333-444444444444 AllUsers", "IncludedGroups")]
    [InlineData("IncludedGroup", "@()", "", "IncludedGroups")]
    [InlineData("ExcludedGroup", "'{5B6F1C7E-1111-2222-3333-555555555555}'", "5b6f1c7e-1111-2222-3333-555555555555", "ExcludedGroups")]
    [InlineData("OverrideDefaultRule", "$false", "False")]
    [InlineData("DefaultAccessLevel", "Quarantine", "Quarantine")]
    [InlineData("RequireEasActivation", "$true", "True")]
    [InlineData("MissingCompliancePolicy", "NotCompliant", "NotCompliant")]
    [InlineData("DeviceRulePrecedence", "RuleFirst", "RuleFirst")]
    [InlineData("UserMismatch", "Ignore", "Ignore")]
    [InlineData("AllowEntry", "WhenNeeded", "WhenNeeded")]
    [InlineData("OverrideAdministratorEntry", "$true", "True")]
    [InlineData("RequireLicence", "$false", "False")]
    [InlineData("LicencePlan", "'11111111-2222-3333-4444-555555555555'", "11111111-2222-3333-4444-555555555555", "LicencePlans")]
    [InlineData("OutlookService", "Block", "Block")]
    [InlineData("LeftoverAfter", "([timespan]::FromHours(36))", "1.12:00:00")]
    [InlineData("NotificationContent", "'<p>Grüße &amp; more</p>'", "<p>Grüße &amp; more</p>")]
    [InlineData("NotificationContent", "''", "")]
    [InlineData("FuseMinimum", "7", "7")]
    [InlineData("FusePercent", "2.5", "2.5")]
    [InlineData("FuseDaily", "70", "70")]
    public void Each_setting_is_kept_and_moves_no_other(string parameter, string value, string expected, string? property = null)
    {
        var transcript = Org.Run($$"""
            $before = Get-ConnectorAccessPolicy -Name $Name
            Set-ConnectorAccessPolicy -Name $Name -{{parameter}} {{value}} -WarningAction Ignore
            $after = Get-ConnectorAccessPolicy -Name $Name
            "$($after.{{property ?? parameter}})"
            foreach ($other in $before.GetType().GetProperties().Name) {
                if ($other -ne '{{property ?? parameter}}' -and $other -ne 'IncludesEverybody' -and "$($before.$other)" -ne "$($after.$other)") { "$other moved" }
            }
            """);

        Assert.Equal([expected], transcript.Of(ShellStream.Output));
        Assert.Empty(transcript.Errors);
    }

    [Theory]
    [InlineData("-Enabled $true -IncludedGroup AllUsers", "Enabled = True; IncludedGroup = AllUsers", 2)]
    [InlineData($"-ExcludedGroup {Other}", $"ExcludedGroup = {Other}", 1)]
    [InlineData("-ExcludedGroup @()", "ExcludedGroup = none", 1)]
    [InlineData("-DefaultAccessLevel Quarantine -LeftoverAfter 3.00:00:00", "DefaultAccessLevel = Quarantine; LeftoverAfter = 3.00:00:00", 2)]
    [InlineData("-FuseMinimum 0 -FusePercent 2.5 -FuseDaily 100", "FuseMinimum = 0; FusePercent = 2.5; FuseDaily = 100", 3)]
    [InlineData("-AllowEntry WhenNeeded -OutlookService Block -UserMismatch Ignore -MissingCompliancePolicy NotCompliant -DeviceRulePrecedence RuleFirst", "MissingCompliancePolicy = NotCompliant; DeviceRulePrecedence = RuleFirst; UserMismatch = Ignore; AllowEntry = WhenNeeded; OutlookService = Block", 5)]
    public void A_dry_run_says_what_would_be_set_and_what_each_setting_does(string parameters, string settings, int sentences)
    {
        var lines = Org.Run($"Set-ConnectorAccessPolicy -Name $Name -WhatIf {parameters}").Lines;

        Assert.Equal($"Host: What if: Performing the operation \"Set {settings}\" on target \"{Org.Name}\".", lines[0]);
        Assert.Equal(settings.Split("; ").Select(setting => setting.Split(' ')[0]), lines.Skip(1).Select(line => line.Split(": ")[2]));
        Assert.Equal(sentences, lines.Count - 1);
        Assert.All(lines.Skip(1), line => Assert.EndsWith(".", line));
    }

    [Fact]
    public void A_long_text_is_cut_where_it_is_shown()
    {
        var lines = Org.Run("Set-ConnectorAccessPolicy -Name $Name -WhatIf -NotificationContent ('x' * 5000)").Lines;

        Assert.Contains(new string('x', 80) + "…", lines[0]);
        Assert.All(lines, line => Assert.DoesNotContain(new string('x', 81), line));
    }

    [Theory]
    [InlineData("-NotificationContent \"a`u{7}b\"", "NotificationContent")]
    [InlineData("-NotificationContent ('x' * 100001)", "NotificationContent")]
    [InlineData("-LeftoverAfter ([timespan]::MaxValue)", "LeftoverAfter")]
    [InlineData("-LicencePlan ([guid]::Empty)", "LicencePlan")]
    [InlineData($"-IncludedGroup {Group}, {Other} -ExcludedGroup {Group}", Group)]
    public void What_cannot_be_meant_is_refused_in_a_dry_run_as_well(string parameters, string target)
    {
        foreach (var dry in new[] { "-WhatIf", "" })
        {
            var error = Assert.Single(Org.Run($"Set-ConnectorAccessPolicy -Name $Name {parameters} {dry}").Errors);

            Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
            Assert.Equal(target, error.TargetObject);
            Assert.Contains("Nothing was changed.", error.ErrorDetails.RecommendedAction);
        }
    }

    [Theory]
    [InlineData("-FuseMinimum 50 -FuseDaily 10", "is less than -FuseMinimum")]
    [InlineData($"-RequireLicence $false -LicencePlan {Group}", "-LicencePlan has no effect")]
    [InlineData($"-IncludedGroup AllUsers, {Group}", "add nobody")]
    public void What_has_no_effect_or_an_odd_one_is_warned_of(string parameters, string warning)
    {
        Org.Prepare("Set-ConnectorAccessPolicy -Name $Name -Enabled $false -FuseMinimum 20 -FuseDaily 500 -RequireLicence $true -LicencePlan c1ec4a95-1f05-45b3-a911-aa3fa01094f5 -IncludedGroup @() -ExcludedGroup @()");

        Assert.Contains(Org.Run($"Set-ConnectorAccessPolicy -Name $Name {parameters}").Of(ShellStream.Warning), line => line.Contains(warning));
        Assert.DoesNotContain(Org.Run("Set-ConnectorAccessPolicy -Name $Name -UserMismatch Block").Of(ShellStream.Warning), line => line.Contains(warning));
    }

    [Fact]
    public void A_default_that_keeps_compliant_devices_out_is_warned_of()
    {
        var transcript = Org.Run("Set-ConnectorAccessPolicy -Name $Name -Enabled $true -IncludedGroup AllUsers -DefaultAccessLevel Block -OverrideDefaultRule $false");

        Assert.Contains("compliant devices stay out", Assert.Single(transcript.Of(ShellStream.Warning)));
        Assert.Single(transcript.Lines);
    }

    [Fact]
    public void A_policy_is_emitted_on_request_and_goes_on_through_the_pipeline()
    {
        Assert.Equal(
            ["AccessPolicy", "AccessPolicy"],
            Org.Prepare("Set-ConnectorAccessPolicy -Name $Name -FuseDaily 9 -PassThru -WarningAction Ignore | Set-ConnectorAccessPolicy -FuseDaily 10 -PassThru -WarningAction Ignore; Get-IntuneExchangeConnector -Name $Name | Get-ConnectorAccessPolicy").Of(ShellStream.Output));
    }

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        Assert.Equal([true], Org.Run("$before = (Get-ConnectorAccessPolicy -Name $Name).FuseDaily; Set-ConnectorAccessPolicy -Name $Name -FuseDaily 12345 -WhatIf; (Get-ConnectorAccessPolicy -Name $Name).FuseDaily -eq $before").Objects);
    }

    [Theory]
    [InlineData("Get-ConnectorAccessPolicy -Name Nobody")]
    [InlineData("Get-IntuneExchangeConnector -Name Nobody")]
    [InlineData("Set-ConnectorAccessPolicy -Name Nobody -FuseDaily 1")]
    [InlineData("Set-IntuneExchangeConnector -Name Nobody -ProxyServer proxy")]
    [InlineData("Uninstall-IntuneExchangeConnector -Name Nobody -Force")]
    [InlineData("Invoke-ConnectorSync -Name Nobody")]
    [InlineData("Get-ConnectorDevice -Name Nobody")]
    [InlineData("Test-ConnectorDeviceAccess -Name Nobody -Mailbox a@b -DeviceId c")]
    [InlineData("Get-ConnectorSyncHistory -Name Nobody")]
    public void A_connector_that_does_not_exist_is_named(string script)
    {
        var transcript = Org.Run(script);

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith("ConnectorNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal("Nobody", error.TargetObject);
        Assert.Single(transcript.Lines);
    }

    [Fact]
    public void Names_are_completed_as_they_are_now()
    {
        Assert.Contains(Org.Name, Org.Shell.Complete("Get-ConnectorAccessPolicy -Name o"));
        Assert.Empty(Org.Shell.Complete("Get-ConnectorAccessPolicy -Name nobody"));
    }

    [Fact]
    public void Settings_of_the_connector_are_kept_and_cleared()
    {
        var transcript = Org.Prepare("""
            Set-IntuneExchangeConnector -Name $Name -ProxyServer proxy.contoso.com -ProxyPort 3128 -NotificationMailbox mobile@contoso.com -ExchangeWebServiceUrl https://mail.contoso.com/EWS/Exchange.asmx
            $set = Get-IntuneExchangeConnector -Name $Name
            "$($set.Exchange.ProxyServer) $($set.Exchange.ProxyPort) $($set.NotificationMailbox) $($set.ExchangeWebServiceUrl)"
            $cleared = Set-IntuneExchangeConnector -Name $Name -ProxyServer '' -NotificationMailbox '' -ExchangeWebServiceUrl $null -PassThru
            "$($cleared.Exchange.ProxyServer)|$($cleared.Exchange.ProxyPort)|$($cleared.NotificationMailbox)|$($cleared.ExchangeWebServiceUrl)|$($cleared.Exchange.Uri)"
            """);

        Assert.Equal(
            ["proxy.contoso.com 3128 mobile@contoso.com https://mail.contoso.com/EWS/Exchange.asmx", $"||||{Org.Exchange.ExchangeUri}"],
            transcript.Of(ShellStream.Output));
    }

    [Fact]
    public void The_account_of_a_proxy_is_kept_by_its_name_and_what_is_not_kept_is_warned_of()
    {
        Org.Shell.Set("Account", new System.Management.Automation.PSCredential("CONTOSO\\svc-proxy", Organisation.Protect("pass-of-the-proxy")));

        var refused = Assert.Single(Org.Run("Set-IntuneExchangeConnector -Name $Name -ProxyCredential $Account").Errors);
        Assert.StartsWith("InvalidParameter,", refused.FullyQualifiedErrorId);
        Assert.Contains("-ProxyServer", refused.ErrorDetails.RecommendedAction);

        var warnings = Org.Run("Set-IntuneExchangeConnector -Name $Name -ProxyServer proxy.contoso.com -ProxyCredential $Account -NotificationCredential $Account").Of(ShellStream.Warning);
        string[] named = System.OperatingSystem.IsWindows() ? ["-NotificationCredential"] : ["-ProxyCredential", "-NotificationCredential"];
        Assert.Equal(named.Length, warnings.Count);
        Assert.All(named, (name, at) => Assert.Contains(name, warnings[at]));
        Assert.Equal(["CONTOSO\\svc-proxy"], Org.Run("(Get-IntuneExchangeConnector -Name $Name).Exchange.ProxyUserName").Objects);

        Org.Prepare("Set-IntuneExchangeConnector -Name $Name -ProxyServer ''");
        Assert.Equal(["True"], Org.Run("\"$($null -eq (Get-IntuneExchangeConnector -Name $Name).Exchange.ProxyUserName)\"").Objects);
    }

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
