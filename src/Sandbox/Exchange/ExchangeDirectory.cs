using IntuneExchangeConnector.Sandbox.World;
namespace IntuneExchangeConnector.Sandbox.Exchange;
internal sealed class ExchangeDirectory(WorldState s, string? server) { public WorldState S => s; public string ServerName => server ?? "EX1"; public string DomainController => "dc1.contoso.com"; }
