using System.Collections.Generic;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The permissions that the application is asked for, each with what for.</summary>
internal static class GraphPermissions
{
    /// <summary>Without these no sync runs.</summary>
    public static IReadOnlyList<(string Permission, string Purpose)> Needed { get; } =
    [
        (GraphAddresses.DevicePermission, "managed devices"),
        (GraphAddresses.UserPermission, "users, their names and licences"),
        (GraphAddresses.GroupPermission, "members of the policy's groups"),
    ];

    /// <summary>Without these a sync works; a check of prerequisites leaves rows out, and single commands say what they lack.</summary>
    public static IReadOnlyList<(string Permission, string Purpose)> Useful { get; } =
    [
        (GraphAddresses.OrganizationPermission, "MDM authority, directory synchronisation and licences, for `Test-ConnectorPrerequisite` alone"),
        (GraphAddresses.ServicePermission, "the policy of Intune's own Exchange connector, for `Import-ConnectorAccessPolicy` alone"),
    ];
}
