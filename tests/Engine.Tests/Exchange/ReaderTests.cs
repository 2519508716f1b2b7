using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public enum LiveAccessState
{
    Unknown,
    Allowed,
    Blocked,
}

public sealed class LiveIdentity
{
    public string DistinguishedName { get; init; } = string.Empty;

    public string Text { get; init; } = string.Empty;

    public override string ToString() => Text;
}

public sealed class ReaderTests
{
    private static readonly Guid s_id = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_partnership_reads_the_same_live_and_travelled(bool travelled)
    {
        var read = Partnership(travelled, Device());
        Assert.Equal(s_id, read.Id);
        Assert.Equal("contoso.com/Users/Jane Doe/ExchangeActiveSyncDevices/iPhone§ABC", read.Identity);
        Assert.Equal("CN=Jane\\, Doe,OU=Users,DC=contoso,DC=com", read.OwnerDistinguishedName);
        Assert.Equal("contoso.com/Users/Jane Doe", read.OwnerCanonicalName);
        Assert.Equal("ABC", read.DeviceId.Value);
        Assert.Equal("iPhone", read.DeviceType);
        Assert.Equal("iPhone14C5", read.DeviceModel);
        Assert.Null(read.FriendlyName);
        Assert.Equal(ExchangeAccessState.Blocked, read.AccessState);
        Assert.Equal(ExchangeAccessReason.Individual, read.AccessReason);
        Assert.Equal(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero), read.FirstSync);
        Assert.Equal(new DateTimeOffset(2026, 6, 6, 7, 8, 9, TimeSpan.Zero), read.WhenChanged);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_of_foreign_types_are_read_by_their_text_or_number(bool travelled)
    {
        var identity = new LiveIdentity { Text = "contoso.com/Users/Jane/ExchangeActiveSyncDevices/x", DistinguishedName = "CN=x,CN=ExchangeActiveSyncDevices,CN=Jane,DC=contoso,DC=com" };
        var read = Partnership(travelled, Device(
            ("Identity", identity), ("DistinguishedName", null), ("DeviceAccessState", LiveAccessState.Allowed), ("DeviceAccessStateReason", 3),
            ("DeviceAccessControlRule", new LiveIdentity { Text = "iPhone (DeviceType)" }), ("Guid", s_id.ToString("B"))));
        Assert.Equal(s_id, read.Id);
        Assert.Equal("contoso.com/Users/Jane", read.OwnerCanonicalName);
        Assert.Equal("CN=Jane,DC=contoso,DC=com", read.OwnerDistinguishedName);
        Assert.Equal(ExchangeAccessState.Allowed, read.AccessState);
        Assert.Equal(ExchangeAccessReason.DeviceRule, read.AccessReason);
        Assert.Equal("iPhone (DeviceType)", read.AccessRule);
    }

    [Theory]
    [InlineData("CommandFrequency", ExchangeAccessReason.Other)]
    [InlineData("upgrade", ExchangeAccessReason.Upgrade)]
    [InlineData("", ExchangeAccessReason.Unknown)]
    [InlineData(null, ExchangeAccessReason.Unknown)]
    [InlineData("17", ExchangeAccessReason.Other)]
    public void Reasons_are_an_open_list(string? word, ExchangeAccessReason expected)
    {
        var read = Partnership(false, Device(("DeviceAccessStateReason", word)));
        Assert.Equal(expected, read.AccessReason);
        Assert.Equal(string.IsNullOrEmpty(word) ? null : word, read.AccessReasonText);
    }

    [Theory]
    [InlineData("Jane\\ExchangeActiveSyncDevices\\iPhone§A", null)]
    [InlineData("contoso.com/U/Jane/ExchangeActiveSyncDevices/x/ExchangeActiveSyncDevices/y", "contoso.com/U/Jane")]
    public void The_owner_is_what_stands_before_the_first_container(string identity, string? owner) =>
        Assert.Equal(owner, Partnership(false, Device(("Identity", identity))).OwnerCanonicalName);

    [Theory]
    [InlineData("CN=a\\,CN=ExchangeActiveSyncDevices\\,CN=Boss\\,DC=x,CN=ExchangeActiveSyncDevices,CN=Jane,DC=contoso,DC=com", "CN=Jane,DC=contoso,DC=com")]
    [InlineData("CN=Jane,OU=Users,DC=contoso,DC=com", null)]
    public void A_device_cannot_name_another_owner_in_its_own_words(string name, string? owner) =>
        Assert.Equal(owner, Partnership(false, Device(("DistinguishedName", name))).OwnerDistinguishedName);

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_come_in_many_shapes(object? value, string[] expected)
    {
        Assert.Equal(expected, Mailbox(false, MailboxRow(("ActiveSyncAllowedDeviceIDs", value))).AllowedDeviceIds);
        Assert.Equal(expected, Mailbox(true, MailboxRow(("ActiveSyncAllowedDeviceIDs", value))).AllowedDeviceIds);
    }

    public static IEnumerable<TheoryDataRow<object?, string[]>> Lists() =>
    [
        new(null, []),
        new("A", ["A"]),
        new(new[] { "A", "b" }, ["A", "b"]),
        new(new ArrayList { "A", "b" }, ["A", "b"]),
        new(new List<object> { new LiveIdentity { Text = "A" } }, ["A"]),
        new(Array.Empty<string>(), []),
    ];

    [Fact]
    public void A_mailbox_reads_the_same_live_and_travelled()
    {
        foreach (var travelled in new[] { false, true })
        {
            var read = Mailbox(travelled, MailboxRow());
            Assert.Equal(s_id, read.Id);
            Assert.Equal("jane@contoso.com", read.PrimarySmtpAddress);
            Assert.Equal(["jane@contoso.com", "j.doe@contoso.com", "plain@contoso.com"], read.SmtpAddresses);
            Assert.False(read.ActiveSyncEnabled);
            Assert.Equal(["BAD"], read.BlockedDeviceIds);
            Assert.Equal("Default", read.MailboxPolicy);
            Assert.Equal("jane", read.SamAccountName);
        }
    }

    [Fact]
    public void A_list_that_did_not_travel_is_not_an_empty_list()
    {
        var row = MailboxRow();
        row.Properties.Remove("ActiveSyncBlockedDeviceIDs");
        Assert.Throws<InvalidDataException>(() => Mailbox(false, row));
    }

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    [InlineData(DateTimeKind.Local)]
    public void Instants_are_utc_whatever_their_kind(DateTimeKind kind)
    {
        DateTime utc = new(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        var value = kind == DateTimeKind.Local ? utc.ToLocalTime() : DateTime.SpecifyKind(utc, kind);
        Assert.Equal(new DateTimeOffset(utc), Partnership(false, Device(("FirstSyncTime", value))).FirstSync);
        Assert.Equal(new DateTimeOffset(utc), Partnership(true, Device(("FirstSyncTime", value))).FirstSync);
    }

    [Theory]
    [InlineData("2026-05-06T07:08:09Z", true)]
    [InlineData("2026-05-06 07:08:09", true)]
    [InlineData("5/6/2026 7:08:09 AM", false)]
    public void A_date_in_text_is_read_only_where_it_cannot_be_misread(string text, bool read) =>
        Assert.Equal(read ? new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero) : null, Partnership(false, Device(("FirstSyncTime", text))).FirstSync);

    [Fact]
    public void A_row_that_cannot_be_read_is_kept_under_its_identity()
    {
        List<int> progress = [];
        BulkRead<EasPartnership> bulk = new(PartnershipReader.Read, new Reports(progress));
        bulk.Add(Device(("Guid", "no guid")));
        bulk.Add(Device());
        PSObject broken = new();
        broken.Properties.Add(new PSScriptProperty("Guid", ScriptBlock.Create("throw 'gone'")));
        bulk.Add(broken);
        var read = bulk.End(new("Get-MobileDevice", "ex1", new([], [])));
        Assert.Single(read.Rows);
        Assert.Equal(2, read.Unreadable.Count);
        Assert.Contains("iPhone§ABC", read.Unreadable[0].Identity, StringComparison.Ordinal);
        Assert.Equal("Guid is no Guid.", read.Unreadable[0].Cause);
        Assert.Equal([3], progress);
    }

    [Fact]
    public void Progress_comes_every_500_rows_and_at_the_end()
    {
        List<int> progress = [];
        BulkRead<EasPartnership> bulk = new(PartnershipReader.Read, new Reports(progress));
        for (var i = 0; i < 1_200; i++) bulk.Add(Device());
        bulk.End(new("Get-MobileDevice", "ex1", new([], [])));
        Assert.Equal([500, 1_000, 1_200], progress);
    }

    [Theory]
    [InlineData("There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.", true)]
    [InlineData("Es sind weitere Ergebnisse verfügbar. Erhöhen Sie den Wert für den Parameter \"ResultSize\".", true)]
    [InlineData("By default, only the first 1000 items are returned.", true)]
    [InlineData("Micro delay applied. Actual delayed: 21956 msecs", false)]
    public void A_warning_that_the_answer_was_cut_makes_the_read_incomplete(string warning, bool cut)
    {
        BulkRead<EasPartnership> bulk = new(PartnershipReader.Read, null);
        Assert.Equal(cut ? warning : null, bulk.End(new("Get-MobileDevice", "ex1", new([warning], []))).ToRead().Incomplete);
    }

    [Fact]
    public void An_error_in_the_midst_makes_the_read_incomplete()
    {
        BulkRead<EasPartnership> bulk = new(PartnershipReader.Read, null);
        Assert.Equal("broken", bulk.End(new("Get-MobileDevice", "ex1", new([], [new(ExchangeFaultKind.Other, "broken")]))).ToRead().Incomplete);
    }

    [Fact]
    public void Settings_and_rules_are_read_or_refused()
    {
        var settings = OrganizationReader.ReadSettings(new(FakeExchange.Row(("DefaultAccessLevel", "quarantine"), ("UserMailInsert", ""))));
        Assert.Equal(ExchangeAccessLevel.Quarantine, settings.DefaultAccessLevel);
        Assert.Null(settings.UserMailInsert);
        var rule = OrganizationReader.ReadRule(new(FakeExchange.Row(("Guid", s_id), ("Name", "iPhone (DeviceType)"), ("Characteristic", "DeviceType"), ("QueryString", "iPhone"), ("AccessLevel", "Block"))));
        Assert.Equal((RuleCharacteristic.DeviceType, "iPhone", ExchangeAccessLevel.Block), (rule.Characteristic, rule.QueryString, rule.AccessLevel));
        Assert.Equal(RuleCharacteristic.Unknown, OrganizationReader.ReadRule(new(FakeExchange.Row(("Guid", s_id), ("Characteristic", "XMSWLHeader"), ("AccessLevel", "Block")))).Characteristic);
        Assert.Throws<InvalidDataException>(() => OrganizationReader.ReadSettings(new(FakeExchange.Row(("DefaultAccessLevel", "Maybe")))));
    }

    [Theory]
    [InlineData("CN=EX1,CN=Servers,CN=Group,CN=Administrative Groups,CN=Con\\,toso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com", "CN=Con\\,toso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com")]
    [InlineData("CN=EX1,OU=Servers,DC=contoso,DC=com", null)]
    [InlineData(null, null)]
    public void The_organisation_is_the_container_that_its_servers_lie_in(string? server, string? organization) =>
        Assert.Equal(organization, OrganizationReader.OrganizationOf(new(FakeExchange.Row(("DistinguishedName", server)))));

    [Fact]
    public void Frequent_texts_are_one_object()
    {
        TextPool pool = new();
        var first = pool.Share(new string('i', 6));
        Assert.Same(first, pool.Share(new string('i', 6)));
        Assert.NotSame(first, pool.Share(new string('I', 6)));
        for (var i = 0; i < 10_000; i++) Assert.Equal($"model {i}", pool.Share($"model {i}"));
        Assert.Null(pool.Share(null));
    }

    private static EasPartnership Partnership(bool travelled, PSObject row) => PartnershipReader.Read(new(travelled ? FakeExchange.Travelled(row) : row), new());

    private static Mailbox Mailbox(bool travelled, PSObject row) => MailboxReader.Read(new(travelled ? FakeExchange.Travelled(row) : row), new());

    private static PSObject Device(params (string Name, object? Value)[] other) => With(other,
        ("Guid", s_id), ("Identity", "contoso.com/Users/Jane Doe/ExchangeActiveSyncDevices/iPhone§ABC"),
        ("DistinguishedName", "CN=iPhone§ABC,CN=ExchangeActiveSyncDevices,CN=Jane\\, Doe,OU=Users,DC=contoso,DC=com"),
        ("DeviceId", "ABC"), ("DeviceType", "iPhone"), ("DeviceModel", "iPhone14C5"), ("DeviceOS", "iOS 17.4.1 21E236"), ("DeviceUserAgent", "Apple-iPhone14C5/2105.236"),
        ("FriendlyName", ""), ("DeviceAccessState", "Blocked"), ("DeviceAccessStateReason", "Individual"), ("DeviceAccessControlRule", null),
        ("FirstSyncTime", new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc)), ("WhenChangedUTC", new DateTime(2026, 6, 6, 7, 8, 9, DateTimeKind.Utc)));

    private static PSObject MailboxRow(params (string Name, object? Value)[] other) => With(other,
        ("Guid", s_id), ("Identity", "contoso.com/Users/Jane Doe"), ("DistinguishedName", "CN=Jane Doe,OU=Users,DC=contoso,DC=com"), ("DisplayName", "Jane Doe"),
        ("PrimarySmtpAddress", "jane@contoso.com"), ("SamAccountName", "jane"), ("ActiveSyncEnabled", false), ("ActiveSyncMailboxPolicy", "Default"),
        ("EmailAddresses", new[] { "SMTP:jane@contoso.com", "smtp:j.doe@contoso.com", "X500:/o=Contoso", "SIP:jane@contoso.com", "plain@contoso.com" }),
        ("ActiveSyncAllowedDeviceIDs", null), ("ActiveSyncBlockedDeviceIDs", new[] { "BAD" }));

    private static PSObject With((string Name, object? Value)[] other, params (string Name, object? Value)[] properties) =>
        FakeExchange.Row([.. properties.Where(property => other.All(changed => changed.Name != property.Name)), .. other]);

    private sealed class Reports(List<int> seen) : IProgress<int>
    {
        public void Report(int value) => seen.Add(value);
    }
}
