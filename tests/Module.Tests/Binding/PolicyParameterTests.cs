using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Binding;

public sealed class PolicyParameterTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    [Theory]
    [InlineData("-IncludedGroup ' '", " ")]
    [InlineData("-IncludedGroup \"a`e[2J\"", "a\u001b[2J")]
    [InlineData("-IncludedGroup ('x' * 257)", null)]
    [InlineData("-ExcludedGroup AllUsers", "AllUsers")]
    [InlineData("-LeftoverAfter -1.00:00:00", "-1.00:00:00")]
    public void What_cannot_be_right_is_refused(string parameters, string? target)
    {
        var error = Assert.Single(shell.Run($"Set-ConnectorAccessPolicy -Name One {parameters}").Errors);

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
        if (target is not null) Assert.Equal(target, error.TargetObject);
    }

    [Theory]
    [InlineData("-FuseMinimum -1")]
    [InlineData("-FusePercent 101")]
    [InlineData("-FusePercent ([double]::NaN)")]
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
