using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>Puts settings into a configuration file's XML and leaves everything else in it alone.</summary>
internal static class SettingsWriter
{
    /// <summary>Writes all settings into a document.</summary>
    /// <exception cref="SettingException">A value cannot be written, or could not be read again.</exception>
    public static void Write(XDocument document, ConnectorSettings settings)
    {
        var root = document.Root!;
        root.Name = root.Name.Namespace + ConfigurationDocument.RootName;

        WriteInherited(document, settings);
        WriteConnector(new SettingsElement(root).Section(SettingNames.Connector), settings);
        WriteExchange(new SettingsElement(root).Section(SettingNames.Exchange), settings.Exchange);
        WriteTenant(new SettingsElement(root).Section(SettingNames.Tenant), settings.Tenant);
        WritePolicy(new SettingsElement(root).Section(SettingNames.Policy), settings.Policy);
        WantedSections.Write(root, settings.Wanted);

        // One set of rules for both ways: what could not be read again is not written.
        SettingsReader.Read(document);
    }

    /// <summary>
    /// The settings as they are to be written: a connector that is installed over its predecessor's file goes on with that one's values,
    /// except where it was told otherwise.
    /// </summary>
    /// <exception cref="SettingException">A value of the predecessor cannot be used.</exception>
    public static ConnectorSettings TakeOver(XDocument document, ConnectorSettings settings)
    {
        if (SettingsReader.NameOf(document) is not null) return settings;
        return settings with
        {
            FailoverEnabled = settings.FailoverEnabled && SettingsReader.Inherited(document, SettingNames.Failover).Flag(SettingNames.Failover, otherwise: true),
            ParallelCommandsEnabled = settings.ParallelCommandsEnabled || SettingsReader.Inherited(document, SettingNames.ParallelCommands).Flag(SettingNames.ParallelCommands, otherwise: false),
            ExchangeWebServiceUrl = settings.ExchangeWebServiceUrl ?? SettingsReader.Inherited(document, SettingNames.ExchangeWebService).Address(SettingNames.ExchangeWebService),
        };
    }

    private static void WriteInherited(XDocument document, ConnectorSettings settings)
    {
        Section(SettingNames.Failover).Set(SettingNames.Failover, settings.FailoverEnabled);
        Section(SettingNames.ParallelCommands).Set(SettingNames.ParallelCommands, settings.ParallelCommandsEnabled);
        // Empty means Autodiscover; administrators look for the element, so it stays.
        Section(SettingNames.ExchangeWebService).Set(SettingNames.ExchangeWebService, settings.ExchangeWebServiceUrl?.OriginalString ?? string.Empty);

        SettingsElement Section(string name) => new(SettingsReader.Inherited(document, name).Element ?? document.Root!);
    }

    private static void WriteConnector(SettingsElement section, ConnectorSettings settings)
    {
        section.Set(SettingNames.Name, settings.Name);
        section.Set(nameof(settings.InstalledAt), settings.InstalledAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        section.Set(nameof(settings.Organization), settings.Organization);
        section.Set(nameof(settings.NotificationMailbox), settings.NotificationMailbox);
        section.Set(nameof(settings.PreferredServer), settings.PreferredServer);
        section.SetList(nameof(settings.ExcludedServers), SettingNames.Server, settings.ExcludedServers);
        section.Set(nameof(settings.MaximumSessions), settings.MaximumSessions.ToString(CultureInfo.InvariantCulture));
        section.Set(nameof(settings.RequestIntuneSync), settings.RequestIntuneSync);
    }

    private static void WriteExchange(SettingsElement section, ExchangeSettings exchange)
    {
        section.Set(nameof(exchange.Entrance), exchange.Entrance);
        section.Set(nameof(exchange.Server), exchange.Server);
        section.Set(nameof(exchange.Uri), exchange.Uri?.OriginalString);
        section.Set(nameof(exchange.Authentication), exchange.Authentication);
        section.Set(nameof(exchange.UserName), exchange.UserName);
        section.Set(nameof(exchange.ProxyServer), exchange.ProxyServer);
        section.Set(nameof(exchange.ProxyPort), exchange.ProxyPort?.ToString(CultureInfo.InvariantCulture));
        section.Set(nameof(exchange.ProxyUserName), exchange.ProxyUserName);
    }

    private static void WriteTenant(SettingsElement section, TenantSettings tenant)
    {
        section.Set(nameof(tenant.TenantId), tenant.TenantId);
        section.Set(nameof(tenant.ClientId), tenant.ClientId);
        section.Set(nameof(tenant.Method), tenant.Method);
        section.Set(nameof(tenant.CertificateThumbprint), tenant.CertificateThumbprint);
        section.Set(nameof(tenant.CertificatePath), tenant.CertificatePath);
        section.Set(nameof(tenant.ManagedIdentityClientId), tenant.ManagedIdentityClientId);
        section.Set(nameof(tenant.Environment), tenant.Environment);
        section.Set(nameof(tenant.GraphEndpoint), tenant.GraphEndpoint?.OriginalString);
        section.Set(nameof(tenant.LoginEndpoint), tenant.LoginEndpoint?.OriginalString);
        section.Set(nameof(tenant.Proxy), tenant.Proxy?.OriginalString);
        section.Set(nameof(tenant.ProxyUserName), tenant.ProxyUserName);
    }

    private static void WritePolicy(SettingsElement section, AccessPolicy policy)
    {
        section.Set(nameof(policy.Enabled), policy.Enabled);
        section.SetList(nameof(policy.IncludedGroups), SettingNames.Group, policy.IncludedGroups);
        section.SetList(nameof(policy.ExcludedGroups), SettingNames.Group, policy.ExcludedGroups);
        section.Set(nameof(policy.OverrideDefaultRule), policy.OverrideDefaultRule);
        section.Set(nameof(policy.DefaultAccessLevel), policy.DefaultAccessLevel);
        section.Set(nameof(policy.RequireEasActivation), policy.RequireEasActivation);
        section.Set(nameof(policy.MissingCompliancePolicy), policy.MissingCompliancePolicy);
        section.Set(nameof(policy.DeviceRulePrecedence), policy.DeviceRulePrecedence);
        section.Set(nameof(policy.UserMismatch), policy.UserMismatch);
        section.Set(nameof(policy.AllowEntry), policy.AllowEntry);
        section.Set(nameof(policy.OverrideAdministratorEntry), policy.OverrideAdministratorEntry);
        section.Set(nameof(policy.RequireLicence), policy.RequireLicence);
        section.SetList(nameof(policy.LicencePlans), SettingNames.Plan, policy.LicencePlans.Select(static plan => plan.ToString("D")));
        section.Set(nameof(policy.OutlookService), policy.OutlookService);
        section.Set(nameof(policy.LeftoverAfter), policy.LeftoverAfter.ToString("c", CultureInfo.InvariantCulture));
        section.Set(nameof(policy.NotificationContent), policy.NotificationContent);
        section.Set(nameof(policy.FuseMinimum), policy.FuseMinimum.ToString(CultureInfo.InvariantCulture));
        section.Set(nameof(policy.FusePercent), policy.FusePercent.ToString("R", CultureInfo.InvariantCulture));
        section.Set(nameof(policy.FuseDaily), policy.FuseDaily.ToString(CultureInfo.InvariantCulture));
    }
}
