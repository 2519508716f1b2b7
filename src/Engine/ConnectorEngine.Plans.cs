using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Plans;
using IntuneExchangeConnector.Engine.Setup;

namespace IntuneExchangeConnector.Engine;

/// <content>Plans that are looked at and not applied.</content>
public sealed partial class ConnectorEngine
{
    /// <summary>Reads both sides anew and tells whom another default access level would hit, who is covered and by what. Nothing is written.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The preview.</returns>
    /// <exception cref="ConnectorException">ReadIncomplete, or the connection failed.</exception>
    public Task<DefaultLevelPreview> PreviewDefaultLevelAsync(DefaultLevelRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return PreviewAsync();

        async Task<DefaultLevelPreview> PreviewAsync()
        {
            var settings = _services.Configurations.Read(request.Name);
            using var store = OpenState(settings);
            var secrets = KeptSecrets.Complete(_services.Secrets, settings, request.Secrets);
            var exchange = _services.OpenExchange(new ExchangeWay(settings, secrets, shell, console, store) { Remembers = false });
            await using (exchange.ConfigureAwait(false))
            {
                using var tenant = _services.OpenTenant(settings.Tenant, settings.Policy, secrets, console);
                return await new DefaultLevelReading(settings, exchange, tenant, store, console, _services.Time).RunAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
