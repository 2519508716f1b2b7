using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Binding;

public sealed class PolicyParameterTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Group = "5b6f1c7e-1111-2222-3333-444444444444";

    [Theory]
    [InlineData("-Enabled $true -IncludedGroup AllUsers", "Enabled = True; IncludedGroup = AllUsers")]
    [InlineData($"-ExcludedGroup {Group}", $"ExcludedGroup = {Group}")]
    [InlineData("-ExcludedGroup @()", "ExcludedGroup = ")]
    [InlineData("-DefaultAccessLevel Quarantine -LeftoverAfter 3.00:00:00", "DefaultAccessLevel = Quarantine; LeftoverAfter = 3.00:00:00")]
    [InlineData("-FuseMinimum 0 -FusePercent 2.5 -FuseDaily 100", "FuseMinimum = 0; FusePercent = 2.5; FuseDaily = 100")]
    [InlineData("-AllowEntry WhenNeeded -OutlookService Block -UserMismatch Ignore -MissingCompliancePolicy NotCompliant -DeviceRulePrecedence RuleFirst", "MissingCompliancePolicy = NotCompliant; DeviceRulePrecedence = RuleFirst; UserMismatch = Ignore; AllowEntry = WhenNeeded; OutlookService = Block")]
    public void A_dry_run_says_what_would_be_set(string parameters, string settings)
    {
        Assert.Equal(
            [$"Host: What if: Performing the operation \"Set {settings}\" on target \"One\"."],
            shell.Run($"Set-ConnectorAccessPolicy -Name One -WhatIf {parameters}").Lines);
    }

    [Fact]
    public void A_long_text_is_cut_where_it_is_shown()
    {
        var line = Assert.Single(shell.Run("Set-ConnectorAccessPolicy -Name One -WhatIf -NotificationContent ('x' * 5000)").Lines);

        Assert.Contains(new string('x', 80) + "…", line);
        Assert.DoesNotContain(new string('x', 81), line);
    }

    [Theory]
    [InlineData("-IncludedGroup 'Sales'", "Sales")]
    [InlineData("-ExcludedGroup AllUsers", "AllUsers")]
    [InlineData("-LeftoverAfter -1.00:00:00", "-1.00:00:00")]
    public void What_cannot_be_right_is_refused(string parameters, string target)
    {
        var error = Assert.Single(shell.Run($"Set-ConnectorAccessPolicy -Name One {parameters}").Errors);

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
        Assert.Equal(target, error.TargetObject);
    }

    [Theory]
    [InlineData("-FuseMinimum -1")]
    [InlineData("-FusePercent 101")]
    [InlineData("-FuseDaily -1")]
    [InlineData("-LicencePlan @()")]
    public void What_is_out_of_range_is_refused(string parameters)
    {
        Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(shell.Run($"Set-ConnectorAccessPolicy -Name One {parameters}").Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Set-ConnectorAccessPolicy -Name One")]
    [InlineData("Set-IntuneExchangeConnector -Name One -PassThru")]
    public void Without_a_setting_nothing_is_changed_and_that_is_said(string script)
    {
        Assert.Equal(["Warning: No setting was given, so nothing was changed."], shell.Run(script).Lines);
    }

    [Fact]
    public void Settings_of_the_connector_are_named_without_their_values()
    {
        var transcript = shell.Run("""
            $password = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            Set-IntuneExchangeConnector -Name One -WhatIf -Credential ([pscredential]::new('contoso\svc', $password)) -ProxyServer '' -ExchangeWebServiceUrl $null
            """);

        Assert.Equal(["Host: What if: Performing the operation \"Set Credential, ProxyServer, ExchangeWebServiceUrl\" on target \"One\"."], transcript.Lines);
    }

    [Fact]
    public void Uninstalling_asks_and_says_what_becomes_of_the_entries()
    {
        shell.Shell.Answers.Enqueue(2);
        shell.Shell.Answers.Enqueue(2);
        var asked = shell.Run("Uninstall-IntuneExchangeConnector -Name One; Uninstall-IntuneExchangeConnector -Name One -WithdrawEntries").Of(ShellStream.Host);

        Assert.Equal(2, asked.Count);
        Assert.Contains("entries in mailboxes stay", asked[0]);
        Assert.Contains("Withdraw every entry", asked[1]);
    }
}
