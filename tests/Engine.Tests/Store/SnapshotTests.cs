using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStateStore _store;

    public SnapshotTests() => _store = SqliteStateStore.Open(_folder.File("state.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Before_the_first_read_there_is_nothing_to_answer_from()
    {
        Assert.Null(_store.ReadBaseline());
        var refused = Assert.Throws<ConnectorException>(() => _store.ReadDevices(new DeviceQuery()));
        Assert.Equal(ErrorIds.NoSnapshot, refused.ErrorId);
        Assert.Contains("Invoke-ConnectorSync", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.NoSnapshot, Assert.Throws<ConnectorException>(() => _store.ReadCase("user1@contoso.com", "AB12")).ErrorId);
    }

    [Fact]
    public void A_device_comes_back_with_everything_that_was_found_and_decided()
    {
        var mailbox = Mailbox(1);
        var partnership = Partnership(10, "AB12", mailbox) with
        {
            DeviceModel = "iPhone15C2",
            AccessState = ExchangeAccessState.Blocked,
            AccessReason = ExchangeAccessReason.Other,
            AccessReasonText = "UserAgentsChanges",
        };
        var device = Managed("m1", "ab12") with { Compliance = ComplianceState.InGracePeriod, LastSync = Noon.AddTicks(7) };
        _store.SaveSnapshot(Snapshot([Assessments.Make(partnership, mailbox, User(5, mailbox), device, AccessReason.NotActivated, AccessDecision.Block, AccessConflict.HeldByAdministrator)]));

        var expected = new ConnectorDevice
        {
            Mailbox = "user1@contoso.com",
            DeviceId = "AB12",
            DeviceType = "iPhone",
            DeviceModel = "iPhone15C2",
            ExchangeState = ExchangeAccessState.Blocked,
            ExchangeReason = "UserAgentsChanges",
            ManagedDeviceId = "m1",
            ComplianceState = ComplianceState.InGracePeriod,
            Decision = AccessDecision.Block,
            Reason = AccessReason.NotActivated,
            Conflict = AccessConflict.HeldByAdministrator,
            LastSync = Noon.AddTicks(7),
            AsOf = Noon,
            PartnershipId = Id(10),
            UserPrincipalName = "user1@contoso.com",
            MailboxId = Id(1),
        };
        Assert.Equal(expected, Assert.Single(_store.ReadDevices(new DeviceQuery())));
    }

    [Fact]
    public void What_was_not_found_stays_empty()
    {
        _store.SaveSnapshot(Snapshot([
            Assessments.Make(Partnership(10, "AB12"), null, reason: AccessReason.MailboxNotFound, decision: AccessDecision.LeaveToExchange),
            Assessments.Make(Partnership(11, "CD34", Mailbox(1)) with { AccessReason = ExchangeAccessReason.Global }, Mailbox(1)),
        ]));

        var devices = _store.ReadDevices(new DeviceQuery()).ToList();
        Assert.Equal("contoso.com/Gone/ExchangeActiveSyncDevices/iPhone§AB12", devices[0].Mailbox);
        Assert.Equal((null, null, null, null, null), (devices[0].ExchangeReason, devices[0].ManagedDeviceId, devices[0].ComplianceState, devices[0].LastSync, devices[0].UserPrincipalName));
        Assert.Equal("Global", devices[1].ExchangeReason);
    }

    [Fact]
    public void Devices_come_ordered_by_mailbox_and_id_whatever_their_case()
    {
        var zoe = Mailbox(1, "Zoë@contoso.com");
        var adam = Mailbox(2, "adam@contoso.com");
        _store.SaveSnapshot(Snapshot([
            Assessments.Make(Partnership(10, "b2", zoe), zoe),
            Assessments.Make(Partnership(11, "C3", zoe), zoe),
            Assessments.Make(Partnership(12, "a1", zoe), zoe),
            Assessments.Make(Partnership(13, "Z9", adam), adam),
        ]));
        Assert.Equal(["Z9", "a1", "b2", "C3"], _store.ReadDevices(new DeviceQuery()).Select(device => device.DeviceId));
    }

    [Theory]
    [InlineData("ZOË@CONTOSO.com")]
    [InlineData(" zoë@contoso.com ")]
    [InlineData("z.other@contoso.com")]
    [InlineData("CONTOSO.com/staff/user 1")]
    [InlineData("00000001-0000-0000-0000-000000000001")]
    [InlineData("{00000001-0000-0000-0000-000000000001}")]
    public void A_mailbox_is_found_by_any_of_its_names(string name)
    {
        var zoe = Mailbox(1, "Zoë@contoso.com", "Z.Other@contoso.com");
        var adam = Mailbox(2);
        _store.SaveSnapshot(Snapshot([Assessments.Make(Partnership(10, "AB12", zoe), zoe), Assessments.Make(Partnership(11, "AB12", adam), adam)]));

        Assert.Equal(Id(10), Assert.Single(_store.ReadDevices(new DeviceQuery { Mailbox = name })).PartnershipId);
        Assert.Equal(Id(10), Assert.Single(Assert.IsType<StoredCase>(_store.ReadCase(name, "ab12")).Exchange.Partnerships).Id);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("*")]
    [InlineData("user")]
    [InlineData("' OR 1=1 --")]
    [InlineData("")]
    public void A_name_is_taken_whole(string name)
    {
        var mailbox = Mailbox(1);
        _store.SaveSnapshot(Snapshot([Assessments.Make(Partnership(10, "AB12", mailbox), mailbox)]));
        Assert.Empty(_store.ReadDevices(new DeviceQuery { Mailbox = name }));
        Assert.Empty(_store.ReadDevices(new DeviceQuery { DeviceId = name }));
        Assert.Null(_store.ReadCase(name, "AB12"));
        Assert.Null(_store.ReadCase("user1@contoso.com", name));
    }

    [Theory]
    [MemberData(nameof(Samples.HostileTexts), MemberType = typeof(Samples))]
    public void Hostile_text_comes_back_as_it_was(string text)
    {
        var mailbox = Mailbox(1) with
        {
            DistinguishedName = text,
            Identity = text,
            DisplayName = text,
            PrimarySmtpAddress = text,
            SmtpAddresses = [text, text],
            SamAccountName = text,
            AllowedDeviceIds = [text],
            BlockedDeviceIds = [text, "x"],
            MailboxPolicy = text,
        };
        var partnership = Partnership(10, text, mailbox) with { DeviceType = text, DeviceModel = text, DeviceOS = text, UserAgent = text, FriendlyName = text, ClientType = text, AccessRule = text };
        var rule = new DeviceAccessRule { Id = Id(3), Name = text, Characteristic = RuleCharacteristic.UserAgent, QueryString = text, AccessLevel = ExchangeAccessLevel.Block };
        _store.SaveSnapshot(Snapshot([Assessments.Make(partnership, mailbox)], [User(5, mailbox)], [Managed(text, text)], [rule]));

        var device = Assert.Single(_store.ReadDevices(new DeviceQuery { DeviceId = text }));
        Assert.Equal(Stored(text), device.DeviceId);
        Assert.Equal(Stored(text), device.DeviceModel);
        var stored = _store.ReadCase(mailbox.Id.ToString(), text);
        Assert.NotNull(stored);
        Assert.Equal(Stored(text), Assert.Single(stored.Exchange.Partnerships).UserAgent);
        Assert.Equal([Stored(text), "x"], Assert.Single(stored.Exchange.Mailboxes).BlockedDeviceIds);
        Assert.Equal(Stored(text), Assert.Single(stored.Exchange.Rules).QueryString);
        if (text.Length > 0) Assert.Equal(Stored(text), Assert.Single(stored.Tenant.ManagedDevices).Id);
    }

    [Fact]
    public void The_baseline_counts_what_was_read_not_what_is_kept()
    {
        var mailbox = Mailbox(1);
        var snapshot = Snapshot([Assessments.Make(Partnership(10, "AB12", mailbox), mailbox)], [User(5), User(6)], [Managed("m1", "AB12"), Managed("m2", string.Empty)], included: [Id(5)]);
        snapshot = snapshot with { MatchedOwners = 1, Exchange = snapshot.Exchange with { Mailboxes = [mailbox, Mailbox(2), Mailbox(3)], Partnerships = [.. snapshot.Exchange.Partnerships, Partnership(99, "validate")] }, Tenant = snapshot.Tenant with { CountedDevices = 5 } };
        _store.SaveSnapshot(snapshot);
        Assert.Equal(new Baseline { Partnerships = 2, Mailboxes = 3, ManagedDevices = 2, Users = 2, IncludedUsers = 1, ExcludedUsers = 0, MatchedOwners = 1, DeviceExcess = 3 }, _store.ReadBaseline());
        Assert.Single(_store.ReadDevices(new DeviceQuery()));

        _store.SaveSnapshot(Snapshot([]));
        Assert.Equal(new Baseline { Partnerships = 0, Mailboxes = 0, ManagedDevices = 0, Users = 0, IncludedUsers = null, ExcludedUsers = 0 }, _store.ReadBaseline());
        Assert.Empty(_store.ReadDevices(new DeviceQuery()));
    }

    [Fact]
    public void A_read_that_a_run_was_held_on_is_looked_at_and_not_measured_by()
    {
        _store.SaveSnapshot(Many(20, "OLD"), asBaseline: true);
        _store.SaveSnapshot(Many(3, "NEW"), asBaseline: false);
        Assert.Equal(20, _store.ReadBaseline()?.Partnerships);
        Assert.Equal(3, _store.ReadDevices(new DeviceQuery()).Count());
    }

    [Fact]
    public void A_mailbox_that_was_written_since_the_read_is_kept_as_it_is_now()
    {
        var mailbox = Mailbox(1);
        var now = mailbox with { AllowedDeviceIds = ["AB12"] };
        var snapshot = Snapshot([Assessments.Make(Partnership(10, "AB12", mailbox), mailbox)]);
        _store.SaveSnapshot(snapshot with { Written = new Dictionary<Guid, Mailbox> { [mailbox.Id] = now } });
        Assert.Equal(["AB12"], _store.ReadCase("user1@contoso.com", "AB12")?.Exchange.Mailboxes[0].AllowedDeviceIds);
    }

    [Fact]
    public void An_answer_that_is_being_read_is_not_disturbed_by_the_next_read()
    {
        _store.SaveSnapshot(Many(200, "OLD"));
        var seen = 0;
        foreach (var device in _store.ReadDevices(new DeviceQuery()))
        {
            if (seen++ == 5) _store.SaveSnapshot(Many(3, "NEW", Noon.AddHours(1)));
            Assert.StartsWith("OLD", device.DeviceId, StringComparison.Ordinal);
            Assert.Equal(Noon, device.AsOf);
        }

        Assert.Equal(200, seen);
        Assert.Equal(3, _store.ReadDevices(new DeviceQuery()).Count());
    }

    [Fact]
    public void A_snapshot_that_fails_half_way_leaves_the_old_one()
    {
        _store.SaveSnapshot(Many(20, "OLD"));
        StateFiles.Execute(_folder.File("state.db"), "CREATE TRIGGER broken BEFORE INSERT ON managed_device WHEN new.id = 'm29' BEGIN SELECT RAISE(ABORT, 'injected'); END");
        Assert.Throws<ConnectorException>(() => _store.SaveSnapshot(Many(30, "NEW")));

        Assert.Equal(20, _store.ReadBaseline()?.Partnerships);
        Assert.All(_store.ReadDevices(new DeviceQuery()), device => Assert.StartsWith("OLD", device.DeviceId, StringComparison.Ordinal));
        Assert.NotNull(_store.ReadCase("user20@contoso.com", "OLD19"));
        StateFiles.Execute(_folder.File("state.db"), "DROP TRIGGER broken");
        _store.SaveSnapshot(Many(30, "NEW"));
        Assert.Equal(30, _store.ReadDevices(new DeviceQuery()).Count());
    }
}
