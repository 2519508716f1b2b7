using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Broken connections in the midst of writes, and several lanes at once.</summary>
public sealed class ApplyTests
{
    private static readonly SyncRequest s_full = new() { Kind = SyncKind.Full };

    private static SimulatedOrganization World(int seed, int partnerships = 300) => new(WorldGenerator.Generate(new WorldOptions { Seed = seed, Partnerships = partnerships }));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_write_whose_answer_was_lost_is_found_and_not_repeated(int lanes)
    {
        var world = World(21);
        using var simulator = new Simulator(world);
        List<Guid> lost = [];
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            MaximumLanes = lanes,
            Refuse = change =>
            {
                Assert.DoesNotContain(change.MailboxId, lost);
                if (change.MailboxId.ToByteArray()[0] % 4 != 0) return null;
                world.Apply(change);
                lost.Add(change.MailboxId);
                return Lost();
            },
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.NotEmpty(lost);
        Assert.Equal((SyncStatus.Succeeded, 0), (result.Status, result.Failures));
        using (var store = simulator.OpenStore())
        {
            Assert.Equal(lost.Count, store.ReadRuns(1, null, true)[0].Changes.Count(static change => change.Message is not null));
        }

        await AssertSameAsUndisturbedAsync(21, simulator);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_write_that_never_arrived_is_sent_again(int lanes)
    {
        var world = World(22);
        using var simulator = new Simulator(world);
        HashSet<Guid> lost = [];
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            MaximumLanes = lanes,
            Refuse = change => change.MailboxId.ToByteArray()[0] % 3 == 0 && lost.Add(change.MailboxId) ? Lost() : null,
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.NotEmpty(lost);
        Assert.Equal((SyncStatus.Succeeded, result.MailboxWrites + lost.Count), (result.Status, result.ReReads));
        await AssertSameAsUndisturbedAsync(22, simulator);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task When_no_server_answers_any_more_the_run_ends_and_the_next_one_finds_out_what_became_of_the_writes(int lanes)
    {
        var world = World(23);
        using var simulator = new Simulator(world);
        var writes = 0;
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            MaximumLanes = lanes,
            Gone = () => writes > 20,
            Refuse = change =>
            {
                if (++writes <= 20) return null;
                world.Apply(change);
                return Lost();
            },
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal((SyncStatus.Failed, 1, 20, ErrorIds.ExchangeUnreachable), (result.Status, result.ExitCode, result.MailboxWrites, result.FailureId));
        using (var store = simulator.OpenStore()) Assert.InRange(store.ReadPending().Count, 1, lanes);
        Assert.Equal(SyncStatus.Succeeded, (await simulator.RunAsync()).Status);
        await AssertSameAsUndisturbedAsync(23, simulator);
    }

    [Fact]
    public async Task Several_lanes_do_what_one_does_and_settings_come_last()
    {
        using var simulator = new Simulator(World(24, 800));
        await using var exchange = new SimulatedDirectory(simulator.Organization, new KillSwitch(null)) { MaximumLanes = 8 };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal(SyncStatus.Succeeded, result.Status);
        Assert.True(exchange.MostUnderWay > 4);
        Assert.Equal(exchange.Written.Count, exchange.Written.Select(static change => change.MailboxId).Distinct().Count());
        var firstDenial = exchange.Written.FindIndex(static change => change.Denials > 0);
        Assert.True(firstDenial > 0);
        Assert.All(exchange.Written.Skip(firstDenial), static change => Assert.True(change.Denials > 0));
        await AssertSameAsUndisturbedAsync(24, simulator, 800);
    }

    [Fact]
    public async Task A_few_changes_are_not_worth_a_further_session()
    {
        using var simulator = new Simulator(World(26, 20));
        SimulatedDirectory? directory = null;
        var together = 0;
        await using var exchange = directory = new SimulatedDirectory(simulator.Organization, new KillSwitch(null))
        {
            MaximumLanes = 8,
            Refuse = _ =>
            {
                together += directory!.UnderWay;
                return null;
            },
        };

        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);

        Assert.Equal((SyncStatus.Succeeded, 0), (result.Status, together));
        Assert.InRange(result.MailboxWrites, 2, 11);
    }

    [Fact]
    public async Task Killed_with_several_lanes_at_work_the_next_run_finishes_the_work()
    {
        for (var moment = 10; moment < 600; moment += 37)
        {
            using var simulator = new Simulator(World(25));
            var kill = new KillSwitch(moment);
            await using var exchange = new SimulatedDirectory(simulator.Organization, kill) { MaximumLanes = 6 };
            try
            {
                await simulator.RunAsync(kill, s_full, exchange);
            }
            catch (KilledException)
            {
            }

            Assert.Equal(SyncStatus.Succeeded, (await simulator.RunAsync()).Status);
            await AssertSameAsUndisturbedAsync(25, simulator);
        }
    }

    [Fact]
    public async Task A_failure_that_passes_is_tried_again()
    {
        var world = World(26);
        using var simulator = new Simulator(world);
        Dictionary<Guid, int> attempts = [];
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Refuse = change => (attempts[change.MailboxId] = attempts.GetValueOrDefault(change.MailboxId) + 1) < 3 ? Passing() : null,
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal((SyncStatus.Succeeded, 0), (result.Status, result.Failures));
        Assert.All(attempts.Values, static count => Assert.Equal(3, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_budget_that_is_used_up_for_a_minute_and_a_half_is_waited_for(int lanes)
    {
        var world = World(29);
        using var simulator = new Simulator(world);
        DateTimeOffset? until = null;
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            MaximumLanes = lanes,
            Refuse = _ => simulator.Time.GetUtcNow() < (until ??= simulator.Time.GetUtcNow().AddSeconds(90)) ? Throttled() : null,
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal((SyncStatus.Succeeded, 0), (result.Status, result.Failures));
        Assert.Contains(simulator.Console.Verboses, static line => line.Contains("It is tried again in 15 seconds.", StringComparison.Ordinal));
        await AssertSameAsUndisturbedAsync(29, simulator);
    }

    [Fact]
    public async Task A_budget_that_stays_used_up_ends_the_run_after_a_few_minutes()
    {
        var world = World(29);
        using var simulator = new Simulator(world);
        var asked = 0;
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Refuse = _ =>
            {
                asked++;
                return Throttled();
            },
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal((SyncStatus.Failed, ErrorIds.ExchangeThrottled, 4), (result.Status, result.FailureId, asked));
        Assert.InRange(result.Finished - result.Started, TimeSpan.FromSeconds(105), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task One_mailbox_that_stays_unclear_is_named_and_left_to_the_next_run()
    {
        var world = World(27);
        using var simulator = new Simulator(world);
        Guid? victim = null;
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Refuse = change => (victim ??= change.MailboxId) == change.MailboxId ? Passing() : null,
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal((SyncStatus.SucceededWithErrors, 1), (result.Status, result.Failures));
        Assert.Contains(simulator.Console.Warnings, static warning => warning.Contains("not confirmed", StringComparison.Ordinal));
        using (var store = simulator.OpenStore()) Assert.Equal(victim, Assert.Single(store.ReadPending()).MailboxId);
        Assert.Equal((SyncStatus.Succeeded, 1), ((await simulator.RunAsync()) is var next ? (next.Status, next.MailboxWrites) : default));
        await AssertSameAsUndisturbedAsync(27, simulator);
    }

    [Fact]
    public async Task When_everything_is_refused_the_run_ends_after_a_few()
    {
        var world = World(28);
        using var simulator = new Simulator(world);
        var before = world.Describe();
        var asked = 0;
        await using var exchange = new SimulatedDirectory(world, new KillSwitch(null))
        {
            Refuse = _ =>
            {
                asked++;
                return new ConnectorException(ErrorIds.ExchangeAccessDenied, ErrorKind.PermissionDenied, "mailbox", "Not within your write scope.", "Give it the role.");
            },
        };
        var result = await simulator.RunAsync(new KillSwitch(null), s_full, exchange);
        Assert.Equal((SyncStatus.Failed, ErrorIds.ExchangeAccessDenied), (result.Status, result.FailureId));
        Assert.InRange(asked, 20, 30);
        Assert.Contains("in a row", result.FailureMessage, StringComparison.Ordinal);
        Assert.Equal(before, world.Describe());
    }

    private static async Task AssertSameAsUndisturbedAsync(int seed, Simulator simulator, int partnerships = 300)
    {
        using var undisturbed = new Simulator(World(seed, partnerships));
        await undisturbed.RunAsync();
        Assert.Equal(undisturbed.Organization.Describe(), simulator.Organization.Describe());
        Assert.Equal(Describe(undisturbed.Ledger()), Describe(simulator.Ledger()));
        Assert.Equal(0, (await simulator.RunAsync()).Changes);
    }

    private static ConnectorException Lost() => new(ErrorIds.ExchangeSessionLost, ErrorKind.Unreachable, "EX1", "The session broke.", "Look at the server.");

    private static ConnectorException Throttled() => new(ErrorIds.ExchangeThrottled, ErrorKind.Throttled, "EX1", "EX1 asks to slow down.", "Give the account a budget of its own.");

    private static ConnectorException Passing() => new(ErrorIds.ExchangeCommandFailed, ErrorKind.Unreachable, "EX1", "The domain controller did not answer.", "Run it again.");

    private static string Describe(Ledger ledger) => string.Join('\n', ledger.Mailboxes
        .SelectMany(ledger.Of)
        .Select(static entry => $"{entry.MailboxId} {entry.List} {entry.DeviceId}")
        .Order(StringComparer.Ordinal));
}
