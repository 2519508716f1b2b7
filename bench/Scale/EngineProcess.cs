using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Scale;

/// <summary>The engine in a process of its own: it installs, makes the first run, waits where it is told to, and reports after the second.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly Process _process;

    private EngineProcess(Process process) => _process = process;

    /// <summary>Starts the process and tells it what to do.</summary>
    public static async Task<EngineProcess> StartAsync(SandboxHost host, SandboxTenant tenant, EngineTask task)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) start.ArgumentList.Add(typeof(EngineProcess).Assembly.Location);
        start.ArgumentList.Add("full-sync-engine");
        start.Environment["INTUNE_EXCHANGE_CONNECTOR_HOME"] = Directory.CreateDirectory(Path.Combine(host.StateFolder, "connector")).FullName;
        start.Environment["SSL_CERT_FILE"] = tenant.TrustPath;
        var engine = new EngineProcess(Process.Start(start)!);
        await engine._process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new FullSyncOrder
        {
            ExchangeUri = host.ExchangeUri.ToString(),
            PipeName = host.Exchange.PipeName,
            Endpoint = tenant.Endpoint.BaseUri.ToString(),
            TenantId = tenant.Endpoint.TenantId.ToString(),
            ClientId = tenant.ClientId.ToString(),
            Token = tenant.Endpoint.IssueToken(TimeSpan.FromHours(3)),
            IncludedGroup = tenant.GroupId(WorldNames.TargetGroup),
            ExcludedGroup = tenant.GroupId(WorldNames.ExemptGroup),
            Task = task,
        }));
        await engine._process.StandardInput.FlushAsync();
        return engine;
    }

    /// <summary>Returns when the first run is done and the process waits.</summary>
    public async Task FirstRunAsync() => await LineAsync(FullSyncEngine.FirstRunDone);

    /// <summary>Lets the second run begin and returns what both measured.</summary>
    public async Task<FullSyncReport> ReportAsync()
    {
        _process.StandardInput.Close();
        var report = JsonSerializer.Deserialize<FullSyncReport>(await LineAsync("{"))!;
        await _process.WaitForExitAsync();
        return report;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // What is not the line that is waited for is for people.
    private async Task<string> LineAsync(string beginning)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
            Console.Error.WriteLine(line);
        }

        await _process.WaitForExitAsync();
        throw new InvalidOperationException($"The engine's process ended with {_process.ExitCode} and no report.");
    }
}

/// <summary>What the engine's process is asked for beside the two runs.</summary>
internal sealed record EngineTask
{
    /// <summary>Measures the raw read, too.</summary>
    public bool Raw { get; init; }

    /// <summary>Waits between the runs, and does not mind changes in the second.</summary>
    public bool Pauses { get; init; }

    /// <summary>Makes the second run a quick one.</summary>
    public bool Quick { get; init; }

    /// <summary>Exchange sessions that a run may work over at once; 1 for one after the other.</summary>
    public int Lanes { get; init; } = 1;
}
