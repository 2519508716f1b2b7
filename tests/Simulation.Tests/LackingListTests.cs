using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>A page of a list that is missing without a sign, few enough rows for every count to pass: nobody loses anything by it.</summary>
public sealed class LackingListTests
{
    public static TheoryData<string, SyncKind, string> Lists()
    {
        var rows = new TheoryData<string, SyncKind, string>();
        foreach (var list in (string[])["managed devices", "users", "members", "exempt", "everything"])
        {
            foreach (var kind in (SyncKind[])[SyncKind.Full, SyncKind.Quick])
            {
                foreach (var level in (string[])["Allow", "Quarantine"]) rows.Add(list, kind, level);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Whoever_is_missing_from_a_list_keeps_mail_and_entries(string list, SyncKind kind, string level)
    {
        var world = World(21, level);
        using var simulator = new Simulator(world);
        // Whoever is exempt would be blocked without that.
        var exempt = world.Tenant(simulator.Policy).ExcludedUsers;
        foreach (var device in world.World.ManagedDevices.Where(device => device.UserIndex >= 0 && exempt.Contains(world.World.Users[device.UserIndex].Id))) device.ComplianceState = "noncompliant";
        await simulator.RunAsync();
        await simulator.RunAsync(SyncKind.Quick);
        var before = world.Describe();

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = kind }, lacking: Lacking(list));

        Assert.Equal((SyncStatus.Succeeded, 0, 0), (result.Status, result.Denials, result.Changes));
        Assert.Equal(before, world.Describe());
        Assert.Equal(0, (await simulator.RunAsync(kind)).Changes);
    }

    [Fact]
    public async Task A_first_run_blocks_nobody_who_is_missing_and_says_what_the_lists_lack()
    {
        using var undisturbed = new Simulator(World(22, "Allow"));
        await undisturbed.RunAsync();
        var world = World(22, "Allow");
        using var simulator = new Simulator(world);

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, lacking: Lacking("managed devices"));

        Assert.Equal(SyncStatus.Succeeded, result.Status);
        Assert.Contains(simulator.Console.Warnings, static text => text.StartsWith("Graph's lists lack 0 users, ", StringComparison.Ordinal));
        Assert.All(world.Mailboxes, mailbox => Assert.Empty(mailbox.BlockedDeviceIds.Except(undisturbed.Organization.Find(mailbox.Id)!.BlockedDeviceIds, EasDeviceId.Comparer)));
        await simulator.RunAsync();
        Assert.Equal(undisturbed.Organization.Describe(), world.Describe());
    }

    [Fact]
    public async Task On_a_colleagues_phone_a_functional_mailbox_keeps_mail_though_the_phone_is_missing()
    {
        var world = World(23, "Allow");
        using var simulator = new Simulator(world);
        simulator.Policy = simulator.Policy with { UserMismatch = UserMismatch.Ignore };
        await simulator.RunAsync();
        await simulator.RunAsync(SyncKind.Quick);
        ManagedDevice[] borrowed;
        using (var store = simulator.OpenStore())
        {
            var tenant = world.Tenant(simulator.Policy);
            var users = tenant.Users.ToDictionary(static user => user.UserPrincipalName, static user => user.Id);
            var ids = store.ReadDevices(new DeviceQuery { Decision = AccessDecision.Allow }).Select(static device => (device.UserPrincipalName, device.ManagedDeviceId)).ToList();
            borrowed = [.. tenant.ManagedDevices.Where(device => ids.Any(id => id.ManagedDeviceId == device.Id && users[id.UserPrincipalName!] != device.UserId))];
        }

        Assert.NotEmpty(borrowed);
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, lacking: tenant => tenant with { ManagedDevices = [.. tenant.ManagedDevices.Except(borrowed.Take(3))] });

        Assert.Equal((SyncStatus.Succeeded, 0, 0), (result.Status, result.Denials, result.Changes));
    }

    [Fact]
    public async Task Where_the_lists_lack_nothing_the_plan_is_what_it_was()
    {
        for (var seed = 30; seed < 36; seed++)
        {
            var world = World(seed, seed % 2 == 0 ? "Allow" : "Quarantine");
            using var simulator = new Simulator(world);
            var exchange = new ExchangeSnapshot { Partnerships = world.Partnerships, Mailboxes = world.Mailboxes, Settings = world.Settings, Rules = world.Rules, Policies = world.Policies };
            var expected = PlanBuilder.Build(new PlanInput { Exchange = exchange, Tenant = world.Tenant(simulator.Policy), Policy = simulator.Policy, Ledger = simulator.Ledger(), Now = simulator.Time.GetUtcNow() });

            var result = await simulator.RunAsync(planOnly: true);

            Assert.Equal(seed % 2 == 0, result.Denials > 0);
            Assert.Equal(expected.Changes.OfType<MailboxChange>().Select(Describe), simulator.Console.Planned.OfType<MailboxChange>().Select(Describe));
            Assert.Equal((expected.Allowed, expected.Blocked, expected.Denials), (result.Allowed, result.Blocked, result.Denials));
            Assert.Empty(simulator.Console.Warnings);
        }
    }

    [Fact]
    public async Task A_run_that_the_fuse_holds_asks_for_nobody()
    {
        using var simulator = new Simulator(World(24, "Allow"));
        simulator.Policy = simulator.Policy with { FuseMinimum = 0, FusePercent = 0 };

        var held = await simulator.RunAsync();
        simulator.Policy = simulator.Policy with { FuseMinimum = int.MaxValue };
        var applied = await simulator.RunAsync();

        Assert.Equal((SyncStatus.Held, SyncStatus.Succeeded), (held.Status, applied.Status));
        Assert.True(applied.GraphRequests > held.GraphRequests);
    }

    // Four rows of the list, all of them of people who have mail.
    private static Func<TenantSnapshot, TenantSnapshot> Lacking(string list) => tenant =>
    {
        HashSet<Guid> people = [.. tenant.Users.Where(user => user.IsLicensed && tenant.IncludedUsers!.Contains(user.Id)).OrderBy(static user => user.Id).Where(user => tenant.ManagedDevices.Any(device => device.UserId == user.Id && device.Compliance == ComplianceState.Compliant)).Skip(5).Take(4).Select(static user => user.Id)];
        return list switch
        {
            "managed devices" => tenant with { ManagedDevices = [.. tenant.ManagedDevices.Where(device => device.UserId is not { } owner || !people.Contains(owner))] },
            "users" => tenant with { Users = [.. tenant.Users.Where(user => !people.Contains(user.Id))] },
            "members" => tenant with { IncludedUsers = [.. tenant.IncludedUsers!.Where(id => !people.Contains(id))] },
            "exempt" => tenant with { ExcludedUsers = [.. tenant.ExcludedUsers.Order().Skip(4)] },
            _ => tenant with
            {
                ManagedDevices = [.. tenant.ManagedDevices.Where(device => device.UserId is not { } owner || !people.Contains(owner))],
                Users = [.. tenant.Users.Where(user => !people.Contains(user.Id))],
                IncludedUsers = [.. tenant.IncludedUsers!.Where(id => !people.Contains(id))],
            },
        };
    };

    private static string Describe(MailboxChange change) =>
        $"{change.MailboxId} +{string.Join(',', change.AllowedAdd)} -{string.Join(',', change.AllowedRemove)} !{string.Join(',', change.BlockedAdd)} ?{string.Join(',', change.BlockedRemove)} {change.Denials}";

    private static SimulatedOrganization World(int seed, string level) =>
        new(WorldGenerator.Generate(new WorldOptions { Seed = seed, Partnerships = 400, DefaultAccessLevel = level }));
}
