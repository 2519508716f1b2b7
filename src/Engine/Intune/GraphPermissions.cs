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

    /// <summary>The one that a quick sync takes the short way by.</summary>
    public static (string Permission, string Purpose) Quick { get; } = (GraphAddresses.DeviceChangePermission, "what changed of devices, for quick syncs; without it they read managed devices whole");

    /// <summary>Without these a sync works; a check of prerequisites leaves rows out, and single commands say what they lack.</summary>
    public static IReadOnlyList<(string Permission, string Purpose)> Useful { get; } =
    [
        Quick,
        (GraphAddresses.ServicePermission, "the Exchange connector that Intune still lists, for the status, and its policy, for `Import-ConnectorAccessPolicy`"),
        (GraphAddresses.ConnectorSyncPermission, "asking Intune to synchronise it, where `-RequestIntuneSync` is on"),
        (GraphAddresses.OrganizationPermission, "MDM authority, directory synchronisation and licences, for `Test-ConnectorPrerequisite` alone"),
    ];
}
