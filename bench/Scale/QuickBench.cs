using System;
using System.Globalization;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// A quick sync with nothing changed since the full one before it, against the raw read of the same Exchange objects. The engine runs in a process of its own,
/// as in <see cref="FullSyncBench"/>.
/// </summary>
internal static class QuickBench
{
    public static async Task RunAsync(int partnerships)
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = new WorldOptions { Seed = 7, Partnerships = partnerships }, PreparedSessions = 2 });
        await using var tenant = await SandboxTenant.StartAsync(host);
        using var engine = await EngineProcess.StartAsync(host, tenant, new EngineTask { Raw = true, Quick = true });
        var report = await engine.ReportAsync();

        Console.WriteLine(Invariant($"{partnerships:N0} partnerships, {report.Rows - partnerships:N0} mailboxes"));
        Console.WriteLine("what                                  seconds   per second");
        Row("raw read of the same objects", report.RawSeconds, report.Rows);
        Row("quick sync, nothing changed", report.SyncSeconds, report.Rows);
        foreach (var (stage, seconds) in report.SyncStages) Console.WriteLine(Invariant($"  {stage,-32}{seconds,11:F1}"));
        Console.WriteLine(Invariant($"quick_graph_requests={report.GraphRequests}"));
        Console.WriteLine(Invariant($"quick_writes={report.SecondWrites}"));
        Console.WriteLine(Invariant($"quick_commands={report.ReadCommands}"));
        Console.WriteLine(Invariant($"quick_ratio={report.SyncSeconds / report.RawSeconds:F2}"));
        Console.WriteLine(Invariant($"peak_mb={report.PeakMegabytes}"));
    }

    private static void Row(string what, double seconds, int rows) =>
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-34}{1,11:F1}{2,13:N0}", what, seconds, rows / seconds));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
