using System.Linq;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Binding;

public sealed class InstallParameterTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Install = "Install-IntuneExchangeConnector -WhatIf -TenantId contoso.onmicrosoft.com -ClientId 11111111-1111-1111-1111-111111111111";
    private const string Token = "$secret = [securestring]::new(); $secret.AppendChar('x'); ";

    [Theory]
    [InlineData("-UseDeviceCode", "in this shell")]
    [InlineData("-Interactive -ExchangeServer ex01.contoso.com", "ex01.contoso.com")]
    [InlineData("-Interactive -ExchangeUri https://exchange.contoso.com/PowerShell/", "https://exchange.contoso.com/PowerShell/")]
    [InlineData("-Interactive -ExchangeUri https://exchange.contoso.com/PowerShell/ -ProxyServer proxy.contoso.com -ProxyPort 8080", "https://exchange.contoso.com/PowerShell/")]
    [InlineData("-ExchangeUri pipe://./exchange -AccessToken $secret", "pipe://./exchange")]
    [InlineData("-CertificateThumbprint '\u200eAB CD EF 01 23 45 67 89 AB CD EF 01 23 45 67 89 ab cd ef 01'", "in this shell")]
    [InlineData("-CertificatePath ./app.pfx -CertificatePassword $secret", "in this shell")]
    [InlineData("-UseDeviceCode -Environment Custom -GraphEndpoint https://graph.contoso.com -LoginEndpoint http://localhost:8080", "in this shell")]
    [InlineData("-UseDeviceCode -Force", "in this shell")]
    public void Every_way_in_is_accepted(string parameters, string where)
    {
        Assert.Equal(
            [$"Host: What if: Performing the operation \"Install for Exchange {where} and tenant contoso.onmicrosoft.com\" on target \"Default\"."],
            shell.Run($"{Token}{Install} {parameters}").Lines);
    }

    [Theory]
    [InlineData("-UseDeviceCode -ExchangeServer https://ex01.contoso.com", "https://ex01.contoso.com")]
    [InlineData("-UseDeviceCode -ExchangeServer 'ex 01'", "ex 01")]
    [InlineData("-UseDeviceCode -ExchangeServer 192.0.2.1", "192.0.2.1")]
    [InlineData("-UseDeviceCode -ExchangeUri ftp://exchange.contoso.com", "ftp://exchange.contoso.com")]
    [InlineData("-UseDeviceCode -ExchangeUri exchange.contoso.com", "exchange.contoso.com")]
    [InlineData("-UseDeviceCode -ExchangeUri https://admin:secret@exchange.contoso.com", "")]
    [InlineData("-UseDeviceCode -ExchangeUri https://exchange.contoso.com -ProxyServer http://proxy", "http://proxy")]
    [InlineData("-UseDeviceCode -ExchangeUri https://exchange.contoso.com -ProxyPort 80", "80")]
    [InlineData("", "")]
    [InlineData("-UseDeviceCode -Interactive", "DeviceCode, Interactive")]
    [InlineData("-CertificateThumbprint abc", "abc")]
    [InlineData("-CertificateThumbprint 'GGCDEF0123456789ABCDEF0123456789ABCDEF01'", "GGCDEF0123456789ABCDEF0123456789ABCDEF01")]
    [InlineData("-CertificatePassword $secret -UseDeviceCode", "")]
    [InlineData("-UseDeviceCode -Environment Custom", "")]
    [InlineData("-UseDeviceCode -Environment Custom -GraphEndpoint https://graph.contoso.com", "")]
    [InlineData("-UseDeviceCode -Environment Custom -GraphEndpoint http://graph.contoso.com -LoginEndpoint https://login.contoso.com", "http://graph.contoso.com")]
    [InlineData("-UseDeviceCode -GraphEndpoint https://graph.contoso.com", "https://graph.contoso.com/")]
    [InlineData("-UseDeviceCode -NotificationMailbox mobile", "mobile")]
    [InlineData("-UseDeviceCode -ExchangeWebServiceUrl http://mail.contoso.com/EWS/Exchange.asmx", "http://mail.contoso.com/EWS/Exchange.asmx")]
    public void What_cannot_be_right_is_refused_before_anything_is_asked(string parameters, string target)
    {
        var transcript = shell.Run($"{Token}{Install} {parameters}");

        var error = Assert.Single(transcript.Errors);
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(transcript.Of(ShellStream.Host));
        Assert.Equal(target, error.TargetObject);
    }

    [Fact]
    public void An_account_in_an_address_is_not_repeated_in_the_error()
    {
        var error = Assert.Single(shell.Run($"{Install} -UseDeviceCode -ExchangeUri https://admin:secret@exchange.contoso.com").Errors);

        Assert.DoesNotContain("secret", error.TargetObject + error.ErrorDetails.Message + error.Exception.Message);
    }

    [Theory]
    [InlineData("-ExchangeServer ex01.contoso.com -ExchangeUri https://exchange.contoso.com")]
    [InlineData("-ExchangeServer ex01.contoso.com -ProxyServer proxy")]
    [InlineData("-Credential $credential")]
    public void Several_ways_in_at_once_are_refused(string parameters)
    {
        var transcript = shell.Run($"$credential = [pscredential]::new('u', [securestring]::new()); {Install} -UseDeviceCode {parameters}");

        Assert.StartsWith("AmbiguousParameterSet,", Assert.Single(transcript.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Force_does_not_ask_and_confirm_does()
    {
        shell.Shell.Answers.Enqueue(2);
        var asked = shell.Run($"{Install.Replace(" -WhatIf", "")} -UseDeviceCode -Confirm -Force");

        Assert.Contains("asked:", Assert.Single(asked.Of(ShellStream.Host)));
        Assert.Empty(asked.Errors);
    }
}
