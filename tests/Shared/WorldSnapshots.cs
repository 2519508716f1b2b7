using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Shared;

/// <summary>The sandbox's world as the two sides would report it, without a protocol in between.</summary>
internal static class WorldSnapshots
{
    public static ExchangeSnapshot Exchange(SandboxWorld world) => new()
    {
        Partnerships = [.. world.Partnerships.Select(partnership => Partnership(world, partnership))],
        Mailboxes = [.. world.Mailboxes.Select(Mailbox)],
        Settings = new OrganizationAccessSettings { DefaultAccessLevel = Level(world.OrganizationSettings.DefaultAccessLevel) },
        Rules = [.. world.AccessRules.Select(Rule)],
    };

    public static TenantSnapshot Tenant(SandboxWorld world, AccessPolicy policy) => new()
    {
        ManagedDevices = [.. world.ManagedDevices.Select(device => ManagedDevice(world, device))],
        Users = [.. world.Users.Select(User)],
        IncludedUsers = policy.IncludesEverybody ? null : Members(world, policy.IncludedGroups),
        ExcludedUsers = Members(world, policy.ExcludedGroups),
    };

    public static Mailbox Mailbox(SandboxMailbox mailbox) => new()
    {
        Id = mailbox.Guid,
        DistinguishedName = mailbox.DistinguishedName,
        Identity = mailbox.Identity,
        DisplayName = mailbox.DisplayName,
        PrimarySmtpAddress = mailbox.PrimarySmtpAddress,
        SmtpAddresses = Smtp(mailbox.EmailAddresses),
        SamAccountName = mailbox.SamAccountName,
        ActiveSyncEnabled = mailbox.ActiveSyncEnabled,
        AllowedDeviceIds = [.. mailbox.AllowedDeviceIds],
        BlockedDeviceIds = [.. mailbox.BlockedDeviceIds],
        MailboxPolicy = mailbox.MailboxPolicy,
        WhenChanged = mailbox.WhenChanged,
    };

    public static ExchangeAccessLevel Level(string level) => Enum.Parse<ExchangeAccessLevel>(level);

    private static EasPartnership Partnership(SandboxWorld world, SandboxPartnership partnership)
    {
        var mailbox = world.Mailboxes[partnership.MailboxIndex];
        return new EasPartnership
        {
            Id = partnership.Guid,
            Identity = $"{mailbox.Identity}/ExchangeActiveSyncDevices/{partnership.DeviceType}§{partnership.DeviceId}",
            // A text of its own, as it arrives from a server: comparing it costs what it costs there.
            OwnerDistinguishedName = new string(mailbox.DistinguishedName.AsSpan()),
            OwnerCanonicalName = mailbox.Identity,
            DeviceId = new EasDeviceId(partnership.DeviceId),
            DeviceType = partnership.DeviceType,
            DeviceModel = partnership.DeviceModel,
            DeviceOS = partnership.DeviceOS,
            UserAgent = partnership.DeviceUserAgent,
            FriendlyName = partnership.FriendlyName,
            ClientType = partnership.ClientType,
            FirstSync = partnership.FirstSyncTime,
            WhenChanged = partnership.WhenChanged,
        };
    }

    private static DeviceAccessRule Rule(SandboxAccessRule rule) => new()
    {
        Id = rule.Guid,
        Name = $"{rule.QueryString} ({rule.Characteristic})",
        Characteristic = Enum.TryParse<RuleCharacteristic>(rule.Characteristic, out var characteristic) ? characteristic : RuleCharacteristic.Unknown,
        QueryString = rule.QueryString,
        AccessLevel = Level(rule.AccessLevel),
    };

    private static ManagedDevice ManagedDevice(SandboxWorld world, SandboxManagedDevice device) => new()
    {
        Id = device.Id.ToString(),
        UserId = device.UserIndex < 0 ? null : world.Users[device.UserIndex].Id,
        UserPrincipalName = device.UserIndex < 0 ? null : world.Users[device.UserIndex].UserPrincipalName,
        EasDeviceId = new EasDeviceId(device.EasDeviceId),
        EasActivated = device.EasActivated,
        Compliance = Enum.TryParse<ComplianceState>(device.ComplianceState, ignoreCase: true, out var state) ? state : ComplianceState.Unknown,
        OperatingSystem = device.OperatingSystem,
        DeviceName = device.DeviceName,
        Model = device.Model,
        LastSync = device.LastSyncDateTime,
    };

    private static TenantUser User(SandboxUser user) => new()
    {
        Id = user.Id,
        UserPrincipalName = user.UserPrincipalName,
        OnPremisesDistinguishedName = user.OnPremisesDistinguishedName,
        OnPremisesObjectGuid = ObjectGuid(user.OnPremisesImmutableId),
        OnPremisesSamAccountName = user.OnPremisesSamAccountName,
        OnPremisesDomainName = user.OnPremisesDomainName,
        SmtpAddresses = Smtp(user.ProxyAddresses),
        IsLicensed = user.HasIntuneLicence,
    };

    private static Guid? ObjectGuid(string? text)
    {
        var bytes = new byte[16];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) && length == 16 ? new Guid(bytes) : null;
    }

    private static string[] Smtp(IReadOnlyList<string> proxies) =>
        [.. proxies.Where(static proxy => proxy.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase)).Select(static proxy => proxy[5..])];

    private static HashSet<Guid> Members(SandboxWorld world, IReadOnlyList<string> groups)
    {
        var members = new HashSet<Guid>();
        var seen = new HashSet<int>();
        foreach (var id in groups.Where(static id => Guid.TryParse(id, out _))) Walk(world.Groups.FindIndex(group => group.Id == Guid.Parse(id)));
        return members;

        void Walk(int index)
        {
            if (index < 0 || !seen.Add(index)) return;
            foreach (var user in world.Groups[index].UserIndexes) members.Add(world.Users[user].Id);
            foreach (var group in world.Groups[index].GroupIndexes) Walk(group);
        }
    }
}
