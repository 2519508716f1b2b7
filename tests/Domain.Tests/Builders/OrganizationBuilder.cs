using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>Makes of a specification what both sides would say. The same specification gives the same rows.</summary>
internal sealed class OrganizationBuilder(OrganizationSpec spec)
{
    private const int Lost = 8000;

    private readonly List<Mailbox> _mailboxes = [];
    private readonly List<EasPartnership> _partnerships = [];
    private readonly List<ManagedDevice> _managed = [];
    private readonly List<TenantUser> _users = [];
    private readonly List<Guid> _included = [];
    private readonly List<Guid> _excluded = [];
    private readonly List<LedgerEntry> _ledger = [];

    public PlanInput Build()
    {
        Add(1, spec.First);
        for (var i = 0; i < spec.Others.Length; i++) Add(i + 2, spec.Others[i]);
        for (var i = 0; i < spec.LostMailboxes.Length; i++) Enter(Lost + i, EntryList.Allowed, "LOST", spec.LostMailboxes[i], []);
        return new PlanInput
        {
            Exchange = new ExchangeSnapshot
            {
                Partnerships = _partnerships,
                Mailboxes = _mailboxes,
                Settings = new OrganizationAccessSettings { DefaultAccessLevel = spec.Level },
                Rules = [.. spec.Rules.Select(Rule)],
                Unreadable = spec.UnreadableRow ? [new UnreadableRow("contoso.com/Users/somebody", "no Guid")] : [],
            },
            Tenant = new TenantSnapshot
            {
                ManagedDevices = _managed,
                Users = _users,
                IncludedUsers = spec.Everybody ? null : _included,
                ExcludedUsers = _excluded,
            },
            Policy = spec.Policy,
            Ledger = new Ledger(_ledger),
            IncludeSettings = spec.Full,
            Now = Some.Now,
        };
    }

    private static DeviceAccessRule Rule(RuleSpec rule, int place)
    {
        var pool = rule.Characteristic switch
        {
            RuleCharacteristic.DeviceModel => OrganizationGen.Models,
            RuleCharacteristic.DeviceOS => OrganizationGen.Systems,
            RuleCharacteristic.UserAgent => OrganizationGen.Agents,
            _ => OrganizationGen.Types,
        };
        var text = pool[rule.Text % pool.Length] ?? string.Empty;
        return Some.Rule(rule.Level, rule.Characteristic, place == 0 ? text.ToUpperInvariant() : text, 700 + place);
    }

    private void Add(int number, MailboxSpec mailbox)
    {
        var name = $"user{number}";
        var row = Some.Mailbox(name, number) with
        {
            DistinguishedName = mailbox.WithoutDistinguishedName ? null : Some.DistinguishedName(name),
            DisplayName = mailbox.System ? "extest_" + name : name,
            SmtpAddresses = [$"{name}@contoso.com", $"{name}.alias@contoso.com"],
            ActiveSyncEnabled = mailbox.ActiveSyncEnabled,
        };
        AddUsers(number, mailbox, row);

        var allowed = new List<string>();
        var blocked = new List<string>();
        var seen = new HashSet<(string, string)>();
        string? first = null;
        for (var i = 0; i < mailbox.Phones.Length; i++)
        {
            var phone = mailbox.Phones[i];
            var own = $"Appl{number}x{i}";
            var id = phone.Id switch
            {
                IdKind.LikeFirst => first?.ToUpperInvariant() ?? own,
                IdKind.SharedBetweenMailboxes => "SharedId",
                IdKind.Empty => string.Empty,
                IdKind.Validate => "validate",
                _ => own,
            };
            // Exchange keeps one partnership for each id and type of a mailbox.
            if (!seen.Add((id.ToUpperInvariant(), phone.Type))) id = own;
            first ??= id;
            AddPhone(number, i, name, row, phone, id);
            if (id.Length == 0) continue;
            Enter(number, EntryList.Allowed, id, phone.Allowed, allowed);
            Enter(number, EntryList.Blocked, id, phone.Blocked, blocked);
        }

        _mailboxes.Add(row with { AllowedDeviceIds = allowed, BlockedDeviceIds = blocked });
    }

    private void AddPhone(int number, int place, string name, Mailbox mailbox, PhoneSpec phone, string id)
    {
        var owner = phone.Place == Place.MailboxNotRead ? "unread" + name : name;
        if (phone.Place != Place.Gone)
        {
            _partnerships.Add(Some.Phone(id, owner, (number * 100) + place, phone.Type) with
            {
                OwnerDistinguishedName = mailbox.DistinguishedName is null ? null : Some.DistinguishedName(owner),
                DeviceModel = phone.Model,
                DeviceOS = phone.OperatingSystem,
                UserAgent = phone.UserAgent,
                AccessState = phone.State,
                AccessReason = phone.Reason,
            });
        }

        for (var i = 0; i < phone.Managed.Length; i++)
        {
            var managed = phone.Managed[i];
            _managed.Add(new ManagedDevice
            {
                Id = $"managed-{number}-{place}-{i}",
                UserId = managed.Owner switch { DeviceOwner.Own => UserId(number, 0), DeviceOwner.Colleague => UserId(number + 1, 0), _ => null },
                EasDeviceId = new EasDeviceId(managed.OtherCase ? id.ToLowerInvariant() : id),
                EasActivated = managed.Activated,
                Compliance = managed.Compliance,
                OperatingSystem = managed.OperatingSystem,
                LastSync = managed.CheckedInDaysAgo is { } days ? Some.Now.AddDays(-days) : null,
            });
        }
    }

    private void AddUsers(int number, MailboxSpec mailbox, Mailbox row)
    {
        var alias = row.SmtpAddresses[1].ToUpperInvariant();
        TenantUser[] users = mailbox.User switch
        {
            UserKind.ByDistinguishedName => [User(0) with { OnPremisesDistinguishedName = row.DistinguishedName?.ToLowerInvariant() }],
            UserKind.ByObjectGuid => [User(0) with { OnPremisesObjectGuid = row.Id }],
            UserKind.BySamAccountName => [User(0) with { OnPremisesSamAccountName = row.SamAccountName, OnPremisesDomainName = "Contoso.com" }],
            UserKind.BySmtpAddress => [User(0) with { SmtpAddresses = ["other@elsewhere.example", alias] }],
            UserKind.ByUserPrincipalName => [User(0) with { UserPrincipalName = row.PrimarySmtpAddress }],
            UserKind.TwoByDistinguishedName => [User(0) with { OnPremisesDistinguishedName = row.DistinguishedName }, User(1) with { OnPremisesDistinguishedName = row.DistinguishedName }],
            UserKind.TwoByAddress => [User(0) with { SmtpAddresses = [alias] }, User(1) with { SmtpAddresses = [alias] }],
            UserKind.AddressesOfTwo => [User(0) with { SmtpAddresses = [alias] }, User(1) with { SmtpAddresses = [row.PrimarySmtpAddress] }],
            _ => [],
        };
        _users.AddRange(users);
        if (mailbox.WeakerNameOfAnother && mailbox.User != UserKind.ByUserPrincipalName) _users.Add(User(2) with { UserPrincipalName = row.PrimarySmtpAddress });
        if (mailbox.Included) _included.AddRange([UserId(number, 0), UserId(number, 1)]);
        if (mailbox.Excluded) _excluded.Add(UserId(number, 0));

        TenantUser User(int which) => new()
        {
            Id = UserId(number, which),
            UserPrincipalName = $"somebody{number}-{which}@elsewhere.example",
            IsLicensed = mailbox.Licensed,
        };
    }

    private void Enter(int mailbox, EntryList list, string id, EntryKind kind, List<string> entries)
    {
        var known = entries.Exists(entry => EasDeviceId.Comparer.Equals(entry, id)) || _ledger.Exists(IsSame);
        if (kind == EntryKind.None || known) return;

        if (kind != EntryKind.OursTakenOut)
        {
            entries.Add(kind is EntryKind.AdministratorOtherCase or EntryKind.OursOtherCase ? id.ToLowerInvariant() : id);
        }

        if (kind is EntryKind.Administrator or EntryKind.AdministratorOtherCase) return;
        _ledger.Add(Some.Entry(list, id, mailbox, kind switch { EntryKind.OursMissingForDays => 3, EntryKind.OursMissingForLong => 40, _ => null }));

        bool IsSame(LedgerEntry entry) => entry.MailboxId == Some.Id(mailbox) && entry.List == list && EasDeviceId.Comparer.Equals(entry.DeviceId.Value, id);
    }

    private static Guid UserId(int number, int which) => Some.Id(5000 + (number * 10) + which);
}
