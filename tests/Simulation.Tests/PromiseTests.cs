using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

public sealed class PromiseTests
{
    private static SimulatedOrganization World(int seed, int partnerships = 60, string level = "Allow") =>
        new(WorldGenerator.Generate(new WorldOptions { Seed = seed, Partnerships = partnerships, DefaultAccessLevel = level }));

    [Fact]
    public async Task A_second_run_plans_nothing()
    {
        using var simulator = new Simulator(World(1, 500));
        var first = await simulator.RunAsync();
        var second = await simulator.RunAsync();
        Assert.Equal(SyncStatus.Succeeded, first.Status);
        Assert.True(first.Changes > 100);
        Assert.Equal((SyncStatus.Succeeded, 0, 0), (second.Status, second.Changes, second.MailboxWrites));
    }

    [Fact]
    public async Task Every_partnership_is_counted_once()
    {
        using var simulator = new Simulator(World(2, 800));
        var result = await simulator.RunAsync();
        Assert.Equal(result.Partnerships, result.Allowed + result.Blocked + result.LeftToExchange + result.SystemPartnerships + result.Unreadable);
        Assert.True(result is { Allowed: > 0, Blocked: > 0, LeftToExchange: > 0, SystemPartnerships: > 0 });
    }

    [Theory]
    [InlineData(3, "Allow", WantedAccessLevel.Quarantine)]
    [InlineData(4, "Quarantine", WantedAccessLevel.Allow)]
    [InlineData(5, "Allow", WantedAccessLevel.Unmanaged)]
    public async Task Killed_at_any_point_the_next_run_finishes_the_work(int seed, string level, WantedAccessLevel wanted)
    {
        using var undisturbed = new Simulator(World(seed, level: level));
        undisturbed.Policy = undisturbed.Policy with { DefaultAccessLevel = wanted };
        var whole = new KillSwitch(null);
        await undisturbed.RunAsync(whole, new SyncRequest { Kind = SyncKind.Full });
        var expected = undisturbed.Organization.Describe();
        var ledger = Describe(undisturbed.Ledger());

        for (var moment = 0; moment < whole.Moments; moment += 1 + moment / 40)
        {
            using var simulator = new Simulator(World(seed, level: level));
            simulator.Policy = simulator.Policy with { DefaultAccessLevel = wanted };
            await Assert.ThrowsAsync<KilledException>(() => simulator.RunAsync(new KillSwitch(moment), new SyncRequest { Kind = SyncKind.Full }));
            var second = await simulator.RunAsync();
            Assert.Equal(SyncStatus.Succeeded, second.Status);
            Assert.Equal(expected, simulator.Organization.Describe());
            Assert.Equal(ledger, Describe(simulator.Ledger()));
            Assert.Equal(0, (await simulator.RunAsync()).Changes);
        }
    }

    [Fact]
    public async Task Killed_again_and_again_no_administrators_entry_is_lost()
    {
        var world = World(6, 200);
        var administrators = world.Mailboxes.ToDictionary(static mailbox => mailbox.Id);
        using var simulator = new Simulator(world);
        for (var moment = 7; moment < 400; moment += 29)
        {
            try
            {
                await simulator.RunAsync(new KillSwitch(moment), new SyncRequest { Kind = SyncKind.Full });
            }
            catch (KilledException)
            {
            }
        }

        await simulator.RunAsync();
        simulator.Policy = simulator.Policy with { Enabled = false };
        await simulator.RunAsync();
        Assert.All(world.Mailboxes, mailbox =>
        {
            Assert.Equal(administrators[mailbox.Id].AllowedDeviceIds, mailbox.AllowedDeviceIds);
            Assert.Equal(administrators[mailbox.Id].BlockedDeviceIds, mailbox.BlockedDeviceIds);
        });
        Assert.Equal(0, simulator.Ledger().Count);
    }

    [Fact]
    public async Task A_mailbox_that_changed_since_the_read_is_skipped_and_settled_by_the_next_run()
    {
        var world = World(7, 200);
        using var simulator = new Simulator(world);
        var planned = await PlanAsync(simulator);
        var victim = planned.OfType<MailboxChange>().Last();
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Meanwhile = count =>
            {
                if (count == 0) world.Set(victim.MailboxId, [.. victim.AllowedBefore, "ADMINS0WN"], victim.BlockedBefore);
            },
        };
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, exchange);
        Assert.Equal((SyncStatus.SucceededWithErrors, 1, 2), (result.Status, result.Failures, result.ExitCode));
        Assert.DoesNotContain(exchange.Written, change => change.MailboxId == victim.MailboxId);
        using (var store = simulator.OpenStore())
        {
            var skipped = Assert.Single(store.ReadRuns(1, null, true)[0].Changes, static change => change.Outcome == ChangeOutcome.Skipped);
            Assert.Equal(victim.MailboxId, skipped.MailboxId);
        }

        var next = await simulator.RunAsync();
        Assert.Equal((SyncStatus.Succeeded, 1), (next.Status, next.MailboxWrites));
        Assert.Contains("ADMINS0WN", world.Find(victim.MailboxId)!.AllowedDeviceIds);
    }

    [Fact]
    public async Task An_incomplete_read_holds_the_run_even_when_forced()
    {
        var world = World(8, 200);
        using var simulator = new Simulator(world);
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null)) { Incomplete = "The answer was cut after 1000 rows." };
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full, Force = true }, exchange);
        Assert.Equal((SyncStatus.Held, 2), (result.Status, result.ExitCode));
        Assert.Contains("1000 rows", result.HeldReason, StringComparison.Ordinal);
        Assert.Empty(exchange.Written);
    }

    [Fact]
    public async Task A_shrunken_tenant_holds_the_run_until_it_is_forced()
    {
        var world = World(9, 300);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        TenantSnapshot Half(TenantSnapshot tenant) => tenant with { ManagedDevices = [.. tenant.ManagedDevices.Take(tenant.ManagedDevices.Count / 2)] };
        var before = world.Describe();

        var held = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, null, Half);
        Assert.Equal(SyncStatus.Held, held.Status);
        Assert.Equal(before, world.Describe());

        var again = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, null, Half);
        Assert.Equal(SyncStatus.Held, again.Status);

        var forced = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full, Force = true }, null, Half);
        Assert.Equal(SyncStatus.Succeeded, forced.Status);
        Assert.True(forced.Denials > 20);
    }

    [Fact]
    public async Task A_list_short_of_intunes_own_count_holds_the_run_until_it_is_forced_and_is_normal_from_then_on()
    {
        var world = World(9, 300);
        using var simulator = new Simulator(world);
        var listed = 0;
        TenantSnapshot Counted(TenantSnapshot tenant) => tenant with { CountedDevices = (listed = tenant.ManagedDevices.Count) * 2 };

        var held = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, null, Counted);
        Assert.Equal((SyncStatus.Held, 0), (held.Status, held.Changes));
        Assert.Contains($"Intune counts {listed * 2} managed devices and listed {listed}.", held.HeldReason, StringComparison.Ordinal);

        var forced = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full, Force = true }, null, Counted);
        Assert.Equal(SyncStatus.Succeeded, forced.Status);

        Assert.Equal(SyncStatus.Succeeded, (await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, null, Counted)).Status);
    }

    [Fact]
    public async Task An_empty_tenant_holds_the_very_first_run()
    {
        using var simulator = new Simulator(World(10, 300));
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, null, static tenant => tenant with { ManagedDevices = [] });
        Assert.Equal(SyncStatus.Held, result.Status);
        Assert.Contains("managed devices", result.HeldReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fuse_holds_before_the_first_write_and_yields_to_force_up_to_the_days_limit()
    {
        var world = World(11, 600);
        using var simulator = new Simulator(world);
        simulator.Policy = simulator.Policy with { FuseMinimum = 3, FusePercent = 0, FuseDaily = 500 };
        var before = world.Describe();
        var held = await simulator.RunAsync();
        Assert.Equal((SyncStatus.Held, 0), (held.Status, held.Changes));
        Assert.True(held.Denials > 3);
        Assert.Equal(before, world.Describe());

        simulator.Policy = simulator.Policy with { FuseDaily = held.Denials - 1 };
        Assert.Equal(SyncStatus.Held, (await simulator.RunAsync(force: true)).Status);

        simulator.Policy = simulator.Policy with { FuseDaily = held.Denials };
        var forced = await simulator.RunAsync(force: true);
        Assert.Equal((SyncStatus.Succeeded, held.Denials), (forced.Status, forced.Denials));

        using var store = simulator.OpenStore();
        Assert.Equal(held.Denials, store.CountDenials(simulator.Time.GetUtcNow().AddDays(-1)));
        simulator.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, store.CountDenials(simulator.Time.GetUtcNow().AddDays(-1)));
    }

    [Fact]
    public async Task A_refused_allow_keeps_the_default_level_from_being_tightened()
    {
        var world = World(12, 200);
        using var simulator = new Simulator(world);
        simulator.Policy = simulator.Policy with { DefaultAccessLevel = WantedAccessLevel.Quarantine };
        var victim = (await PlanAsync(simulator)).OfType<MailboxChange>().First(static change => change.AllowedAdd.Count > 0);
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Refuse = change => change.MailboxId == victim.MailboxId ? Refusal(ErrorKind.ServerFault) : null,
        };
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, exchange);
        Assert.Equal((SyncStatus.SucceededWithErrors, 2), (result.Status, result.Failures));
        Assert.Equal(ExchangeAccessLevel.Allow, world.DefaultLevel);

        var next = await simulator.RunAsync();
        Assert.Equal((SyncStatus.Succeeded, 1, ExchangeAccessLevel.Quarantine), (next.Status, next.MailboxWrites, world.DefaultLevel));
    }

    [Fact]
    public async Task What_if_writes_neither_to_exchange_nor_to_the_state()
    {
        var world = World(14, 200);
        using var simulator = new Simulator(world);
        var before = world.Describe();
        var result = await simulator.RunAsync(planOnly: true);
        Assert.Equal((SyncStatus.Planned, 0), (result.Status, result.ExitCode));
        Assert.Equal(result.Changes, simulator.Console.Planned.Sum(static change => change.Size));
        Assert.Equal(before, world.Describe());
        using var store = simulator.OpenStore();
        Assert.Empty(store.ReadRuns(null, null, false));
        Assert.Null(store.ReadBaseline());
    }

    [Fact]
    public async Task An_entry_outlives_its_partnership_for_a_week_and_is_then_withdrawn()
    {
        var world = World(15, 200);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        var entry = simulator.Ledger().Mailboxes.SelectMany(simulator.Ledger().Of).First(static entry => entry.List == EntryList.Allowed);
        world.Partnerships.RemoveAll(partnership => partnership.DeviceId == entry.DeviceId);

        Assert.Equal(0, (await simulator.RunAsync()).Changes);
        simulator.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, (await simulator.RunAsync()).Changes);
        simulator.Time.Advance(TimeSpan.FromDays(2));
        var result = await simulator.RunAsync();
        Assert.True(result.Changes >= 1);
        Assert.DoesNotContain(entry.DeviceId.Value, world.Find(entry.MailboxId)!.AllowedDeviceIds);
    }

    [Fact]
    public async Task Questions_after_a_run_are_answered_from_what_it_left_behind()
    {
        var world = World(17, 200);
        using var simulator = new Simulator(world);
        var result = await simulator.RunAsync();
        using var store = simulator.OpenStore();
        var change = store.ReadRuns(1, result.RunId, true)[0].Changes.First(static change => change.After["Blocked"].Count > change.Before["Blocked"].Count);
        var added = change.After["Blocked"].Except(change.Before["Blocked"]).First();
        var mailbox = Assert.Single(store.ReadCase(change.Target, added)!.Exchange.Mailboxes);
        Assert.Contains(added, mailbox.BlockedDeviceIds);
    }

    [Fact]
    public async Task Stopped_by_its_caller_a_run_records_what_it_wrote()
    {
        var world = World(16, 300);
        using var simulator = new Simulator(world);
        using var stop = new CancellationTokenSource();
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Meanwhile = count =>
            {
                if (count == 10) stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, exchange, null, stop.Token));
        using (var store = simulator.OpenStore())
        {
            var run = store.ReadRuns(1, null, true)[0];
            Assert.Equal((SyncStatus.Failed, ErrorIds.SyncCancelled), (run.Status, run.Result.FailureId));
            Assert.Equal(11, run.Changes.Count(static change => change.Outcome == ChangeOutcome.Applied));
        }

        Assert.Equal(SyncStatus.Succeeded, (await simulator.RunAsync()).Status);
        Assert.Equal(0, (await simulator.RunAsync()).Changes);
    }

    private static async Task<IReadOnlyList<PlannedChange>> PlanAsync(Simulator simulator)
    {
        await simulator.RunAsync(planOnly: true);
        return simulator.Console.Planned;
    }

    private static ConnectorException Refusal(ErrorKind kind) =>
        new(kind == ErrorKind.Unreachable ? ErrorIds.ExchangeSessionLost : ErrorIds.ExchangeCommandFailed, kind, "EX1", "The server refused.", "Look at the server.");

    private static string Describe(Ledger ledger) => string.Join('\n', ledger.Mailboxes
        .SelectMany(ledger.Of)
        .Select(static entry => $"{entry.MailboxId} {entry.List} {entry.DeviceId}")
        .Order(StringComparer.Ordinal));
}
