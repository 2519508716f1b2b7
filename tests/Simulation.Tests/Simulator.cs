using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>A connector's whole life in one process: the real run and the real store, simulated sides, a clock that only tests move.</summary>
internal sealed class Simulator : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iec-simulation-").FullName;
    private int _runs;

    public Simulator(SimulatedOrganization organization)
    {
        Organization = organization;
        Time = new ImpatientTime(organization.World.Options.Now);
        Policy = organization.Policy();
    }

    public SimulatedOrganization Organization { get; }

    public FakeTimeProvider Time { get; }

    public AccessPolicy Policy { get; set; }

    public WantedConfiguration Wanted { get; set; } = WantedConfiguration.Nothing;

    public RecordingConsole Console { get; } = new();

    public IStateStore OpenStore() => SqliteStateStore.Open(Path.Combine(_folder, "state.db"));

    public Ledger Ledger()
    {
        using var store = OpenStore();
        return store.ReadLedger();
    }

    public Task<SyncResult> RunAsync(SyncKind kind = SyncKind.Full, bool force = false, bool planOnly = false) =>
        RunAsync(new KillSwitch(null), new SyncRequest { Kind = kind, Force = force, PlanOnly = planOnly });

    public async Task<SyncResult> RunAsync(
        KillSwitch kill,
        SyncRequest request,
        SimulatedDirectory? directory = null,
        Func<TenantSnapshot, TenantSnapshot>? distort = null,
        CancellationToken? stop = null,
        Func<TenantSnapshot, TenantSnapshot>? overlook = null,
        bool usersAreWhole = false,
        Func<TenantSnapshot, TenantSnapshot>? lacking = null,
        IManagedDeviceSource? source = null)
    {
        Time.Advance(TimeSpan.FromMinutes(10));
        using var store = new KillableStore(OpenStore(), kill);
        using var tenant = source ?? new SimulatedTenant(Organization, Time, distort, overlook, usersAreWhole, lacking);
        await using var exchange = directory ?? new SimulatedDirectory(Organization, kill);
        var run = new SyncRun(Settings(), request, exchange, tenant, store, Console, Time, new Guid(++_runs, 0, 0, new byte[8]));
        return await run.RunAsync(stop ?? TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ConnectorSettings Settings() => new()
    {
        Name = "Default",
        Organization = Organization.World.OrganizationDistinguishedName,
        Policy = Policy,
        Wanted = Wanted,
        Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.CallerRunspace },
        Tenant = new TenantSettings { TenantId = "contoso.example", ClientId = "00000000-0000-0000-0000-000000000001", Method = SignInMethod.AccessToken },
    };
}

/// <summary>Keeps what a run said.</summary>
internal sealed class RecordingConsole : ISyncConsole
{
    private readonly Lock _gate = new();

    public List<string> Warnings { get; } = [];

    public List<string> Verboses { get; } = [];

    public List<PlannedChange> Planned { get; } = [];

    public void Report(SyncProgress progress)
    {
    }

    public void Verbose(string message)
    {
        lock (_gate) Verboses.Add(message);
    }

    public void Warning(string message)
    {
        lock (_gate) Warnings.Add(message);
    }

    public void Plan(PlannedChange change) => Planned.Add(change);

    public void Prompt(string message)
    {
    }
}
