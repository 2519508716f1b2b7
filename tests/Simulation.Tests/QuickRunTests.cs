using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

public sealed class QuickRunTests
{
    [Fact]
    public async Task With_nothing_changed_nothing_is_decided_anew_and_nothing_written()
    {
        using var simulator = new Simulator(World(1, 400));
        var full = await simulator.RunAsync();
        await simulator.RunAsync(SyncKind.Quick);

        var quick = await simulator.RunAsync(SyncKind.Quick);

        Assert.Equal((SyncStatus.Succeeded, 0, 0), (quick.Status, quick.Changes, quick.MailboxWrites));
        Assert.Equal(Counts(full), Counts(quick));
        Assert.Contains(simulator.Console.Verboses, text => text.StartsWith("Decided anew: 0 of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whatever_happened_since_a_quick_run_plans_what_a_full_one_would()
    {
        await Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[2, 8]).SampleAsync(
            async (seed, steps) =>
            {
                using var simulator = new Simulator(World(seed % 50, 60));
                var history = new OrganizationHistory(simulator, seed);
                await simulator.RunAsync();
                for (var step = 0; step < steps; step++)
                {
                    history.Step();
                    var quick = await PlanAsync(simulator, SyncKind.Quick);
                    var full = await PlanAsync(simulator, SyncKind.Full);
                    Assert.True(full.Plan.SequenceEqual(quick.Plan), $"{history}: full [{string.Join("; ", full.Plan)}] quick [{string.Join("; ", quick.Plan)}]");
                    Assert.Equal(Counts(full.Result) with { Denials = full.Result.Denials }, Counts(quick.Result) with { Denials = quick.Result.Denials });
                    await history.RunAsync();
                }

                await simulator.RunAsync(SyncKind.Quick, force: true);
                var remembered = Devices(simulator);
                await simulator.RunAsync(force: true);
                Assert.Equal(Devices(simulator), remembered);
            },
            iter: 40, threads: 2);
    }

    [Fact]
    public async Task After_a_held_run_everything_is_decided_anew()
    {
        var world = World(7, 300);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        await simulator.RunAsync(SyncKind.Quick);
        foreach (var device in world.World.ManagedDevices) device.ComplianceState = "noncompliant";
        simulator.Policy = simulator.Policy with { FuseMinimum = 0, FusePercent = 0 };
        Assert.Equal(SyncStatus.Held, (await simulator.RunAsync(SyncKind.Quick)).Status);

        var forced = await simulator.RunAsync(SyncKind.Quick, force: true);

        Assert.Equal(SyncStatus.Succeeded, forced.Status);
        Assert.True(forced.Denials > 0);
        Assert.Equal(0, (await simulator.RunAsync()).Changes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_loses_mail_on_what_is_only_remembered(bool usersAreWhole)
    {
        var world = World(11, 200);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        await simulator.RunAsync(SyncKind.Quick);
        var tenant = world.Tenant(simulator.Policy);
        using (var store = simulator.OpenStore())
        {
            // A phone that has mail, whose managed device is given to the next user and back to its own without anybody being told.
            var phone = store.ReadDevices(new DeviceQuery { Decision = AccessDecision.Allow }).First(static device => device.ManagedDeviceId is not null);
            var remembered = tenant.ManagedDevices.Single(device => device.Id == phone.ManagedDeviceId) with { UserId = null };
            TenantSnapshot Overlook(TenantSnapshot now) => now with { ManagedDevices = [.. now.ManagedDevices.Select(device => device.Id == remembered.Id ? remembered : device)] };

            var quick = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Quick }, overlook: Overlook, usersAreWhole: usersAreWhole);

            Assert.Equal((SyncStatus.Succeeded, 0, 0), (quick.Status, quick.Denials, quick.Changes));
            Assert.Contains(simulator.Console.Verboses, static text => text.Contains("loses mail on a phone", StringComparison.Ordinal));
        }
    }

    private static SimulatedOrganization World(int seed, int partnerships) =>
        new(WorldGenerator.Generate(new WorldOptions { Seed = seed, Partnerships = partnerships }));

    private static (int Partnerships, int Allowed, int Blocked, int Left, int System, int Conflicts, int Denials) Counts(SyncResult result) =>
        (result.Partnerships, result.Allowed, result.Blocked, result.LeftToExchange, result.SystemPartnerships, result.Conflicts, 0);

    private static async Task<(SyncResult Result, IReadOnlyList<string> Plan)> PlanAsync(Simulator simulator, SyncKind kind)
    {
        simulator.Console.Planned.Clear();
        var result = await simulator.RunAsync(kind, planOnly: true);
        return (result, [.. simulator.Console.Planned.OfType<MailboxChange>().Select(Describe)]);
    }

    private static string Describe(MailboxChange change) =>
        $"{change.MailboxId} +{string.Join(',', change.AllowedAdd)} -{string.Join(',', change.AllowedRemove)} !{string.Join(',', change.BlockedAdd)} ?{string.Join(',', change.BlockedRemove)} {change.Denials}";

    private static List<ConnectorDevice> Devices(Simulator simulator)
    {
        using var store = simulator.OpenStore();
        return [.. store.ReadDevices(new DeviceQuery()).Select(static device => device with { AsOf = default })];
    }
}
