using System;
using System.Globalization;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The requests that the connector sends to Graph: these lists, what changed in them, what a check of prerequisites asks, and no other.</summary>
internal sealed partial class GraphAddresses(Uri root)
{
    /// <summary>Lets managed devices be read.</summary>
    public const string DevicePermission = "DeviceManagementManagedDevices.Read.All";

    /// <summary>Lets users be read with their on-premises names and plans.</summary>
    public const string UserPermission = "User.Read.All";

    /// <summary>Lets the members of groups be read.</summary>
    public const string GroupPermission = "GroupMember.Read.All";

    private const int DevicePage = 1000;

    private const int DirectoryPage = 999;

    private const string DeviceProperties =
        "id,userId,userPrincipalName,azureADDeviceId,easDeviceId,easActivated,complianceState,operatingSystem,deviceName,model,lastSyncDateTime";

    private const string UserProperties =
        "id,userPrincipalName,mail,proxyAddresses,onPremisesDistinguishedName,onPremisesImmutableId,onPremisesSamAccountName,onPremisesDomainName,assignedPlans";

    /// <summary>Managed devices. No filter: Intune ignores most of them and answers with everything.</summary>
    /// <param name="top">Rows of a page.</param>
    /// <returns>The request.</returns>
    public GraphRequest ManagedDevices(int top = DevicePage) => new()
    {
        Address = Of($"deviceManagement/managedDevices?$select={DeviceProperties}", top),
        Subject = "managed devices",
        Permission = DevicePermission,
    };

    /// <summary>Users.</summary>
    /// <param name="top">Rows of a page.</param>
    /// <returns>The request.</returns>
    public GraphRequest Users(int top = DirectoryPage) => new()
    {
        Address = Of($"users?$select={UserProperties}", top),
        Subject = "users",
        Permission = UserPermission,
    };

    /// <summary>How many users there are. The list itself is not asked for with its count: Graph would take both from an index that is behind.</summary>
    public GraphRequest UserCount() => Users() with
    {
        Address = Of($"users?$select=id&$count=true", 1),
        Subject = "count of users",
        IsEventual = true,
    };

    /// <summary>Users that are members of a group, through groups in it too.</summary>
    /// <param name="group">The group's id.</param>
    /// <param name="top">Rows of a page.</param>
    /// <returns>The request.</returns>
    public GraphRequest Members(Guid group, int top = DirectoryPage) => new()
    {
        Address = Of($"groups/{group:D}/transitiveMembers/microsoft.graph.user?$select=id&$count=true", top),
        Subject = $"members of the group {group:D}",
        Permission = GroupPermission,
        IsEventual = true,
        Group = group,
    };

    private Uri Of(FormattableString path, int top) =>
        new(root, path.ToString(CultureInfo.InvariantCulture) + "&$top=" + top.ToString(CultureInfo.InvariantCulture));
}
