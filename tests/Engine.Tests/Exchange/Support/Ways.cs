using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>Ways to Exchange of a connector that has nothing else.</summary>
internal static class Ways
{
    public static ExchangeWay Of(ExchangeSettings exchange, CallerShell? shell = null) => new(
        new ConnectorSettings
        {
            Name = "Default",
            Organization = FakeExchange.Organization,
            Exchange = exchange,
            Tenant = new TenantSettings { TenantId = "contoso.com", ClientId = "client", Method = SignInMethod.AccessToken },
        },
        CommandSecrets.None,
        shell,
        null,
        null);
}
