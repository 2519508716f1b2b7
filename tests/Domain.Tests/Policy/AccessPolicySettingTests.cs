using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Policy;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Policy;

public sealed class AccessPolicySettingTests
{
    private const string Sales = "5b6f1c7e-1111-2222-3333-444444444444";
    private const string Field = "5b6f1c7e-1111-2222-3333-555555555555";
    private const string Board = "5b6f1c7e-1111-2222-3333-666666666666";

    private static readonly AccessPolicy s_off = new();

    private static readonly AccessPolicy s_sales = new()
    {
        Enabled = true,
        IncludedGroups = [Sales],
        GroupNames = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [Sales] = "Sales", [Board] = "Board" },
    };

    private static readonly AccessPolicy s_everybody = s_sales with { IncludedGroups = [AccessPolicy.AllUsers], ExcludedGroups = [Board] };

    // Every sentence that the table can say, with a policy that makes it say so.
    public static TheoryData<string, string, AccessPolicy> Sentences { get; } = new()
    {
        { "Enabled", "Off: every phone is left to Exchange, and the next sync withdraws what the connector wrote. The other settings wait until it is on.", s_off },
        { "Enabled", "On, but no group is included, so no phone is decided.", s_off with { Enabled = true } },
        { "Enabled", "On: at every sync the phones of members of Sales are decided. Everybody else's are left to Exchange.", s_sales },
        { "Enabled", "On: at every sync the phones of every user, except members of Board are decided. Everybody else's are left to Exchange.", s_everybody },
        { "IncludedGroup", "Nobody is included, so no phone is decided.", s_off },
        { "IncludedGroup", "Every user: a phone that is not enrolled in Intune, or not compliant, is blocked.", s_everybody },
        { "IncludedGroup", "Members of Sales, through groups in it too: a phone that is not enrolled in Intune, or not compliant, is blocked.", s_sales },
        { "IncludedGroup", $"Members of Sales and {Field}, through groups in them too: a phone that is not enrolled in Intune, or not compliant, is blocked.", s_sales with { IncludedGroups = [Sales, Field] } },
        { "ExcludedGroup", "Nobody is excepted.", s_off },
        { "ExcludedGroup", "Members of Board, even those who are in an included group too: their phones are left to Exchange.", s_everybody },
        { "OverrideDefaultRule", "Members of Sales: a compliant phone is allowed, whatever the default level is.", s_sales },
        { "OverrideDefaultRule", "Members of Sales: the connector allows no phone; a compliant one gets whatever default level Exchange has.", s_sales with { OverrideDefaultRule = false } },
        { "OverrideDefaultRule", "Members of Sales: the connector allows no phone; a compliant one gets the default level, Allow.", s_sales with { OverrideDefaultRule = false, DefaultAccessLevel = WantedAccessLevel.Allow } },
        { "OverrideDefaultRule", "Members of Sales: the connector allows no phone; a compliant one gets the default level, Block, and stays out.", s_sales with { OverrideDefaultRule = false, DefaultAccessLevel = WantedAccessLevel.Block } },
        { "OverrideDefaultRule", "Nobody yet (no group is included): a compliant phone is allowed, whatever the default level is.", s_off },
        { "DefaultAccessLevel", "Every phone of the organisation that nothing else decides gets the level that Exchange has; no sync changes it.", s_off },
        { "DefaultAccessLevel", "Every phone of the organisation that nothing else decides is let in, also of users whom the policy does not include.", s_off with { DefaultAccessLevel = WantedAccessLevel.Allow } },
        { "DefaultAccessLevel", "Every phone of the organisation that nothing else decides is refused, also of users whom the policy does not include.", s_off with { DefaultAccessLevel = WantedAccessLevel.Block } },
        { "DefaultAccessLevel", "Every phone of the organisation that nothing else decides waits in quarantine, also of users whom the policy does not include; its user gets one mail that says so.", s_off with { DefaultAccessLevel = WantedAccessLevel.Quarantine } },
        { "RequireEasActivation", "Members of Sales: a phone needs to be enrolled and compliant; whether its EAS id is activated does not matter.", s_sales },
        { "RequireEasActivation", "Members of Sales: an iPhone, iPad or Android phone is blocked until its EAS id is activated in Intune.", s_sales with { RequireEasActivation = true } },
        { "MissingCompliancePolicy", "Members of Sales: an enrolled phone counts as compliant where no compliance policy reaches it.", s_sales },
        { "MissingCompliancePolicy", "Members of Sales: an enrolled phone is blocked where no compliance policy reaches it.", s_sales with { MissingCompliancePolicy = MissingCompliancePolicy.NotCompliant } },
        { "DeviceRulePrecedence", "Members of Sales: a compliant phone is allowed even where a device access rule would keep it out.", s_sales },
        { "DeviceRulePrecedence", "Members of Sales: a compliant phone is left to Exchange, and so to its device access rules.", s_sales with { OverrideDefaultRule = false } },
        { "DeviceRulePrecedence", "Members of Sales: where a device access rule matches a compliant phone, Exchange applies the rule's level.", s_sales with { DeviceRulePrecedence = DeviceRulePrecedence.RuleFirst } },
        { "UserMismatch", "Members of Sales: a phone that Intune knows as another user's is blocked.", s_sales },
        { "UserMismatch", "Members of Sales: a phone that Intune knows as another user's counts as the mailbox's own.", s_sales with { UserMismatch = UserMismatch.Ignore } },
        { "AllowEntry", "Every allowed phone gets an entry in its mailbox's allowed list, so that a later change of the default level locks nobody out.", s_sales },
        { "AllowEntry", "An allowed phone gets an entry in its mailbox's allowed list only where Exchange would keep it out; a stricter default level keeps the others out until the next sync.", s_sales with { AllowEntry = AllowEntry.WhenNeeded } },
        { "OverrideAdministratorEntry", "An administrator's own entry that contradicts a decision stands, and the phone is reported with the conflict HeldByAdministrator.", s_sales },
        { "OverrideAdministratorEntry", "An administrator's own entry that contradicts a decision is replaced.", s_sales with { OverrideAdministratorEntry = true } },
        { "RequireLicence", "Users without a licence: their phones are left to Exchange and reported as UserNotLicensed.", s_sales },
        { "RequireLicence", "Users without a licence are decided like all others.", s_sales with { RequireLicence = false } },
        { "LicencePlan", "A user with this service plan counts as licensed.", s_sales },
        { "LicencePlan", "A user with any one of these service plans counts as licensed.", s_sales with { LicencePlans = [AccessPolicy.IntunePlan, new(Sales)] } },
        { "LicencePlan", "Without effect: nobody needs a licence.", s_sales with { RequireLicence = false } },
        { "OutlookService", "Outlook's cloud service is left to Exchange, for everybody: conditional access in Entra decides about it.", s_sales },
        { "OutlookService", "Members of Sales: Outlook's cloud service is decided like any phone, and so blocked unless enrolled.", s_sales with { OutlookService = OutlookServiceAccess.Block } },
        { "LeftoverAfter", "The connector's entry for a phone is withdrawn when complete reads have not shown the phone for 7 days; a phone that returns later is decided anew.", s_sales },
        { "LeftoverAfter", "The connector's entry for a phone is withdrawn when complete reads have not shown the phone for a day; a phone that returns later is decided anew.", s_sales with { LeftoverAfter = TimeSpan.FromDays(1) } },
        { "LeftoverAfter", "The connector's entry for a phone is withdrawn when complete reads have not shown the phone for 12 hours; a phone that returns later is decided anew.", s_sales with { LeftoverAfter = TimeSpan.FromHours(12) } },
        { "LeftoverAfter", "The connector's entry for a phone is withdrawn by the first complete read that does not show the phone.", s_sales with { LeftoverAfter = TimeSpan.Zero } },
        { "NotificationContent", "The connector has no notice for users.", s_sales },
        { "NotificationContent", "Members of Sales: the notice to the user of a blocked phone says this, 1,234 characters of HTML.", s_sales with { NotificationContent = new string('x', 1234) } },
        { "FuseMinimum", "A run may take mail from up to 20 phones, however few there are.", s_sales },
        { "FuseMinimum", "A run may take mail from one phone, however few there are.", s_sales with { FuseMinimum = 1 } },
        { "FuseMinimum", "A run may take mail from no phone, however few there are.", s_sales with { FuseMinimum = 0 } },
        { "FusePercent", "A run that would take mail from more than 5 % of the decided phones, and from more than 20, is held before its first write.", s_sales },
        { "FuseDaily", "The runs of 24 hours together may take mail from up to 500 phones; -Force does not pass this limit.", s_sales },
        { "UserMailInsert", "Exchange's own text in its mail to users of quarantined phones stays as it is.", s_sales },
        { "UserMailInsert", "Exchange adds no text to its mail to users of quarantined phones.", With(new() { UserMailInsert = "" }) },
        { "UserMailInsert", "Exchange adds this text to its mail to users of quarantined phones, in the whole organisation.", With(new() { UserMailInsert = "Call 1234" }) },
        { "OtaNotificationMailInsert", "Exchange's own text in its mail to phones that need an update stays as it is.", s_sales },
        { "OtaNotificationMailInsert", "Exchange adds no text to its mail to phones that need an update.", With(new() { OtaNotificationMailInsert = "" }) },
        { "OtaNotificationMailInsert", "Exchange adds this text to its mail to phones that need an update, in the whole organisation.", With(new() { OtaNotificationMailInsert = "Call 1234" }) },
        { "AdminMailRecipient", "Exchange's own list of administrators who are told of quarantined phones stays as it is.", s_sales },
        { "AdminMailRecipient", "Exchange tells no administrator of quarantined phones.", With(new() { AdminMailRecipients = [] }) },
        { "AdminMailRecipient", "Exchange tells these administrators of every quarantined phone of the organisation.", With(new() { AdminMailRecipients = ["a@contoso.com"] }) },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Each_value_says_what_it_does_to_whom(string setting, string sentence, AccessPolicy policy) =>
        Assert.Equal(sentence, AccessPolicySetting.Of(setting).In(policy).Effect);

    [Fact]
    public void Every_setting_of_the_contract_is_explained_in_one_order()
    {
        Assert.Equal(
            [
                "Enabled", "IncludedGroup", "ExcludedGroup", "OverrideDefaultRule", "DefaultAccessLevel", "RequireEasActivation", "MissingCompliancePolicy", "DeviceRulePrecedence",
                "UserMismatch", "AllowEntry", "OverrideAdministratorEntry", "RequireLicence", "LicencePlan", "OutlookService", "LeftoverAfter", "NotificationContent", "FuseMinimum",
                "FusePercent", "FuseDaily", "UserMailInsert", "OtaNotificationMailInsert", "AdminMailRecipient",
            ],
            AccessPolicySetting.Explain(s_sales).Select(line => line.Setting));
        Assert.All(AccessPolicySetting.Explain(s_sales with { Connector = "One" }), line => Assert.Equal("One", line.Connector));
        Assert.All(AccessPolicySetting.All, setting => Assert.Contains(setting.Name, Sentences.Select(row => row.Data.Item1)));
    }

    // The page is written for people, with the same names in it; this keeps it true.
    [Fact]
    public void The_documentation_says_the_same_sentences()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "policy.md"));

        Assert.All(Sentences.Select(row => row.Data.Item2.Replace(Field, "Field")), sentence => Assert.Contains(sentence, page));
    }

    [Theory]
    [InlineData("Enabled", "True")]
    [InlineData("IncludedGroup", $"Sales ({Sales})")]
    [InlineData("ExcludedGroup", "none")]
    [InlineData("LicencePlan", "c1ec4a95-1f05-45b3-a911-aa3fa01094f5")]
    [InlineData("LeftoverAfter", "7.00:00:00")]
    [InlineData("NotificationContent", "none")]
    [InlineData("FusePercent", "5")]
    [InlineData("UserMailInsert", "not looked after")]
    [InlineData("AdminMailRecipient", "not looked after")]
    public void Values_are_written_as_they_are_typed(string setting, string value) => Assert.Equal(value, AccessPolicySetting.Of(setting).In(s_sales).Value);

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_policy_does_not_differ_from_itself(string setting, string sentence, AccessPolicy policy)
    {
        Assert.NotEmpty(sentence);
        Assert.False(AccessPolicySetting.Of(setting).Differs(policy, policy with { GroupNames = new Dictionary<string, string>() }));
    }

    [Fact]
    public void A_difference_beyond_what_is_shown_is_seen()
    {
        var text = new string('x', 200);

        Assert.True(AccessPolicySetting.Of("NotificationContent").Differs(s_sales with { NotificationContent = text + "a" }, s_sales with { NotificationContent = text + "b" }));
        Assert.True(AccessPolicySetting.Of("UserMailInsert").Differs(With(new() { UserMailInsert = text + "a" }), With(new() { UserMailInsert = text + "b" })));
        Assert.True(AccessPolicySetting.Of("UserMailInsert").Differs(With(new() { UserMailInsert = "" }), s_sales));
        Assert.True(AccessPolicySetting.Of("IncludedGroup").Differs(s_sales, s_everybody));
        Assert.False(AccessPolicySetting.Of("IncludedGroup").Differs(s_sales with { IncludedGroups = [Sales, Field] }, s_sales with { IncludedGroups = [$"{{{Field}}}", Sales.ToUpperInvariant()] }));
    }

    private static AccessPolicy With(WantedOrganizationSettings organization) => s_sales with { Organization = organization };

    private static string Root()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "IntuneExchangeConnector.sln"))) root = Path.GetDirectoryName(root)!;
        return root;
    }
}
