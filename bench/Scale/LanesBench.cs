using System;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// The first run of the same fresh organisation over one session and over several, at a server that takes its time for each command: how much faster the writes are, and what
/// they cost in commands.
/// </summary>
internal static class LanesBench
{
    // Partnerships of a fresh organisation for each mailbox that its first run writes.
    private const double PartnershipsPerWrite = 3.02;

    public static async Task RunAsync(int writes, int lanes, int latency)
    {
        var partnerships = (int)(writes * PartnershipsPerWrite);
        var one = await MeasureAsync(partnerships, 1, latency);
        var several = await MeasureAsync(partnerships, lanes, latency);
        if (one.Writes != several.Writes) throw new InvalidOperationException($"{one.Writes} mailboxes were written over one session and {several.Writes} over several.");

        Console.WriteLine(Invariant($"{partnerships:N0} partnerships, {one.Writes:N0} mailboxes to write, {latency} ms a command"));
        Console.WriteLine("sessions    writing, s   mailboxes/s     commands");
        Row(1, one);
        Row(lanes, several);
        Console.WriteLine(Invariant($"lanes={lanes}"));
        Console.WriteLine(Invariant($"writes={several.Writes}"));
        Console.WriteLine(Invariant($"re_reads={several.ReReads}"));
        Console.WriteLine(Invariant($"constant_commands_one={one.FirstCommands - one.Writes - one.ReReads}"));
        Console.WriteLine(Invariant($"constant_commands={several.FirstCommands - several.Writes - several.ReReads}"));
        Console.WriteLine(Invariant($"lanes_speedup={one.ApplySeconds / several.ApplySeconds:F2}"));
    }

    private static async Task<FullSyncReport> MeasureAsync(int partnerships, int lanes, int latency)
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions
        {
            World = new WorldOptions { Seed = 7, Partnerships = partnerships },
            Exchange = new ExchangeOptions { LatencyMilliseconds = latency },
            PreparedSessions = lanes,
        });
        await using var tenant = await SandboxTenant.StartAsync(host);
        using var engine = await EngineProcess.StartAsync(host, tenant, new EngineTask { Lanes = lanes });
        return await engine.ReportAsync();
    }

    private static void Row(int lanes, FullSyncReport report) =>
        Console.WriteLine(Invariant($"{lanes,8}{report.ApplySeconds,14:F1}{report.Writes / report.ApplySeconds,14:F1}{report.FirstCommands,13:N0}"));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
