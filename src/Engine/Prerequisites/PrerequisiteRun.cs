using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Prerequisites.Network;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>
/// The checks of one connector, in the order in which one rests on the other: computer, network, Exchange, mail, tenant. Nothing is changed
/// anywhere, but for the view of a session that is the connector's own.
/// </summary>
internal sealed class PrerequisiteRun(EngineServices services, ConnectorSettings settings, CommandSecrets secrets, CallerShell shell, ISyncConsole console)
{
    private readonly NetworkChecks _network = new(services.Prerequisites.Network, services.Time);

    /// <summary>The account that opens sessions; null where it is not known.</summary>
    public string? Account => settings.Exchange.Entrance switch
    {
        _ when shell.Sessions.Count > 0 => null,
        ExchangeEntrance.OwnSession => secrets.ExchangeCredential is { } account ? AccountNames.Of(account) : settings.Exchange.UserName ?? ProcessAccount,
        ExchangeEntrance.CallerRunspace => ProcessAccount,
        _ => null,
    };

    // Elsewhere the process runs as somebody whom Exchange does not know.
    private string? ProcessAccount => services.Prerequisites.Host is { IsWindows: true } host ? host.Account : null;

    private bool OpensSessions => settings.Exchange.Entrance == ExchangeEntrance.OwnSession && shell.Sessions.Count == 0;

    /// <summary>Every check.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in Computer()) yield return row;
        if (!IsOverNetwork) yield return Requirements.TcpPort.Skipped("Exchange", "The connector reaches Exchange by a session of this computer or of the caller.");
        foreach (var target in Targets())
        {
            await foreach (var row in _network.ReachAsync(target, cancellationToken).ConfigureAwait(false)) yield return row;
        }

        await foreach (var row in ClocksAsync(cancellationToken).ConfigureAwait(false)) yield return row;
        await foreach (var row in ExchangeAsync(cancellationToken).ConfigureAwait(false)) yield return row;
        await foreach (var row in MailAsync(cancellationToken).ConfigureAwait(false)) yield return row;
        await foreach (var row in TenantAsync(cancellationToken).ConfigureAwait(false)) yield return row;
    }

    /// <summary>The computer and its configured proxy: nothing is asked of anybody else.</summary>
    public IEnumerable<PrerequisiteCheck> Computer()
    {
        var ports = services.Prerequisites;
        var folder = Path.GetDirectoryName(services.Configurations.ConfigurationPath(settings.Name))!;
        return new ComputerChecks(ports.Host, ports.Registry, folder, shell.Version).Run().Append(new ProxyChecks(ports.Host).Run(settings.Exchange));
    }

    /// <summary>Looks whether the server can be reached, before a session is tried: a session tells only that it does not open.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> ReachExchangeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsOverNetwork) yield break;
        await foreach (var row in _network.ReachAsync(ExchangeTarget, cancellationToken).ConfigureAwait(false)) yield return row;
    }

    /// <summary>Compares the clock with the servers'.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> ClocksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsOverNetwork) yield return await _network.ClockAsync(settings.Exchange.Uri!, cancellationToken).ConfigureAwait(false);
        // Behind a proxy of its own the tenant is reached by signing in alone; the clocks are compared there.
        if (settings.Tenant.Proxy is null) yield return await _network.ClockAsync(CloudEndpoints.Of(settings.Tenant).GraphRoot, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a session that is open, and whether the servers that may take over can be found.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> ExchangeConnectedAsync(IExchangeInspection exchange, ExchangeOrganization organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var checks = Exchange(exchange);
        await foreach (var row in checks.RunConnectedAsync(organization, cancellationToken).ConfigureAwait(false)) yield return row;
        await foreach (var row in FailoverAsync(checks.Servers, cancellationToken).ConfigureAwait(false)) yield return row;
    }

    /// <summary>Checks what sends notices.</summary>
    public IAsyncEnumerable<PrerequisiteCheck> MailAsync(CancellationToken cancellationToken) => new MailChecks(services.Prerequisites.Network).RunAsync(settings, cancellationToken);

    /// <summary>The checks of a tenant.</summary>
    public TenantChecks Tenant(ITenantInspection tenant) => new(tenant, settings.Tenant.TenantId, settings.Policy, services.Time);

    // Where a proxy leads to a hosted organisation, its servers need not be known or reachable from here.
    private NetworkTarget ExchangeTarget => new(settings.Exchange.Uri!, "Exchange", UsesProxy: settings.Exchange.ProxyServer is not null)
    {
        Proxy = settings.Exchange.ProxyServer is { } proxy ? new UriBuilder(Uri.UriSchemeHttp, proxy, settings.Exchange.ProxyPort ?? ProxyChecks.UsualPort).Uri : null,
    };

    private bool IsOverNetwork => OpensSessions && settings.Exchange.Uri is { Scheme: "http" or "https" };

    private async IAsyncEnumerable<PrerequisiteCheck> ExchangeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (exchange, failure) = Attempt.Of(() => services.OpenExchange(new ExchangeWay(settings, secrets, shell, console, null)));
        if (exchange is null)
        {
            yield return Requirements.ExchangeSession.Failed(failure!.Target, failure);
            foreach (var row in ExchangeChecks.Unreachable(failure.Target)) yield return row;
            yield break;
        }

        await using (exchange.ConfigureAwait(false))
        {
            var checks = Exchange(exchange.Inspection);
            await foreach (var row in checks.RunAsync(cancellationToken).ConfigureAwait(false)) yield return row;
            await foreach (var row in FailoverAsync(checks.Servers, cancellationToken).ConfigureAwait(false)) yield return row;
        }
    }

    private async IAsyncEnumerable<PrerequisiteCheck> TenantAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in new SignInChecks(services.Prerequisites.Network, services.Time).Run(settings.Tenant, secrets)) yield return row;
        var (tenant, failure) = Attempt.Of(() => services.OpenTenant(settings.Tenant, settings.Policy, secrets, console));
        if (tenant is null)
        {
            foreach (var row in TenantChecks.Unreachable(settings.Tenant.TenantId, failure!)) yield return row;
            yield break;
        }

        using (tenant)
        {
            await foreach (var row in Tenant(tenant.Inspection).RunAsync(cancellationToken).ConfigureAwait(false)) yield return row;
            if (settings.Tenant.Proxy is not null) yield return NetworkChecks.Clock(CloudEndpoints.Of(settings.Tenant).GraphRoot.Authority, tenant.Inspection.ClockSkew);
        }
    }

    // The server in use is proven by its session.
    private async IAsyncEnumerable<PrerequisiteCheck> FailoverAsync(IReadOnlyList<ExchangeServer> servers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsOverNetwork || !settings.FailoverEnabled) yield break;
        foreach (var server in servers.Where(server => server.OffersSessions && !settings.ExcludedServers.Contains(server.Fqdn, StringComparer.OrdinalIgnoreCase) && !string.Equals(server.Fqdn, settings.Exchange.Uri!.Host, StringComparison.OrdinalIgnoreCase)))
        {
            yield return await _network.FindAsync(server.Fqdn, "may take over", cancellationToken).ConfigureAwait(false);
        }
    }

    private IEnumerable<NetworkTarget> Targets()
    {
        if (IsOverNetwork) yield return ExchangeTarget;
        var cloud = CloudEndpoints.Of(settings.Tenant);
        yield return new(cloud.GraphRoot, "Microsoft Graph", UsesProxy: true) { Proxy = settings.Tenant.Proxy };
        if (settings.Tenant.Method is not (SignInMethod.AccessToken or SignInMethod.ManagedIdentity) && cloud.Login is { } login && login.Authority != cloud.GraphRoot.Authority) yield return new(login, "signing in", UsesProxy: true) { Proxy = settings.Tenant.Proxy };
    }

    private ExchangeChecks Exchange(IExchangeInspection exchange) => new(exchange, Account, settings.ParallelCommandsEnabled ? settings.MaximumSessions : 1, ConfigurationRun.Needs(settings, []));
}
