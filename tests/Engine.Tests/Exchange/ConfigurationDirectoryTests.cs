using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

/// <summary>The organisation's configuration, read and written over a real session of the sandbox's Exchange.</summary>
public sealed class ConfigurationDirectoryTests
{
    private static readonly MailboxPolicySettings s_settings = new()
    {
        PasswordEnabled = true,
        AlphanumericPasswordRequired = true,
        MinPasswordLength = 6,
        MinPasswordComplexCharacters = 2,
        AllowSimplePassword = false,
        MaxPasswordFailedAttempts = 8,
        PasswordExpiration = TimeSpan.FromDays(90),
        PasswordHistory = 3,
        MaxInactivityTimeLock = TimeSpan.FromMinutes(15),
        RequireDeviceEncryption = true,
        RequireStorageCardEncryption = true,
        AttachmentsEnabled = false,
        MaxCalendarAgeFilter = AgeFilter.OneMonth,
        MaxEmailAgeFilter = AgeFilter.OneWeek,
        AllowNonProvisionableDevices = false,
        AllowBrowser = false,
        AllowCamera = false,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_are_created_set_and_removed()
    {
        await using var host = await StartAsync();
        await using var directory = await ConnectAsync(host);
        await directory.RequireAsync(ConfigurationNeeds.Rules, Stop);
        var rule = new AccessRuleChange { Kind = ObjectAction.Create, Characteristic = RuleCharacteristic.UserAgent, QueryString = "O'Neil's phone; $(x) <b>", To = ExchangeAccessLevel.Block };

        var id = await directory.CreateAsync(rule, Stop);

        Assert.Equal(id, (await Find()).Id);
        await directory.WriteAsync(rule with { Kind = ObjectAction.Set, RuleId = id, From = ExchangeAccessLevel.Block, To = ExchangeAccessLevel.Quarantine }, null, Stop);
        Assert.Equal(ExchangeAccessLevel.Quarantine, (await Find()).AccessLevel);
        await directory.WriteAsync(rule with { Kind = ObjectAction.Remove, RuleId = id, From = ExchangeAccessLevel.Quarantine, To = null }, null, Stop);
        Assert.DoesNotContain(await directory.ReadRulesAsync(Stop), found => found.Id == id);

        async Task<DeviceAccessRule> Find() => Assert.Single(await directory.ReadRulesAsync(Stop), found => found.QueryString == rule.QueryString);
    }

    [Fact]
    public async Task A_policy_is_created_with_every_setting_changed_assigned_taken_back_and_removed()
    {
        await using var host = await StartAsync();
        await using var directory = await ConnectAsync(host);
        await directory.RequireAsync(ConfigurationNeeds.Policies | ConfigurationNeeds.Assignments, Stop);

        var id = await directory.CreateAsync(new MailboxPolicyChange { Kind = ObjectAction.Create, Name = "Phones", Settings = s_settings }, Stop);

        var created = Assert.Single(await Policies(), static policy => policy.Name == "Phones");
        Assert.Equal((id, s_settings), (created.Id, created.Settings));
        Assert.Single(await Policies(), static policy => policy.IsDefault);
        var unlimited = new MailboxPolicySettings { MinPasswordLength = 0, MaxPasswordFailedAttempts = 0, PasswordExpiration = TimeSpan.Zero, MaxInactivityTimeLock = TimeSpan.Zero, PasswordEnabled = false };
        await directory.WriteAsync(new MailboxPolicyChange { Kind = ObjectAction.Set, PolicyId = id, Name = "Phones", Settings = unlimited }, null, Stop);
        Assert.Equal(s_settings.With(unlimited), Assert.Single(await Policies(), policy => policy.Id == id).Settings);

        var mailbox = (await directory.ReadMailboxesAsync(null, Stop)).Rows[0];
        var change = new MailboxChange
        {
            MailboxId = mailbox.Id,
            Mailbox = mailbox.PrimarySmtpAddress,
            AllowedAdd = ["APPL999"],
            AllowedBefore = mailbox.AllowedDeviceIds,
            BlockedBefore = mailbox.BlockedDeviceIds,
            ChangesMailboxPolicy = true,
            MailboxPolicyTo = "Phones",
            MailboxPolicyId = id,
            MailboxPolicyBefore = mailbox.MailboxPolicy,
        };
        await directory.WriteAsync(change, null, Stop);
        var assigned = (await directory.ReadMailboxAsync(mailbox.Id, null, Stop))!;
        Assert.True(created.IsNamed(assigned.MailboxPolicy));
        Assert.Contains("APPL999", assigned.AllowedDeviceIds);
        await directory.WriteAsync(change with { AllowedAdd = [], MailboxPolicyTo = null, MailboxPolicyId = null }, null, Stop);
        Assert.False(created.IsNamed((await directory.ReadMailboxAsync(mailbox.Id, null, Stop))!.MailboxPolicy));
        await directory.WriteAsync(new MailboxPolicyChange { Kind = ObjectAction.Remove, PolicyId = id, Name = "Phones" }, null, Stop);
        Assert.DoesNotContain(await Policies(), policy => policy.Id == id);

        async Task<System.Collections.Generic.IReadOnlyList<ExchangeMailboxPolicy>> Policies() => (await directory.ReadPoliciesAsync(Stop))!;
    }

    [Fact]
    public async Task Texts_are_set_and_emptied_and_recipients_added_and_removed()
    {
        await using var host = await StartAsync();
        await using var directory = await ConnectAsync(host);
        var before = await directory.ReadSettingsAsync(Stop);

        await directory.WriteAsync(
            new OrganizationSettingsChange
            {
                To = new WantedOrganizationSettings { UserMailInsert = "Call 1234 & wait.", OtaNotificationMailInsert = "Update.", AdminMailRecipients = ["a@contoso.com", "b@contoso.com"] },
                From = new WantedOrganizationSettings { AdminMailRecipients = before.AdminMailRecipients },
            },
            null,
            Stop);
        var set = await directory.ReadSettingsAsync(Stop);
        Assert.Equal(("Call 1234 & wait.", "Update."), (set.UserMailInsert, set.OtaNotificationMailInsert));
        Assert.Equal(["a@contoso.com", "b@contoso.com"], set.AdminMailRecipients.Order());

        await directory.WriteAsync(
            new OrganizationSettingsChange
            {
                To = new WantedOrganizationSettings { UserMailInsert = "", OtaNotificationMailInsert = "", AdminMailRecipients = ["b@contoso.com"] },
                From = new WantedOrganizationSettings { AdminMailRecipients = set.AdminMailRecipients },
            },
            null,
            Stop);
        var emptied = await directory.ReadSettingsAsync(Stop);
        Assert.Equal((null, null, before.DefaultAccessLevel), (emptied.UserMailInsert, emptied.OtaNotificationMailInsert, emptied.DefaultAccessLevel));
        Assert.Equal(["b@contoso.com"], emptied.AdminMailRecipients);
    }

    [Fact]
    public async Task Device_classes_tell_types_and_models()
    {
        await using var host = await StartAsync();
        await using var directory = await ConnectAsync(host);

        Assert.Contains((await directory.ReadDeviceClassesAsync(Stop))!, static one => one.DeviceType.Length > 0 && one.DeviceModel is not null);
    }

    [Fact]
    public async Task Either_vocabulary_reads_the_same_policy()
    {
        foreach (var older in new[] { false, true })
        {
            FakeSession session = new()
            {
                OnCommand = (command, onRow, _) =>
                {
                    if (!command.Name.EndsWith("MailboxPolicy", StringComparison.Ordinal)) return Task.FromResult<ExchangeReply>(null!);
                    Assert.Equal(older ? "Get-ActiveSyncMailboxPolicy" : "Get-MobileDeviceMailboxPolicy", command.Name);
                    var row = FakeExchange.Row(("Guid", Rows.DeviceGuid), ("Name", "Phones"), (older ? "IsDefaultPolicy" : "IsDefault", true));
                    foreach (var setting in MailboxPolicySetting.All) row.Properties.Add(new System.Management.Automation.PSNoteProperty(older ? setting.ActiveSyncName : setting.Name, setting.ExchangeValue(s_settings)));
                    onRow(FakeExchange.Travelled(row));
                    return Task.FromResult<ExchangeReply>(null!);
                },
            };
            session.Offered[older ? "Get-ActiveSyncMailboxPolicy" : "Get-MobileDeviceMailboxPolicy"] = ["Identity"];
            await using ExchangeDirectory directory = new([session], TimeProvider.System);
            await directory.ConnectAsync(Stop);

            var policy = Assert.Single((await directory.ReadPoliciesAsync(Stop))!);

            Assert.Equal((s_settings, true), (policy.Settings, policy.IsDefault));
        }
    }

    [Theory]
    [InlineData(ConfigurationNeeds.Rules, "New-ActiveSyncDeviceAccessRule", "Organization Client Access")]
    [InlineData(ConfigurationNeeds.Policies, "Get-MobileDeviceMailboxPolicy", "Recipient Policies")]
    public async Task A_session_without_the_cmdlets_serves_who_looks_after_nothing_and_is_refused_by_name_and_role_otherwise(ConfigurationNeeds needs, string cmdlet, string role)
    {
        await using ExchangeDirectory directory = new([new FakeSession()], TimeProvider.System);
        await directory.ConnectAsync(Stop);

        Assert.Null(await directory.ReadPoliciesAsync(Stop));
        Assert.Null(await directory.ReadDeviceClassesAsync(Stop));
        await directory.RequireAsync(ConfigurationNeeds.None, Stop);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.RequireAsync(needs, Stop));
        Assert.Equal(ErrorIds.ExchangeCmdletMissing, failure.ErrorId);
        Assert.Contains(cmdlet, failure.Message, StringComparison.Ordinal);
        Assert.Contains(role, failure.Remedy, StringComparison.Ordinal);
    }

    private static Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { World = new WorldOptions { Partnerships = 40 } });

    private static async Task<ExchangeDirectory> ConnectAsync(SandboxHost host)
    {
        ExchangeDirectory directory = new([RemoteSession.Borrow(await host.OpenRunspaceAsync(), "ex1", TimeProvider.System)], TimeProvider.System);
        await directory.ConnectAsync(Stop);
        return directory;
    }
}
