using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class EntryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStateStore _store;

    public EntryTests() => _store = SqliteStateStore.Open(_folder.File("state.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Before_the_first_read_there_is_nothing_to_answer_from()
    {
        Assert.Equal(ErrorIds.NoSnapshot, Assert.Throws<ConnectorException>(() => _store.ReadEntries(new ExemptionQuery())).ErrorId);
        Assert.False(_store.HasMailbox("user1@contoso.com"));
    }

    [Fact]
    public void Entries_of_mailboxes_without_a_device_are_there_too_ordered_by_mailbox_id_and_list()
    {
        var owner = Mailbox(1, "zoe@contoso.com") with { AllowedDeviceIds = ["b2", "A1"], BlockedDeviceIds = ["a1"] };
        var lonely = Mailbox(2, "Adam@contoso.com") with { BlockedDeviceIds = ["GONE"] };
        Save(Noon, [owner, lonely, Mailbox(3)], (10, "A1", owner));

        Assert.Equal(
            ["Adam@contoso.com GONE Blocked False", "zoe@contoso.com A1 Allowed True", "zoe@contoso.com a1 Blocked True", "zoe@contoso.com b2 Allowed False"],
            Entries().Select(entry => $"{entry.Mailbox} {entry.DeviceId} {entry.List} {entry.DeviceExists}"));
        Assert.All(Entries(), entry => Assert.Equal((EntryOwner.Administrator, Noon), (entry.Owner, entry.AsOf)));
        Assert.Equal(lonely.Id, Entries()[0].MailboxId);
    }

    [Fact]
    public void Every_mailbox_that_was_read_is_known_by_its_names()
    {
        Save(Noon, [Mailbox(1), Mailbox(3, "plain@contoso.com", "other@contoso.com")]);
        Assert.All(new[] { "PLAIN@contoso.com", "other@contoso.com", " contoso.com/Staff/User 3 ", "{00000003-0000-0000-0000-000000000001}" }, name => Assert.True(_store.HasMailbox(name), name));
        Assert.All(new[] { "nobody@contoso.com", "plain", "%", string.Empty }, name => Assert.False(_store.HasMailbox(name), name));
    }

    [Fact]
    public void Filters_select_alone_and_together()
    {
        var one = Mailbox(1) with { AllowedDeviceIds = ["A1", "B2"], BlockedDeviceIds = ["C3"] };
        var two = Mailbox(2) with { AllowedDeviceIds = ["a1"] };
        Save(Noon, [one, two], (10, "a1", one));
        Write(Entry(1, "b2"));

        Assert.Equal(["A1", "a1"], Ids(new ExemptionQuery { DeviceId = "A1" }));
        Assert.Equal(["A1", "B2", "C3"], Ids(new ExemptionQuery { Mailbox = "USER1@contoso.com" }));
        Assert.Equal(["a1"], Ids(new ExemptionQuery { Mailbox = Id(2).ToString(), DeviceId = "A1" }));
        Assert.Equal(["C3"], Ids(new ExemptionQuery { List = EntryList.Blocked }));
        Assert.Equal(["B2"], Ids(new ExemptionQuery { Owner = EntryOwner.Connector }));
        Assert.Equal(["A1", "C3", "a1"], Ids(new ExemptionQuery { Owner = EntryOwner.Administrator }));
        Assert.Equal(["A1"], Ids(new ExemptionQuery { DeviceExists = true }));
        Assert.Equal(["B2", "a1"], Ids(new ExemptionQuery { DeviceExists = false, List = EntryList.Allowed }));
        Assert.Empty(Ids(new ExemptionQuery { Mailbox = "' OR 1=1 --" }));
    }

    [Fact]
    public void What_stood_there_at_the_first_read_has_no_beginning_and_what_came_later_has_its_first_read()
    {
        var mailbox = Mailbox(1);
        Save(Noon, [mailbox with { AllowedDeviceIds = ["OLD"] }]);
        Save(Noon.AddHours(1), [mailbox with { AllowedDeviceIds = ["OLD", "NEW"] }]);
        Save(Noon.AddHours(2), [mailbox with { AllowedDeviceIds = ["old", "new"] }]);
        Assert.Equal([("new", Noon.AddHours(1)), ("old", null)], Entries().Select(entry => (entry.DeviceId, entry.Since)));

        Save(Noon.AddHours(3), [mailbox with { AllowedDeviceIds = ["NEW"], BlockedDeviceIds = ["NEW"] }]);
        Save(Noon.AddHours(4), [mailbox with { AllowedDeviceIds = ["NEW", "OLD"] }]);
        Assert.Equal([("NEW", Noon.AddHours(1)), ("OLD", Noon.AddHours(4))], Entries().Select(entry => (entry.DeviceId, entry.Since)));
    }

    [Fact]
    public void The_first_read_may_see_no_entry_at_all()
    {
        Save(Noon, [Mailbox(1)]);
        Save(Noon.AddHours(1), [Mailbox(1) with { BlockedDeviceIds = ["NEW"] }]);
        Assert.Equal(Noon.AddHours(1), Assert.Single(Entries()).Since);
    }

    [Fact]
    public void An_entry_of_ours_is_as_old_as_its_writing()
    {
        Save(Noon.AddHours(5), [Mailbox(1) with { AllowedDeviceIds = ["ab12"], BlockedDeviceIds = ["AB12"] }]);
        Write(Entry(1, "AB12", at: Noon.AddHours(2)));
        Assert.Equal([(EntryList.Allowed, EntryOwner.Connector, Noon.AddHours(2)), (EntryList.Blocked, EntryOwner.Administrator, null)], Entries().Select(entry => (entry.List, entry.Owner, entry.Since)));
    }

    [Fact]
    public void A_mailbox_that_was_written_since_the_read_is_kept_as_it_is_now()
    {
        var mailbox = Mailbox(1) with { AllowedDeviceIds = ["OLD"] };
        _store.SaveSnapshot(SnapshotOf(Noon, [mailbox]) with { Written = new Dictionary<Guid, Mailbox> { [mailbox.Id] = mailbox with { AllowedDeviceIds = ["NEW"] } } });
        Assert.Equal(["NEW"], Ids(new ExemptionQuery()));
    }

    [Fact]
    public void Lists_that_a_command_changed_are_answered_from_at_once()
    {
        var mailbox = Mailbox(1) with { AllowedDeviceIds = ["A1", "B2"], BlockedDeviceIds = ["C3"] };
        var other = Mailbox(2) with { AllowedDeviceIds = ["A1"] };
        Save(Noon, [mailbox, other], (10, "A1", mailbox));
        _store.UpdateLists([mailbox with { AllowedDeviceIds = ["b2", "D4"], BlockedDeviceIds = [] }, Mailbox(77)], Noon.AddHours(1));

        Assert.Equal([("b2", null), ("D4", Noon.AddHours(1)), ("A1", null)], Entries().Select(entry => (entry.DeviceId, entry.Since)));
        Assert.Equal(["b2", "D4"], _store.ReadCase("user1@contoso.com", "A1")?.Exchange.Mailboxes[0].AllowedDeviceIds);

        Save(Noon.AddHours(2), [mailbox with { AllowedDeviceIds = ["D4"] }]);
        Assert.Equal([("C3", (DateTimeOffset?)Noon.AddHours(2)), ("D4", Noon.AddHours(1))], Entries().Select(entry => (entry.DeviceId, entry.Since)));
    }

    [Fact]
    public void A_device_that_was_removed_is_answered_from_no_more()
    {
        var mailbox = Mailbox(1) with { AllowedDeviceIds = ["A1"] };
        Save(Noon, [mailbox], (10, "A1", mailbox), (11, "B2", mailbox));
        _store.ForgetDevices([Id(10), Id(99)]);
        Assert.Equal("B2", Assert.Single(_store.ReadDevices(new DeviceQuery())).DeviceId);
        Assert.False(Assert.Single(Entries()).DeviceExists);
    }

    [Theory]
    [MemberData(nameof(Samples.HostileTexts), MemberType = typeof(Samples))]
    public void Hostile_text_comes_back_as_it_was(string text)
    {
        var mailbox = Mailbox(1) with { PrimarySmtpAddress = text, Identity = text, AllowedDeviceIds = [text, "KEEP"] };
        Save(Noon, [mailbox]);
        _store.UpdateLists([mailbox], Noon.AddHours(1));
        Assert.Equal(new[] { Stored(text), "KEEP" }.Order(StringComparer.Ordinal), Ids(new ExemptionQuery()).Order(StringComparer.Ordinal));
        Assert.Equal(Stored(text), Assert.Single(_store.ReadEntries(new ExemptionQuery { DeviceId = text })).DeviceId);
        _store.UpdateLists([mailbox with { AllowedDeviceIds = ["KEEP"] }], Noon.AddHours(2));
        Assert.Equal(["KEEP"], Ids(new ExemptionQuery()));
    }

    [Fact]
    public void A_hundred_thousand_entries_are_given_one_by_one_and_an_answer_is_not_disturbed_by_the_next_read()
    {
        var mailboxes = Enumerable.Range(1, 25_000).Select(number => Mailbox(number) with { AllowedDeviceIds = [$"A{number}", $"B{number}"], BlockedDeviceIds = [$"C{number}", $"D{number}"] }).ToList();
        Save(Noon, mailboxes);
        var seen = 0;
        foreach (var entry in _store.ReadEntries(new ExemptionQuery()))
        {
            if (seen++ == 10) Save(Noon.AddHours(1), [Mailbox(1) with { AllowedDeviceIds = ["ONLY"] }]);
            Assert.Equal(Noon, entry.AsOf);
        }

        Assert.Equal(100_000, seen);
        Assert.Equal(["ONLY"], Ids(new ExemptionQuery()));
    }

    [Fact]
    public void A_command_for_single_objects_is_no_sync()
    {
        _store.FinishRun(Run(1, SyncKind.Quick, SyncStatus.Succeeded, minute: 1));
        _store.FinishRun(Run(2, SyncKind.Command, SyncStatus.Failed, minute: 2));
        Assert.Equal(Id(1), _store.ReadLastSync()?.RunId);
        Assert.Equal(Id(2), _store.ReadRuns(1, null, includeChanges: false)[0].RunId);
        Assert.Null(_store.ReadLastSuccess(SyncKind.Full));
    }

    private static RunSnapshot SnapshotOf(DateTimeOffset asOf, IReadOnlyList<Mailbox> mailboxes, params (int Number, string DeviceId, Mailbox Owner)[] devices)
    {
        var snapshot = Snapshot([.. devices.Select(device => Assessments.Make(Partnership(device.Number, device.DeviceId, device.Owner), device.Owner))], asOf: asOf);
        return snapshot with { Exchange = snapshot.Exchange with { Mailboxes = mailboxes } };
    }

    private void Save(DateTimeOffset asOf, IReadOnlyList<Mailbox> mailboxes, params (int Number, string DeviceId, Mailbox Owner)[] devices) =>
        _store.SaveSnapshot(SnapshotOf(asOf, mailboxes, devices));

    private void Write(LedgerEntry entry)
    {
        _store.FinishRun(Run(1));
        _store.Settle(Change(1, 1, ChangeOutcome.Applied), [entry], []);
    }

    private List<ConnectorExemption> Entries() => [.. _store.ReadEntries(new ExemptionQuery())];

    private List<string> Ids(ExemptionQuery query) => [.. _store.ReadEntries(query).Select(entry => entry.DeviceId)];
}
