using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.Tour;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary><c>tour [--partnerships n] [--seed n]</c>: an organisation, its tenant, and an administrator who meets the module for the first time.</summary>
internal static class TourVerb
{
    public static async Task<int> RunAsync(VerbArguments arguments)
    {
        int partnerships = arguments.Number("partnerships", 5_000);
        int seed = arguments.Number("seed", 1);
        string module = StagedModule.FindManifest();
        Console.Out.WriteLine($"IntuneExchangeConnector, a tour. An organisation of {partnerships:N0} partnerships is made up and served; nothing leaves this machine.");

        SandboxOptions options = new() { World = new WorldOptions { Partnerships = partnerships, Seed = seed } };
        SandboxHost host = await SandboxHost.StartAsync(options).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            SandboxTenant tenant = await SandboxTenant.StartAsync(host).ConfigureAwait(false);
            await using (tenant.ConfigureAwait(false))
            {
                Console.Out.WriteLine($"Exchange: {host.ExchangeUri} (PowerShell remoting, no-language sessions, a process each)");
                Console.Out.WriteLine($"Intune:   {tenant.Endpoint.BaseUri} (Microsoft Graph over HTTPS)");
                int code = await RunShellAsync(host, tenant, module).ConfigureAwait(false);
                Console.Out.WriteLine();
                Console.Out.WriteLine($"Exchange ran {host.Commands().Count:N0} commands, Set-CASMailbox {host.CountOf("Set-CASMailbox"):N0} of them. Graph answered {tenant.Endpoint.Requests.Total:N0} requests.");
                if (code == 0) SayWhatNext();
                return code;
            }
        }
    }

    private static async Task<int> RunShellAsync(SandboxHost host, SandboxTenant tenant, string module)
    {
        string home = Path.Combine(host.StateFolder, "connector");
        Directory.CreateDirectory(home);
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) start.ArgumentList.Add(typeof(TourVerb).Assembly.Location);
        start.ArgumentList.Add("tour-shell");
        start.Environment["INTUNE_EXCHANGE_CONNECTOR_HOME"] = home;
        start.Environment["SSL_CERT_FILE"] = tenant.TrustPath;
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";

        using Process shell = Process.Start(start) ?? throw new InvalidOperationException("The tour's shell did not start.");
        await shell.StandardInput.WriteAsync(Stage(host, tenant, module).ToJson()).ConfigureAwait(false);
        shell.StandardInput.Close();
        await shell.WaitForExitAsync().ConfigureAwait(false);
        return shell.ExitCode;
    }

    private static TourStage Stage(SandboxHost host, SandboxTenant tenant, string module) => new()
    {
        Module = module,
        ExchangeUri = host.ExchangeUri.ToString(),
        GraphEndpoint = tenant.Endpoint.BaseUri.ToString(),
        LoginEndpoint = tenant.Endpoint.LoginUri.ToString(),
        TenantId = tenant.Endpoint.TenantId.ToString(),
        ClientId = tenant.ClientId.ToString(),
        CertificatePath = tenant.CertificatePath,
        CertificatePassword = tenant.CertificatePassword,
        MobileUsers = tenant.GroupId(WorldNames.TargetGroup),
        Exempt = tenant.GroupId(WorldNames.ExemptGroup),
        Blocked = Address(host, WorldNames.NotEnrolled),
        Allowed = Address(host, WorldNames.Ordinary),
    };

    private static string Address(SandboxHost host, string alias) =>
        host.State.Read(world => world.Mailboxes.Single(mailbox => mailbox.Alias == alias).PrimarySmtpAddress);

    private static void SayWhatNext()
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine("Try next:");
        Console.Out.WriteLine("  dotnet run -c Release --project src/Sandbox -- serve                      the same sandbox for a PowerShell of yours");
        Console.Out.WriteLine("  dotnet run -c Release --project src/Sandbox -- tour --partnerships 50000  a larger organisation");
        Console.Out.WriteLine("  dotnet test -c Release                                                    every test");
        Console.Out.WriteLine("  docs/cmdlets                                                              a page for each cmdlet, with examples");
    }
}
