using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Every path that the endpoint answers, with the permissions any one of which opens it.</summary>
internal static class GraphRoutes
{
    private static readonly string[] s_devices =
        [GraphRoles.ReadManagedDevices, GraphRoles.WriteManagedDevices, GraphRoles.ReadConfiguration, GraphRoles.WriteConfiguration];

    private static readonly string[] s_service =
        [GraphRoles.ReadServiceConfiguration, GraphRoles.WriteServiceConfiguration, GraphRoles.ReadConfiguration, GraphRoles.WriteConfiguration];

    private static readonly string[] s_serviceWriters = [GraphRoles.WriteServiceConfiguration, GraphRoles.WriteConfiguration];

    private static readonly string[] s_users = [GraphRoles.ReadUsers, GraphRoles.ReadUserNames, GraphRoles.ReadDirectory];

    private static readonly string[] s_groups = [GraphRoles.ReadGroupMembers, GraphRoles.ReadGroups, GraphRoles.ReadDirectory];

    private static readonly string[] s_objects = [.. s_groups, GraphRoles.ReadUsers, GraphRoles.ReadUserNames];

    private static readonly string[] s_userChanges = [GraphRoles.ReadUsers, GraphRoles.ReadDirectory];

    private static readonly string[] s_directoryDevices = [GraphRoles.ReadDevices, GraphRoles.ReadDirectory];

    private static readonly string[] s_organization = [GraphRoles.ReadOrganization, GraphRoles.ReadDirectory];

    public static IReadOnlyList<GraphRouteRule> All { get; } =
    [
        new(GraphRoute.ManagedDevices, "deviceManagement/managedDevices", true, s_devices, ManagedDeviceHandlers.ListAsync),
        new(GraphRoute.ManagedDevice, "deviceManagement/managedDevices/*", true, s_devices, ManagedDeviceHandlers.GetAsync),
        new(GraphRoute.ManagedDeviceOverview, "deviceManagement/managedDeviceOverview", true, s_devices, ManagedDeviceHandlers.OverviewAsync),
        new(GraphRoute.UserManagedDevices, "users/*/managedDevices", true, s_devices, ManagedDeviceHandlers.ListOfUserAsync),
        new(GraphRoute.Users, "users", false, s_users, UserHandlers.ListAsync),
        new(GraphRoute.UsersDelta, "users/delta", false, s_userChanges, DeltaHandlers.ListUsersAsync),
        new(GraphRoute.DevicesDelta, "devices/delta", false, s_directoryDevices, DeltaHandlers.ListDevicesAsync),
        new(GraphRoute.GroupsDelta, "groups/delta", false, s_groups, DeltaHandlers.ListGroupsAsync),
        new(GraphRoute.User, "users/*", false, s_users, UserHandlers.GetAsync),
        new(GraphRoute.UserGroups, "users/*/checkMemberGroups", false, s_objects, UserHandlers.CheckGroupsAsync) { Method = "POST" },
        new(GraphRoute.Groups, "groups", false, s_groups, GroupHandlers.ListAsync),
        new(GraphRoute.Group, "groups/*", false, s_groups, GroupHandlers.GetAsync),
        new(GraphRoute.TransitiveMembers, "groups/*/transitiveMembers/microsoft.graph.user", false, s_groups, GroupHandlers.ListTransitiveUsersAsync),
        new(GraphRoute.TransitiveGroups, "groups/*/transitiveMembers/microsoft.graph.group", false, s_groups, GroupHandlers.ListTransitiveGroupsAsync),
        new(GraphRoute.DirectoryObjects, "directoryObjects/getByIds", false, s_objects, DirectoryObjectHandlers.GetByIdsAsync) { Method = "POST" },
        new(GraphRoute.TransitiveMemberCount, "groups/*/transitiveMembers/$count", false, s_groups, GroupHandlers.CountMembersAsync),
        new(GraphRoute.TransitiveMemberCount, "groups/*/transitiveMembers/microsoft.graph.user/$count", false, s_groups, GroupHandlers.CountUsersAsync),
        new(GraphRoute.ExchangeConnectors, "deviceManagement/exchangeConnectors", true, s_service, ConnectorHandlers.ListAsync),
        new(GraphRoute.ExchangeConnector, "deviceManagement/exchangeConnectors/*", true, s_service, ConnectorHandlers.GetAsync),
        new(GraphRoute.ExchangeConnectorSync, "deviceManagement/exchangeConnectors/*/sync", true, s_serviceWriters, ConnectorHandlers.SyncAsync) { Method = "POST" },
        new(GraphRoute.ConditionalAccessSettings, "deviceManagement/conditionalAccessSettings", true, s_service, LegacyHandlers.GetConditionalAccessAsync),
        new(GraphRoute.ExchangeOnPremisesPolicy, "deviceManagement/exchangeOnPremisesPolicy", true, s_service, LegacyHandlers.GetPolicyAsync) { IsBetaOnly = true },
        new(GraphRoute.ExchangeOnPremisesPolicy, "deviceManagement/exchangeOnPremisesPolicies", true, s_service, LegacyHandlers.ListPoliciesAsync) { IsBetaOnly = true },
        new(GraphRoute.ExchangeOnPremisesPolicy, "deviceManagement/exchangeOnPremisesPolicies/*", true, s_service, LegacyHandlers.GetPolicyByIdAsync) { IsBetaOnly = true },
        new(GraphRoute.ConditionalAccessSettings, "deviceManagement/exchangeOnPremisesPolicy/conditionalAccessSettings", true, s_service, LegacyHandlers.GetConditionalAccessAsync) { IsBetaOnly = true },
        new(GraphRoute.Organization, "organization", false, s_organization, OrganizationHandlers.ListAsync),
        new(GraphRoute.Subscriptions, "subscribedSkus", false, s_organization, OrganizationHandlers.ListSubscriptionsAsync),
    ];

    /// <summary>A batch needs no permission of its own; each request inside it does.</summary>
    public static GraphRouteRule Batch { get; } = new(GraphRoute.Batch, "$batch", false, [], GraphBatch.HandleAsync) { Method = "POST" };

    /// <exception cref="GraphProblem">There is no such path.</exception>
    public static (GraphRouteRule Rule, string[] Ids) Find(string version, string[] path)
    {
        if (path is ["$batch"]) return (Batch, []);
        foreach (GraphRouteRule rule in All)
        {
            if (rule.IsBetaOnly && version != "beta") continue;
            if (rule.Match(path) is { } ids) return (rule, ids);
        }

        throw GraphProblem.NoSegment(path.Length == 0 ? "" : path[^1]);
    }
}
