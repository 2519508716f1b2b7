using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Prerequisites.Network;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class MailChecksTests
{
    [Theory]
    [InlineData(200, PrerequisiteStatus.Passed)]
    [InlineData(401, PrerequisiteStatus.Passed)]
    [InlineData(404, PrerequisiteStatus.Failed)]
    [InlineData(503, PrerequisiteStatus.Failed)]
    public async Task Who_asks_for_a_password_is_there(int status, PrerequisiteStatus expected)
    {
        FakeNetwork network = new() { OnAsk = _ => new(status, null) };
        var rows = await RunAsync(network, url: "https://mail.contoso.com/EWS/Exchange.asmx");

        Assert.Equal((expected, false), (rows.Of(PrerequisiteIds.ExchangeWebServices).Status, rows.Of(PrerequisiteIds.ExchangeWebServices).IsRequired));
        Assert.Equal(PrerequisiteStatus.Skipped, rows.Of(PrerequisiteIds.Autodiscover).Status);
        Assert.Equal(["ask https://mail.contoso.com/EWS/Exchange.asmx"], network.Asked);
    }

    [Fact]
    public async Task Autodiscover_is_looked_for_in_both_places()
    {
        FakeNetwork network = new() { OnAsk = address => address.Host == "contoso.com" ? new(401, null) : throw new NetworkFault("No such host") };
        var rows = await RunAsync(network, mailbox: "mobile@contoso.com");

        Assert.Equal("https://contoso.com/autodiscover/autodiscover.xml", rows.Of(PrerequisiteIds.Autodiscover).Target);
        Assert.Equal(PrerequisiteStatus.Passed, rows.Of(PrerequisiteIds.Autodiscover).Status);
        Assert.Equal(["ask https://autodiscover.contoso.com/autodiscover/autodiscover.xml", "ask https://contoso.com/autodiscover/autodiscover.xml"], network.Asked);
    }

    [Fact]
    public async Task Where_nobody_is_found_the_remedy_names_both_ways_out()
    {
        var row = (await RunAsync(new FakeNetwork { OnAsk = _ => throw new NetworkFault("No such host") }, mailbox: "mobile@contoso.com")).Of(PrerequisiteIds.Autodiscover);

        Assert.Equal(PrerequisiteStatus.Failed, row.Status);
        Assert.Equal("Publish autodiscover.contoso.com in DNS, or pass -ExchangeWebServiceUrl.", row.Remedy);
    }

    [Fact]
    public async Task Without_notices_nobody_is_asked()
    {
        FakeNetwork network = new();
        Assert.All(await RunAsync(network), row => Assert.Equal(PrerequisiteStatus.Skipped, row.Status));
        Assert.Empty(network.Asked);
    }

    private static async Task<IReadOnlyList<PrerequisiteCheck>> RunAsync(FakeNetwork network, string? mailbox = null, string? url = null)
    {
        ConnectorSettings settings = new()
        {
            Name = "Default",
            Organization = string.Empty,
            Exchange = new() { Entrance = ExchangeEntrance.CallerRunspace },
            Tenant = new() { TenantId = "t", ClientId = "c", Method = SignInMethod.AccessToken },
            NotificationMailbox = mailbox,
            ExchangeWebServiceUrl = url is null ? null : new Uri(url),
        };
        var rows = await new MailChecks(network).RunAsync(settings, TestContext.Current.CancellationToken).ToListAsync();
        rows.AssertComplete();
        return rows;
    }
}
