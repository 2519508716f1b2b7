using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Module.Harness;

/// <summary>A shell in a process of its own, for what concerns a whole process: load contexts, environment, a first call.</summary>
public static class ChildShell
{
    /// <summary>Runs a script without any module imported.</summary>
    /// <param name="script">The script; <c>$Manifest</c> and <c>$ModuleFolder</c> are set.</param>
    /// <param name="environment">Environment variables of the process.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <returns>What it said.</returns>
    public static async Task<Transcript> RunAsync(string script, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("connector-shell-").FullName;
        try
        {
            var scriptPath = Path.Combine(folder, "script.ps1");
            var resultPath = Path.Combine(folder, "result.json");
            await File.WriteAllTextAsync(scriptPath, script, cancellationToken);

            var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            };
            foreach (var argument in (string[])["exec", typeof(ChildShell).Assembly.Location, scriptPath, resultPath]) start.ArgumentList.Add(argument);
            start.Environment["INTUNE_EXCHANGE_CONNECTOR_HOME"] = Path.Combine(folder, "home");
            foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return File.Exists(resultPath)
                ? new Transcript(JsonSerializer.Deserialize<List<ShellRecord>>(await File.ReadAllTextAsync(resultPath, cancellationToken))!)
                : throw new InvalidOperationException($"The shell ended with {process.ExitCode}. {await output}{await errors}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
