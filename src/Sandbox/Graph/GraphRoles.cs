namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Names of the permissions that the endpoint knows, and the set that a connector asks its administrator for.</summary>
public static class GraphRoles
{
    public const string ReadManagedDevices = "DeviceManagementManagedDevices.Read.All";
    public const string WriteManagedDevices = "DeviceManagementManagedDevices.ReadWrite.All";
    public const string ReadServiceConfiguration = "DeviceManagementServiceConfig.Read.All";
    public const string WriteServiceConfiguration = "DeviceManagementServiceConfig.ReadWrite.All";
    public const string ReadConfiguration = "DeviceManagementConfiguration.Read.All";
    public const string WriteConfiguration = "DeviceManagementConfiguration.ReadWrite.All";
    public const string ReadGroupMembers = "GroupMember.Read.All";
    public const string ReadGroups = "Group.Read.All";
    public const string ReadUsers = "User.Read.All";
    public const string ReadUserNames = "User.ReadBasic.All";
    public const string ReadDevices = "Device.Read.All";
    public const string ReadDirectory = "Directory.Read.All";
    public const string ReadOrganization = "Organization.Read.All";

    /// <summary>What a sync needs, and no more.</summary>
    public static string[] Sync { get; } = [ReadManagedDevices, ReadGroupMembers, ReadUsers];

    /// <summary>Everything that the endpoint can be asked to show.</summary>
    public static string[] Everything { get; } =
        [ReadManagedDevices, ReadServiceConfiguration, ReadGroupMembers, ReadUsers, ReadDevices, ReadOrganization];
}
