namespace IntuneExchangeConnector.Engine.Intune;

internal sealed partial class GraphDeviceSource
{
    /// <inheritdoc/>
    public ITenantPolicy Policy => new GraphTenantPolicy(_client, _addresses);
}
