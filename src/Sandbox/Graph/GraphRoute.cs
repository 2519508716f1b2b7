namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What a request asks for; requests are counted and faults scheduled by it.</summary>
public enum GraphRoute
{
    Unknown,
    Discovery,
    SigningKeys,
    Token,
    DeviceCode,
    ManagedDevices,
    ManagedDevice,
    ManagedDeviceOverview,
    Users,
    User,
    UserManagedDevices,
    Groups,
    Group,
    TransitiveMembers,
    TransitiveMemberCount,
    ExchangeConnectors,
    ConditionalAccessSettings,
    ExchangeOnPremisesPolicy,
    Organization,
    Subscriptions,
    Batch,
    DevicesDelta,
    UsersDelta,
    GroupsDelta,
    TransitiveGroups,
    ExchangeConnector,
    ExchangeConnectorSync,
    DirectoryObjects,
}
