using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// A day's full sync against the scripts that administrators write for it, on the same organisation at the same endpoint, at a server that takes its time for each command. Before
/// the sync and before the scripts, one managed device in a hundred falls out of compliance. The sync is measured whole; the scripts, which go through the mailboxes one by one, are
/// measured on every n-th of them and multiplied.
/// </summary>
internal static class ScriptBench
{
    // One device in so many changes, and not the same ones before the sync and before the script.
    private const int Stride = 100;

    public static async Task RunAsync(int partnerships, int sample, int latency, int sessions)
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions
        {
            World = new WorldOptions { Seed = 7, Partnerships = partnerships },
            PreparedSessions = sessions + 1,
        });
        await using var tenant = await SandboxTenant.StartAsync(host);
        using var engine = await EngineProcess.StartAsync(host, tenant, new EngineTask { Pauses = true, Lanes = sessions });
        await engine.FirstRunAsync();

        // The first run only brings the organisation into agreement; it need not wait for anything.
        host.Configure(options => options with { LatencyMilliseconds = latency });
        Fall(host, 0);
        var product = await engine.ReportAsync();
        Fall(host, Stride / 2);
        host.State.Refresh();
        var script = await MeasureAsync(host, sample);

        var usual = script.ListSeconds + (script.UsualSeconds * script.Mailboxes);
        var careful = script.ListSeconds + (script.CarefulSeconds * script.Mailboxes);
        Console.WriteLine(Invariant($"{partnerships:N0} partnerships, {script.Mailboxes:N0} mailboxes with one or more, {latency} ms a command, {sessions} session(s) for the sync"));
        Console.WriteLine("what                                          seconds     changes");
        Console.WriteLine(Invariant($"full sync, whole                          {product.SyncSeconds,11:F1}{product.SecondChanges,12:N0}"));
        foreach (var stage in product.SyncStages) Console.WriteLine(Invariant($"  {stage.Key,-40}{stage.Value,11:F1}"));
        Console.WriteLine(Invariant($"usual script, all mailboxes, multiplied   {usual,11:F1}"));
        Console.WriteLine(Invariant($"careful script, all mailboxes, multiplied {careful,11:F1}"));
        Console.WriteLine(Invariant($"script_mailboxes_measured={script.Sampled}"));
        Console.WriteLine(Invariant($"script_seconds_per_mailbox={script.UsualSeconds:F4}"));
        Console.WriteLine(Invariant($"careful_script_seconds_per_mailbox={script.CarefulSeconds:F4}"));
        Console.WriteLine(Invariant($"careful_script_writes={script.Writes}"));
        Console.WriteLine(Invariant($"product_seconds={product.SyncSeconds:F1}"));
        Console.WriteLine(Invariant($"script_ratio={usual / product.SyncSeconds:F1}"));
        Console.WriteLine(Invariant($"careful_script_ratio={careful / product.SyncSeconds:F1}"));
    }

    private static async Task<ScriptReport> MeasureAsync(SandboxHost host, int sample)
    {
        using var session = await host.OpenRunspaceAsync();
        var script = new AdministratorScript(session, NonCompliant(host.State.World));
        var watch = Stopwatch.StartNew();
        var mailboxes = script.List();
        var list = watch.Elapsed.TotalSeconds;

        var step = Math.Max(1, mailboxes.Count / sample);
        var chosen = mailboxes.Where((_, index) => index % step == 0).Take(sample).ToArray();
        return new ScriptReport(mailboxes.Count, chosen.Length, list, PerMailbox(script.Check), PerMailbox(script.Assign), script.Writes);

        double PerMailbox(Action<PSObject> turn)
        {
            watch.Restart();
            foreach (var mailbox in chosen) turn(mailbox);
            return watch.Elapsed.TotalSeconds / chosen.Length;
        }
    }

    // The scripts have Intune's side for nothing, as an export that somebody made before they began.
    private static HashSet<string> NonCompliant(SandboxWorld world) => world.ManagedDevices
        .Where(device => device is { ComplianceState: "noncompliant", EasDeviceId: not null })
        .Select(device => device.EasDeviceId!)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static void Fall(SandboxHost host, int offset)
    {
        var world = host.State.World;
        host.State.Append(world.ManagedDevices
            .Where((device, index) => index % Stride == offset && device is { ComplianceState: "compliant", EasDeviceId: not null })
            .Select(device => new ManagedDeviceChanged(device.Id) { At = world.Options.Now, ComplianceState = "noncompliant" })
            .ToArray());
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private sealed record ScriptReport(int Mailboxes, int Sampled, double ListSeconds, double CarefulSeconds, double UsualSeconds, int Writes);
}
