namespace IntuneExchangeConnector.Domain.Prerequisites;

/// <summary>The ids of the checks. Scripts match on them: an id is added, never renamed.</summary>
public static class PrerequisiteIds
{
    /// <summary>The operating system.</summary>
    public const string OperatingSystem = "OperatingSystem";

    /// <summary>Windows with a desktop rather than Server Core.</summary>
    public const string InstallationType = "InstallationType";

    /// <summary>.NET Framework, or the runtime of PowerShell 7.</summary>
    public const string DotNet = "DotNet";

    /// <summary>PowerShell's version and edition.</summary>
    public const string PowerShell = "PowerShell";

    /// <summary>Memory of the computer.</summary>
    public const string Memory = "Memory";

    /// <summary>Free space where the data folder lies.</summary>
    public const string DiskSpace = "DiskSpace";

    /// <summary>The data folder can be written.</summary>
    public const string DataFolder = "DataFolder";

    /// <summary>The computer is a member of a domain.</summary>
    public const string DomainMembership = "DomainMembership";

    /// <summary>The domain answers and trusts the computer.</summary>
    public const string DomainTrust = "DomainTrust";

    /// <summary>A server's name resolves.</summary>
    public const string NameResolution = "NameResolution";

    /// <summary>A server's port answers.</summary>
    public const string TcpPort = "TcpPort";

    /// <summary>TLS version and certificate of a server.</summary>
    public const string Tls = "Tls";

    /// <summary>The proxy that WinRM goes by.</summary>
    public const string WinHttpProxy = "WinHttpProxy";

    /// <summary>The clock agrees with a server's.</summary>
    public const string ClockSkew = "ClockSkew";

    /// <summary>An Exchange session opens for the account.</summary>
    public const string ExchangeSession = "ExchangeSession";

    /// <summary>Version of an Exchange server.</summary>
    public const string ExchangeVersion = "ExchangeVersion";

    /// <summary>The connected server is the newest that holds mailboxes.</summary>
    public const string NewestServer = "NewestServer";

    /// <summary>The session offers a cmdlet with the parameters that are used.</summary>
    public const string ExchangeCmdlet = "ExchangeCmdlet";

    /// <summary>The session can be told to see the whole forest.</summary>
    public const string ForestView = "ForestView";

    /// <summary>The session sees the mailboxes of the organisation, not only its own.</summary>
    public const string OrganizationScope = "OrganizationScope";

    /// <summary>The account's throttling policy leaves room for the connector's sessions.</summary>
    public const string ThrottlingPolicy = "ThrottlingPolicy";

    /// <summary>Autodiscover answers.</summary>
    public const string Autodiscover = "Autodiscover";

    /// <summary>Exchange Web Services answer.</summary>
    public const string ExchangeWebServices = "ExchangeWebServices";

    /// <summary>The certificate that signs in to the tenant, and when it ends.</summary>
    public const string SigningCertificate = "SigningCertificate";

    /// <summary>The proxy on the way to the tenant.</summary>
    public const string TenantProxy = "TenantProxy";

    /// <summary>Signing in to the tenant.</summary>
    public const string TenantSignIn = "TenantSignIn";

    /// <summary>A permission of Microsoft Graph.</summary>
    public const string GraphPermission = "GraphPermission";

    /// <summary>Intune manages the tenant's devices.</summary>
    public const string MdmAuthority = "MdmAuthority";

    /// <summary>Users are synchronised from Active Directory, and were lately.</summary>
    public const string DirectorySync = "DirectorySync";

    /// <summary>The tenant has Intune licences.</summary>
    public const string IntuneLicence = "IntuneLicence";

    /// <summary>The Exchange connector that Intune still lists for the organisation.</summary>
    public const string IntuneConnector = "IntuneConnector";
}
