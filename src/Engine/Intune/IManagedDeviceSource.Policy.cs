namespace IntuneExchangeConnector.Engine.Intune;

public partial interface IManagedDeviceSource
{
    /// <summary>The same tenant as the access policy needs it; it shares the sign-in.</summary>
    ITenantPolicy Policy { get; }
}
