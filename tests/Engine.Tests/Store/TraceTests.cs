using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Devices;
using IntuneExchangeConnector.Engine.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class TraceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStateStore _store;

    public TraceTests() => _store = SqliteStateStore.Open(_folder.File("state.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Before_the_first_read_there_is_nothing_to_answer_from() =>
        Assert.Equal(ErrorIds.NoSnapshot, Assert.Throws<ConnectorException>(() => _store.ReadTraces(new DeviceQuery())).ErrorId);

    [Fact]
    public void Only_mailboxes_with_several_partnerships_are_looked_at_and_a_trace_is_what_was_read()
    {
        Save(new AccessPolicy { Enabled = true }, [("OLD", 1, 1), ("NEW", 1, 2), ("LONE", 2, 3)], []);

        var traces = _store.ReadTraces(new DeviceQuery()).ToList();

        Assert.Equal(["NEW", "OLD"], traces.Select(static trace => trace.DeviceId.Value));
        Assert.Equal(
            new IdTrace
            {
                PartnershipId = Id(12),
                MailboxId = Id(1),
                DeviceId = new EasDeviceId("NEW"),
                DeviceType = "iPhone",
                DeviceModel = "iPhone15C2",
                DeviceOS = "iOS 17.4",
                FirstSync = Noon.AddDays(2),
                WhenChanged = Noon.AddDays(2),
            },
            traces[0]);
    }

    [Theory]
    [InlineData("user1@contoso.com", null, 2)]
    [InlineData("USER2@contoso.com", null, 2)]
    [InlineData(null, "c3", 2)]
    [InlineData("user1@contoso.com", "C3", 0)]
    [InlineData(null, "%", 0)]
    [InlineData(null, null, 4)]
    public void A_mailbox_is_asked_for_whole_whatever_else_is_filtered(string? mailbox, string? device, int expected)
    {
        Save(new AccessPolicy { Enabled = true }, [("A1", 1, 1), ("B2", 1, 2), ("C3", 2, 3), ("D4", 2, 4)], []);

        Assert.Equal(expected, _store.ReadTraces(new DeviceQuery { Mailbox = mailbox, DeviceId = device, Reasons = [AccessReason.Compliant] }).Count());
    }

    public static TheoryData<string, bool, DeviceJoin> Joins()
    {
        var rows = new TheoryData<string, bool, DeviceJoin>();
        foreach (var policy in new[] { "enabled", "disabled", "excluded" })
        {
            rows.Add(policy, true, DeviceJoin.Matched);
            rows.Add(policy, false, DeviceJoin.OtherUser);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public void Whose_a_managed_device_is_is_known_whatever_rule_decided(string what, bool own, DeviceJoin expected)
    {
        var policy = new AccessPolicy { Enabled = what != "disabled", IncludedGroups = [AccessPolicy.AllUsers] };
        Save(policy, [("A1", 1, 1), ("B2", 1, 2)], [Managed("m1", "b2", own ? Id(101) : Id(102))], excluded: what == "excluded");

        var traces = _store.ReadTraces(new DeviceQuery()).ToList();

        Assert.Equal([DeviceJoin.None, expected], traces.Select(trace => trace.IsJoinOpen ? _store.SettleJoin(trace).Join : trace.Join));
        Assert.All(traces, trace => Assert.False(_store.SettleJoin(trace).IsJoinOpen));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Another_users_managed_device_is_no_changed_id_though_no_rule_asked_whose_it_is(bool own, int expected)
    {
        Save(new AccessPolicy { Enabled = false }, [("OLD", 1, 1), ("NEW", 1, 30), ("OTHER", 2, 1)], [Managed("m1", "NEW", own ? Id(101) : Id(102))]);

        var index = new IdChangeIndex(_store, new DeviceQuery());

        Assert.Equal((expected, expected == 1), (index.Of(Id(12)).Count, index.IsPossible(Id(12))));
    }

    [Fact]
    public void A_changed_id_is_found_on_both_sides_and_statistics_outweigh_the_directory()
    {
        Save(new AccessPolicy { Enabled = true, IncludedGroups = [AccessPolicy.AllUsers] }, [("OLD", 1, 1), ("NEW", 1, 30), ("OLD2", 2, 1)], [Managed("m1", "NEW", Id(101))]);

        var byDirectory = new IdChangeIndex(_store, new DeviceQuery());
        Assert.Equal("OLD -> NEW", Assert.Single(byDirectory.Of(Id(11))).ToString());
        Assert.Same(byDirectory.Of(Id(11))[0], byDirectory.Of(Id(12))[0]);
        Assert.Empty(byDirectory.Of(Id(13)));
        Assert.True(byDirectory.IsPossible(Id(11)) && byDirectory.IsPossible(Id(12)) && !byDirectory.IsPossible(Id(13)));

        var devices = _store.ReadDevices(new DeviceQuery { Mailbox = "user1@contoso.com" }).Select(byDirectory.Mark).ToDictionary(static device => device.DeviceId);
        Assert.Equal((null, "NEW"), (devices["OLD"].Replaces, devices["OLD"].ReplacedBy));
        Assert.Equal(("OLD", null), (devices["NEW"].Replaces, devices["NEW"].ReplacedBy));

        var used = new DeviceStatistics { DeviceId = "OLD", LastSuccessSync = Noon.AddDays(60) };
        Assert.Empty(new IdChangeIndex(_store, new DeviceQuery(), new Dictionary<Guid, DeviceStatistics> { [Id(11)] = used }).Of(Id(11)));
        var silent = used with { LastSuccessSync = Noon.AddDays(29) };
        Assert.Equal(SilenceProof.Statistics, Assert.Single(new IdChangeIndex(_store, new DeviceQuery(), new Dictionary<Guid, DeviceStatistics> { [Id(11)] = silent }).Of(Id(12))).Silence);
    }

    // Mailbox n belongs to user 100 + n; a phone is its id, its mailbox and the day of its first sync.
    private void Save(AccessPolicy policy, (string Id, int Mailbox, int Day)[] phones, ManagedDevice[] managed, bool excluded = false)
    {
        var mailboxes = phones.Select(static phone => phone.Mailbox).Distinct().Select(static number => Mailbox(number)).ToList();
        var exchange = new ExchangeSnapshot
        {
            Partnerships = [.. phones.Select((phone, i) => Partnership(11 + i, phone.Id, Mailbox(phone.Mailbox)) with
            {
                DeviceModel = "iPhone15C2",
                DeviceOS = "iOS 17.4",
                FirstSync = Noon.AddDays(phone.Day),
                WhenChanged = Noon.AddDays(phone.Day),
            })],
            Mailboxes = mailboxes,
            Settings = new OrganizationAccessSettings { DefaultAccessLevel = ExchangeAccessLevel.Allow },
            Rules = [],
        };
        var tenant = new TenantSnapshot
        {
            ManagedDevices = managed,
            Users = [.. mailboxes.Select((mailbox, i) => User(101 + i, mailbox))],
            IncludedUsers = null,
            ExcludedUsers = excluded ? [Id(101)] : [],
        };
        var plan = PlanBuilder.Build(new PlanInput { Exchange = exchange, Tenant = tenant, Policy = policy, Ledger = new Ledger([]), Now = Noon });
        _store.SaveSnapshot(new RunSnapshot { AsOf = Noon, Exchange = exchange, Tenant = tenant, Assessments = plan.Assessments }, asBaseline: true);
    }
}
