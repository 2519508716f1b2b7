using System;
using System.Collections.Generic;
using System.IO;
using System.Security;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;
using IntuneExchangeConnector.Engine.Prerequisites.Network;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>The whole engine over simulated sides: its own files, lease and state, and no process or network behind it.</summary>
internal sealed class SimulatedConnector : IDisposable
{
    public const string Name = "Default";

    private readonly string _folder = Directory.CreateTempSubdirectory("iec-connector-").FullName;
    private int _runs;

    public SimulatedConnector(int seed = 31, int partnerships = 120)
    {
        Organization = Generate(seed, partnerships);
        Time = new FakeTimeProvider(Organization.World.Options.Now);
        Configurations = new XmlConfigurationStore(_folder);
        Open = () => new SimulatedDirectory(Organization, new KillSwitch(null));
        Engine = new ConnectorEngine(new EngineServices
        {
            Configurations = Configurations,
            Secrets = Secrets,
            OpenState = path => new KillableStore(SqliteStateStore.Open(path), Kill),
            CopyState = SqliteStateStore.Copy,
            OpenExchange = _ => Open(),
            OpenTenant = (_, _, _, _) => new SimulatedTenant(Organization, Time),
            Prerequisites = new PrerequisitePorts(new HostFacts(), new WindowsRegistry(), new NetworkProbe(Time, static _ => true)),
            Time = Time,
            NewId = () => new Guid(++_runs, 0, 0, new byte[8]),
        });
    }

    public ConnectorEngine Engine { get; }

    public XmlConfigurationStore Configurations { get; }

    public MemorySecrets Secrets { get; } = new();

    public FakeTimeProvider Time { get; }

    public RecordingConsole Console { get; } = new();

    /// <summary>Whom the next command reaches.</summary>
    public SimulatedOrganization Organization { get; set; }

    /// <summary>Opens the way to it.</summary>
    public Func<SimulatedDirectory> Open { get; set; }

    /// <summary>Kills the process between two effects of the next command.</summary>
    public KillSwitch Kill { get; set; } = new(null);

    public CallerShell Shell { get; } = new([], static action =>
    {
        action();
        return Task.CompletedTask;
    });

    public static SimulatedOrganization Generate(int seed, int partnerships = 120, string? domain = null)
    {
        var options = new WorldOptions { Seed = seed, Partnerships = partnerships };
        return new SimulatedOrganization(WorldGenerator.Generate(domain is null ? options : options with { DomainName = domain }));
    }

    public Task<ConnectorStatus> InstallAsync(string name = Name, bool replace = false, CommandSecrets? secrets = null) => Engine.InstallAsync(
        new InstallRequest
        {
            Settings = new ConnectorSettings
            {
                Name = name,
                Organization = string.Empty,
                Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.CallerRunspace },
                Tenant = new TenantSettings { TenantId = "contoso.example", ClientId = "00000000-0000-0000-0000-000000000001", Method = SignInMethod.AccessToken },
            },
            Secrets = secrets ?? CommandSecrets.None,
            Replace = replace,
            SkipPrerequisites = true,
        },
        Shell,
        Console,
        TestContext.Current.CancellationToken);

    /// <summary>Changes the policy as an administrator does, who holds no lease.</summary>
    public void Switch(bool enabled, string name = Name) => Configurations.Write(Configurations.Read(name) with { Policy = Organization.Policy(policy => policy with { Enabled = enabled }) });

    public Task<SyncResult> SyncAsync(bool wait = false, string? name = null) =>
        Engine.SyncAsync(new SyncRequest { Name = name, Kind = SyncKind.Full, Force = true, Wait = wait }, Shell, Console, TestContext.Current.CancellationToken);

    public Task UninstallAsync(bool withdrawEntries, string? name = null) =>
        Engine.UninstallAsync(name, withdrawEntries, CommandSecrets.None, Shell, Console, TestContext.Current.CancellationToken);

    /// <summary>Takes the lease as another process would.</summary>
    public Task<SyncLease> LeaseAsync(string name = Name) =>
        SyncLease.AcquireAsync(Configurations.StatePath(name), LeaseHolder.ThisProcess(Guid.Empty, Time.GetUtcNow()), wait: false, Time, TestContext.Current.CancellationToken);

    public T Ask<T>(Func<IStateStore, T> question, string name = Name)
    {
        using var store = SqliteStateStore.Open(Configurations.StatePath(name));
        return question(store);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Secrets in memory.</summary>
internal sealed class MemorySecrets : ISecretStore
{
    /// <summary>Called when a secret is stored or forgotten.</summary>
    public Action? OnChange { get; set; }

    public Dictionary<(string Connector, SecretPurpose Purpose), SecureString> Kept { get; } = [];

    public void Store(string connector, SecretPurpose purpose, SecureString secret)
    {
        OnChange?.Invoke();
        Kept[(connector, purpose)] = secret.Copy();
    }

    public SecureString? TryRead(string connector, SecretPurpose purpose) => Kept.GetValueOrDefault((connector, purpose))?.Copy();

    public void Remove(string connector, SecretPurpose purpose)
    {
        OnChange?.Invoke();
        Kept.Remove((connector, purpose));
    }
}
