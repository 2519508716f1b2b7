using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;
using static IntuneExchangeConnector.Domain.Access.RuleCharacteristic;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>What the connector looks after in the organisation's configuration, in tables.</summary>
public sealed class ConfigurationTests
{
    public static TheoryData<string, DeviceAccessRule[], WantedAccessRule[], bool, string> Rules => new()
    {
        { "missing", [], [Want(Allow)], false, "Create rule iPad nothing to Allow" },
        { "there as wanted", [There(Allow)], [Want(Allow)], false, "" },
        { "there in other letters", [There(Allow, "IPAD")], [Want(Allow)], false, "" },
        { "another level", [There(Block)], [Want(Allow)], false, "Set rule iPad Block to Allow" },
        { "another text", [There(Allow, "iPad2")], [Want(Allow)], false, "Create rule iPad nothing to Allow" },
        { "ours, wanted no more", [There(Allow)], [], true, "Remove rule iPad Allow to nothing" },
        { "adopted, wanted no more", [There(Allow)], [], false, "" },
        { "ours, and drifted", [There(Quarantine)], [Want(Block)], true, "Set rule iPad Quarantine to Block" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_created_set_or_removed_only_where_it_is_wanted_or_ours(string what, DeviceAccessRule[] there, WantedAccessRule[] wanted, bool ours, string writes)
    {
        Assert.NotEmpty(what);
        var input = Compliant(rules: there, wanted: new WantedConfiguration { Rules = wanted }, owned: ours ? [Ours(there[0])] : []);

        Assert.Equal(writes, PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Fact]
    public void A_rule_that_took_the_place_of_ours_is_an_administrator_s()
    {
        var input = Compliant(rules: [There(Allow)], owned: [Ours(There(Allow)) with { Id = Some.Id(999) }]);

        var plan = PlanBuilder.Build(input);

        Assert.True(plan.IsEmpty);
        Assert.Single(plan.OwnedGone);
    }

    [Fact]
    public void Rules_that_keep_out_are_counted_by_the_fuse_for_everybody_without_an_entry()
    {
        var input = Some.Input(
            Some.Policy with { IncludedGroups = [], ExcludedGroups = [] },
            phones: [Some.Phone("APPL1"), Some.Phone("APPL2", id: 202)]) with
        {
            Tenant = new TenantSnapshot { ManagedDevices = [], Users = [Some.User()], IncludedUsers = [], ExcludedUsers = [] },
            Wanted = new WantedConfiguration { Rules = [new(DeviceType, "iPhone", Quarantine)] },
        };

        var plan = PlanBuilder.Build(input);

        Assert.Equal(2, plan.Denials);
        Assert.Equal(2, Assert.IsType<AccessRuleChange>(Assert.Single(plan.Changes)).Denials);
        Assert.NotNull(Fuse.Hold(Some.Policy with { FuseMinimum = 1, FusePercent = 0 }, plan, 0, force: false));
        Assert.Equal(0, PlanBuilder.Build(input with { IncludeSettings = false }).Denials);
    }

    [Fact]
    public void A_compliant_device_is_allowed_before_a_rule_shuts_its_kind_out()
    {
        var input = Some.Input(Some.Policy with { AllowEntry = AllowEntry.WhenNeeded }) with { Wanted = new WantedConfiguration { Rules = [new(DeviceType, "iPhone", Block)] } };

        Assert.Equal("+allow APPL1; Create rule iPhone nothing to Block", PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Fact]
    public void A_device_that_is_not_compliant_is_blocked_before_a_rule_lets_its_kind_in()
    {
        var input = Some.Input(managed: [Some.Managed(compliance: ComplianceState.NonCompliant)], level: Block) with { Wanted = new WantedConfiguration { Rules = [new(DeviceType, "iPhone", Allow)] } };

        Assert.Equal("+block APPL1; Create rule iPhone nothing to Allow", PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Fact]
    public void No_block_is_written_where_a_wanted_rule_keeps_out_already()
    {
        var input = Some.Input(managed: [Some.Managed(compliance: ComplianceState.NonCompliant)]) with { Wanted = new WantedConfiguration { Rules = [new(DeviceType, "iPhone", Block)] } };

        Assert.Equal("Create rule iPhone nothing to Block", PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Fact]
    public void An_allow_that_a_new_rule_replaces_goes_after_the_rule_came()
    {
        var input = Some.Input(
            Some.Policy with { DeviceRulePrecedence = DeviceRulePrecedence.RuleFirst },
            Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] },
            ledger: [Some.Entry(EntryList.Allowed)],
            level: Block) with { Wanted = new WantedConfiguration { Rules = [new(DeviceType, "iPhone", Allow)] } };

        Assert.Equal("Create rule iPhone nothing to Allow; -allow APPL1", PlanText.Writes(PlanBuilder.Build(input)));
        Assert.True(PlanBuilder.Build(input with { IncludeSettings = false }).IsEmpty);
    }

    [Fact]
    public void What_keeps_out_comes_before_what_lets_in_then_the_default_level_then_what_goes()
    {
        var input = Compliant(
            Some.Policy with { DefaultAccessLevel = WantedAccessLevel.Quarantine },
            [There(Allow, "Old")],
            new WantedConfiguration { Rules = [Want(Allow, "New"), Want(Block, "Bad")], Organization = new WantedOrganizationSettings { UserMailInsert = "Call us." } },
            [Ours(There(Allow, "Old"))]);

        Assert.Equal(
            "Create rule Bad nothing to Block; Create rule New nothing to Allow; set UserMailInsert; default Allow to Quarantine; Remove rule Old Allow to nothing",
            PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Theory]
    [InlineData(null, "Old", "")]
    [InlineData("", "Old", "set UserMailInsert")]
    [InlineData("", null, "")]
    [InlineData("New\nline", "New\r\nline", "")]
    public void A_text_of_the_organisation_is_looked_after_only_where_it_is_wanted(string? wanted, string? actual, string writes)
    {
        var input = Compliant(wanted: new WantedConfiguration { Organization = new WantedOrganizationSettings { UserMailInsert = wanted } });
        input = input with { Exchange = input.Exchange with { Settings = input.Exchange.Settings with { UserMailInsert = actual } } };

        Assert.Equal(writes, PlanText.Writes(PlanBuilder.Build(input)));
    }

    [Fact]
    public void Recipients_are_compared_as_a_set()
    {
        var input = Compliant(wanted: new WantedConfiguration { Organization = new WantedOrganizationSettings { AdminMailRecipients = ["B@contoso.com", "a@contoso.com"] } });
        PlanInput With(params string[] recipients) => input with { Exchange = input.Exchange with { Settings = input.Exchange.Settings with { AdminMailRecipients = recipients } } };

        Assert.True(PlanBuilder.Build(With("a@contoso.com", "b@contoso.com")).IsEmpty);
        var change = Assert.IsType<OrganizationSettingsChange>(Assert.Single(PlanBuilder.Build(With("c@contoso.com")).Changes));
        Assert.Equal(["c@contoso.com"], change.From.AdminMailRecipients!);
    }

    [Fact]
    public void A_policy_is_assigned_in_the_command_that_changes_the_lists_after_it_was_created()
    {
        var input = Some.Input(mailbox: Some.Mailbox() with { MailboxPolicy = "Default" }) with { Wanted = Phones(PolicyAssignment.Targeted) };
        input = input with { Exchange = input.Exchange with { Policies = [Policy("Default")] } };

        var plan = PlanBuilder.Build(input);

        Assert.Equal("Create policy Phones; +allow APPL1, policy Phones", PlanText.Writes(plan));
        Assert.Equal(2, plan.Changes[1].Size);
    }

    [Fact]
    public void Whoever_is_not_targeted_keeps_the_policy_and_a_named_mailbox_gets_it_without_a_device()
    {
        var input = Some.Input(Some.Policy with { IncludedGroups = [] }, Some.Mailbox() with { MailboxPolicy = "Default" }, phones: []) with { Wanted = Phones(PolicyAssignment.Targeted) };
        input = input with
        {
            Exchange = input.Exchange with { Policies = [Policy("Default"), Policy("Phones", 2)] },
            Tenant = input.Tenant with { IncludedUsers = [] },
        };

        Assert.True(PlanBuilder.Build(input).IsEmpty);
        Assert.Equal("policy Phones", PlanText.Writes(PlanBuilder.Build(input with { Wanted = Phones(PolicyAssignment.None, "JANE@contoso.com") })));
    }

    [Fact]
    public void A_name_that_no_mailbox_has_is_told()
    {
        var input = Compliant(wanted: Phones(PolicyAssignment.None, "nobody@contoso.com"));
        input = input with { Exchange = input.Exchange with { Policies = [Policy("Phones")] } };

        Assert.Contains("nobody@contoso.com", Assert.Single(PlanBuilder.Build(input).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_of_ours_goes_after_its_mailboxes_went_back_to_the_default_and_never_while_it_is_the_default()
    {
        var input = Compliant() with { Owned = [new OwnedObject { Kind = OwnedKind.MailboxPolicy, Name = "phones", Id = Some.Id(2), WrittenAt = Some.Now, RunId = Some.Run }] };
        var jane = Some.Mailbox() with { MailboxPolicy = "Phones", AllowedDeviceIds = ["APPL1"] };
        input = input with { Exchange = input.Exchange with { Mailboxes = [jane], Policies = [Policy("Default"), Policy("Phones", 2)] } };

        Assert.Equal("policy default; Remove policy Phones", PlanText.Writes(PlanBuilder.Build(input)));

        input = input with { Exchange = input.Exchange with { Policies = [Policy("Phones", 2) with { IsDefault = true }] } };
        var held = PlanBuilder.Build(input);
        Assert.True(held.IsEmpty);
        Assert.Contains("default", Assert.Single(held.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_settings_that_are_looked_after_and_differ_are_set()
    {
        var input = Compliant(wanted: new WantedConfiguration
        {
            Policies = [new WantedMailboxPolicy { Name = "Phones", Settings = new MailboxPolicySettings { PasswordEnabled = true, MaxPasswordFailedAttempts = 0, PasswordExpiration = TimeSpan.FromDays(90) } }],
        });
        input = input with
        {
            Exchange = input.Exchange with
            {
                Policies = [Policy("Phones") with { Settings = new MailboxPolicySettings { PasswordEnabled = true, MaxPasswordFailedAttempts = 8, PasswordExpiration = TimeSpan.Zero, AllowCamera = false } }],
            },
        };

        var change = Assert.IsType<MailboxPolicyChange>(Assert.Single(PlanBuilder.Build(input).Changes));

        Assert.Equal("MaxPasswordFailedAttempts = 0, PasswordExpiration = 90.00:00:00", change.Settings.ToString());
        Assert.Equal("MaxPasswordFailedAttempts = 8, PasswordExpiration = 00:00:00", change.Before.ToString());
        Assert.Equal(2, change.Size);
    }

    [Fact]
    public void Policies_that_were_not_read_are_not_planned() =>
        Assert.True(PlanBuilder.Build(Compliant(wanted: Phones(PolicyAssignment.Targeted))).IsEmpty);

    [Fact]
    public void Every_setting_reads_back_what_it_writes()
    {
        var settings = new MailboxPolicySettings
        {
            PasswordEnabled = true,
            AlphanumericPasswordRequired = false,
            MinPasswordLength = 0,
            MinPasswordComplexCharacters = 3,
            AllowSimplePassword = false,
            MaxPasswordFailedAttempts = 8,
            PasswordExpiration = TimeSpan.FromDays(90),
            PasswordHistory = 5,
            MaxInactivityTimeLock = TimeSpan.FromMinutes(15),
            RequireDeviceEncryption = true,
            RequireStorageCardEncryption = true,
            AttachmentsEnabled = false,
            MaxCalendarAgeFilter = AgeFilter.SixMonths,
            MaxEmailAgeFilter = AgeFilter.OneWeek,
            AllowNonProvisionableDevices = false,
            AllowBrowser = true,
            AllowCamera = false,
        };

        var read = MailboxPolicySetting.All.Aggregate(MailboxPolicySettings.Nothing, (so, setting) => setting.Read(so, setting.Text(settings)!)!);

        Assert.Equal(settings, read);
        Assert.Equal(typeof(MailboxPolicySettings).GetProperties().Count(static property => property.SetMethod is not null && !property.SetMethod.IsStatic), settings.Said().Count);
        Assert.All(MailboxPolicySetting.All, setting => Assert.True(setting.IsValid(settings)));
    }

    private static WantedAccessRule Want(ExchangeAccessLevel level, string query = "iPad") => new(DeviceType, query, level);

    private static DeviceAccessRule There(ExchangeAccessLevel level, string query = "iPad") => Some.Rule(level, DeviceType, query);

    private static OwnedObject Ours(DeviceAccessRule rule) => new()
    {
        Kind = OwnedKind.AccessRule,
        Name = OwnedObject.RuleName(rule.Characteristic, rule.QueryString),
        Id = rule.Id,
        WrittenAt = Some.Now,
        RunId = Some.Run,
    };

    private static ExchangeMailboxPolicy Policy(string name, int id = 1) => new() { Id = Some.Id(id), Name = name, IsDefault = name == "Default", Settings = MailboxPolicySettings.Nothing };

    private static WantedConfiguration Phones(PolicyAssignment to, params string[] mailboxes) => new() { Policies = [new WantedMailboxPolicy { Name = "Phones", AssignTo = to, Mailboxes = mailboxes }] };

    // A compliant phone whose allow is there already: what the plan holds beside it is the configuration's.
    private static PlanInput Compliant(AccessPolicy? policy = null, DeviceAccessRule[]? rules = null, WantedConfiguration? wanted = null, OwnedObject[]? owned = null) =>
        Some.Input(policy, Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, rules: rules) with { Wanted = wanted ?? WantedConfiguration.Nothing, Owned = owned ?? [] };
}
