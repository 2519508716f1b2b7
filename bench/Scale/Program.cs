using System;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Scale;

/// <summary>One verb, one measurement. Each prints a table for people and ends with key=value lines for machines.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args.Length > 0 ? args[0] : string.Empty)
        {
            case "plan":
                PlanBench.Run(Number(args, 1, 1_000_000));
                return 0;
            case "full-sync":
                await FullSyncBench.RunAsync(Number(args, 1, 100_000));
                return 0;
            case "full-sync-engine":
                await FullSyncEngine.RunAsync();
                return 0;
            case "graph":
                await GraphBench.RunAsync(Number(args, 1, 100_000), users: Number(args, 2, 100_000), members: Number(args, 3, 50_000), rounds: Number(args, 4, 5));
                return 0;
            case "graph-server":
                await GraphBenchServer.RunAsync();
                return 0;
            case "graph-client":
                await GraphBenchClient.RunAsync();
                return 0;
            case "quick":
                await QuickBench.RunAsync(Number(args, 1, 100_000));
                return 0;
            case "script":
                await ScriptBench.RunAsync(Number(args, 1, 10_000), sample: Number(args, 2, 400), latency: Number(args, 3, 50), sessions: Number(args, 4, 8));
                return 0;
            case "lanes":
                await LanesBench.RunAsync(Number(args, 1, 2_000), lanes: Number(args, 2, 8), latency: Number(args, 3, 50));
                return 0;
            case "import":
                ImportBench.Run();
                return 0;
            default:
                Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Scale -- <verb>");
                Console.Error.WriteLine("  full-sync [partnerships]   a full sync against the raw read of the same objects (100000)");
                Console.Error.WriteLine("  quick     [partnerships]   a quick sync with nothing changed against the raw read of the Exchange objects (100000)");
                Console.Error.WriteLine("  graph     [devices] [users] [members of a group] [rounds]   a read of the whole tenant against a bare loop over its pages (100000 100000 50000 5)");
                Console.Error.WriteLine("  plan      [partnerships]   match, decide and plan (1000000)");
                Console.Error.WriteLine("  script    [partnerships] [mailboxes measured] [ms a command] [sessions of the sync]   a full sync against an administrator's script (10000 400 50 8)");
                Console.Error.WriteLine("  lanes     [writes] [sessions] [ms a command]   writes over several sessions against one (2000 8 50)");
                Console.Error.WriteLine("  import                     module import in a fresh process");
                return 2;
        }
    }

    private static int Number(string[] args, int at, int otherwise) =>
        args.Length > at ? int.Parse(args[at], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
