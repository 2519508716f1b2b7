using System;
using System.Collections.Generic;
using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Makes the entities of a world, one at a time; each draws from its own stream of chance.</summary>
internal sealed class WorldBuilder
{
    private readonly WorldOptions _options;
    private readonly string _domainComponents;
    private readonly string _cloudDomain;
    private readonly string _sidPrefix;
    private readonly string _legacyPrefix;
    private readonly Dictionary<string, string?> _osVersions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Distinguished, string Canonical)> _containers = new(StringComparer.Ordinal);

    public WorldBuilder(WorldOptions options)
    {
        _options = options;
        _domainComponents = DirectoryNames.DomainComponents(options.DomainName);
        string organization = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(options.DomainName.Split('.')[0]);
        _cloudDomain = options.DomainName.Split('.')[0] + ".onmicrosoft.com";
        _legacyPrefix = $"X500:/o={organization}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=";
        var random = new EntityRandom(options.Seed, EntityKind.World, 0);
        _sidPrefix = string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-{(uint)random.Next()}-{(uint)random.Next()}-{(uint)random.Next()}-");
        World = new SandboxWorld(options.Partnerships)
        {
            Options = options,
            OrganizationDistinguishedName = $"CN={organization},CN=Microsoft Exchange,CN=Services,CN=Configuration,{_domainComponents}",
            DomainName = options.DomainName,
            TenantId = random.NextGuid(),
        };
    }

    public SandboxWorld World { get; }

    /// <summary>Index of the first user who is not of the cast.</summary>
    public int FirstSettler { get; set; }

    public WorldOptions Options => _options;

    public DateTimeOffset Now => _options.Now;

    public EntityRandom Random(EntityKind kind, int index) => new(_options.Seed, kind, index);

    /// <summary>Adds a mailbox and, if there is one, its tenant user; returns the mailbox's index.</summary>
    public int AddPerson(in Person person)
    {
        int index = World.Mailboxes.Count;
        var random = Random(EntityKind.Mailbox, index);
        Guid guid = random.NextGuid();
        string alias = person.AliasStem;
        string account = AccountName(alias, index);
        string smtp = string.Concat(alias, "@", _options.DomainName);
        (string distinguishedContainer, string canonicalContainer) = ContainerOf(person.Container);
        string distinguishedName = string.Concat("CN=", DirectoryNames.EscapeRelativeName(person.DisplayName), distinguishedContainer);
        var addresses = new ProxyAddressList(smtp, alias, _cloudDomain, random.Chance(0.1) ? _legacyPrefix + account : null);

        int userIndex = person.HasTenantUser ? World.Users.Count : -1;
        World.Mailboxes.Add(new SandboxMailbox
        {
            Guid = guid,
            UserIndex = userIndex,
            DistinguishedName = distinguishedName,
            Identity = canonicalContainer + DirectoryNames.EscapeCanonicalStep(person.DisplayName),
            DisplayName = person.DisplayName,
            Alias = alias,
            SamAccountName = account,
            PrimarySmtpAddress = smtp,
            EmailAddresses = addresses,
            RecipientTypeDetails = person.RecipientTypeDetails,
            ServerName = person.Server,
            ActiveSyncEnabled = person.ActiveSyncEnabled,
            MailboxPolicy = person.MailboxPolicy,
            WhenChanged = Now - random.Within(TimeSpan.FromDays(700)),
        });
        if (userIndex >= 0) World.Users.Add(UserOf(person, guid, account, smtp, distinguishedName, addresses, index, ref random));
        return index;
    }

    /// <summary>Adds a user who lives in the tenant alone; returns the user's index.</summary>
    public int AddCloudUser(string displayName, string aliasStem, bool licensed)
    {
        int index = World.Users.Count;
        var random = Random(EntityKind.User, index);
        string address = $"{aliasStem}@{_cloudDomain}";
        World.Users.Add(new SandboxUser
        {
            Id = random.NextGuid(),
            UserPrincipalName = address,
            DisplayName = displayName,
            Mail = random.Chance(0.5) ? address : null,
            ProxyAddresses = ["SMTP:" + address],
            HasIntuneLicence = licensed,
        });
        return index;
    }

    /// <summary>Adds a partnership to the mailbox that was added last, with an id of the client's own pattern unless one is given.</summary>
    public SandboxPartnership AddPartnership(int mailboxIndex, DeviceTemplate template, string? deviceId = null, bool stale = false, bool neverSynced = false, DateTimeOffset? firstSync = null)
    {
        int index = World.Partnerships.Count;
        var random = Random(EntityKind.Partnership, index);
        Guid guid = random.NextGuid();
        deviceId ??= DeviceIds.Next(ref random, template.Id);
        TimeSpan lastAge = stale ? TimeSpan.FromDays(91) + random.Within(TimeSpan.FromDays(900)) : random.Within(TimeSpan.FromDays(20));
        DateTimeOffset last = Now - lastAge;
        DateTimeOffset first = last - random.Within(TimeSpan.FromDays(900)) - TimeSpan.FromHours(1);
        if (firstSync is { } known) (first, last) = (known, known);
        var partnership = new SandboxPartnership
        {
            Guid = guid,
            MailboxIndex = mailboxIndex,
            DeviceType = template.Type,
            DeviceId = deviceId,
            DeviceModel = template.Model,
            DeviceOS = template.Os,
            DeviceUserAgent = template.UserAgent,
            FriendlyName = template.Platform == DevicePlatform.Ios && random.Chance(0.2) ? $"{World.Mailboxes[mailboxIndex].DisplayName}'s {template.Type}" : null,
            DeviceImei = template.Platform == DevicePlatform.Android && random.Chance(0.15) ? random.NextText("35", "0123456789", 15) : null,
            ClientType = template.ClientType,
            DeviceActiveSyncVersion = template.Protocol,
            FirstSyncTime = neverSynced ? null : first,
            LastSuccessSync = neverSynced ? null : last,
            WhenChanged = first + random.Within(last - first),
        };
        World.Partnerships.Add(partnership);
        return partnership;
    }

    /// <summary>Adds the managed device that such a client runs on.</summary>
    public SandboxManagedDevice AddManagedDevice(int userIndex, DeviceTemplate template, string? easDeviceId, string complianceState, bool? activated = null, bool stale = false)
    {
        int index = World.ManagedDevices.Count;
        var random = Random(EntityKind.ManagedDevice, index);
        DateTimeOffset seen = Now - (stale ? TimeSpan.FromDays(91) + random.Within(TimeSpan.FromDays(300)) : random.Within(TimeSpan.FromDays(6)));
        DateTimeOffset enrolled = seen - random.Within(TimeSpan.FromDays(700)) - TimeSpan.FromHours(2);
        bool isActivated = activated ?? (easDeviceId is not null && random.Chance(0.97));
        string serial = random.NextText("", "BCDFGHJKLMNPQRSTVWXYZ0123456789", 12);
        bool mobile = template.Platform is DevicePlatform.Ios or DevicePlatform.Android;
        var device = new SandboxManagedDevice
        {
            Id = random.NextGuid(),
            UserIndex = userIndex,
            EasDeviceId = easDeviceId,
            EasActivated = isActivated,
            EasActivationDateTime = isActivated ? enrolled + TimeSpan.FromMinutes(20) : null,
            AzureAdDeviceId = random.Chance(0.98) ? random.NextGuid() : null,
            OperatingSystem = OperatingSystem(template, ref random),
            OsVersion = OsVersion(template),
            Model = template.ProductName,
            Manufacturer = template.Manufacturer,
            SerialNumber = serial,
            DeviceName = DeviceName(userIndex, template, serial),
            ComplianceState = complianceState,
            ManagementAgent = mobile ? (random.Chance(0.004) ? "intuneAosp" : "mdm") : complianceState == "configManager" ? "configurationManagerClientMdm" : "mdm",
            ManagementState = random.Chance(0.004) ? "retirePending" : "managed",
            OwnerType = random.Chance(0.6) ? "company" : "personal",
            EnrolledDateTime = enrolled,
            LastSyncDateTime = seen,
        };
        World.ManagedDevices.Add(device);
        return device;
    }

    /// <summary>Whether a user owns the mailbox with that alias; the cast only.</summary>
    public bool IsUserOf(int userIndex, string alias)
    {
        foreach (SandboxMailbox mailbox in World.Mailboxes)
        {
            if (mailbox.UserIndex == userIndex) return mailbox.Alias == alias;
        }

        return false;
    }

    private SandboxUser UserOf(
        in Person person, Guid objectGuid, string account, string smtp, string distinguishedName, ProxyAddressList addresses, int mailboxIndex, ref EntityRandom random)
    {
        bool byAddress = person.Join.HasFlag(JoinKeys.SmtpAddress);
        bool byName = person.Join.HasFlag(JoinKeys.UserPrincipalName);
        bool byAccount = person.Join.HasFlag(JoinKeys.AccountName);
        Guid anchor = person.Join.HasFlag(JoinKeys.ObjectGuid) ? objectGuid : random.NextGuid();
        return new SandboxUser
        {
            Id = random.NextGuid(),
            UserPrincipalName = byName ? smtp : $"{account}@corp.{_options.DomainName}",
            DisplayName = person.DisplayName,
            Mail = byAddress ? smtp : null,
            ProxyAddresses = byAddress ? addresses : [$"SMTP:{account}@{_cloudDomain}"],
            OnPremisesDistinguishedName = person.Join.HasFlag(JoinKeys.DistinguishedName) ? distinguishedName : null,
            OnPremisesSamAccountName = byAccount ? account : null,
            OnPremisesDomainName = byAccount ? _options.DomainName : null,
            OnPremisesImmutableId = Convert.ToBase64String(anchor.ToByteArray()),
            OnPremisesSecurityIdentifier = _sidPrefix + (1104 + mailboxIndex).ToString(CultureInfo.InvariantCulture),
            HasIntuneLicence = person.HasLicence,
            AccountEnabled = person.AccountEnabled,
        };
    }

    private (string Distinguished, string Canonical) ContainerOf(string container)
    {
        if (_containers.TryGetValue(container, out (string, string) known)) return known;
        string[] units = container.Split('/');
        Array.Reverse(units);
        string kind = container is "Users" or WorldNames.MonitoringContainer ? "CN=" : "OU=";
        known = ($",{kind}{string.Join("," + kind, units)},{_domainComponents}", $"{_options.DomainName}/{container}/");
        _containers.Add(container, known);
        return known;
    }

    /// <summary>At most 20 characters, as the directory demands; the number makes it unique.</summary>
    private static string AccountName(string alias, int index)
    {
        Span<char> name = stackalloc char[20];
        int length = 0;
        foreach (char c in alias)
        {
            if (length == 11) break;
            if (char.IsAsciiLetterOrDigit(c)) name[length++] = char.ToLowerInvariant(c);
        }

        name[length++] = '-';
        index.TryFormat(name[length..], out int digits, provider: CultureInfo.InvariantCulture);
        return new string(name[..(length + digits)]);
    }

    private string DeviceName(int userIndex, DeviceTemplate template, string serial)
    {
        if (template.Platform is DevicePlatform.WindowsPc or DevicePlatform.Mac) return (template.Platform == DevicePlatform.Mac ? "MAC-" : "PC-") + serial[..8];
        string owner = userIndex < 0 ? "kiosk" : World.Users[userIndex].DisplayName;
        return template.Platform == DevicePlatform.Ios ? $"{owner}'s {template.ProductName}" : $"{owner}_Android_{serial[..4]}";
    }

    private static string OperatingSystem(DeviceTemplate template, ref EntityRandom random) => template.Platform switch
    {
        DevicePlatform.Ios => template.Type == "iPad" && random.Chance(0.5) ? "iPadOS" : "iOS",
        DevicePlatform.Android => random.Chance(0.05) ? "AndroidEnterprise" : "Android",
        DevicePlatform.WindowsPc => "Windows",
        DevicePlatform.Mac => "macOS",
        _ => "Unknown",
    };

    private string? OsVersion(DeviceTemplate template)
    {
        if (template.Platform == DevicePlatform.WindowsPc) return "10.0.26100.4652";
        if (template.Os is null) return null;
        if (!_osVersions.TryGetValue(template.Os, out string? version))
        {
            version = Array.Find(template.Os.Split(' '), word => word.Length > 0 && char.IsAsciiDigit(word[0]));
            _osVersions.Add(template.Os, version);
        }

        return version;
    }
}
