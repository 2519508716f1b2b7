using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// A full sync over PowerShell remoting and HTTPS. The engine runs in a process of its own, so that its peak memory is its own. The raw read of the same
/// objects over the same endpoint is measured in the same run, by the same process, right before and right after the sync that is compared with it.
/// </summary>
internal static class FullSyncBench
{
    public static async Task RunAsync(int partnerships)
    {
        var small = await MeasureAsync(Math.Min(1_000, partnerships), raw: false);
        var large = await MeasureAsync(partnerships, raw: true);

        Console.WriteLine(Invariant($"{partnerships:N0} partnerships, {large.Rows - partnerships:N0} mailboxes"));
        Console.WriteLine("what                                  seconds   per second");
        Row("raw read of the same objects", large.RawSeconds, large.Rows / large.RawSeconds);
        Row("full sync, in agreement", large.SyncSeconds, large.Rows / large.SyncSeconds);
        Row("first run of a fresh organisation", large.FirstSeconds, large.Changes / large.FirstSeconds);
        Console.WriteLine("first run by stage");
        foreach (var (stage, seconds) in large.FirstStages) Row("  " + stage, seconds, null);
        Console.WriteLine("full sync by stage");
        foreach (var (stage, seconds) in large.SyncStages) Row("  " + stage, seconds, null);
        Console.WriteLine(Invariant($"full_sync_ratio={large.SyncSeconds / large.RawSeconds:F2}"));
        Console.WriteLine(Invariant($"peak_mb={large.PeakMegabytes}"));
        Console.WriteLine(Invariant($"read_commands_1000={small.ReadCommands}"));
        Console.WriteLine(Invariant($"read_commands={large.ReadCommands}"));
        Console.WriteLine(Invariant($"changes={large.Changes}"));
        Console.WriteLine(Invariant($"changes_per_second={large.Changes / large.ApplySeconds:F0}"));
    }

    private static async Task<FullSyncReport> MeasureAsync(int partnerships, bool raw)
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = new WorldOptions { Seed = 7, Partnerships = partnerships }, PreparedSessions = 2 });
        await using var tenant = await SandboxTenant.StartAsync(host);
        using var engine = await EngineProcess.StartAsync(host, tenant, new EngineTask { Raw = raw });
        return await engine.ReportAsync();
    }

    private static void Row(string what, double seconds, double? rate) =>
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-34}{1,11:F1}{2,13:N0}", what, seconds, rate));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>What the engine's process is told. It holds a token, so it comes through a pipe.</summary>
internal sealed record FullSyncOrder
{
    public required string ExchangeUri { get; init; }

    public required string PipeName { get; init; }

    public required string Endpoint { get; init; }

    public required string TenantId { get; init; }

    public required string ClientId { get; init; }

    public required string Token { get; init; }

    public required string IncludedGroup { get; init; }

    public required string ExcludedGroup { get; init; }

    public required EngineTask Task { get; init; }
}

/// <summary>What the engine's process measured.</summary>
internal sealed record FullSyncReport
{
    public double RawSeconds { get; init; }

    public double SyncSeconds { get; init; }

    public double FirstSeconds { get; init; }

    public double ApplySeconds { get; init; }

    public int Rows { get; init; }

    public int Changes { get; init; }

    /// <summary>Mailboxes that the first run wrote.</summary>
    public int Writes { get; init; }

    /// <summary>Exchange commands of the first run.</summary>
    public int FirstCommands { get; init; }

    /// <summary>Looks of the first run at a mailbox right before its write.</summary>
    public int ReReads { get; init; }

    /// <summary>Changes of the second run.</summary>
    public int SecondChanges { get; init; }

    public int ReadCommands { get; init; }

    /// <summary>Mailboxes that the second run wrote.</summary>
    public int SecondWrites { get; init; }

    /// <summary>Requests of the second run to Graph and the login server.</summary>
    public int GraphRequests { get; init; }

    public long PeakMegabytes { get; init; }

    public Dictionary<string, double> FirstStages { get; init; } = [];

    public Dictionary<string, double> SyncStages { get; init; } = [];
}
