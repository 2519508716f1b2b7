using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>A 2010 server beside a current one: what a session looks like follows from the server that it runs on.</summary>
public sealed class ExchangeOlderReleaseTests : IAsyncLifetime
{
    private SandboxHost? _host;
    private Runspace? _older;

    private SandboxHost Host => _host!;

    private Runspace Older => _older!;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync(new SandboxOptions { World = new WorldOptions { Partnerships = 400, HasExchange2010 = true }, PreparedSessions = 0 });
        _older = await SandboxHost.OpenRunspaceAsync(await _host.StartServerAsync(WorldNames.Exchange2010));
    }

    public async ValueTask DisposeAsync()
    {
        _older?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public void Devices_have_their_older_names_only()
    {
        IReadOnlyList<string> names = ExchangeSessionFixture.Run(Older, "Get-Command").Column("Name");

        Assert.Contains("Get-ActiveSyncDevice", names);
        Assert.Contains("Set-ActiveSyncMailboxPolicy", names);
        Assert.DoesNotContain(names, n => n.Contains("-MobileDevice", StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith("NamedParameterNotFound", ExchangeSessionFixture.Run(Older, "Set-CASMailbox", ("Identity", WorldNames.AutoBlocked), ("ResetAutoBlockedDevices", true)).Failure!.FullyQualifiedErrorId);
        Assert.StartsWith("NamedParameterNotFound", ExchangeSessionFixture.Run(Older, "Get-ActiveSyncDevice", ("Monitoring", true)).Failure!.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_device_comes_with_numbers_that_have_names_and_with_ids_that_have_parts()
    {
        SandboxPartnership device = Device(WorldNames.RuleBlocked);

        PSObject found = ExchangeSessionFixture.Run(Older, "Get-ActiveSyncDevice", ("Identity", device.Guid)).Single;

        Assert.Equal("Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.ActiveSyncDevice", found.TypeNames[0]);
        Assert.DoesNotContain(found.TypeNames, n => n.EndsWith(".MobileDevice", StringComparison.Ordinal));
        Assert.Null(found.Properties["ClientType"]);
        AssertNumber(found, "DeviceAccessState", 2, "Blocked");
        AssertNumber(found, "DeviceAccessStateReason", 3, "DeviceRule");
        PSObject identity = Part(found, "Identity");
        Assert.Equal(found.Properties["DistinguishedName"].Value, identity.Properties["DistinguishedName"].Value);
        Assert.Equal(device.Guid, identity.Properties["ObjectGuid"].Value);
        Assert.Equal($"contoso.com/Users/Igor Pavlov/ExchangeActiveSyncDevices/{device.DeviceType}§{device.DeviceId}", identity.ToString());
        Assert.EndsWith("(DeviceOS)", Part(found, "DeviceAccessControlRule").ToString());
    }

    [Fact]
    public void A_server_comes_with_its_version_in_parts_and_its_roles_as_flags()
    {
        PSObject server = ExchangeSessionFixture.Run(Older, "Get-ExchangeServer", ("Identity", WorldNames.Exchange2010)).Single;

        PSObject version = Part(server, "AdminDisplayVersion");
        Assert.Equal("Version 14.3 (Build 513.0)", version.ToString());
        Assert.Equal((14, 3, 513, 0), (version.Properties["Major"].Value, version.Properties["Minor"].Value, version.Properties["Build"].Value, version.Properties["Revision"].Value));
        AssertNumber(server, "ServerRole", 38, "Mailbox, ClientAccess, HubTransport");
        Assert.Null(server.Properties["IsE15OrLater"]);
    }

    [Fact]
    public void Mailboxes_policies_settings_and_statistics_are_those_of_their_time()
    {
        PSObject mailbox = ExchangeSessionFixture.Run(Older, "Get-CASMailbox", ("Identity", WorldNames.PolicyNotMet)).Single;
        Assert.Equal(WorldNames.ExecutivePolicy, Part(mailbox, "ActiveSyncMailboxPolicy").ToString());
        Assert.Null(mailbox.Properties["ActiveSyncSuppressReadReceipt"]);

        PSObject policy = ExchangeSessionFixture.Run(Older, "Get-ActiveSyncMailboxPolicy", ("Identity", WorldNames.DefaultPolicy)).Single;
        Assert.Equal(4, policy.Properties["MinDevicePasswordLength"].Value);
        Assert.Equal(true, policy.Properties["IsDefaultPolicy"].Value);
        Assert.Null(policy.Properties["AllowGooglePushNotifications"]);
        Assert.Null(ExchangeSessionFixture.Run(Older, "Get-ActiveSyncOrganizationSettings").Single.Properties["AllowAccessForUnSupportedPlatform"]);

        PSObject statistics = ExchangeSessionFixture.Run(Older, "Get-ActiveSyncDeviceStatistics", ("Mailbox", WorldNames.Ordinary)).Single;
        Assert.Equal("Deserialized.Microsoft.Exchange.Management.Tasks.ActiveSyncDeviceConfiguration", statistics.TypeNames[0]);
        Assert.Null(statistics.Properties["AccountOnlyDeviceWipeRequestTime"]);
        AssertNumber(statistics, "DeviceAccessState", 1, "Allowed");
    }

    [Fact]
    public void A_row_that_was_cut_on_the_server_keeps_its_texts_only()
    {
        ExchangeAnswer answer = ExchangeSessionFixture.Run(Older, shell => shell
            .AddCommand("Get-ActiveSyncDevice").AddParameter("Identity", Device(WorldNames.RuleBlocked).Guid)
            .AddCommand("Select-Object").AddParameter("Property", new[] { "Identity", "DeviceAccessState" }));

        Assert.Equal("Blocked", ExchangeAnswer.Text(answer.Single, "DeviceAccessState"));
        Assert.StartsWith("contoso.com/Users/Igor Pavlov/", ExchangeAnswer.Text(answer.Single, "Identity"));
    }

    [Fact]
    public async Task A_session_on_a_current_server_of_the_same_organisation_is_not_changed_by_it()
    {
        using Runspace current = await Host.OpenRunspaceAsync(TestContext.Current.CancellationToken);

        PSObject found = ExchangeSessionFixture.Run(current, "Get-MobileDevice", ("Identity", Device(WorldNames.RuleBlocked).Guid)).Single;

        Assert.Equal("Blocked", found.Properties["DeviceAccessState"].Value);
        Assert.Equal("EAS", found.Properties["ClientType"].Value);
        Assert.IsType<string>(found.Properties["Identity"].Value);
        ExchangeSessionFixture.Run(Older, "Set-CASMailbox", ("Identity", WorldNames.Ordinary), ("ActiveSyncAllowedDeviceIDs", new Hashtable { ["Add"] = "X" })).Succeeds();
        Assert.Equal(["X"], ExchangeAnswer.List(ExchangeSessionFixture.Run(current, "Get-CASMailbox", ("Identity", WorldNames.Ordinary)).Single, "ActiveSyncAllowedDeviceIDs"));
    }

    private SandboxPartnership Device(string alias) => Host.State.World.PartnershipsOf(Host.State.World.Mailboxes.FindIndex(m => m.Alias == alias))[0];

    private static PSObject Part(PSObject row, string property) => Assert.IsType<PSObject>(row.Properties[property].Value);

    private static void AssertNumber(PSObject row, string property, int number, string text)
    {
        PSObject value = Part(row, property);
        Assert.Equal(number, value.BaseObject);
        Assert.Equal(text, value.ToString());
    }
}
