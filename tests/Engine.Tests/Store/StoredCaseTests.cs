using System;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class StoredCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStateStore _store;

    public StoredCaseTests() => _store = SqliteStateStore.Open(_folder.File("state.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_case_holds_every_property_that_a_decision_looks_at()
    {
        var mailbox = Mailbox(1, null, "other@contoso.com") with { ActiveSyncEnabled = false, AllowedDeviceIds = ["AB12"], BlockedDeviceIds = ["ab12", "CD34"], MailboxPolicy = "Default", WhenChanged = Noon.AddTicks(1) };
        var partnership = Partnership(10, "AB12", mailbox) with
        {
            DeviceModel = "model",
            DeviceOS = "os",
            UserAgent = "agent",
            FriendlyName = "name",
            ClientType = "EAS",
            AccessState = ExchangeAccessState.Quarantined,
            AccessReason = ExchangeAccessReason.DeviceRule,
            AccessReasonText = "DeviceRule",
            AccessRule = "rule",
            FirstSync = Noon.AddTicks(2),
            WhenChanged = Noon.AddTicks(3),
        };
        var second = Partnership(11, "ab12", mailbox);
        var user = new TenantUser
        {
            Id = Id(5),
            UserPrincipalName = "jane@contoso.com",
            OnPremisesDistinguishedName = mailbox.DistinguishedName,
            OnPremisesObjectGuid = mailbox.Id,
            OnPremisesSamAccountName = "user1",
            OnPremisesDomainName = "contoso.com",
            SmtpAddresses = ["jane@contoso.com", "j@contoso.com"],
            IsLicensed = true,
        };
        var device = Managed("m1", "aB12", user.Id) with { UserPrincipalName = "jane@contoso.com", EasActivated = true, Compliance = ComplianceState.ConfigManager, DeviceName = "phone", Model = "15", LastSync = null };
        var rule = new DeviceAccessRule { Id = Id(3), Name = "iPhone (DeviceType)", Characteristic = RuleCharacteristic.DeviceType, QueryString = "iPhone", AccessLevel = ExchangeAccessLevel.Block };
        _store.SaveSnapshot(Snapshot([Assessments.Make(partnership, mailbox), Assessments.Make(second, mailbox)], [user], [device, Managed("m2", "other")], [rule]));
        _store.BeginRun(Run(1));
        _store.Settle(Change(1, 1, ChangeOutcome.Applied), [Entry(1, "AB12"), Entry(2, "AB12")], []);

        var stored = _store.ReadCase("other@contoso.com", "aB12");

        Assert.NotNull(stored);
        Assert.Equal(Noon, stored.AsOf);
        Assert.Equal([partnership, second], stored.Exchange.Partnerships);
        AssertEqual(mailbox, Assert.Single(stored.Exchange.Mailboxes));
        Assert.Equal(new OrganizationAccessSettings { DefaultAccessLevel = ExchangeAccessLevel.Quarantine, UserMailInsert = "Ask the desk." }, stored.Exchange.Settings);
        Assert.Equal([rule], stored.Exchange.Rules);
        Assert.Equal(user.SmtpAddresses, stored.Tenant.Users.Single().SmtpAddresses);
        Assert.Equal(user, stored.Tenant.Users.Single() with { SmtpAddresses = user.SmtpAddresses });
        Assert.Equal([device], stored.Tenant.ManagedDevices);
        Assert.Null(stored.Tenant.IncludedUsers);
        Assert.Equal([Entry(1, "AB12")], stored.Ledger);
    }

    [Fact]
    public void Group_membership_is_kept_of_the_users_that_may_own_the_mailbox()
    {
        var mailbox = Mailbox(1);
        var owner = User(5, mailbox);
        _store.SaveSnapshot(Snapshot([Assessments.Make(Partnership(10, "AB12", mailbox), mailbox)], [owner, User(6)], included: [Id(5), Id(6), Id(7)], excluded: [Id(5), Id(8)]));
        var stored = _store.ReadCase("user1@contoso.com", "AB12");
        Assert.Equal([Id(5)], stored?.Tenant.IncludedUsers);
        Assert.Equal([Id(5)], stored?.Tenant.ExcludedUsers);

        _store.SaveSnapshot(Snapshot([Assessments.Make(Partnership(10, "AB12", mailbox), mailbox)], [owner], included: []));
        stored = _store.ReadCase("user1@contoso.com", "AB12");
        Assert.Empty(Assert.IsAssignableFrom<System.Collections.Generic.IReadOnlyCollection<Guid>>(stored?.Tenant.IncludedUsers));
    }

    [Fact]
    public void A_partnership_without_its_mailbox_is_a_case_too()
    {
        var orphan = Partnership(10, "AB12");
        _store.SaveSnapshot(Snapshot([Assessments.Make(orphan, null, reason: AccessReason.MailboxNotFound), Assessments.Make(Partnership(11, "AB12", Mailbox(1)), Mailbox(1))]));
        foreach (var name in new[] { orphan.Identity, "contoso.com/gone" })
        {
            var stored = _store.ReadCase(name, "AB12");
            Assert.Equal([orphan], stored?.Exchange.Partnerships);
            Assert.Empty(stored!.Exchange.Mailboxes);
            Assert.Empty(stored.Ledger);
        }
    }

    [Fact]
    public void The_owner_found_in_a_case_is_the_owner_found_among_all_users()
    {
        // Few values for every name, so that names are shared, contradict each other and are missing.
        var number = Gen.Int[1, 4];
        var domain = Gen.OneOf<string?>("contoso.com", "fabrikam.com", "CONTOSO.COM", null);
        var address = number.Select(i => $"A{i}@contoso.com");
        var distinguishedName = Gen.Select(number, Gen.Bool, (i, missing) => missing ? null : $"CN=U{i},DC=contoso,DC=com");
        var mailboxes = Gen.Select(distinguishedName, number, address, address.Array[0, 2], (name, sam, primary, more) => (name, sam, primary, more)).Array[1, 5];
        var users = Gen.Select(
            distinguishedName, Gen.Int[1, 6], Gen.Select(number, domain), address.Array[0, 2], address,
            (name, guid, account, addresses, upn) => (name, guid, account, addresses, upn.ToLowerInvariant())).Array[0, 6];

        Gen.Select(mailboxes, users).Sample(
            (boxes, people) =>
            {
                var owners = boxes.Select((box, i) => new Mailbox
                {
                    Id = Id(i + 1),
                    Identity = $"contoso.com/U{i}",
                    DistinguishedName = box.name,
                    SamAccountName = "s" + box.sam,
                    PrimarySmtpAddress = box.primary,
                    SmtpAddresses = box.more,
                }).ToList();
                var tenant = people.Select((person, i) => new TenantUser
                {
                    Id = Id(100 + i),
                    UserPrincipalName = person.Item5,
                    OnPremisesDistinguishedName = person.name,
                    OnPremisesObjectGuid = person.guid > 5 ? null : Id(person.guid),
                    OnPremisesSamAccountName = "S" + person.account.Item1,
                    OnPremisesDomainName = person.account.Item2,
                    SmtpAddresses = person.addresses,
                }).ToList();
                _store.SaveSnapshot(Snapshot([.. owners.Select((mailbox, i) => Assessments.Make(Partnership(500 + i, "AB12", mailbox), mailbox))], tenant));

                foreach (var mailbox in owners)
                {
                    var stored = _store.ReadCase(mailbox.Id.ToString(), "AB12");
                    Assert.NotNull(stored);
                    var expected = new UserMatcher(tenant).Find(mailbox);
                    var found = new UserMatcher(stored.Tenant.Users).Find(Assert.Single(stored.Exchange.Mailboxes));
                    Assert.Equal((expected.User?.Id, expected.Join), (found.User?.Id, found.Join));
                }
            },
            iter: 150,
            threads: 1);
    }

    [Fact]
    public void A_filtered_list_is_what_filtering_the_whole_list_gives()
    {
        var decision = Gen.Enum<AccessDecision>();
        var reason = Gen.Enum<AccessReason>();
        var conflict = Gen.Enum<AccessConflict>();
        var device = Gen.Select(Gen.Int[1, 4], Gen.OneOf("aa", "AA", "b", ""), decision, reason, conflict);
        var query = Gen.Select(
            Gen.Int[0, 5].Select(i => i == 0 ? null : $"USER{i}@contoso.com"),
            Gen.OneOf<string?>(null, "Aa", "b", "c"),
            decision.Nullable(),
            reason.Array[1, 3].Null(),
            conflict.Array[1, 2].Null());

        Gen.Select(device.Array[0, 30], query.Array[1, 5]).Sample(
            (devices, queries) =>
            {
                _store.SaveSnapshot(Snapshot([.. devices.Select((row, i) =>
                    Assessments.Make(Partnership(i + 1, row.Item2, Mailbox(row.Item1)), Mailbox(row.Item1), decision: row.Item3, reason: row.Item4, conflict: row.Item5))]));
                var all = _store.ReadDevices(new DeviceQuery()).ToList();
                Assert.Equal(devices.Length, all.Count);
                foreach (var (mailbox, id, wantedDecision, wantedReasons, wantedConflicts) in queries)
                {
                    var expected = all.Where(row =>
                        (mailbox is null || row.Mailbox.Equals(mailbox, StringComparison.OrdinalIgnoreCase))
                        && (id is null || row.DeviceId.Equals(id, StringComparison.OrdinalIgnoreCase))
                        && (wantedDecision is null || row.Decision == wantedDecision)
                        && (wantedReasons is null || wantedReasons.Contains(row.Reason))
                        && (wantedConflicts is null || wantedConflicts.Contains(row.Conflict)));
                    Assert.Equal(expected, _store.ReadDevices(new DeviceQuery { Mailbox = mailbox, DeviceId = id, Decision = wantedDecision, Reasons = wantedReasons, Conflicts = wantedConflicts }));
                }
            },
            iter: 100,
            threads: 1);
    }

    private static void AssertEqual(Mailbox expected, Mailbox actual)
    {
        Assert.Equal(expected.SmtpAddresses, actual.SmtpAddresses);
        Assert.Equal(expected.AllowedDeviceIds, actual.AllowedDeviceIds);
        Assert.Equal(expected.BlockedDeviceIds, actual.BlockedDeviceIds);
        Assert.Equal(expected, actual with { SmtpAddresses = expected.SmtpAddresses, AllowedDeviceIds = expected.AllowedDeviceIds, BlockedDeviceIds = expected.BlockedDeviceIds });
    }
}
