using System;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Reads that a run must not act on: it is held with the numbers and the next command, and nothing is written.</summary>
public sealed class HoldTests
{
    [Theory]
    [InlineData(SyncKind.Full, true)]
    [InlineData(SyncKind.Full, false)]
    [InlineData(SyncKind.Quick, true)]
    public async Task Another_customers_tenant_holds_the_run_and_never_becomes_the_measure(SyncKind kind, bool synchronizedBefore)
    {
        var world = World(41);
        using var simulator = new Simulator(world);
        simulator.Policy = simulator.Policy with { IncludedGroups = [AccessPolicy.AllUsers], ExcludedGroups = [] };
        if (synchronizedBefore) await simulator.RunAsync();
        if (kind == SyncKind.Quick) await simulator.RunAsync(SyncKind.Quick);
        var before = world.Describe();
        var ledger = simulator.Ledger().Count;
        var measure = Measure(simulator);

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = kind }, distort: Foreign);

        Assert.Equal((SyncStatus.Held, 2, 0), (result.Status, result.ExitCode, result.Changes));
        Assert.Matches($"^None of the \\d+ mailboxes with devices has a user in the tenant \\(last complete read: {(synchronizedBefore ? measure!.MatchedOwners : 0)}\\)\\. .*Get-IntuneExchangeConnector.*Invoke-ConnectorSync -Force\\.$", result.HeldReason);
        Assert.Equal(before, world.Describe());
        Assert.Equal(ledger, simulator.Ledger().Count);
        Assert.Equal(measure, Measure(simulator));
        Assert.Equal(SyncStatus.Planned, (await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = kind, PlanOnly = true }, distort: Foreign)).Status);
        Assert.Contains(simulator.Console.Warnings, static text => text.StartsWith("The run would be held. None of the ", StringComparison.Ordinal));

        var forced = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full, Force = true }, distort: Foreign);
        Assert.Equal(SyncStatus.Succeeded, forced.Status);
        Assert.Equal(0, Measure(simulator)!.MatchedOwners);
    }

    [Fact]
    public async Task A_quick_run_counts_the_owners_that_a_full_one_counts()
    {
        var world = World(42);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        var full = Measure(simulator)!;
        world.World.ManagedDevices[0].ComplianceState = "error";
        var quick = await simulator.RunAsync(SyncKind.Quick);

        Assert.Equal(SyncStatus.Succeeded, quick.Status);
        Assert.True(full.MatchedOwners > 0);
        Assert.Equal(full, Measure(simulator));
    }

    [Theory]
    [InlineData("Allow", true)]
    [InlineData("Allow", false)]
    [InlineData("Quarantine", true)]
    public async Task Forced_past_rows_that_cannot_be_read_a_run_blocks_nobody_who_may_be_among_them(string level, bool isUser)
    {
        var world = World(43, level);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        var before = world.Describe();
        TenantSnapshot Broken(TenantSnapshot tenant)
        {
            var device = tenant.ManagedDevices.First(device => device.Compliance == ComplianceState.Compliant && device.UserId is not null && Allowed(world, device));
            var row = new UnreadableRow(isUser ? "user " + device.UserId : "managed device " + device.Id, "the id is no Guid");
            return isUser
                ? tenant with { Users = [.. tenant.Users.Where(user => user.Id != device.UserId)], Unreadable = [row] }
                : tenant with { ManagedDevices = [.. tenant.ManagedDevices.Where(other => other != device)], Unreadable = [row] };
        }

        var held = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, distort: Broken);
        var forced = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full, Force = true }, distort: Broken);

        Assert.Equal(SyncStatus.Held, held.Status);
        Assert.EndsWith("the id is no Guid). Look at that row in the portal of Intune or Entra. Invoke-ConnectorSync -Force goes on without such rows and leaves alone whoever may be among them.", held.HeldReason, StringComparison.Ordinal);
        Assert.Equal((SyncStatus.SucceededWithErrors, 2, 0, 0), (forced.Status, forced.ExitCode, forced.Denials, forced.Changes));
        Assert.Equal(before, world.Describe());
        Assert.Contains(simulator.Console.Warnings, static text => text.Contains("stay as they are, because rows of the tenant could not be read", StringComparison.Ordinal));
        Assert.Equal((SyncStatus.Succeeded, 0), ((await simulator.RunAsync()).Status, (await simulator.RunAsync()).Changes));
    }

    [Theory]
    [InlineData(ErrorIds.GraphThrottled, ErrorKind.Throttled, SyncKind.Full)]
    [InlineData(ErrorIds.GraphRequestFailed, ErrorKind.ServerFault, SyncKind.Full)]
    [InlineData(ErrorIds.GraphUnreachable, ErrorKind.Unreachable, SyncKind.Quick)]
    public async Task A_tenant_that_cannot_be_read_to_its_end_holds_the_run_even_when_forced(string id, ErrorKind kind, SyncKind run)
    {
        var world = World(44);
        using var simulator = new Simulator(world);
        await simulator.RunAsync();
        var before = world.Describe();
        TenantSnapshot Fail(TenantSnapshot tenant) => throw new ConnectorException(id, kind, "graph.microsoft.com", "Graph asks to slow down.", "Run the command again later.");

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = run, Force = true }, distort: Fail);

        Assert.Equal((SyncStatus.Held, 2, 0), (result.Status, result.ExitCode, result.Changes));
        Assert.Equal((null, null, null), (result.FailureId, result.FailureMessage, result.FailureRemedy));
        Assert.Equal(
            $"The tenant could not be read to its end ({result.GraphRequests} requests were sent). Graph asks to slow down. Run the command again later. Nothing was written, so Invoke-ConnectorSync may be run again at any time.",
            result.HeldReason);
        Assert.Equal(before, world.Describe());
        Assert.Equal(SyncStatus.Succeeded, (await simulator.RunAsync()).Status);
    }

    [Fact]
    public async Task A_tenant_that_goes_away_while_losers_are_looked_up_holds_the_run_too()
    {
        var world = World(45);
        using var simulator = new Simulator(world);
        var before = world.Describe();
        var answers = 0;
        TenantSnapshot FailLater(TenantSnapshot tenant) =>
            answers++ == 0 ? tenant : throw new ConnectorException(ErrorIds.GraphUnreachable, ErrorKind.Unreachable, "graph.microsoft.com", "Graph went away.", "Look at the network.");

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, distort: FailLater);

        Assert.Equal(SyncStatus.Held, result.Status);
        Assert.Equal(before, world.Describe());
        Assert.Null(Measure(simulator));
    }

    [Fact]
    public async Task What_is_wrong_for_good_fails_the_run_and_says_what_to_do()
    {
        using var simulator = new Simulator(World(46));
        TenantSnapshot Refuse(TenantSnapshot tenant) => throw new ConnectorException(ErrorIds.GraphPermissionMissing, ErrorKind.PermissionDenied, "tenant", "The permission User.Read.All is missing.", "Consent at https://login.example.");

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, distort: Refuse);

        Assert.Equal((SyncStatus.Failed, 1, "Consent at https://login.example."), (result.Status, result.ExitCode, result.FailureRemedy));
        using var store = simulator.OpenStore();
        Assert.Equal(result.FailureRemedy, store.ReadRuns(1, null, false)[0].Result.FailureRemedy);
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_is_thrown_and_stands_in_the_history()
    {
        using var simulator = new Simulator(World(47));
        TenantSnapshot Break(TenantSnapshot tenant) => throw new InvalidOperationException("A defect.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, distort: Break));

        using var store = simulator.OpenStore();
        var run = store.ReadRuns(1, null, false)[0].Result;
        Assert.Equal((SyncStatus.Failed, ErrorIds.Unexpected, "A defect."), (run.Status, run.FailureId, run.FailureMessage));
        Assert.Contains("report", run.FailureRemedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_hold_says_which_command_comes_next_and_the_days_limit_never_advises_force()
    {
        var world = World(48);
        using var simulator = new Simulator(world);
        simulator.Policy = simulator.Policy with { FuseMinimum = 0, FusePercent = 0 };
        var run = await simulator.RunAsync();
        simulator.Policy = simulator.Policy with { FuseDaily = 1 };
        var day = await simulator.RunAsync(force: true);
        var cut = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, distort: static tenant => tenant with { Incomplete = "The list was cut." });

        Assert.EndsWith(" Look with Invoke-ConnectorSync -WhatIf; if it is right, run Invoke-ConnectorSync -Force.", run.HeldReason, StringComparison.Ordinal);
        Assert.EndsWith($" -Force does not pass this limit. If it is right, raise it with Set-ConnectorAccessPolicy -FuseDaily {day.Denials}.", day.HeldReason, StringComparison.Ordinal);
        Assert.DoesNotContain("run Invoke-ConnectorSync -Force", day.HeldReason, StringComparison.Ordinal);
        Assert.Equal("The list was cut. Run the sync again; where it stays so, look at the server that cut its answer. -Force does not pass this.", cut.HeldReason);
    }

    private static bool Allowed(SimulatedOrganization world, ManagedDevice device) =>
        world.Mailboxes.Any(mailbox => mailbox.AllowedDeviceIds.Contains(device.EasDeviceId.Value, EasDeviceId.Comparer));

    // The same number of everything, and nobody of it known here.
    private static TenantSnapshot Foreign(TenantSnapshot tenant) => tenant with
    {
        Users = [.. tenant.Users.Select(static (user, place) => new TenantUser { Id = new Guid(place, 7, 7, new byte[8]), UserPrincipalName = $"somebody{place}@fabrikam.example", IsLicensed = true })],
        ManagedDevices = [.. tenant.ManagedDevices.Select(static (device, place) => device with { Id = "foreign-" + place, UserId = new Guid(place, 7, 7, new byte[8]), EasDeviceId = new EasDeviceId("FOREIGN" + place) })],
    };

    private static Baseline? Measure(Simulator simulator)
    {
        using var store = simulator.OpenStore();
        return store.ReadBaseline();
    }

    private static SimulatedOrganization World(int seed, string level = "Allow") =>
        new(WorldGenerator.Generate(new WorldOptions { Seed = seed, Partnerships = 300, DefaultAccessLevel = level }));
}
