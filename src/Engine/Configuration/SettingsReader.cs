using System;
using System.Linq;
using System.Xml.Linq;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>Names of the elements of a configuration file.</summary>
internal static class SettingNames
{
    // Known from the connector's predecessor; they stand right below the root.
    public const string Failover = "IsCasFailoverEnabled";
    public const string ParallelCommands = "EnableParallelCommandSupport";
    public const string ExchangeWebService = "ExchangeWebServiceURL";

    public const string Connector = "Connector";
    public const string Name = "Name";
    public const string Exchange = "Exchange";
    public const string Tenant = "Tenant";
    public const string Policy = "AccessPolicy";
    public const string Group = "Group";
    public const string Plan = "Plan";
    public const string Server = "Server";

    /// <summary>The sections that are ours.</summary>
    public static readonly string[] Sections = [Connector, Exchange, Tenant, Policy, WantedSections.Rules, WantedSections.Policies, WantedSections.Organization];
}

/// <summary>Reads the settings out of a configuration file's XML.</summary>
internal static class SettingsReader
{
    /// <summary>The connector's name; null where the file is none of ours, as one that the connector's predecessor left.</summary>
    public static string? NameOf(XDocument document)
    {
        var connector = new SettingsSection(document.Root, string.Empty).Section(SettingNames.Connector);
        var name = connector.Text(SettingNames.Name);
        return name is null || ConnectorName.IsValid(name)
            ? name
            : throw connector.Wrong(SettingNames.Name, "letters, digits, spaces, hyphens, underscores and dots, as in a folder's name");
    }

    /// <summary>All settings.</summary>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    public static ConnectorSettings Read(XDocument document)
    {
        var root = new SettingsSection(document.Root, string.Empty);
        var connector = root.Section(SettingNames.Connector);
        return new ConnectorSettings
        {
            Name = NameOf(document) ?? connector.RequiredText(SettingNames.Name),
            InstalledAt = connector.Instant(nameof(ConnectorSettings.InstalledAt)),
            Organization = connector.RequiredText(nameof(ConnectorSettings.Organization)),
            NotificationMailbox = connector.Text(nameof(ConnectorSettings.NotificationMailbox)),
            PreferredServer = connector.Text(nameof(ConnectorSettings.PreferredServer)),
            ExcludedServers = connector.List(nameof(ConnectorSettings.ExcludedServers), SettingNames.Server),
            MaximumSessions = connector.Number(nameof(ConnectorSettings.MaximumSessions), ConnectorSettings.DefaultMaximumSessions, 1, 64),
            RequestIntuneSync = connector.Flag(nameof(ConnectorSettings.RequestIntuneSync), otherwise: false),
            FailoverEnabled = Inherited(document, SettingNames.Failover).Flag(SettingNames.Failover, otherwise: true),
            ParallelCommandsEnabled = Inherited(document, SettingNames.ParallelCommands).Flag(SettingNames.ParallelCommands, otherwise: false),
            ExchangeWebServiceUrl = Inherited(document, SettingNames.ExchangeWebService).Address(SettingNames.ExchangeWebService),
            Exchange = ReadExchange(root.Section(SettingNames.Exchange)),
            Tenant = ReadTenant(root.Section(SettingNames.Tenant)),
            Policy = ReadPolicy(root.Section(SettingNames.Policy)),
            Wanted = WantedSections.Read(document.Root!),
        };
    }

    /// <summary>
    /// The section in which an element of the predecessor stands: right below the root, or deeper in a part of the file that is not ours.
    /// </summary>
    public static SettingsSection Inherited(XDocument document, string name)
    {
        var root = document.Root!;
        if (SettingsSection.Find(root, name) is not null) return new(root, string.Empty);
        foreach (var part in root.Elements())
        {
            if (SettingNames.Sections.Contains(part.Name.LocalName, StringComparer.Ordinal)) continue;
            var found = part.Descendants().FirstOrDefault(element => element.Name.LocalName == name);
            if (found?.Parent is { } parent) return new(parent, parent.Name.LocalName);
        }

        return new(root, string.Empty);
    }

    private static ExchangeSettings ReadExchange(SettingsSection section) => new()
    {
        Entrance = section.RequiredChoice<ExchangeEntrance>(nameof(ExchangeSettings.Entrance)),
        Server = section.Text(nameof(ExchangeSettings.Server)),
        Uri = section.Address(nameof(ExchangeSettings.Uri), AddressSchemes.Http | AddressSchemes.Pipe),
        Authentication = section.Choice(nameof(ExchangeSettings.Authentication), ExchangeAuthentication.Default),
        UserName = section.Text(nameof(ExchangeSettings.UserName)),
        ProxyServer = section.Text(nameof(ExchangeSettings.ProxyServer)),
        ProxyPort = section.NumberOrNull(nameof(ExchangeSettings.ProxyPort), 1, 65535),
        ProxyUserName = section.Text(nameof(ExchangeSettings.ProxyUserName)),
    };

    private static TenantSettings ReadTenant(SettingsSection section) => new()
    {
        // A connector that is handed its tokens needs neither id.
        TenantId = section.Text(nameof(TenantSettings.TenantId)) ?? string.Empty,
        ClientId = section.Text(nameof(TenantSettings.ClientId)) ?? string.Empty,
        Method = section.RequiredChoice<SignInMethod>(nameof(TenantSettings.Method)),
        CertificateThumbprint = section.Text(nameof(TenantSettings.CertificateThumbprint)),
        CertificatePath = section.Text(nameof(TenantSettings.CertificatePath)),
        ManagedIdentityClientId = section.Text(nameof(TenantSettings.ManagedIdentityClientId)),
        Environment = section.Choice(nameof(TenantSettings.Environment), CloudEnvironment.Global),
        GraphEndpoint = section.Address(nameof(TenantSettings.GraphEndpoint)),
        LoginEndpoint = section.Address(nameof(TenantSettings.LoginEndpoint)),
        Proxy = section.Address(nameof(TenantSettings.Proxy), AddressSchemes.Http),
        ProxyUserName = section.Text(nameof(TenantSettings.ProxyUserName)),
    };

    private static AccessPolicy ReadPolicy(SettingsSection section)
    {
        var standard = new AccessPolicy();
        return new AccessPolicy
        {
            Enabled = section.Flag(nameof(AccessPolicy.Enabled), standard.Enabled),
            IncludedGroups = section.List(nameof(AccessPolicy.IncludedGroups), SettingNames.Group),
            ExcludedGroups = section.List(nameof(AccessPolicy.ExcludedGroups), SettingNames.Group),
            OverrideDefaultRule = section.Flag(nameof(AccessPolicy.OverrideDefaultRule), standard.OverrideDefaultRule),
            DefaultAccessLevel = section.Choice(nameof(AccessPolicy.DefaultAccessLevel), standard.DefaultAccessLevel),
            RequireEasActivation = section.Flag(nameof(AccessPolicy.RequireEasActivation), standard.RequireEasActivation),
            MissingCompliancePolicy = section.Choice(nameof(AccessPolicy.MissingCompliancePolicy), standard.MissingCompliancePolicy),
            DeviceRulePrecedence = section.Choice(nameof(AccessPolicy.DeviceRulePrecedence), standard.DeviceRulePrecedence),
            UserMismatch = section.Choice(nameof(AccessPolicy.UserMismatch), standard.UserMismatch),
            AllowEntry = section.Choice(nameof(AccessPolicy.AllowEntry), standard.AllowEntry),
            OverrideAdministratorEntry = section.Flag(nameof(AccessPolicy.OverrideAdministratorEntry), standard.OverrideAdministratorEntry),
            RequireLicence = section.Flag(nameof(AccessPolicy.RequireLicence), standard.RequireLicence),
            LicencePlans = section.Ids(nameof(AccessPolicy.LicencePlans), SettingNames.Plan, standard.LicencePlans),
            OutlookService = section.Choice(nameof(AccessPolicy.OutlookService), standard.OutlookService),
            LeftoverAfter = section.Duration(nameof(AccessPolicy.LeftoverAfter), standard.LeftoverAfter),
            NotificationContent = section.RawText(nameof(AccessPolicy.NotificationContent)),
            FuseMinimum = section.Number(nameof(AccessPolicy.FuseMinimum), standard.FuseMinimum, 0, int.MaxValue),
            FusePercent = section.Percent(nameof(AccessPolicy.FusePercent), standard.FusePercent),
            FuseDaily = section.Number(nameof(AccessPolicy.FuseDaily), standard.FuseDaily, 0, int.MaxValue),
        };
    }
}
