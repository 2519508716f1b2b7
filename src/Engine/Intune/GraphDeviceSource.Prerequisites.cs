namespace IntuneExchangeConnector.Engine.Intune;

internal sealed partial class GraphDeviceSource
{
    /// <inheritdoc/>
    public ITenantInspection Inspection => new GraphTenantInspection(_client, _addresses, _probedPolicy, this, _http.Clock);
}
