using System;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class GraphRowsTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    private readonly GraphRows _rows = new([AccessPolicy.IntunePlan, new Guid(Id)]);

    [Fact]
    public void A_managed_device_keeps_everything_a_decision_needs()
    {
        var (device, fault) = Device($$"""
            {"id":"d1","userId":"{{Id}}","userPrincipalName":"jane@contoso.com","easDeviceId":"ABC123","easActivated":true,
             "complianceState":"inGracePeriod","operatingSystem":"iOS","deviceName":"Jane's iPhone","model":"iPhone 15",
             "lastSyncDateTime":"2026-11-01T23:30:00.1234567+02:00","unexpected":{"x":1} }
            """);

        Assert.Null(fault);
        Assert.Equal(
            new ManagedDevice
            {
                Id = "d1",
                UserId = new Guid(Id),
                UserPrincipalName = "jane@contoso.com",
                EasDeviceId = new EasDeviceId("ABC123"),
                EasActivated = true,
                Compliance = ComplianceState.InGracePeriod,
                OperatingSystem = "iOS",
                DeviceName = "Jane's iPhone",
                Model = "iPhone 15",
                LastSync = new DateTimeOffset(2026, 11, 1, 21, 30, 0, TimeSpan.Zero).AddTicks(1234567),
            },
            device);
    }

    [Theory]
    [InlineData("""{"id":"d1"}""")]
    [InlineData("""{"id":"d1","userId":null,"userPrincipalName":null,"easDeviceId":null,"easActivated":null,"complianceState":null,"operatingSystem":null,"deviceName":null,"model":null,"lastSyncDateTime":null}""")]
    [InlineData("""{"id":"d1","userId":"","lastSyncDateTime":"0001-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"d1","userId":"00000000-0000-0000-0000-000000000000","lastSyncDateTime":""}""")]
    public void What_is_missing_stays_missing(string json)
    {
        var (device, fault) = Device(json);

        Assert.Null(fault);
        Assert.Equal(new ManagedDevice { Id = "d1" }, device);
        Assert.True(device.EasDeviceId.IsEmpty);
    }

    [Theory]
    [InlineData("unknown", ComplianceState.Unknown)]
    [InlineData("compliant", ComplianceState.Compliant)]
    [InlineData("Compliant", ComplianceState.Compliant)]
    [InlineData("noncompliant", ComplianceState.NonCompliant)]
    [InlineData("conflict", ComplianceState.Conflict)]
    [InlineData("error", ComplianceState.Error)]
    [InlineData("inGracePeriod", ComplianceState.InGracePeriod)]
    [InlineData("configManager", ComplianceState.ConfigManager)]
    [InlineData("compliantWithRemarks", ComplianceState.Unknown)]
    [InlineData("", ComplianceState.Unknown)]
    [InlineData(null, ComplianceState.Unknown)]
    public void Compliance_is_taken_word_for_word(string? word, ComplianceState state) => Assert.Equal(state, GraphRows.Compliance(word));

    [Theory]
    [InlineData("""{}""", "id")]
    [InlineData("""{"id":""}""", "id")]
    [InlineData("""{"id":7}""", "id")]
    [InlineData("""{"id":"d1","userId":"nobody"}""", "userId")]
    [InlineData("""{"id":"d1","easDeviceId":["a"]}""", "easDeviceId")]
    [InlineData("""{"id":"d1","easActivated":"true"}""", "easActivated")]
    [InlineData("""{"id":"d1","complianceState":1}""", "complianceState")]
    [InlineData("""{"id":"d1","lastSyncDateTime":"yesterday"}""", "lastSyncDateTime")]
    [InlineData("""{"id":"d1","lastSyncDateTime":1762070400}""", "lastSyncDateTime")]
    [InlineData("""{"id":"d1","model":{}}""", "model")]
    public void A_device_with_a_broken_member_is_reported_and_not_used_by_halves(string json, string member) => Assert.Contains(member, Device(json).Fault);

    [Theory]
    [InlineData("""\ud83d""", "\ufffd")]
    [InlineData("""Jane's \udc00 phone\n\"\\\/\u0041\ud83d\ude00""", "Jane's \ufffd phone\n\"\\/A😀")]
    [InlineData("""Jörgs \ud83d Telefon""", "Jörgs \ufffd Telefon")]
    public void A_broken_character_in_what_is_only_shown_spoils_no_row(string written, string shown)
    {
        var (device, fault) = Device($$"""{"id":"d1","deviceName":"{{written}}","model":"{{written}}","userPrincipalName":"{{written}}","complianceState":"compliant"}""");

        Assert.Null(fault);
        Assert.Equal((shown, shown, shown, ComplianceState.Compliant), (device.DeviceName, device.Model, device.UserPrincipalName, device.Compliance));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("easDeviceId")]
    [InlineData("complianceState")]
    [InlineData("operatingSystem")]
    public void A_broken_character_in_what_decides_is_a_fault(string member) =>
        Assert.Contains(member, Device($$"""{"{{(member == "id" ? "x" : "id")}}":"d1","{{member}}":"a\ud83d"}""").Fault);

    [Theory]
    [InlineData("compliantWithRemarks", "compliantWithRemarks")]
    [InlineData("line\nbreak", "line break")]
    [InlineData("Unknown", null)]
    [InlineData("configManager", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_word_that_is_not_known_is_kept(string? word, string? kept) => Assert.Equal(kept, GraphRows.UnknownCompliance(word));

    [Fact]
    public void Hostile_text_is_data()
    {
        const string Name = "'; Remove-Item C:\\ #\u0000\u202e<script>";
        var (device, fault) = Device(JsonSerializer.Serialize(new { id = "d1", deviceName = Name, model = Name, easDeviceId = Name }));

        Assert.Null(fault);
        Assert.Equal((Name, Name, Name), (device.DeviceName, device.Model, device.EasDeviceId.Value));
    }

    [Fact]
    public void Models_and_systems_are_kept_once()
    {
        var first = Device("""{"id":"d1","model":"iPhone 15","operatingSystem":"iOS"}""").Device;
        var second = Device("""{"id":"d2","model":"iPhone 15","operatingSystem":"iOS"}""").Device;

        Assert.Same(first.Model, second.Model);
        Assert.Same(first.OperatingSystem, second.OperatingSystem);
    }

    [Fact]
    public void A_user_keeps_the_names_that_a_mailbox_is_joined_by()
    {
        var anchor = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var (user, fault) = User($$"""
            {"id":"{{Id}}","userPrincipalName":"jane@contoso.com","mail":"Jane@contoso.com",
             "proxyAddresses":["SMTP:jane@contoso.com","smtp:j.doe@contoso.com","SIP:jane@contoso.com","x500:/o=Contoso/cn=jane","smtp:","eum:1@x"],
             "onPremisesDistinguishedName":"CN=Doe\\, Jane,OU=Staff,DC=contoso,DC=com","onPremisesImmutableId":"{{Convert.ToBase64String(anchor.ToByteArray())}}",
             "onPremisesSamAccountName":"jdoe","onPremisesDomainName":"contoso.com","assignedPlans":[]}
            """);

        Assert.Null(fault);
        Assert.Equal(new Guid(Id), user.Id);
        Assert.Equal(["jane@contoso.com", "j.doe@contoso.com"], user.SmtpAddresses);
        Assert.Equal("CN=Doe\\, Jane,OU=Staff,DC=contoso,DC=com", user.OnPremisesDistinguishedName);
        Assert.Equal(anchor, user.OnPremisesObjectGuid);
        Assert.Equal(("jdoe", "contoso.com"), (user.OnPremisesSamAccountName, user.OnPremisesDomainName));
        Assert.False(user.IsLicensed);
    }

    [Fact]
    public void A_name_that_is_an_address_and_the_mail_too_is_kept_once()
    {
        var user = User($$"""{"id":"{{Id}}","mail":"jane@contoso.com","userPrincipalName":"jane@contoso.com","proxyAddresses":["SMTP:jane@contoso.com"]}""").User;

        Assert.Same(user.UserPrincipalName, Assert.Single(user.SmtpAddresses));
    }

    [Theory]
    [InlineData("""["\u0073mtp:j\u00f6rg@contoso.com"]""", "jörg@contoso.com")]
    [InlineData("""["smtp:jörg@contoso.com"]""", "jörg@contoso.com")]
    [InlineData("""["SmTp:山田@contoso.com","sm"]""", "山田@contoso.com")]
    public void An_address_is_found_however_it_is_spelled(string addresses, string expected) =>
        Assert.Equal([expected], User($$"""{"id":"{{Id}}","proxyAddresses":{{addresses}}}""").User.SmtpAddresses);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("jdoe@contoso.com")]
    [InlineData("not+base64+at+all+24c!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA")]
    public void An_anchor_that_is_no_guid_is_none(string? anchor) =>
        Assert.Null(User(JsonSerializer.Serialize(new { id = Id, onPremisesImmutableId = anchor })).User.OnPremisesObjectGuid);

    [Fact]
    public void Mail_counts_as_an_address_where_no_proxy_says_it() =>
        Assert.Equal(["jane@contoso.com"], User($$"""{"id":"{{Id}}","mail":"jane@contoso.com","proxyAddresses":null}""").User.SmtpAddresses);

    public static TheoryData<string, bool> Plans => new()
    {
        { Plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "Enabled"), true },
        { Plan("C1EC4A95-1F05-45B3-A911-AA3FA01094F5", "enabled"), true },
        { Plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "Warning"), true },
        { Plan(Id, "Enabled"), true },
        { Plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "Suspended"), false },
        { Plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "Deleted"), false },
        { Plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "LockedOut"), false },
        { Plan("22222222-1f05-45b3-a911-aa3fa01094f5", "Enabled"), false },
        { Plan("22222222-1f05-45b3-a911-aa3fa01094f5", "Enabled") + "," + Plan("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "Enabled"), true },
        { """{"servicePlanId":null,"capabilityStatus":"Enabled"}""", false },
        { """{"servicePlanId":"","capabilityStatus":"Enabled"}""", false },
        { """{"capability\u0053tatus":"\u0045nabled","assigned":{"at":["x"]},"servicePlanId":"c1ec4a95-1f05-45b3-a911-aa3fa01094f5"}""", true },
        { "{}", false },
        { "", false },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void One_working_plan_of_the_policy_is_a_licence(string plans, bool licensed)
    {
        var (user, fault) = User($$"""{"id":"{{Id}}","assignedPlans":[{{plans}}]}""");

        Assert.Null(fault);
        Assert.Equal(licensed, user.IsLicensed);
    }

    [Theory]
    [InlineData("""{"userPrincipalName":"x@y"}""", "id")]
    [InlineData("""{"id":"jane"}""", "id")]
    [InlineData($$"""{"id":"{{Id}}","proxyAddresses":"smtp:x@y"}""", "proxyAddresses")]
    [InlineData($$"""{"id":"{{Id}}","proxyAddresses":[1]}""", "proxyAddresses")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":{} }""", "assignedPlans")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":["x"]}""", "no object")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":[{"servicePlanId":"x","capabilityStatus":"Enabled"}] }""", "servicePlanId")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":[{"capabilityStatus":[1]}] }""", "capabilityStatus")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":[{"service\ud800lanId":"x"}] }""", "assignedPlans")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":[{"capabilityStatus":"\ud800"}] }""", "assignedPlans")]
    [InlineData($$"""{"id":"{{Id}}","assignedPlans":[{"servicePlanId":1,"capabilityStatus":"Enabled"}] }""", "servicePlanId")]
    public void A_user_with_a_broken_member_is_reported(string json, string member) => Assert.Contains(member, User(json).Fault);

    [Fact]
    public void A_member_that_is_no_user_is_left_out()
    {
        Assert.Null(Member($$"""{"@odata.type":"#microsoft.graph.group","id":"{{Id}}"}"""));
        Assert.Equal(new Guid(Id), Member($$"""{"@odata.type":"#microsoft.graph.user","id":"{{Id}}"}""")!.Id);
        Assert.Equal(new Guid(Id), Member($$"""{"id":"{{Id}}"}""")!.Id);
    }

    [Fact]
    public void A_member_is_found_wherever_it_stands_and_however_it_is_spelled()
    {
        var row = Row("""{"a":1,"\u0069d":"x\u00e9\n","n":null,"list":["b"],"z":{"id":"inner"}}""");

        Assert.Equal("xé\n", row.Text("id"));
        Assert.Equal(1, row.Number("a"));
        Assert.False(row.Has("n"));
        Assert.False(row.Has("b"));
        Assert.Equal("inner", row.Row("z")!.Text("id"));
        Assert.Equal(["b"], row.Texts("list"));
        Assert.Null(row.Fault);
    }

    [Fact]
    public void Texts_that_come_again_are_the_same_whether_by_bytes_or_by_characters()
    {
        var pool = new StringPool();
        var row = Row("""{"a":"SM-G991B","b":"SM-G991B","c":"SM-\u0047991B","d":"Ä","e":"Ä","f":""}""");
        var first = row.Text("a", pool);

        Assert.Equal("SM-G991B", first);
        Assert.Same(first, row.Text("b", pool));
        Assert.Same(first, row.Text("c", pool));
        Assert.Same(row.Text("d", pool), row.Text("e", pool));
        Assert.Equal("Ä", row.Text("e", pool));
        Assert.Equal(string.Empty, row.Text("f", pool));
        Assert.Null(row.Text("g", pool));
    }

    [Theory]
    [InlineData("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z")]
    [InlineData("2026-11-02T08:00:00.1234567Z", "2026-11-02T08:00:00.1234567Z")]
    [InlineData("2026-11-02T08:00:00", "2026-11-02T08:00:00Z")]
    [InlineData("2026-11-02T10:00:00+02:00", "2026-11-02T08:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("", null)]
    public void Instants_are_read_in_every_spelling(string text, string? expected)
    {
        var row = Row($$"""{"at":"{{text}}"}""");

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), row.Instant("at"));
        Assert.Null(row.Fault);
    }

    [Fact]
    public void An_unreadable_row_is_named_by_the_best_name_it_has()
    {
        Assert.Equal("d1", Row("""{"id":"d1"}""").Identity(3));
        Assert.Equal("x@y", Row("""{"id":7,"userPrincipalName":"x@y"}""").Identity(3));
        Assert.Equal("a b", Row("""{"deviceName":"a\u001b\nb"}""").Identity(3));
        Assert.Equal("row 3 of its page", Row("[]").Identity(3));
    }

    private static string Plan(string id, string status) => $$"""{"servicePlanId":"{{id}}","capabilityStatus":"{{status}}","service":"SCO"}""";

    private static GraphRow Row(string json) => new(JsonDocument.Parse(json).RootElement);

    private static TenantMember? Member(string json) => GraphRows.Member(Row(json));

    private (ManagedDevice Device, string? Fault) Device(string json)
    {
        var row = Row(json);
        return (_rows.Device(row), row.Fault);
    }

    private (TenantUser User, string? Fault) User(string json)
    {
        var row = Row(json);
        return (_rows.User(row), row.Fault);
    }
}
