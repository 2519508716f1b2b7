using System;
using System.Globalization;

namespace IntuneExchangeConnector.Engine.Intune;

internal sealed partial class GraphAddresses
{
    /// <summary>Lets the policy of Intune's own Exchange connector be read; only its import asks for it.</summary>
    public const string ServicePermission = "DeviceManagementServiceConfig.Read.All";

    // More groups than this with one name are told as many.
    private const int NamesakesShown = 10;

    /// <summary>The old policy's switch and groups.</summary>
    public GraphRequest LegacyAccess() => new()
    {
        Address = new(root, "deviceManagement/conditionalAccessSettings"),
        Subject = "conditional access settings of Intune's own Exchange connector",
        Permission = ServicePermission,
        MayBeGone = true,
    };

    /// <summary>The old policy's default level, platform exceptions and notice; Graph shows them in its beta version alone.</summary>
    public GraphRequest LegacyExchange() => new()
    {
        Address = new(root, "../beta/deviceManagement/exchangeOnPremisesPolicy"),
        Subject = "Exchange policy of Intune's own Exchange connector",
        Permission = ServicePermission,
        MayBeGone = true,
    };

    /// <summary>Groups of a name.</summary>
    /// <param name="displayName">The name, whole.</param>
    public GraphRequest GroupsNamed(string displayName) => new()
    {
        // A quote ends the text unless it is doubled; everything else that has a meaning in an address is escaped.
        Address = Of($"groups?$select=id,displayName&$filter={Uri.EscapeDataString($"displayName eq '{displayName.Replace("'", "''")}'")}", NamesakesShown),
        Subject = "groups",
        Permission = GroupPermission,
    };

    /// <summary>One group.</summary>
    /// <param name="group">Its id.</param>
    public GraphRequest Group(Guid group) => new()
    {
        Address = new(root, string.Format(CultureInfo.InvariantCulture, "groups/{0:D}?$select=id,displayName", group)),
        Subject = $"name of the group {group:D}",
        Permission = GroupPermission,
        Group = group,
    };
}
