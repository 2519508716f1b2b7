using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Tour;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary>
/// <c>serve [--partnerships n] [--seed n] [--servers n|all] [--state folder] [--json yes]</c> and how the tenant behaves, see <see cref="TenantArguments"/>: the sandbox for a PowerShell of yours, until Ctrl+C or the end of standard input. With
/// <c>--json</c> it tells a script where everything is, on one line.
/// </summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(VerbArguments arguments)
    {
        bool json = arguments.Optional("json") is not null;
        int servers = arguments.Optional("servers") is null or "all" ? int.MaxValue : arguments.Number("servers", 1);
        SandboxOptions options = new()
        {
            World = new WorldOptions { Partnerships = arguments.Number("partnerships", 1_000), Seed = arguments.Number("seed", 1) },
            StateFolder = arguments.Optional("state"),
        };
        SandboxHost host = await SandboxHost.StartAsync(options).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            await host.StartServersAsync(servers).ConfigureAwait(false);
            SandboxTenant tenant = await SandboxTenant.StartAsync(host, graph => TenantArguments.Apply(arguments, graph)).ConfigureAwait(false);
            await using (tenant.ConfigureAwait(false))
            {
                TenantArguments.Schedule(arguments.Optional("faults"), tenant.Endpoint.Faults);
                string token = tenant.Endpoint.IssueToken(TimeSpan.FromDays(1), arguments.Optional("permissions")?.Split(',') ?? []);
                if (json) Console.Out.WriteLine(JsonSerializer.Serialize(Connection(host, tenant, token)));
                else Explain(host, tenant, options.World.Partnerships);
                await UntilStoppedAsync(json).ConfigureAwait(false);
            }
        }

        return 0;
    }

    private static object Connection(SandboxHost host, SandboxTenant tenant, string token) => new
    {
        Module = StagedModule.FindManifest(),
        ExchangeUri = host.ExchangeUri.ToString(),
        host.Exchange.PipeName,
        Servers = host.Endpoints.Select(e => new { Name = e.ServerName, Uri = host.UriOf(e).ToString(), e.PipeName }),
        host.StateFolder,
        GraphEndpoint = tenant.Endpoint.BaseUri.ToString(),
        LoginEndpoint = tenant.Endpoint.LoginUri.ToString(),
        TenantId = tenant.Endpoint.TenantId.ToString(),
        ClientId = tenant.ClientId.ToString(),
        tenant.CertificatePath,
        tenant.CertificatePassword,
        tenant.TrustPath,
        AccessToken = token,
        MobileUsers = tenant.GroupId(WorldNames.TargetGroup),
        Exempt = tenant.GroupId(WorldNames.ExemptGroup),
    };

    private static void Explain(SandboxHost host, SandboxTenant tenant, int partnerships)
    {
        TextWriter say = Console.Out;
        say.WriteLine($"A sandbox of {partnerships:N0} partnerships. In another terminal:");
        say.WriteLine();
        say.WriteLine($"  SSL_CERT_FILE={tenant.TrustPath} INTUNE_EXCHANGE_CONNECTOR_HOME=$(mktemp -d) pwsh -NoProfile");
        say.WriteLine();
        say.WriteLine($"  Import-Module {StagedModule.FindManifest()}");
        say.WriteLine($"  $password = ConvertTo-SecureString '{tenant.CertificatePassword}' -AsPlainText -Force     # of the sandbox's throw-away certificate");
        say.WriteLine($"  Install-IntuneExchangeConnector -ExchangeUri {host.ExchangeUri} -TenantId {tenant.Endpoint.TenantId} -ClientId {tenant.ClientId} `");
        say.WriteLine($"      -CertificatePath {tenant.CertificatePath} -CertificatePassword $password `");
        say.WriteLine($"      -Environment Custom -GraphEndpoint {tenant.Endpoint.BaseUri} -LoginEndpoint {tenant.Endpoint.LoginUri}");
        say.WriteLine($"  Set-ConnectorAccessPolicy -Enabled $true -IncludedGroup {tenant.GroupId(WorldNames.TargetGroup)} -ExcludedGroup {tenant.GroupId(WorldNames.ExemptGroup)}");
        say.WriteLine("  Invoke-ConnectorSync -Full -WhatIf -CertificatePassword $password");
        say.WriteLine();
        say.WriteLine("A session of your own, for -Session, or to run Exchange's cmdlets with Invoke-Command { Get-MobileDevice } -Session $session:");
        say.WriteLine();
        say.WriteLine($"  $runspace = [runspacefactory]::CreateRunspace([System.Management.Automation.Runspaces.NamedPipeConnectionInfo]::new('{host.Exchange.PipeName}')); $runspace.Open()");
        say.WriteLine("  $session = [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Exchange', $null)");
        say.WriteLine();
        say.WriteLine("The servers of the organisation, each with an address of its own:");
        say.WriteLine();
        foreach (ExchangeEndpoint endpoint in host.Endpoints)
            say.WriteLine($"  {endpoint.ServerName,-6} {host.UriOf(endpoint)}   (pipe {endpoint.PipeName})");
        say.WriteLine();
        say.WriteLine("Ctrl+C ends the sandbox and everything it made.");
    }

    // A script's sandbox must not outlive the script: it ends with its standard input too.
    private static async Task UntilStoppedAsync(bool withInput)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Task input = withInput ? Console.In.ReadToEndAsync(CancellationToken.None) : Task.Delay(Timeout.Infinite);
        await Task.WhenAny(stopped.Task, input).ConfigureAwait(false);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
