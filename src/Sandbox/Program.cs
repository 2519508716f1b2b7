using System;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Verbs;

namespace IntuneExchangeConnector.Sandbox;

internal static class Program
{
    private const int UsageError = 64;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["tour", ..] => await TourVerb.RunAsync(new VerbArguments(args.AsSpan(1), "partnerships", "seed")).ConfigureAwait(false),
                ["serve", ..] => await ServeVerb.RunAsync(new VerbArguments(args.AsSpan(1), ["partnerships", "seed", "servers", "state", "json", .. TenantArguments.Names])).ConfigureAwait(false),
                ["change", ..] => ChangeVerb.Run(new VerbArguments(args.AsSpan(1), "state", "json")),
                ["tour-shell"] => TourShellVerb.Run(),
                ["endpoint", ..] => EndpointVerb.Run(new VerbArguments(args.AsSpan(1), "state", "server")),
                _ => Usage("Say what to do."),
            };
        }
        catch (Exception mistake) when (mistake is ArgumentException or FormatException or OverflowException)
        {
            return Usage(mistake.Message);
        }
    }

    private static int Usage(string mistake)
    {
        Console.Error.WriteLine(mistake);
        Console.Error.WriteLine("Usage: dotnet run -c Release --project src/Sandbox -- <verb>");
        Console.Error.WriteLine("  tour  [--partnerships n] [--seed n]                    shows the module at work");
        Console.Error.WriteLine("  serve [--partnerships n] [--seed n] [--servers n|all] [--state folder]  the same for a PowerShell of yours, until Ctrl+C");
        Console.Error.WriteLine("        [--permissions a,b] [--page n] [--limits n] [--replays n] [--overview-error n] [--count list|page] [--legacy entity|wrapped|none|404|400]");
        Console.Error.WriteLine("        [--faults ManagedDevices:2=429:5,UsersDelta:*=Silence]                  how the tenant behaves");
        Console.Error.WriteLine("  change --state folder --json {\"kind\":...}              lets something happen in a sandbox that serves");
        return UsageError;
    }
}
