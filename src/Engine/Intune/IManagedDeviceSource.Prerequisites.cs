namespace IntuneExchangeConnector.Engine.Intune;

public partial interface IManagedDeviceSource
{
    /// <summary>The same tenant as a check of prerequisites sees it; it shares the sign-in.</summary>
    ITenantInspection Inspection { get; }
}
