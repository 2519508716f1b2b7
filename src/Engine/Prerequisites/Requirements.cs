using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Prerequisites;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>Every check that there is.</summary>
internal static class Requirements
{
    public static readonly Requirement OperatingSystem = Computer(PrerequisiteIds.OperatingSystem, "Operating system");
    public static readonly Requirement InstallationType = Computer(PrerequisiteIds.InstallationType, "Windows with desktop");
    public static readonly Requirement DotNet = Computer(PrerequisiteIds.DotNet, ".NET", required: true);
    public static readonly Requirement PowerShell = Computer(PrerequisiteIds.PowerShell, "PowerShell", required: true);
    public static readonly Requirement Memory = Computer(PrerequisiteIds.Memory, "Memory");
    public static readonly Requirement DiskSpace = Computer(PrerequisiteIds.DiskSpace, "Free disk space", required: true);
    public static readonly Requirement DataFolder = Computer(PrerequisiteIds.DataFolder, "Data folder can be written", required: true);
    public static readonly Requirement DomainMembership = Computer(PrerequisiteIds.DomainMembership, "Member of a domain");
    public static readonly Requirement DomainTrust = Computer(PrerequisiteIds.DomainTrust, "Trust with the domain");
    public static readonly Requirement WinHttpProxy = new(PrerequisiteIds.WinHttpProxy, PrerequisiteArea.Network, "Proxy of WinRM", false);
    public static readonly Requirement NameResolution = new(PrerequisiteIds.NameResolution, PrerequisiteArea.Network, "Name resolution", true);
    public static readonly Requirement TcpPort = new(PrerequisiteIds.TcpPort, PrerequisiteArea.Network, "TCP port", true);
    public static readonly Requirement Tls = new(PrerequisiteIds.Tls, PrerequisiteArea.Network, "TLS and certificate", true);
    public static readonly Requirement ClockSkew = new(PrerequisiteIds.ClockSkew, PrerequisiteArea.Network, "Clock", true);
    public static readonly Requirement ExchangeSession = Exchange(PrerequisiteIds.ExchangeSession, "Exchange session opens", required: true);
    public static readonly Requirement ExchangeVersion = Exchange(PrerequisiteIds.ExchangeVersion, "Exchange version");
    public static readonly Requirement NewestServer = Exchange(PrerequisiteIds.NewestServer, "Newest mailbox server");
    public static readonly Requirement ExchangeCmdlet = Exchange(PrerequisiteIds.ExchangeCmdlet, "Exchange cmdlet", required: true);
    public static readonly Requirement ForestView = Exchange(PrerequisiteIds.ForestView, "View of the whole forest", required: true);
    public static readonly Requirement OrganizationScope = Exchange(PrerequisiteIds.OrganizationScope, "Scope of the whole organisation", required: true);
    public static readonly Requirement ThrottlingPolicy = Exchange(PrerequisiteIds.ThrottlingPolicy, "Throttling policy");
    public static readonly Requirement Autodiscover = new(PrerequisiteIds.Autodiscover, PrerequisiteArea.Mail, "Autodiscover answers", false);
    public static readonly Requirement ExchangeWebServices = new(PrerequisiteIds.ExchangeWebServices, PrerequisiteArea.Mail, "Exchange Web Services answer", false);
    public static readonly Requirement SigningCertificate = Tenant(PrerequisiteIds.SigningCertificate, "Certificate that signs in", required: true);
    public static readonly Requirement TenantProxy = Tenant(PrerequisiteIds.TenantProxy, "Proxy towards the tenant");
    public static readonly Requirement TenantSignIn = Tenant(PrerequisiteIds.TenantSignIn, "Sign-in to the tenant", required: true);
    public static readonly Requirement GraphPermission = Tenant(PrerequisiteIds.GraphPermission, "Permission of Microsoft Graph", required: true);
    public static readonly Requirement MdmAuthority = Tenant(PrerequisiteIds.MdmAuthority, "MDM authority", required: true);
    public static readonly Requirement DirectorySync = Tenant(PrerequisiteIds.DirectorySync, "Directory synchronisation");
    public static readonly Requirement IntuneLicence = Tenant(PrerequisiteIds.IntuneLicence, "Intune licences");
    public static readonly Requirement IntuneConnector = Tenant(PrerequisiteIds.IntuneConnector, "Exchange connector that Intune lists");

    /// <summary>All of them, in the order in which they are looked at.</summary>
    public static IReadOnlyList<Requirement> All { get; } =
    [
        OperatingSystem, InstallationType, DotNet, PowerShell, Memory, DiskSpace, DataFolder, DomainMembership, DomainTrust,
        WinHttpProxy, NameResolution, TcpPort, Tls, ClockSkew,
        ExchangeSession, ExchangeVersion, NewestServer, ExchangeCmdlet, ForestView, OrganizationScope, ThrottlingPolicy,
        Autodiscover, ExchangeWebServices,
        SigningCertificate, TenantProxy, TenantSignIn, GraphPermission, MdmAuthority, DirectorySync, IntuneLicence, IntuneConnector,
    ];

    private static Requirement Computer(string id, string name, bool required = false) => new(id, PrerequisiteArea.Computer, name, required);

    private static Requirement Exchange(string id, string name, bool required = false) => new(id, PrerequisiteArea.Exchange, name, required);

    private static Requirement Tenant(string id, string name, bool required = false) => new(id, PrerequisiteArea.Tenant, name, required);
}
