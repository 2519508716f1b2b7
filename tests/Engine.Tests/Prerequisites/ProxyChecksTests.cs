using System;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class ProxyChecksTests
{
    [Theory]
    [InlineData("proxy.contoso.com:8080", PrerequisiteStatus.Passed)]
    [InlineData("http=other:80;https=proxy.contoso.com:8080", PrerequisiteStatus.Passed)]
    [InlineData("https=http://PROXY.contoso.com:8080", PrerequisiteStatus.Passed)]
    [InlineData("proxy.contoso.com:3128", PrerequisiteStatus.Failed)]
    [InlineData(null, PrerequisiteStatus.Failed)]
    public void A_configured_proxy_has_to_be_the_computers_own(string? proxy, PrerequisiteStatus expected)
    {
        var row = Run(proxy, null, Hosted with { ProxyServer = "proxy.contoso.com" });

        Assert.Equal(expected, row.Status);
        if (expected == PrerequisiteStatus.Failed) Assert.Contains("netsh winhttp set proxy proxy-server=\"https=proxy.contoso.com:8080\"", row.Remedy);
    }

    [Theory]
    [InlineData(null, null, PrerequisiteStatus.Passed)]
    [InlineData("proxy:8080", null, PrerequisiteStatus.Warning)]
    [InlineData("proxy:8080", "<local>", PrerequisiteStatus.Warning)]
    [InlineData("proxy:8080", "<local>;*.contoso.com", PrerequisiteStatus.Passed)]
    [InlineData("proxy:8080", "EX1.contoso.com", PrerequisiteStatus.Passed)]
    [InlineData("proxy:8080", "*.contoso.co", PrerequisiteStatus.Warning)]
    public void A_proxy_in_the_way_of_a_server_on_premises_is_warned_of(string? proxy, string? bypass, PrerequisiteStatus expected) =>
        Assert.Equal(expected, Run(proxy, bypass, new() { Entrance = ExchangeEntrance.OwnSession, Server = "ex1.contoso.com", Uri = new("http://ex1.contoso.com/PowerShell/") }).Status);

    [Fact]
    public void Where_no_session_goes_over_WinRM_there_is_nothing_to_ask()
    {
        Assert.Equal(PrerequisiteStatus.Skipped, Run("proxy:8080", null, new() { Entrance = ExchangeEntrance.CallerRunspace }).Status);
        Assert.Equal(PrerequisiteStatus.Skipped, new ProxyChecks(new FakeHost { IsWindows = false }).Run(Hosted).Status);
    }

    private static ExchangeSettings Hosted => new() { Entrance = ExchangeEntrance.OwnSession, Uri = new("https://exchange.fabrikam.com/PowerShell/") };

    private static PrerequisiteCheck Run(string? proxy, string? bypass, ExchangeSettings exchange) =>
        new ProxyChecks(new FakeHost { Configured = new WinHttpProxy(proxy, bypass) }).Run(exchange);
}
