using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeReadTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    private const string MoreResults = "There are more results available than are currently displayed.";

    [Fact]
    public void A_device_carries_the_documented_properties_in_their_types()
    {
        SandboxPartnership expected = session.Device(WorldNames.Ordinary);
        SandboxMailbox owner = session.Mailbox(WorldNames.Ordinary);

        PSObject device = session.Run("Get-ActiveSyncDevice", ("Mailbox", WorldNames.Ordinary)).Single;

        Assert.Equal("Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.ActiveSyncDevice", device.TypeNames[0]);
        Assert.Equal(
            [
                "DeviceActiveSyncVersion", "FriendlyName", "DeviceId", "DeviceImei", "DeviceMobileOperator", "DeviceOS", "DeviceOSLanguage",
                "DeviceTelephoneNumber", "DeviceType", "DeviceUserAgent", "DeviceModel", "FirstSyncTime", "UserDisplayName", "DeviceAccessState",
                "DeviceAccessStateReason", "DeviceAccessControlRule", "ClientType", "AdminDisplayName", "ExchangeVersion", "Name",
                "DistinguishedName", "Identity", "Guid", "ObjectCategory", "ObjectClass", "WhenChanged", "WhenCreated", "WhenChangedUTC",
                "WhenCreatedUTC", "OrganizationId", "Id", "OriginatingServer", "IsValid", "ObjectState",
            ],
            device.Properties.Select(p => p.Name).Where(n => n is not ("PSComputerName" or "RunspaceId" or "PSShowComputerName")));
        Assert.Equal(expected.Guid, device.Properties["Guid"].Value);
        Assert.Equal(expected.DeviceId, device.Properties["DeviceId"].Value);
        Assert.Equal(owner.Identity, device.Properties["UserDisplayName"].Value);
        Assert.Equal($"iPhone§{expected.DeviceId}", device.Properties["Name"].Value);
        Assert.Equal($"CN=iPhone§{expected.DeviceId},CN=ExchangeActiveSyncDevices,{owner.DistinguishedName}", device.Properties["DistinguishedName"].Value);
        Assert.Equal($"{owner.Identity}/ExchangeActiveSyncDevices/iPhone§{expected.DeviceId}", device.Properties["Identity"].Value);
        Assert.Equal(true, device.Properties["IsValid"].Value);

        DateTime changed = Assert.IsType<DateTime>(device.Properties["WhenChanged"].Value);
        DateTime changedUtc = Assert.IsType<DateTime>(device.Properties["WhenChangedUTC"].Value);
        Assert.Equal(DateTimeKind.Local, changed.Kind);
        Assert.Equal(DateTimeKind.Utc, changedUtc.Kind);
        Assert.Equal(expected.WhenChanged.UtcDateTime, changedUtc);
        Assert.Equal(changedUtc, changed.ToUniversalTime());
        Assert.Equal(["top", "msExchActiveSyncDevice"], ExchangeAnswer.List(device, "ObjectClass"));
    }

    [Fact]
    public void A_device_is_found_by_every_form_of_its_identity()
    {
        SandboxPartnership device = session.Device(WorldNames.NotEnrolled);
        SandboxMailbox owner = session.Mailbox(WorldNames.NotEnrolled);
        string name = $"{device.DeviceType}§{device.DeviceId}";
        string[] identities =
        [
            device.Guid.ToString(), device.Guid.ToString("B"), device.DeviceId, name,
            $"CN={name},CN=ExchangeActiveSyncDevices,{owner.DistinguishedName}",
            $"{owner.Identity}/ExchangeActiveSyncDevices/{name}",
            $"{owner.Alias}\\ExchangeActiveSyncDevices\\{name}",
            $"{owner.DisplayName}\\ExchangeActiveSyncDevices\\{name}",
        ];

        foreach (string identity in identities)
            Assert.Equal(device.Guid, session.Run("Get-MobileDevice", ("Identity", identity)).Single.Properties["Guid"].Value);
    }

    [Theory]
    [InlineData(WorldNames.Ordinary)]
    [InlineData(WorldNames.AwkwardName)]
    [InlineData(WorldNames.Apostrophe)]
    [InlineData(WorldNames.OtherScript)]
    public void A_mailbox_is_found_by_every_form_of_its_identity(string alias)
    {
        SandboxMailbox mailbox = session.Mailbox(alias);
        string[] identities =
        [
            mailbox.Guid.ToString(), mailbox.DistinguishedName, mailbox.Identity, mailbox.Alias, mailbox.DisplayName, mailbox.SamAccountName,
            $"CONTOSO\\{mailbox.SamAccountName}", mailbox.PrimarySmtpAddress, mailbox.PrimarySmtpAddress.ToUpperInvariant(),
            session.World.Users[mailbox.UserIndex].UserPrincipalName,
            $"/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={mailbox.SamAccountName}",
        ];

        foreach (string identity in identities)
            Assert.Equal(mailbox.Guid, session.Run("Get-CASMailbox", ("Identity", identity)).Single.Properties["Guid"].Value);
    }

    [Theory]
    [InlineData("Get-CASMailbox", "Identity")]
    [InlineData("Get-Recipient", "Identity")]
    [InlineData("Get-MobileDevice", "Identity")]
    [InlineData("Get-MobileDevice", "Mailbox")]
    [InlineData("Get-MobileDeviceStatistics", "Mailbox")]
    [InlineData("Get-ActiveSyncMailboxPolicy", "Identity")]
    [InlineData("Get-ActiveSyncDeviceAccessRule", "Identity")]
    [InlineData("Get-ActiveSyncDeviceClass", "Identity")]
    [InlineData("Get-ExchangeServer", "Identity")]
    [InlineData("Get-ActiveSyncOrganizationSettings", "Identity")]
    public void What_is_not_there_is_an_error_in_Exchanges_shape(string command, string parameter)
    {
        ErrorRecord error = session.Run(command, (parameter, "No Such Thing")).Fails("ManagementObjectNotFoundException");

        Assert.Equal(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.Contains("'No Such Thing' couldn't be found on 'dc1.contoso.com'", error.Exception.Message);
        Assert.Matches(@"^\[Server=EX1,RequestId=[0-9a-f-]{36},TimeStamp=[^\]]+\] \[FailureCategory=Cmdlet-[A-Za-z]+\] [0-9A-F]{8},", error.FullyQualifiedErrorId);
        PSObject exception = Assert.IsType<RemoteException>(error.Exception).SerializedRemoteException;
        Assert.Contains("Deserialized.Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException", exception.TypeNames);
    }

    [Fact]
    public void An_id_that_two_mailboxes_share_is_ambiguous()
    {
        SandboxPartnership shared = session.Device(WorldNames.SharedDevice);

        session.Run("Get-MobileDevice", ("Identity", shared.DeviceId)).Fails("ManagementObjectAmbiguousException");
        Assert.Equal(shared.Guid, session.Run("Get-MobileDevice", ("Identity", $"{WorldNames.SharedDevice}\\ExchangeActiveSyncDevices\\iPhone§{shared.DeviceId}")).Single.Properties["Guid"].Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_identity_means_everything(string? identity)
    {
        Assert.Equal(Mailboxes.Count(), session.Run("Get-CASMailbox", ("Identity", identity)).Objects.Count);
        Assert.Equal(session.World.Servers.Count, session.Run("Get-ExchangeServer", ("Identity", identity)).Objects.Count);
    }

    [Theory]
    [InlineData("Get-CASMailbox")]
    [InlineData("Get-Recipient")]
    [InlineData("Get-MobileDevice")]
    public void A_list_that_is_cut_short_warns_and_a_whole_one_does_not(string command)
    {
        ExchangeAnswer all = session.Run(command, ("ResultSize", "Unlimited"));
        Assert.Empty(all.Warnings);

        ExchangeAnswer cut = session.Run(command, ("ResultSize", all.Objects.Count - 1));
        Assert.Equal(all.Objects.Count - 1, cut.Objects.Count);
        Assert.StartsWith(MoreResults, Assert.Single(cut.Warnings));

        ExchangeAnswer exact = session.Run(command, ("ResultSize", all.Objects.Count));
        Assert.Equal(all.Objects.Count, exact.Objects.Count);
        Assert.Empty(exact.Warnings);
    }

    [Fact]
    public void The_default_result_size_is_the_configured_one()
    {
        session.Host.Configure(o => o with { DefaultResultSize = 7 });
        try
        {
            ExchangeAnswer answer = session.Run("Get-MobileDevice");
            Assert.Equal(7, answer.Objects.Count);
            Assert.StartsWith(MoreResults, Assert.Single(answer.Warnings));
        }
        finally
        {
            session.Host.Configure(o => o with { DefaultResultSize = 1_000 });
        }
    }

    [Fact]
    public void Probes_show_up_only_to_those_who_ask_for_monitoring()
    {
        Assert.DoesNotContain("EASProbeDeviceType", session.Run("Get-MobileDevice").Column("DeviceType"));
        Assert.Contains("EASProbeDeviceType", session.Run("Get-MobileDevice", ("Monitoring", true)).Column("DeviceType"));
        Assert.DoesNotContain(session.Mailbox(WorldNames.HealthMailbox).DisplayName, session.Run("Get-CASMailbox").Column("Name"));
        Assert.Contains(session.Mailbox(WorldNames.HealthMailbox).DisplayName, session.Run("Get-CASMailbox", ("Monitoring", true)).Column("Name"));
    }

    [Fact]
    public void The_older_name_knows_ActiveSync_clients_only()
    {
        string[] families = [.. session.Run("Get-MobileDevice").Column("ClientType").Distinct().Order()];

        Assert.Equal(["EAS", "Outlook", "REST"], families);
        Assert.Equal(["EAS"], session.Run("Get-ActiveSyncDevice").Column("ClientType").Distinct());
        Assert.Equal(["EAS"], session.Run("Get-MobileDevice", ("ActiveSync", true)).Column("ClientType").Distinct());
        Assert.Equal(["REST"], session.Run("Get-MobileDevice", ("RestApi", true)).Column("ClientType").Distinct());

        string rest = session.World.Partnerships.First(d => d.ClientType == "REST").Guid.ToString();
        Assert.StartsWith("REST§", ExchangeAnswer.Text(session.Run("Get-MobileDevice", ("Identity", rest)).Single, "Name"));
        session.Run("Get-ActiveSyncDevice", ("Identity", rest)).Fails("ManagementObjectNotFoundException");
    }

    [Fact]
    public void Statistics_come_for_one_mailbox_or_one_device_and_never_for_all()
    {
        ExchangeAnswer ofMailbox = session.Run("Get-MobileDeviceStatistics", ("Mailbox", WorldNames.SeveralDevices));
        Assert.Equal(3, ofMailbox.Objects.Count);
        Assert.All(ofMailbox.Objects, o => Assert.Equal("Deserialized.Microsoft.Exchange.Management.Tasks.MobileDeviceConfiguration", o.TypeNames[0]));
        Assert.Equal(["DeviceOk"], ofMailbox.Column("Status").Distinct());

        SandboxPartnership device = session.Device(WorldNames.SeveralDevices);
        PSObject one = session.Run("Get-ActiveSyncDeviceStatistics", ("Identity", device.Guid)).Single;
        Assert.Equal(device.DeviceId, one.Properties["DeviceID"].Value);
        DateTime synced = Assert.IsType<DateTime>(one.Properties["LastSuccessSync"].Value);
        Assert.Equal(DateTimeKind.Utc, synced.Kind);
        Assert.Equal(device.LastSuccessSync!.Value.UtcDateTime, synced);
        Assert.Equal("********", one.Properties["RecoveryPassword"].Value);

        Assert.NotNull(session.Run("Get-MobileDeviceStatistics").Failure);
    }

    [Fact]
    public void A_device_that_never_synced_has_no_times()
    {
        PSObject device = session.Run("Get-MobileDevice", ("Mailbox", WorldNames.NeverSynced)).Single;
        PSObject statistics = session.Run("Get-MobileDeviceStatistics", ("Mailbox", WorldNames.NeverSynced)).Single;

        Assert.Null(device.Properties["FirstSyncTime"].Value);
        Assert.Null(statistics.Properties["LastSuccessSync"].Value);
    }

    [Fact]
    public void A_mailbox_shows_both_lists_as_lists_and_the_policy_in_force()
    {
        SandboxMailbox both = session.Mailbox(WorldNames.BothLists);
        PSObject cas = session.Run("Get-CASMailbox", ("Identity", both.Guid)).Single;
        Assert.Equal(both.AllowedDeviceIds, ExchangeAnswer.List(cas, "ActiveSyncAllowedDeviceIDs"));
        Assert.Equal(both.BlockedDeviceIds, ExchangeAnswer.List(cas, "ActiveSyncBlockedDeviceIDs"));
        Assert.Equal(both.EmailAddresses, ExchangeAnswer.List(cas, "EmailAddresses"));
        Assert.Equal(WorldNames.DefaultPolicy, cas.Properties["ActiveSyncMailboxPolicy"].Value);
        Assert.Equal(true, cas.Properties["ActiveSyncMailboxPolicyIsDefaulted"].Value);

        PSObject assigned = session.Run("Get-CASMailbox", ("Identity", WorldNames.PolicyNotMet)).Single;
        Assert.Equal(WorldNames.ExecutivePolicy, assigned.Properties["ActiveSyncMailboxPolicy"].Value);
        Assert.Equal(false, assigned.Properties["ActiveSyncMailboxPolicyIsDefaulted"].Value);
        Assert.Empty(ExchangeAnswer.List(assigned, "ActiveSyncAllowedDeviceIDs"));
    }

    [Fact]
    public void Recipients_can_be_narrowed_by_their_kind_and_cut_down_to_some_properties()
    {
        Assert.Equal(["SharedMailbox"], session.Run("Get-Recipient", ("RecipientTypeDetails", new[] { "SharedMailbox" })).Column("RecipientTypeDetails").Distinct());
        Assert.Empty(session.Run("Get-Recipient", ("RecipientType", new[] { "MailContact" })).Objects);

        PSObject recipient = session.Run("Get-Recipient", ("Identity", WorldNames.Ordinary), ("Properties", new[] { "Alias" })).Single;
        Assert.Equal(WorldNames.Ordinary, recipient.Properties["Alias"].Value);
        Assert.Null(recipient.Properties["PrimarySmtpAddress"].Value);
        Assert.Null(recipient.Properties["UserPrincipalName"]);
    }

    [Fact]
    public void Servers_tell_their_organisation_and_with_status_their_controllers()
    {
        PSObject server = session.Run("Get-ExchangeServer", ("Identity", "ex2.contoso.com"), ("Status", true)).Single;

        Assert.Equal(WorldNames.SecondServer, server.Properties["Name"].Value);
        Assert.EndsWith(session.World.OrganizationDistinguishedName, ExchangeAnswer.Text(server, "DistinguishedName"));
        Assert.Equal(["dc2.contoso.com"], ExchangeAnswer.List(server, "CurrentDomainControllers"));
        Assert.Equal(6, ExchangeAnswer.List(server, "NetworkAddress").Count);
        Assert.Null(session.Run("Get-ExchangeServer", ("Identity", "EX1")).Single.Properties["CurrentDomainControllers"]);
        Assert.Empty(session.Run("Get-ExchangeServer", ("Domain", "fabrikam.com")).Objects);
    }

    [Fact]
    public void Device_classes_are_the_distinct_pairs_of_type_and_model()
    {
        ExchangeAnswer classes = session.Run("Get-ActiveSyncDeviceClass");

        Assert.Equal(
            session.World.Partnerships.Where(d => d.DeviceType.Length > 0).Select(d => $"{d.DeviceType}§{d.DeviceModel ?? d.DeviceType}").Distinct().Order(StringComparer.Ordinal),
            classes.Column("Name"));
        Assert.Equal(["iPad"], session.Run("Get-ActiveSyncDeviceClass", ("Filter", "DeviceType -eq 'iPad'")).Column("DeviceType").Distinct());
    }

    [Fact]
    public void Role_entries_and_the_throttling_policy_answer_a_preflight()
    {
        ExchangeAnswer entries = session.Run("Get-ManagementRoleEntry", ("Identity", "*\\Set-CAS*"));
        Assert.Equal(["Mail Recipients", "User Options"], entries.Column("Role"));
        Assert.Contains("ActiveSyncBlockedDeviceIDs", ExchangeAnswer.List(entries.Objects[0], "Parameters"));
        Assert.Empty(session.Run("Get-ManagementRoleEntry", ("Identity", "*\\Set-CAS*"), ("Parameters", new[] { "NoSuchParameter" })).Objects);

        PSObject policy = session.Run("Get-ThrottlingPolicy", ("ThrottlingPolicyScope", "Global")).Single;
        Assert.Equal("18", policy.Properties["PowerShellMaxConcurrency"].Value);
        Assert.Null(session.Run("Get-ThrottlingPolicyAssociation", ("Identity", WorldNames.Ordinary)).Single.Properties["ThrottlingPolicyId"].Value);
    }

    [Fact]
    public void Select_Object_projects_on_the_server()
    {
        ExchangeAnswer answer = session.Run(shell => shell
            .AddCommand("Get-MobileDevice")
            .AddCommand("Select-Object").AddParameter("Property", new[] { "deviceid", "Device*State", "Missing" }).AddParameter("First", 3));

        Assert.Equal(3, answer.Objects.Count);
        Assert.All(answer.Objects, o =>
        {
            Assert.Equal("Deserialized.Selected.Microsoft.Exchange.Data.Directory.SystemConfiguration.MobileDevice", o.TypeNames[0]);
            Assert.Equal(["DeviceId", "DeviceAccessState", "Missing"], o.Properties.Select(p => p.Name).Where(n => n is not ("PSComputerName" or "RunspaceId" or "PSShowComputerName")));
            Assert.Null(o.Properties["Missing"].Value);
        });

        ExchangeAnswer expanded = session.Run(shell => shell
            .AddCommand("Get-CASMailbox").AddParameter("Identity", WorldNames.BothLists)
            .AddCommand("Select-Object").AddParameter("ExpandProperty", "EmailAddresses"));
        Assert.Equal(session.Mailbox(WorldNames.BothLists).EmailAddresses, expanded.Objects.Select(o => o.ToString()));
    }

    [Fact]
    public void The_view_of_the_forest_can_be_set_and_an_unknown_controller_cannot()
    {
        session.Run("Set-ADServerSettings", ("ViewEntireForest", true)).Succeeds();
        session.Run("Set-ADServerSettings", ("PreferredServer", "dc9.contoso.com")).Fails("SuitabilityDirectoryException");
    }

    private IEnumerable<SandboxMailbox> Mailboxes => session.World.Mailboxes.Where(m => m.RecipientTypeDetails != "MonitoringMailbox");
}
