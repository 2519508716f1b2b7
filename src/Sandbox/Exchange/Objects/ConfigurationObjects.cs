using System;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>Access rules, device classes, organisation settings and servers as their cmdlets emit them.</summary>
internal static class ConfigurationObjects
{
    public static ObjectShape<ConfigurationRow<SandboxAccessRule>> AccessRule { get; } = new(
        TypeNames.AccessRule,
        [
            new("QueryString", static r => r.Value.QueryString),
            new("Characteristic", static r => r.Value.Characteristic),
            new("AccessLevel", static r => r.Value.AccessLevel),
            .. DirectoryColumns.Of<ConfigurationRow<SandboxAccessRule>>(static r => Facts(
                r.Directory,
                ExchangeNames.Rule(r.Value),
                r.Directory.Names.RuleDistinguishedName(r.Value),
                r.Value.Guid,
                "ms-Exch-Device-Access-Rule",
                r.Value.WhenChanged)),
        ]);

    public static ObjectShape<ConfigurationRow<DeviceClass>> DeviceClass { get; } = new(
        TypeNames.DeviceClass,
        [
            new("DeviceType", static r => r.Value.DeviceType),
            new("DeviceModel", static r => r.Value.DeviceModel),
            new("LastUpdateTime", static r => r.Value.LastUpdateTime.UtcDateTime),
            .. DirectoryColumns.Of<ConfigurationRow<DeviceClass>>(static r => Facts(
                r.Directory,
                r.Value.Name,
                r.Directory.Names.DeviceClassDistinguishedName(r.Value.Name),
                r.Value.Guid,
                "ms-Exch-Active-Sync-Device-Class",
                r.Value.LastUpdateTime)),
        ]);

    public static ObjectShape<ConfigurationRow<SandboxOrganizationSettings>> OrganizationSettings { get; } = new(
        TypeNames.OrganizationSettings,
        [
            new("DefaultAccessLevel", static r => r.Value.DefaultAccessLevel),
            new("UserMailInsert", static r => r.Value.UserMailInsert),
            new("AllowAccessForUnSupportedPlatform", static r => r.Value.AllowAccessForUnSupportedPlatform),
            new("AdminMailRecipients", static r => EngineMembers.List(r.Value.AdminMailRecipients)),
            new("OtaNotificationMailInsert", static r => r.Value.OtaNotificationMailInsert),
            new("DeviceFiltering", static _ => null),
            new("OtherWellKnownObjects", static _ => EngineMembers.List([])),
            .. DirectoryColumns.Of<ConfigurationRow<SandboxOrganizationSettings>>(static r => Facts(
                r.Directory,
                ExchangeNames.SettingsName,
                r.Directory.Names.SettingsDistinguishedName,
                StableGuid.Of(r.Directory.Names.SettingsDistinguishedName),
                "ms-Exch-Mobile-Mailbox-Settings",
                r.Value.WhenChanged)),
        ]);

    private static readonly Column<ConfigurationRow<SandboxServer>>[] s_server =
    [
        new("Domain", static r => r.Directory.World.DomainName),
        new("Edition", static r => r.Value.Edition),
        new("ExchangeLegacyDN", static r => r.Directory.Names.ServerLegacyName(r.Value.Name)),
        new("Fqdn", static r => r.Value.Fqdn),
        new("CustomerFeedbackEnabled", static _ => null),
        new("IsHubTransportServer", static r => r.Value.IsHubTransportServer),
        new("IsClientAccessServer", static r => r.Value.IsClientAccessServer),
        new("IsExchange2007OrLater", static _ => true),
        new("IsEdgeServer", static r => r.Value.IsEdgeServer),
        new("IsMailboxServer", static r => r.Value.IsMailboxServer),
        new("IsE14OrLater", static _ => true),
        new("IsE15OrLater", static r => !r.Value.IsExchange2010),
        new("IsProvisionedServer", static _ => false),
        new("IsUnifiedMessagingServer", static r => r.Value.IsUnifiedMessagingServer),
        new("IsFrontendTransportServer", static r => r.Value.IsFrontendTransportServer),
        new("NetworkAddress", static r => EngineMembers.List(NetworkAddresses(r.Value))),
        new("AdminDisplayVersion", static r => r.Value.AdminDisplayVersion),
        new("Site", static r => $"{r.Directory.World.DomainName}/Configuration/Sites/{r.Value.Site}"),
        new("ServerRole", static r => r.Value.ServerRole),
        new("IsExchangeTrialEdition", static _ => false),
        new("IsExpiredExchangeTrialEdition", static _ => false),
        new("ProductID", static _ => string.Empty),
    ];

    private static readonly Column<ConfigurationRow<SandboxServer>>[] s_serverTail =
    [
        .. DirectoryColumns.Of<ConfigurationRow<SandboxServer>>(static r => Facts(
            r.Directory,
            r.Value.Name,
            r.Directory.Names.ServerDistinguishedName(r.Value.Name),
            r.Value.Guid,
            "ms-Exch-Exchange-Server",
            r.Directory.World.OrganizationSettings.WhenChanged) with
        { Identity = r.Value.Name }),
    ];

    public static ObjectShape<ConfigurationRow<SandboxServer>> Server { get; } = new(TypeNames.Server, [.. s_server, .. s_serverTail]);

    /// <summary>With <c>-Status</c>, which asks the server itself.</summary>
    public static ObjectShape<ConfigurationRow<SandboxServer>> ServerWithStatus { get; } = new(
        TypeNames.Server,
        [
            .. s_server,
            new("StaticDomainControllers", static _ => EngineMembers.List([])),
            new("StaticGlobalCatalogs", static _ => EngineMembers.List([])),
            new("CurrentDomainControllers", static r => EngineMembers.List([r.Directory.DomainControllerOf(r.Value)])),
            new("CurrentGlobalCatalogs", static r => EngineMembers.List([r.Directory.DomainControllerOf(r.Value)])),
            new("CurrentConfigDomainController", static r => r.Directory.DomainControllerOf(r.Value)),
            .. s_serverTail,
        ]);

    /// <summary>Exchange prints configuration objects of one kind by their name, so the identity is the name.</summary>
    public static DirectoryColumns.Facts Facts(ExchangeDirectory directory, string name, string distinguishedName, Guid guid, string schemaClass, DateTimeOffset changed) => new(
        name,
        distinguishedName,
        name,
        guid,
        directory.Names.ObjectCategory(schemaClass),
        ["top", schemaClass.Replace("-", string.Empty, StringComparison.Ordinal)],
        changed,
        changed,
        directory.DomainController);

    private static string[] NetworkAddresses(SandboxServer server) =>
    [
        .. new[] { "ncacn_vns_spp", "netbios" }.Select(protocol => $"{protocol}:{server.Name.ToUpper(CultureInfo.InvariantCulture)}"),
        .. new[] { "ncacn_np", "ncacn_spx", "ncacn_ip_tcp", "ncalrpc" }.Select(protocol => $"{protocol}:{server.Fqdn}"),
    ];
}
