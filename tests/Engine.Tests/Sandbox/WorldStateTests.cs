using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class WorldStateTests : IDisposable
{
    private static readonly WorldOptions s_options = new() { Partnerships = 120 };

    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-world-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_states_of_a_folder_see_each_others_changes()
    {
        WorldState first = WorldState.Create(_folder, s_options);
        WorldState second = WorldState.Open(_folder);
        Guid mailbox = first.World.Mailboxes[3].Guid;

        first.Append(new MailboxChanged(mailbox) { At = s_options.Now, AddAllowed = ["ABC"], ActiveSyncEnabled = false });

        Assert.True(second.Refresh());
        Assert.False(second.Refresh());
        Assert.Contains("ABC", second.World.Mailboxes[3].AllowedDeviceIds);
        Assert.False(second.World.Mailboxes[3].ActiveSyncEnabled);
        Assert.Equal(1, second.Version);
    }

    [Fact]
    public void Every_kind_of_change_comes_back_from_the_log_as_it_was()
    {
        WorldState state = WorldState.Create(_folder, s_options);
        string before = WorldFingerprint.Of(state.World);
        foreach (WorldMutation mutation in OneOfEach(state.World))
        {
            string previous = WorldFingerprint.Of(state.World);
            state.Append(mutation);
            Assert.True(previous != WorldFingerprint.Of(state.World), $"{mutation} changed nothing.");
        }

        Assert.NotEqual(before, WorldFingerprint.Of(state.World));
        Assert.Equal(WorldFingerprint.Of(state.World), WorldFingerprint.Of(WorldState.Open(_folder).World));
    }

    [Fact]
    public void There_is_a_test_for_every_kind_of_change() =>
        Assert.Equal(
            typeof(WorldMutation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(WorldMutation))).ToHashSet(),
            OneOfEach(WorldGenerator.Generate(s_options)).Select(mutation => mutation.GetType()).ToHashSet());

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        Guid mailbox = WorldState.Create(_folder, s_options).World.Mailboxes[5].Guid;
        const int Writers = 6;
        const int Changes = 40;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            WorldState state = WorldState.Open(_folder);
            for (int i = 0; i < Changes; i++)
            {
                // Decided from the newest world: every change must see all those before it.
                state.Change(world =>
                {
                    int count = world.Mailboxes[5].AllowedDeviceIds.Count;
                    return [new MailboxChanged(mailbox) { At = s_options.Now, AddAllowed = [$"ID{count}"] }];
                });
            }
        }, TestContext.Current.CancellationToken)));

        List<string> ids = WorldState.Open(_folder).World.Mailboxes[5].AllowedDeviceIds;
        Assert.Equal(Enumerable.Range(0, Writers * Changes).Select(i => $"ID{i}"), ids.Where(id => id.StartsWith("ID", StringComparison.Ordinal)));
    }

    [Fact]
    public void Half_a_line_of_a_dead_writer_is_ignored_and_then_overwritten()
    {
        WorldState state = WorldState.Create(_folder, s_options);
        Guid mailbox = state.World.Mailboxes[0].Guid;
        state.Append(new MailboxChanged(mailbox) { At = s_options.Now, AddBlocked = ["ONE"] });
        File.AppendAllText(Path.Combine(_folder, "changes.jsonl"), "{\"kind\":\"mailbox\",\"Mailb");

        WorldState other = WorldState.Open(_folder);
        Assert.False(state.Refresh());
        other.Append(new MailboxChanged(mailbox) { At = s_options.Now, AddBlocked = ["TWO"] });

        Assert.True(state.Refresh());
        Assert.Equal(["ONE", "TWO"], state.World.Mailboxes[0].BlockedDeviceIds.TakeLast(2));
        Assert.Equal(["ONE", "TWO"], WorldState.Open(_folder).World.Mailboxes[0].BlockedDeviceIds.TakeLast(2));
    }

    [Fact]
    public void A_decision_that_throws_changes_nothing_and_frees_the_lock()
    {
        WorldState state = WorldState.Create(_folder, s_options);
        Assert.Throws<InvalidOperationException>(() => state.Change(_ => throw new InvalidOperationException("no such rule")));

        WorldState.Open(_folder).Append(new OrganizationSettingsChanged { At = s_options.Now, DefaultAccessLevel = "Block" });
        Assert.True(state.Refresh());
        Assert.Equal(1, state.Version);
    }

    [Fact]
    public void List_changes_add_and_remove_without_regard_to_case()
    {
        WorldState state = WorldState.InMemory(s_options);
        SandboxMailbox mailbox = state.World.Mailboxes[0];
        state.Append(new MailboxChanged(mailbox.Guid) { At = s_options.Now, ClearAllowed = true, AddAllowed = ["Appl1", "APPL1", "b"] });
        Assert.Equal(["Appl1", "b"], mailbox.AllowedDeviceIds);

        state.Append(new MailboxChanged(mailbox.Guid) { At = s_options.Now.AddHours(1), RemoveAllowed = ["aPPL1"] });
        Assert.Equal(["b"], mailbox.AllowedDeviceIds);
        Assert.Equal(s_options.Now.AddHours(1), mailbox.WhenChanged);
    }

    [Fact]
    public void A_new_partnership_stands_with_its_mailbox()
    {
        WorldState state = WorldState.InMemory(s_options);
        int empty = Enumerable.Range(0, state.World.Mailboxes.Count).First(i => state.World.PartnershipsOf(i).IsEmpty);
        var added = new PartnershipAdded(new Guid("0a0b0c0d-1111-4222-8333-444455556666"), state.World.Mailboxes[empty].Guid, "iPhone", "NEW") { At = s_options.Now };

        state.Append(added);

        Assert.Equal(added.Partnership, state.World.PartnershipsOf(empty)[0].Guid);
        Assert.Equal(state.World.Partnerships.Select(p => p.MailboxIndex).Order(), state.World.Partnerships.Select(p => p.MailboxIndex));
    }

    [Fact]
    public void A_folder_of_another_world_is_refused()
    {
        WorldState.Create(_folder, s_options);
        WorldState.Create(_folder, s_options);
        Assert.Throws<InvalidOperationException>(() => WorldState.Create(_folder, s_options with { Seed = 9 }));
        Assert.Throws<FileNotFoundException>(() => WorldState.Open(Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName));
    }

    private static IEnumerable<WorldMutation> OneOfEach(SandboxWorld world)
    {
        DateTimeOffset at = s_options.Now.AddMinutes(5);
        var id = new Guid("11111111-2222-4333-8444-555555555555");
        Guid mailbox = world.Mailboxes[1].Guid;
        Guid partnership = world.Partnerships[4].Guid;
        Guid device = world.ManagedDevices[2].Id;
        yield return new MailboxChanged(mailbox)
        {
            At = at, AddAllowed = ["A\n$(x)"], RemoveAllowed = ["none"], AddBlocked = ["B"], ClearBlocked = true, ActiveSyncEnabled = false, MailboxPolicy = WorldNames.ExecutivePolicy,
        };
        yield return new OrganizationSettingsChanged { At = at, DefaultAccessLevel = "Quarantine", UserMailInsert = "<b>ü</b>", AdminMailRecipients = ["a@b.c"], AllowAccessForUnSupportedPlatform = true };
        yield return new AccessRuleAdded(id, "DeviceModel", "x", "Block") { At = at };
        yield return new AccessRuleChanged(id, "Allow") { At = at };
        yield return new AccessRuleRemoved(id) { At = at };
        yield return new MailboxPolicyAdded(id, "Third", IsDefault: true) { At = at, Settings = new Dictionary<string, object?> { ["DevicePasswordEnabled"] = true, ["MinDevicePasswordLength"] = 6L } };
        yield return new MailboxPolicyChanged(id) { At = at, Settings = new Dictionary<string, object?> { ["MaxDevicePasswordFailedAttempts"] = "4", ["MinDevicePasswordLength"] = null } };
        yield return new MailboxPolicyRemoved(id) { At = at };
        yield return new PartnershipAdded(id, mailbox, "iPhone", "XYZ") { At = at, DeviceModel = "m", TransientState = "DeviceDiscovery", TransientReason = "Unknown" };
        yield return new PartnershipChanged(partnership)
        {
            At = at, TransientState = "Blocked", TransientReason = "CommandFrequency", PolicyNotMet = true, LastSuccessSync = at, WipeRequestTime = at, WipeRequestor = "admin", WipeAccountOnly = true,
        };
        yield return new PartnershipRemoved(world.Partnerships[0].Guid) { At = at };
        yield return new ManagedDeviceAdded(id, world.Users[0].Id, "iOS", "d", "compliant") { At = at, EasDeviceId = "Q", EasActivated = true, AzureAdDeviceId = id };
        yield return new DirectoryDeviceChanged(id, AccountEnabled: false) { At = at };
        yield return new ManagedDeviceChanged(device) { User = world.Users[3].Id, At = at, ComplianceState = "conflict", EasDeviceId = "", EasActivated = false, LastSync = at };
        yield return new ManagedDeviceRemoved(world.ManagedDevices[0].Id) { At = at };
        yield return new DirectoryDeviceRemoved(id) { At = at };
        yield return new UserAdded(id, "new@contoso.com", "New") { At = at, Mail = "new@contoso.com", OnPremisesSamAccountName = "new", OnPremisesImmutableId = "AAAA", HasIntuneLicence = true };
        yield return new UserChanged(world.Users[0].Id)
        {
            At = at, HasIntuneLicence = false, AccountEnabled = false, DisplayName = "ü", UserPrincipalName = "a@b.c", Mail = "", ProxyAddresses = ["SMTP:a@b.c"],
            OnPremisesDistinguishedName = "CN=a", OnPremisesSamAccountName = "a", OnPremisesImmutableId = "BBBB", AddAddress = "second@contoso.com",
        };
        yield return new UserRemoved(world.Users[2].Id) { At = at, Permanently = true };
        yield return new GroupAdded(id, "New group") { At = at };
        yield return new GroupChanged(id) { At = at, DisplayName = "Renamed", AddUsers = [world.Users[0].Id, world.Users[1].Id], AddGroups = [world.Groups[4].Id] };
        yield return new GroupRemoved(world.Groups[5].Id) { At = at };
    }
}
