using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeWriteTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    private const string NothingModified = "The command completed successfully but no settings of";

    [Fact]
    public void Adding_and_removing_merges_one_value_or_many()
    {
        string mailbox = WorldNames.NotCompliant;
        Set(mailbox, ("ActiveSyncAllowedDeviceIDs", Change(add: "A1"))).Succeeds();
        Set(mailbox, ("ActiveSyncAllowedDeviceIDs", Change(add: new[] { "A2", "A3" }))).Succeeds();
        Set(mailbox, ("ActiveSyncAllowedDeviceIDs", Change(add: "A4", remove: new[] { "a2", "not there" }))).Succeeds();

        Assert.Equal(["A1", "A3", "A4"], Allowed(mailbox));
    }

    [Fact]
    public void A_device_moves_between_the_lists_in_one_command()
    {
        string mailbox = WorldNames.AdministratorAllow;
        string id = Assert.Single(Allowed(mailbox));

        Set(mailbox, ("ActiveSyncAllowedDeviceIDs", Change(remove: id)), ("ActiveSyncBlockedDeviceIDs", Change(add: id))).Succeeds();

        Assert.Empty(Allowed(mailbox));
        Assert.Equal([id], Blocked(mailbox));
        ExecutedCommand logged = session.Host.Commands().Last(c => c.Name == "Set-CASMailbox");
        Assert.Equal(["ActiveSyncAllowedDeviceIDs", "ActiveSyncBlockedDeviceIDs", "Identity"], logged.Parameters);
        Assert.Equal(mailbox, logged.Identity);
    }

    [Fact]
    public void A_plain_list_overwrites_and_nothing_clears()
    {
        string mailbox = WorldNames.Unlicensed;
        Set(mailbox, ("ActiveSyncBlockedDeviceIDs", Change(add: "B1"))).Succeeds();
        Set(mailbox, ("ActiveSyncBlockedDeviceIDs", new[] { "B2", "B3" })).Succeeds();
        Assert.Equal(["B2", "B3"], Blocked(mailbox));

        Set(mailbox, ("ActiveSyncBlockedDeviceIDs", "B4")).Succeeds();
        Assert.Equal(["B4"], Blocked(mailbox));

        Set(mailbox, ("ActiveSyncBlockedDeviceIDs", null)).Succeeds();
        Assert.Empty(Blocked(mailbox));
    }

    [Fact]
    public void A_change_that_changes_nothing_only_warns()
    {
        string mailbox = WorldNames.AdministratorBlock;
        string id = Assert.Single(Blocked(mailbox));
        int version = Version();

        ExchangeAnswer answer = Set(mailbox, ("ActiveSyncBlockedDeviceIDs", Change(add: id.ToLowerInvariant())));

        answer.Succeeds();
        Assert.StartsWith(NothingModified, Assert.Single(answer.Warnings));
        Assert.Equal([id], Blocked(mailbox));
        Assert.Equal(version, Version());
    }

    [Fact]
    public void A_change_by_another_key_is_refused_whole()
    {
        string mailbox = WorldNames.Exempt;

        Set(mailbox, ("ActiveSyncAllowedDeviceIDs", new Hashtable { ["Add"] = "X", ["Append"] = "Y" })).Fails("DataValidationException");

        Assert.Empty(Allowed(mailbox));
    }

    [Fact]
    public void The_policy_is_assigned_by_any_of_its_names_and_reset_by_nothing()
    {
        string mailbox = WorldNames.DifferentUpn;
        SandboxMailboxPolicy policy = session.World.MailboxPolicies.Single(p => p.Name == WorldNames.ExecutivePolicy);
        object[] names = [policy.Name, policy.Guid, $"CN={policy.Name},CN=Mobile Mailbox Policies,{session.World.OrganizationDistinguishedName}"];
        foreach (object name in names)
        {
            Set(mailbox, ("ActiveSyncMailboxPolicy", name)).Succeeds();
            Assert.Equal((WorldNames.ExecutivePolicy, false), Policy(mailbox));
            Set(mailbox, ("ActiveSyncMailboxPolicy", null)).Succeeds();
            Assert.Equal((WorldNames.DefaultPolicy, true), Policy(mailbox));
        }

        Set(mailbox, ("ActiveSyncMailboxPolicy", WorldNames.DefaultPolicy)).Succeeds();
        Assert.Equal((WorldNames.DefaultPolicy, false), Policy(mailbox));
        Set(mailbox, ("ActiveSyncMailboxPolicy", "No Such Policy")).Fails("ManagementObjectNotFoundException");
    }

    [Fact]
    public void What_if_changes_nothing()
    {
        int version = Version();
        string device = session.Device(WorldNames.Ordinary).Guid.ToString();

        Set(WorldNames.Ordinary, ("ActiveSyncAllowedDeviceIDs", Change(add: "W")), ("WhatIf", true)).Succeeds();
        session.Run("Remove-MobileDevice", ("Identity", device), ("WhatIf", true)).Succeeds();
        session.Run("Clear-MobileDevice", ("Identity", device), ("WhatIf", true)).Succeeds();
        session.Run("Set-ActiveSyncOrganizationSettings", ("DefaultAccessLevel", "Block"), ("WhatIf", true)).Succeeds();

        Assert.Equal(version, Version());
    }

    [Fact]
    public void A_setting_that_the_world_does_not_keep_is_refused_in_words()
    {
        int version = Version();

        ErrorRecord error = Set(WorldNames.Ordinary, ("ActiveSyncEnabled", false), ("PopEnabled", false)).Fails("TaskInvalidOperationException");

        Assert.Contains("'PopEnabled'", error.Exception.Message);
        Assert.Equal(version, Version());
    }

    [Fact]
    public void Several_mailboxes_can_be_piped_in_by_name()
    {
        string[] mailboxes = [WorldNames.InGracePeriod, WorldNames.UnknownCompliance];

        using PowerShell shell = session.Shell();
        shell.AddCommand("Set-CASMailbox").AddParameter("ActiveSyncAllowedDeviceIDs", Change(add: "P"));
        shell.Invoke(mailboxes);

        Assert.Empty(shell.Streams.Error);
        Assert.All(mailboxes, m => Assert.Equal(["P"], Allowed(m)));
    }

    [Fact]
    public void Removing_a_device_asks_first_and_leaves_its_id_in_the_lists()
    {
        SandboxPartnership device = session.Device(WorldNames.Apostrophe);
        Set(WorldNames.Apostrophe, ("ActiveSyncAllowedDeviceIDs", Change(add: device.DeviceId))).Succeeds();

        // Nobody can answer the question in this session, so it fails without having removed anything.
        Assert.NotNull(session.Run("Remove-MobileDevice", ("Identity", device.Guid)).Failure);
        Assert.Single(session.Run("Get-MobileDevice", ("Identity", device.Guid)).Objects);

        session.Run("Remove-MobileDevice", ("Identity", device.Guid), ("Confirm", false)).Succeeds();
        session.Run("Get-MobileDevice", ("Identity", device.Guid)).Fails("ManagementObjectNotFoundException");
        session.Run("Remove-MobileDevice", ("Identity", device.Guid), ("Confirm", false)).Fails("ManagementObjectNotFoundException");
        Assert.Equal([device.DeviceId], Allowed(WorldNames.Apostrophe));
    }

    [Fact]
    public void A_wipe_is_asked_for_and_can_be_taken_back()
    {
        SandboxPartnership device = session.Device(WorldNames.OtherScript);
        Assert.NotNull(session.Run("Clear-ActiveSyncDevice", ("Identity", device.Guid)).Failure);

        session.Run("Clear-ActiveSyncDevice", ("Identity", device.Guid), ("Confirm", false)).Succeeds();
        PSObject pending = session.Run("Get-ActiveSyncDeviceStatistics", ("Identity", device.Guid)).Single;
        Assert.Equal("DeviceWipePending", pending.Properties["Status"].Value);
        Assert.NotNull(pending.Properties["DeviceWipeRequestTime"].Value);
        Assert.Null(pending.Properties["DeviceWipeSentTime"].Value);
        Assert.Equal("connector@contoso.com", pending.Properties["LastDeviceWipeRequestor"].Value);

        session.Run("Clear-ActiveSyncDevice", ("Identity", device.Guid), ("Cancel", true), ("Confirm", false)).Succeeds();
        PSObject taken = session.Run("Get-ActiveSyncDeviceStatistics", ("Identity", device.Guid)).Single;
        Assert.Equal("DeviceOk", taken.Properties["Status"].Value);
        Assert.Null(taken.Properties["DeviceWipeRequestTime"].Value);

        session.Run("Clear-MobileDevice", ("Identity", device.Guid), ("AccountOnly", true), ("Confirm", false)).Succeeds();
        PSObject account = session.Run("Get-MobileDeviceStatistics", ("Identity", device.Guid)).Single;
        Assert.Equal("AccountOnlyDeviceWipePending", account.Properties["Status"].Value);
        Assert.NotNull(account.Properties["AccountOnlyDeviceWipeRequestTime"].Value);
        Assert.Null(account.Properties["DeviceWipeRequestTime"].Value);
    }

    [Fact]
    public void Every_change_moves_the_mailboxs_time_forward()
    {
        object before = Cas(WorldNames.NotActivated).Properties["WhenChangedUTC"].Value;
        Set(WorldNames.NotActivated, ("ActiveSyncEnabled", false)).Succeeds();
        object between = Cas(WorldNames.NotActivated).Properties["WhenChangedUTC"].Value;
        Set(WorldNames.NotActivated, ("ActiveSyncEnabled", true)).Succeeds();
        object after = Cas(WorldNames.NotActivated).Properties["WhenChangedUTC"].Value;

        Assert.True(Comparer.Default.Compare(before, between) < 0);
        Assert.True(Comparer.Default.Compare(between, after) < 0);
    }

    private static Hashtable Change(object? add = null, object? remove = null)
    {
        Hashtable change = [];
        if (add is not null)
            change["Add"] = add;
        if (remove is not null)
            change["Remove"] = remove;
        return change;
    }

    private ExchangeAnswer Set(string mailbox, params IEnumerable<(string Name, object? Value)> changes) =>
        session.Run("Set-CASMailbox", [("Identity", mailbox), .. changes]);

    private PSObject Cas(string mailbox) => session.Run("Get-CASMailbox", ("Identity", mailbox)).Single;

    private IReadOnlyList<string> Allowed(string mailbox) => ExchangeAnswer.List(Cas(mailbox), "ActiveSyncAllowedDeviceIDs");

    private IReadOnlyList<string> Blocked(string mailbox) => ExchangeAnswer.List(Cas(mailbox), "ActiveSyncBlockedDeviceIDs");

    private (string, bool) Policy(string mailbox)
    {
        PSObject cas = Cas(mailbox);
        return (ExchangeAnswer.Text(cas, "ActiveSyncMailboxPolicy"), (bool)cas.Properties["ActiveSyncMailboxPolicyIsDefaulted"].Value);
    }

    private int Version()
    {
        session.Host.State.Refresh();
        return session.Host.State.Version;
    }
}
