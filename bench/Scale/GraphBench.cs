using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// A read of the whole tenant over HTTPS against a bare loop over the same pages, in turns, by one process; the tenant is served by another. Both sides
/// keep four lists under way and take compressed answers; the bare loop parses each page and keeps nothing.
/// </summary>
internal static class GraphBench
{
    public static async Task RunAsync(int devices, int users, int members, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("scale-graph-").FullName;
        try
        {
            using Process server = Start("graph-server", folder);
            await server.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new GraphBenchWorld(devices, users, members, folder)));
            await server.StandardInput.FlushAsync();
            string tenant = await LineAsync(server);

            using Process client = Start("graph-client", folder);
            await client.StandardInput.WriteLineAsync(tenant);
            await client.StandardInput.WriteLineAsync(rounds.ToString(CultureInfo.InvariantCulture));
            await client.StandardInput.FlushAsync();
            Print(JsonSerializer.Deserialize<GraphBenchReport>(await LineAsync(client))!);
            await client.WaitForExitAsync();
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(GraphBenchReport report)
    {
        Console.WriteLine(Invariant($"{report.Devices:N0} managed devices, {report.Users:N0} users, {report.Members:N0} members of two groups; {report.BodyMegabytes:F0} MB of JSON"));
        Console.WriteLine("round    bare loop, s    engine, s   bare rows/s   engine rows/s   ratio");
        int rows = report.Devices + report.Users + report.Members;
        for (int i = 0; i < report.Bare.Count; i++)
        {
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture, "{0,5}{1,16:F2}{2,13:F2}{3,14:N0}{4,16:N0}{5,8:F2}", i + 1, report.Bare[i], report.Engine[i], rows / report.Bare[i], rows / report.Engine[i], report.Bare[i] / report.Engine[i]));
        }

        Console.WriteLine(Invariant($"graph_rows={rows}"));
        Console.WriteLine(Invariant($"graph_rows_per_second={rows / Median(report.Engine):F0}"));
        Console.WriteLine(Invariant($"graph_rate_ratio={Median([.. report.Bare.Zip(report.Engine, static (bare, engine) => bare / engine)]):F2}"));
        Console.WriteLine(Invariant($"graph_cpu_ratio={report.BareCpu / report.EngineCpu:F2}"));
        Console.WriteLine(Invariant($"graph_retained_mb={report.RetainedMegabytes:F0}"));
        Console.WriteLine(Invariant($"graph_peak_mb={report.PeakMegabytes:F0}"));
        Console.WriteLine(Invariant($"graph_bare_peak_mb={report.BarePeakMegabytes:F0}"));
    }

    private static double Median(System.Collections.Generic.IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Process Start(string verb, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) start.ArgumentList.Add(typeof(GraphBench).Assembly.Location);
        start.ArgumentList.Add(verb);
        start.Environment["SSL_CERT_FILE"] = Path.Combine(folder, "trust.pem");
        return Process.Start(start)!;
    }

    private static async Task<string> LineAsync(Process process)
    {
        if (await process.StandardOutput.ReadLineAsync() is { } line) return line;
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"A process of the bench ended with {process.ExitCode} and no answer.");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
