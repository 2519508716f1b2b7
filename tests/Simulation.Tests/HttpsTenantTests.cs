using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Tests.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Whole runs with the real reader of Microsoft Graph over HTTPS on one side, and a simulated organisation on the other.</summary>
public sealed class HttpsTenantTests
{
    private static readonly string[] s_roles = [.. GraphRoles.Sync, GraphRoles.ReadDevices];

    [Fact]
    public async Task Whatever_happened_in_the_tenant_a_quick_run_plans_what_a_full_one_would()
    {
        await Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 4]).SampleAsync(
            async (seed, steps) =>
            {
                await using var tenant = await SandboxTenant.StartAsync(partnerships: 60);
                using var simulator = new Simulator(new SimulatedOrganization(tenant.World));
                var history = new TenantHistory(tenant, seed);
                await RunAsync(simulator, tenant, SyncKind.Full);
                for (var step = 0; step < steps; step++)
                {
                    history.Step(1 + (step % 3));
                    tenant.Time.Advance(TimeSpan.FromMinutes(5));
                    var quick = await PlanAsync(simulator, tenant, SyncKind.Quick);
                    var full = await PlanAsync(simulator, tenant, SyncKind.Full);
                    Assert.True(full.Plan.SequenceEqual(quick.Plan), $"{history}: full [{string.Join("; ", full.Plan)}] quick [{string.Join("; ", quick.Plan)}]");
                    Assert.Equal((full.Result.Allowed, full.Result.Blocked, full.Result.LeftToExchange, full.Result.Denials), (quick.Result.Allowed, quick.Result.Blocked, quick.Result.LeftToExchange, quick.Result.Denials));
                    await RunAsync(simulator, tenant, SyncKind.Quick);
                }

                Assert.Equal(0, (await RunAsync(simulator, tenant, SyncKind.Full)).Changes);
            },
            iter: 12, threads: 2);
    }

    [Fact]
    public async Task A_list_that_ends_a_few_rows_early_with_every_sign_of_being_whole_costs_nobody_anything()
    {
        const int Missing = 5;
        var devices = WorldGenerator.Generate(new WorldOptions { Partnerships = 200 }).ManagedDevices.Count;
        await using var tenant = await SandboxTenant.StartAsync(new GraphEndpointOptions { ManagedDevicePageSize = devices - Missing }, 200);
        using var simulator = new Simulator(new SimulatedOrganization(tenant.World));
        await RunAsync(simulator, tenant, SyncKind.Full);
        var before = simulator.Organization.Describe();

        tenant.Endpoint.Faults.Next(GraphRoute.ManagedDevices, null, GraphFault.MissingNextLink, GraphFault.MissingNextLink);
        var result = await RunAsync(simulator, tenant, SyncKind.Full, force: false);

        Assert.Equal((SyncStatus.Succeeded, 0, 0), (result.Status, result.Denials, result.Changes));
        Assert.Equal(before, simulator.Organization.Describe());
        Assert.Contains(simulator.Console.Warnings, static text => text.StartsWith("Graph's lists lack 0 users, ", StringComparison.Ordinal));
    }

    private static async Task<SyncResult> RunAsync(Simulator simulator, SandboxTenant tenant, SyncKind kind, bool force = true, bool planOnly = false)
    {
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = kind, Force = force, PlanOnly = planOnly }, source: tenant.WithToken(s_roles));
        Assert.Equal(planOnly ? SyncStatus.Planned : SyncStatus.Succeeded, result.Status);
        return result;
    }

    private static async Task<(SyncResult Result, IReadOnlyList<string> Plan)> PlanAsync(Simulator simulator, SandboxTenant tenant, SyncKind kind)
    {
        simulator.Console.Planned.Clear();
        var result = await RunAsync(simulator, tenant, kind, planOnly: true);
        return (result, [.. simulator.Console.Planned.OfType<MailboxChange>().Select(Describe)]);
    }

    private static string Describe(MailboxChange change) =>
        $"{change.MailboxId} +{string.Join(',', change.AllowedAdd)} -{string.Join(',', change.AllowedRemove)} !{string.Join(',', change.BlockedAdd)} ?{string.Join(',', change.BlockedRemove)} {change.Denials}";
}
