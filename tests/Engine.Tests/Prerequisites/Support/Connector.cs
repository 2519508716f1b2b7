using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;
using IntuneExchangeConnector.Engine.Prerequisites.Network;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Tests.Intune;
using IntuneExchangeConnector.Engine.Tests.Store;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using SandboxTenant = IntuneExchangeConnector.Engine.Tests.Intune.SandboxTenant;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;

/// <summary>The engine over a sandbox: PowerShell remoting over a pipe, HTTPS to the tenant, a folder of its own.</summary>
internal sealed class Connector : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Connector(SandboxHost exchange, SandboxTenant tenant)
    {
        Exchange = exchange;
        Tenant = tenant;
        XmlConfigurationStore configurations = new(_folder.Path);
        Engine = new ConnectorEngine(new EngineServices
        {
            Configurations = configurations,
            Secrets = new ProtectedSecretStore(configurations),
            OpenState = SqliteStateStore.Open,
            CopyState = SqliteStateStore.Copy,
            OpenExchange = way => ExchangeDirectoryFactory.Create(way, TimeProvider.System),
            OpenTenant = (settings, policy, secrets, _) => tenant.Source(settings, secrets.AccessToken, secrets.CertificatePassword, policy),
            Prerequisites = new PrerequisitePorts(new HostFacts(), new WindowsRegistry(), new NetworkProbe(TimeProvider.System, static _ => true)),
            Time = TimeProvider.System,
            NewId = static () => new Guid(1, 0, 0, new byte[8]),
        });
        Settings = new()
        {
            Name = "Default",
            Organization = string.Empty,
            Exchange = new() { Entrance = ExchangeEntrance.OwnSession, Uri = exchange.ExchangeUri, UserName = "CONTOSO\\svc-intune" },
            Tenant = tenant.Settings,
        };
        Secrets = new() { AccessToken = TestTenant.Secure(tenant.Endpoint.IssueToken()) };
    }

    public ConnectorEngine Engine { get; }

    public SandboxHost Exchange { get; }

    public SandboxTenant Tenant { get; }

    public ConnectorSettings Settings { get; set; }

    public CommandSecrets Secrets { get; set; }

    public RecordingConsole Console { get; } = new();

    public string Folder => _folder.Path;

    public CallerShell Shell { get; } = new([], action =>
    {
        action();
        return Task.CompletedTask;
    }) { Version = new ShellVersion("7.6.0", "Core") };

    public static async Task<Connector> StartAsync(ExchangeOptions? exchange = null, GraphOrganization? organization = null)
    {
        var host = await SandboxHost.StartAsync(new SandboxOptions { World = new WorldOptions { Partnerships = 60 }, Exchange = exchange ?? new ExchangeOptions() }, TestContext.Current.CancellationToken);
        return new Connector(host, await SandboxTenant.StartAsync(new GraphEndpointOptions { Organization = organization ?? new GraphOrganization() }, partnerships: 60));
    }

    public async Task<IReadOnlyList<PrerequisiteCheck>> TestAsync(bool installed = false)
    {
        List<PrerequisiteCheck> rows = [];
        await Engine.TestPrerequisitesAsync(
            new PrerequisiteRequest { Settings = installed ? null : Settings, Secrets = Secrets },
            Shell,
            Console,
            row =>
            {
                rows.Add(row);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        rows.AssertComplete();
        return rows;
    }

    public Task<ConnectorStatus> InstallAsync(bool skip = false) => Engine.InstallAsync(
        new InstallRequest { Settings = Settings, Secrets = Secrets, SkipPrerequisites = skip }, Shell, Console, TestContext.Current.CancellationToken);

    public Task<RoleGroupDefinition> DescribeAsync(bool planned = true) => Engine.DescribeRoleGroupAsync(
        new RoleGroupRequest { Connector = new PrerequisiteRequest { Settings = planned ? Settings : null, Secrets = Secrets } }, Shell, Console, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Tenant.DisposeAsync();
        await Exchange.DisposeAsync();
        _folder.Dispose();
    }
}
