using System;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>Names of the organisation's objects: distinguished ones, canonical ones, and those that Exchange makes up itself.</summary>
internal sealed class ExchangeNames
{
    // Exchange's own separator in the names of device objects; it is not ASCII and shows up in every log that is not UTF-8.
    private const char DeviceSeparator = '§';

    private const string DeviceContainer = "ExchangeActiveSyncDevices";
    private const string AdministrativeGroup = "Exchange Administrative Group (FYDIBOHF23SPDLT)";
    private const string MobileSettings = "Mobile Mailbox Settings";

    private readonly string _organization;
    private readonly string _organizationPath;
    private readonly string _schema;

    public ExchangeNames(SandboxWorld world)
    {
        _organization = world.OrganizationDistinguishedName;
        string name = _organization.Split(',')[0][3..];
        _organizationPath = $"{world.DomainName}/Configuration/Services/Microsoft Exchange/{name}";
        _schema = $"{world.DomainName}/Configuration/Schema/";
        LegacyPrefix = $"/o={name}/ou={AdministrativeGroup}";
        NetBiosDomain = world.DomainName.Split('.')[0].ToUpperInvariant();
        SettingsDistinguishedName = $"CN={MobileSettings},{_organization}";
    }

    public string LegacyPrefix { get; }

    public string NetBiosDomain { get; }

    public string SettingsDistinguishedName { get; }

    public static string SettingsName => MobileSettings;

    public string ObjectCategory(string schemaClass) => _schema + schemaClass;

    /// <summary><c>iPhone§ApplDLXH…</c>; clients of the newer families carry the family in front.</summary>
    public static string Device(SandboxPartnership device) => device.ClientType == "EAS"
        ? $"{device.DeviceType}{DeviceSeparator}{device.DeviceId}"
        : $"{device.ClientType}{DeviceSeparator}{device.DeviceType}{DeviceSeparator}{device.DeviceId}";

    public static string DeviceDistinguishedName(SandboxPartnership device, SandboxMailbox owner) =>
        $"CN={DirectoryNames.EscapeRelativeName(Device(device))},CN={DeviceContainer},{owner.DistinguishedName}";

    public static string DeviceIdentity(SandboxPartnership device, SandboxMailbox owner) =>
        $"{owner.Identity}/{DeviceContainer}/{DirectoryNames.EscapeCanonicalStep(Device(device))}";

    /// <summary>Splits <c>owner/ExchangeActiveSyncDevices/name</c>, in which either slash may stand, into owner and name.</summary>
    public static bool TrySplitDevicePath(string identity, out string owner, out string name)
    {
        int container = identity.IndexOf(DeviceContainer, StringComparison.OrdinalIgnoreCase);
        int after = container + DeviceContainer.Length;
        if (container < 2 || after + 1 >= identity.Length || identity[container - 1] is not ('/' or '\\') || identity[after] is not ('/' or '\\'))
        {
            (owner, name) = (string.Empty, string.Empty);
            return false;
        }

        (owner, name) = (identity[..(container - 1)], identity[(after + 1)..]);
        return true;
    }

    public static string Rule(SandboxAccessRule rule) => $"{rule.QueryString} ({rule.Characteristic})";

    public string RuleDistinguishedName(SandboxAccessRule rule) =>
        $"CN={DirectoryNames.EscapeRelativeName(Rule(rule))},{SettingsDistinguishedName}";

    public string PolicyDistinguishedName(string policy) =>
        $"CN={DirectoryNames.EscapeRelativeName(policy)},CN=Mobile Mailbox Policies,{_organization}";

    public string DeviceClassDistinguishedName(string name) =>
        $"CN={DirectoryNames.EscapeRelativeName(name)},CN=Mobile Device Classes,{_organization}";

    public string ThrottlingPolicyDistinguishedName(string name) => $"CN={name},CN=Global Settings,{_organization}";

    public string ServerDistinguishedName(string server) =>
        $"CN={server},CN=Servers,CN={AdministrativeGroup},CN=Administrative Groups,{_organization}";

    public string ServerIdentity(string server) =>
        $"{_organizationPath}/Administrative Groups/{AdministrativeGroup}/Servers/{server}";

    public string ServerLegacyName(string server) => $"{LegacyPrefix}/cn=Configuration/cn=Servers/cn={server}";

    public string MailboxLegacyName(SandboxMailbox mailbox) => $"{LegacyPrefix}/cn=Recipients/cn={mailbox.SamAccountName}";
}
