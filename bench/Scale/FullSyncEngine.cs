using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine;
using IntuneExchangeConnector.Engine.Exchange.Commands;

namespace IntuneExchangeConnector.Scale;

/// <summary>The engine's own process of <see cref="FullSyncBench"/>: first run, raw read, sync, raw read.</summary>
internal static class FullSyncEngine
{
    /// <summary>The line by which the process says that its first run is done.</summary>
    public const string FirstRunDone = "first run done";

    public static async Task RunAsync()
    {
        var order = JsonSerializer.Deserialize<FullSyncOrder>((await Console.In.ReadLineAsync())!)!;
        var engine = EngineFactory.Create();
        var token = new NetworkCredential(string.Empty, order.Token).SecurePassword;
        var secrets = new CommandSecrets { AccessToken = token };
        var shell = new CallerShell([], static action =>
        {
            action();
            return Task.CompletedTask;
        });
        await engine.InstallAsync(Request(order, secrets), shell, new StageClock(), CancellationToken.None);

        var first = new StageClock();
        var (firstSeconds, firstResult) = await SyncAsync(engine, secrets, shell, first, SyncKind.Full, force: true);
        if (order.Task.Pauses)
        {
            Console.WriteLine(FirstRunDone);
            await Console.In.ReadToEndAsync();
        }

        var raw = new List<double>();
        var rows = 0;
        if (order.Task.Raw) raw.Add(ReadRaw(order.PipeName, out rows));
        var second = new StageClock();
        var (syncSeconds, syncResult) = await SyncAsync(engine, secrets, shell, second, order.Task.Quick ? SyncKind.Quick : SyncKind.Full, force: false);
        var peak = Peak();
        if (order.Task.Raw) raw.Add(ReadRaw(order.PipeName, out rows));
        if (!order.Task.Pauses && syncResult.Changes != 0) throw new InvalidOperationException($"The second run made {syncResult.Changes} changes.");

        Console.WriteLine(JsonSerializer.Serialize(new FullSyncReport
        {
            RawSeconds = raw.Count == 0 ? 0 : raw.Average(),
            SyncSeconds = syncSeconds,
            FirstSeconds = firstSeconds,
            ApplySeconds = first.Seconds.GetValueOrDefault(nameof(SyncStage.Apply)),
            Rows = rows,
            Changes = firstResult.Changes,
            Writes = firstResult.MailboxWrites,
            FirstCommands = firstResult.ExchangeCommands,
            ReReads = firstResult.ReReads,
            SecondChanges = syncResult.Changes,
            ReadCommands = syncResult.ExchangeCommands,
            SecondWrites = syncResult.MailboxWrites,
            GraphRequests = syncResult.GraphRequests,
            PeakMegabytes = peak,
            FirstStages = first.Seconds,
            SyncStages = second.Seconds,
        }));
    }

    private static async Task<(double Seconds, SyncResult Result)> SyncAsync(ConnectorEngine engine, CommandSecrets secrets, CallerShell shell, StageClock clock, SyncKind kind, bool force)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        clock.Start();
        var result = await engine.SyncAsync(new SyncRequest { Kind = kind, Force = force, Secrets = secrets }, shell, clock, CancellationToken.None);
        watch.Stop();
        if (result.Status != SyncStatus.Succeeded) throw new InvalidOperationException($"{result.Status}: {result.HeldReason}{result.FailureMessage}");
        return (watch.Elapsed.TotalSeconds, result);
    }

    // What any client has to pay: the same two commands with the same properties on one session, every row taken and dropped.
    private static double ReadRaw(string pipe, out int rows)
    {
        using var runspace = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(pipe));
        runspace.Open();
        GC.Collect();
        var watch = Stopwatch.StartNew();
        rows = Count(runspace, "Get-MobileDevice", ExchangeCommands.DeviceProperties) + Count(runspace, "Get-CASMailbox", ExchangeCommands.MailboxProperties);
        return watch.Elapsed.TotalSeconds;
    }

    private static int Count(Runspace runspace, string cmdlet, string[] columns)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(cmdlet).AddParameter("ResultSize", "Unlimited").AddCommand("Select-Object").AddParameter("Property", columns);
        var output = new PSDataCollection<PSObject>();
        var count = 0;
        output.DataAdded += (_, _) => count += output.ReadAll().Count;
        shell.Invoke(null, output);
        return count + output.ReadAll().Count;
    }

    private static InstallRequest Request(FullSyncOrder order, CommandSecrets secrets) => new()
    {
        Secrets = secrets,
        Settings = new ConnectorSettings
        {
            Name = "Default",
            Organization = string.Empty,
            ParallelCommandsEnabled = order.Task.Lanes > 1,
            MaximumSessions = order.Task.Lanes,
            Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.OwnSession, Uri = new Uri(order.ExchangeUri) },
            Tenant = new TenantSettings
            {
                TenantId = order.TenantId,
                ClientId = order.ClientId,
                Method = SignInMethod.AccessToken,
                Environment = CloudEnvironment.Custom,
                GraphEndpoint = new Uri(order.Endpoint),
                LoginEndpoint = new Uri(order.Endpoint),
            },
            Policy = new AccessPolicy
            {
                Enabled = true,
                IncludedGroups = [order.IncludedGroup],
                ExcludedGroups = [order.ExcludedGroup],
                FuseDaily = int.MaxValue,
            },
        },
    };

    private static long Peak()
    {
        if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        var line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) >> 10;
    }

    /// <summary>Takes the time of each stage: from the run's start, or the end of the stage before, to its own end.</summary>
    private sealed class StageClock : ISyncConsole
    {
        private readonly Lock _gate = new();
        private readonly Stopwatch _watch = new();
        private double _applyStarted;

        public Dictionary<string, double> Seconds { get; } = [];

        public void Start() => _watch.Start();

        public void Report(SyncProgress progress)
        {
            lock (_gate)
            {
                var now = _watch.Elapsed.TotalSeconds;
                if (progress is { Stage: SyncStage.Plan, Completed: true }) _applyStarted = now;
                if (!progress.Completed) return;
                Seconds[progress.Stage.ToString()] = progress.Stage is SyncStage.Apply ? now - _applyStarted : now;
            }
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Plan(PlannedChange change)
        {
        }

        public void Prompt(string message)
        {
        }
    }
}
