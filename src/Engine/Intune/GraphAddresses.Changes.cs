using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace IntuneExchangeConnector.Engine.Intune;

internal sealed partial class GraphAddresses
{
    /// <summary>Lets Entra tell which devices changed. Without it managed devices are read whole each time.</summary>
    public const string DeviceChangePermission = "Device.Read.All";

    /// <summary>Groups that one question about changes may name.</summary>
    public const int GroupsOfOneQuestion = 50;

    /// <summary>Groups that one question about a user may name.</summary>
    public const int GroupsOfOneUser = 20;

    /// <summary>The subject under which changes of devices are asked for.</summary>
    public const string ChangedDevices = "changed devices";

    /// <summary>The subject under which changes of users are asked for.</summary>
    public const string ChangedUsers = "changed users";

    /// <summary>The subject under which changes of groups are asked for.</summary>
    public const string ChangedGroups = "changed groups";

    /// <summary>From now on, which devices change compliance or management in Entra.</summary>
    public GraphRequest DeviceChangesFromNow() => Changes("devices/delta?$select=deviceId,isCompliant,isManaged,accountEnabled&$deltatoken=latest", ChangedDevices, DeviceChangePermission);

    /// <summary>From now on, which users change in anything that is read of them.</summary>
    public GraphRequest UserChangesFromNow() => Changes($"users/delta?$select={UserProperties}&$deltatoken=latest", ChangedUsers, UserPermission);

    /// <summary>From now on, which of some groups change in their direct members.</summary>
    /// <param name="groups">The groups, fifty at most.</param>
    public GraphRequest GroupChangesFromNow(IEnumerable<Guid> groups) => Changes(
        "groups/delta?$select=displayName,members&$filter=" + string.Join(" or ", groups.Select(static group => $"id eq '{group:D}'")) + "&$deltatoken=latest",
        ChangedGroups,
        GroupPermission);

    /// <summary>What changed since a link was given.</summary>
    /// <param name="link">The link.</param>
    /// <param name="subject">What it asks for.</param>
    public GraphRequest ChangesSince(string link, string subject)
    {
        var request = Changes(string.Empty, subject, subject switch { ChangedDevices => DeviceChangePermission, ChangedUsers => UserPermission, _ => GroupPermission });
        return request with { Address = GraphPages.Follow(request, link) };
    }

    /// <summary>Managed devices that checked in after an instant.</summary>
    /// <param name="since">The instant, by Intune's clock.</param>
    public GraphRequest CheckInsSince(DateTimeOffset since) => ManagedDevices() with
    {
        Address = Of($"deviceManagement/managedDevices?$select={DeviceProperties}&$filter=lastSyncDateTime gt {since.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z", DevicePage),
        Subject = "managed devices that checked in",
    };

    /// <summary>The managed devices behind a device of Entra.</summary>
    /// <param name="entraDeviceId">Entra's id of the device.</param>
    public GraphRequest ManagedDevicesOf(Guid entraDeviceId) => ManagedDevices() with
    {
        Address = new(root, $"deviceManagement/managedDevices?$select={DeviceProperties}&$filter=azureADDeviceId eq '{entraDeviceId:D}'"),
        Subject = "managed devices of one device",
    };

    /// <summary>The managed devices of a user.</summary>
    /// <param name="user">The user's id.</param>
    public GraphRequest ManagedDevicesOfUser(Guid user) => ManagedDevices() with
    {
        Address = new(root, $"users/{user:D}/managedDevices?$select={DeviceProperties}"),
        Subject = "managed devices of one user",
    };

    /// <summary>One managed device.</summary>
    /// <param name="id">Its id.</param>
    public GraphRequest ManagedDevice(string id) => ManagedDevices() with
    {
        Address = new(root, $"deviceManagement/managedDevices/{Uri.EscapeDataString(id)}?$select={DeviceProperties}"),
        Subject = "one managed device",
    };

    /// <summary>Intune's own count of managed devices.</summary>
    public GraphRequest Overview() => new()
    {
        Address = new(root, "deviceManagement/managedDeviceOverview?$select=enrolledDeviceCount"),
        Subject = "count of managed devices",
        Permission = DevicePermission,
    };

    /// <summary>One user.</summary>
    /// <param name="user">The user's id.</param>
    public GraphRequest User(Guid user) => Users() with { Address = new(root, $"users/{user:D}?$select={UserProperties}"), Subject = "one user" };

    /// <summary>The groups in a group, at any depth.</summary>
    /// <param name="group">The group's id.</param>
    public GraphRequest NestedGroups(Guid group) => Members(group) with
    {
        Address = Of($"groups/{group:D}/transitiveMembers/microsoft.graph.group?$select=id&$count=true", DirectoryPage),
        Subject = string.Format(CultureInfo.InvariantCulture, "groups in the group {0:D}", group),
    };

    /// <summary>Which of some groups a user is in, at any depth.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="groups">The groups, twenty at most.</param>
    public GraphRequest GroupsOf(Guid user, IEnumerable<Guid> groups) => new()
    {
        Address = new(root, $"users/{user:D}/checkMemberGroups"),
        Subject = "groups of one user",
        Permission = GroupPermission,
        Body = Encoding.ASCII.GetBytes("{\"groupIds\":[" + string.Join(",", groups.Select(static group => $"\"{group:D}\"")) + "]}"),
    };

    private GraphRequest Changes(string path, string subject, string permission) => new() { Address = new(root, path), Subject = subject, Permission = permission };
}
