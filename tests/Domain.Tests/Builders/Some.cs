using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>Small, valid, unremarkable things. A test says only what matters to it.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    public static readonly Guid Run = Id(900);

    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static AccessPolicy Policy => new() { Enabled = true, IncludedGroups = [AccessPolicy.AllUsers] };

    public static Mailbox Mailbox(string name = "jane", int id = 1) => new()
    {
        Id = Id(id),
        DistinguishedName = DistinguishedName(name),
        Identity = $"contoso.com/Users/{name}",
        DisplayName = name,
        PrimarySmtpAddress = $"{name}@contoso.com",
        SmtpAddresses = [$"{name}@contoso.com"],
        SamAccountName = name,
    };

    public static string DistinguishedName(string name) => $"CN={name},CN=Users,DC=contoso,DC=com";

    public static TenantUser User(string name = "jane", int id = 101) => new()
    {
        Id = Id(id),
        UserPrincipalName = $"{name}@cloud.contoso.com",
        OnPremisesDistinguishedName = DistinguishedName(name),
        IsLicensed = true,
    };

    public static EasPartnership Phone(string deviceId = "APPL1", string owner = "jane", int id = 201, string type = "iPhone") => new()
    {
        Id = Id(id),
        Identity = $"contoso.com/Users/{owner}/ExchangeActiveSyncDevices/{type}§{deviceId}",
        OwnerDistinguishedName = DistinguishedName(owner),
        OwnerCanonicalName = $"contoso.com/Users/{owner}",
        DeviceId = new EasDeviceId(deviceId),
        DeviceType = type,
        DeviceModel = "iPhone15C2",
        DeviceOS = "iOS 17.4 21E219",
        UserAgent = "Apple-iPhone15C2/2105.219",
    };

    public static ManagedDevice Managed(string deviceId = "APPL1", int user = 101, string id = "managed-1", ComplianceState compliance = ComplianceState.Compliant) => new()
    {
        Id = id,
        UserId = Id(user),
        UserPrincipalName = "jane@cloud.contoso.com",
        EasDeviceId = new EasDeviceId(deviceId),
        EasActivated = true,
        Compliance = compliance,
        OperatingSystem = "iOS",
        LastSync = Now.AddHours(-1),
    };

    public static DeviceAccessRule Rule(
        ExchangeAccessLevel level,
        RuleCharacteristic characteristic = RuleCharacteristic.DeviceType,
        string query = "iPhone",
        int id = 301) => new()
        {
            Id = Id(id),
            Name = $"{query}({characteristic})",
            Characteristic = characteristic,
            QueryString = query,
            AccessLevel = level,
        };

    public static LedgerEntry Entry(EntryList list, string deviceId = "APPL1", int mailbox = 1, double? missingDays = null) => new()
    {
        MailboxId = Id(mailbox),
        DeviceId = new EasDeviceId(deviceId),
        List = list,
        WrittenAt = Now.AddDays(-30),
        RunId = Run,
        MissingSince = missingDays is { } days ? Now.AddDays(-days) : null,
    };

    /// <summary>Jane, her mailbox, one phone with id APPL1 in it, and what Intune knows of it: as a rule it is compliant.</summary>
    public static PlanInput Input(
        AccessPolicy? policy = null,
        Mailbox? mailbox = null,
        IReadOnlyList<EasPartnership>? phones = null,
        IReadOnlyList<ManagedDevice>? managed = null,
        IReadOnlyList<LedgerEntry>? ledger = null,
        IReadOnlyList<DeviceAccessRule>? rules = null,
        ExchangeAccessLevel level = ExchangeAccessLevel.Allow) => new()
        {
            Exchange = new ExchangeSnapshot
            {
                Partnerships = phones ?? [Phone()],
                Mailboxes = [mailbox ?? Mailbox()],
                Settings = new OrganizationAccessSettings { DefaultAccessLevel = level },
                Rules = rules ?? [],
            },
            Tenant = new TenantSnapshot
            {
                ManagedDevices = managed ?? [Managed()],
                Users = [User()],
                IncludedUsers = null,
                ExcludedUsers = [],
            },
            Policy = policy ?? Policy,
            Ledger = new Ledger(ledger ?? []),
            Now = Now,
        };

    /// <summary>As many mailboxes with one phone each as asked for: user, mailbox and phone carry the same number.</summary>
    public static PlanInput Organization(int count, Func<int, ComplianceState> compliance, AccessPolicy? policy = null, ExchangeAccessLevel level = ExchangeAccessLevel.Allow)
    {
        var input = Input(policy, level: level);
        var mailboxes = new List<Mailbox>();
        var phones = new List<EasPartnership>();
        var managed = new List<ManagedDevice>();
        var users = new List<TenantUser>();
        for (var i = 1; i <= count; i++)
        {
            var name = "user" + i.ToString("D5", CultureInfo.InvariantCulture);
            var deviceId = "DEV" + i.ToString("D5", CultureInfo.InvariantCulture);
            mailboxes.Add(Mailbox(name, i));
            phones.Add(Phone(deviceId, name, 100_000 + i));
            users.Add(User(name, 200_000 + i));
            managed.Add(Managed(deviceId, 200_000 + i, "managed-" + name, compliance(i)));
        }

        return input with
        {
            Exchange = input.Exchange with { Mailboxes = mailboxes, Partnerships = phones },
            Tenant = input.Tenant with { Users = users, ManagedDevices = managed },
        };
    }

    /// <summary>A case of the decision in which every rule lets pass: enabled, included, licensed, enrolled, activated, compliant.</summary>
    public static AccessCase Case(EasPartnership? phone = null, UserMatch? owner = null, DeviceMatch? device = null) => new(
        phone ?? Phone(),
        owner ?? new UserMatch(User(), UserJoin.DistinguishedName),
        device ?? Match(DeviceJoin.Matched, Managed()),
        UserIncluded: true,
        UserExcluded: false,
        RuleName: null);

    public static DeviceMatch Match(DeviceJoin join, params ManagedDevice[] devices) => new(join, devices[0], devices);
}
