using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Binding;

public sealed class PrerequisiteParameterTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Test = "$secret = [securestring]::new(); $secret.AppendChar('x'); $credential = [pscredential]::new('u', $secret); Test-ConnectorPrerequisite";

    [Fact]
    public void It_takes_what_an_installation_takes_under_the_same_names_and_types()
    {
        var missing = shell.Run("""
            $install = (Get-Command Install-IntuneExchangeConnector).Parameters
            $test = (Get-Command Test-ConnectorPrerequisite).Parameters
            $install.Values | Where-Object Name -NotIn Replace, SkipPrerequisite, Force, PassThru, WhatIf, Confirm |
                Where-Object { -not $test.ContainsKey($_.Name) -or $test[$_.Name].ParameterType -ne $_.ParameterType } | ForEach-Object Name
            """).Lines;

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("-ExchangeServer ex01.contoso.com", "ExchangeServer")]
    [InlineData("-UseDeviceCode", "UseDeviceCode")]
    [InlineData("-Name any -NotificationMailbox a@contoso.com", "NotificationMailbox")]
    [InlineData("-TenantId contoso.com -UseDeviceCode", "ClientId")]
    [InlineData("-TenantId contoso.com -ClientId c", "CertificateThumbprint")]
    [InlineData("-TenantId contoso.com -ClientId c -UseDeviceCode -Credential $credential", "Credential")]
    [InlineData("-TenantId contoso.com -ClientId c -UseDeviceCode -ExchangeServer 192.0.2.1", "ExchangeServer")]
    [InlineData("-TenantId contoso.com -ClientId c -UseDeviceCode -AsRole -RoleGroup 'a*'", "This cannot be the name of a role group.")]
    public void What_cannot_be_right_is_refused_before_anything_is_asked(string parameters, string named)
    {
        var transcript = shell.Run($"{Test} {parameters}");

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
        Assert.Contains(named, error.ErrorDetails.Message);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(transcript.Objects);
    }

    [Fact]
    public void Several_ways_in_at_once_are_refused() =>
        Assert.StartsWith("AmbiguousParameterSet,", Assert.Single(shell.Run($"{Test} -ExchangeServer a.contoso.com -ExchangeUri https://b.contoso.com").Errors).FullyQualifiedErrorId);

    [Fact]
    public void Without_a_session_the_role_group_is_described_and_says_that_nothing_was_compared()
    {
        // The caller's own shell holds no Exchange cmdlets here.
        var shown = string.Join("\n", shell.Run($"{Test} -AsRole -TenantId t.contoso.com -ClientId c -AccessToken $secret | Out-Host").Of(ShellStream.Host));

        Assert.Contains("# Compared with no session", shown);
        Assert.Contains("New-RoleGroup @group", shown);
        // Where the host breaks its lines is no matter of the text.
        Assert.DoesNotContain("lacks", string.Join(' ', shown.Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries)).Replace("what the account lacks", "", System.StringComparison.Ordinal));
    }
}
