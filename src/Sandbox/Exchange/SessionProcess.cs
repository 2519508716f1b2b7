using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>One session's process: this program started again with the verb <c>endpoint</c>, speaking on its standard streams.</summary>
internal sealed class SessionProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_exitPatience = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private int _ended;

    private SessionProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public static SessionProcess Start(ExchangeEndpointOptions options)
    {
        ProcessStartInfo start = new(DotnetHost())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = options.StateFolder,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(SessionProcess).Assembly.Location);
        start.ArgumentList.Add("endpoint");
        start.ArgumentList.Add("--state");
        start.ArgumentList.Add(options.StateFolder);
        if (options.ServerName is { } server)
        {
            start.ArgumentList.Add("--server");
            start.ArgumentList.Add(server);
        }

        // A session ends by kill as often as by exit: without these the runtime and the engine would leave sockets in the
        // temporary folder, and the engine would try to report usage.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["POWERSHELL_DIAGNOSTICS_OPTOUT"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";

        return new SessionProcess(Process.Start(start) ?? throw new InvalidOperationException("The session process did not start."));
    }

    /// <summary>What the ended process wrote to its error stream, as one line.</summary>
    public async Task<string> LastWordsAsync()
    {
        string words = await _errors.ConfigureAwait(false);
        return words.Length == 0 ? "The session's process ended." : words.ReplaceLineEndings(" ").Trim();
    }

    /// <summary>Closes the streams, on which the process ends, and helps where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;

        try
        {
            Input.Close();
        }
        catch (IOException)
        {
            // The process is gone already, which is what closing asks for.
        }

        using (CancellationTokenSource patience = new(s_exitPatience))
        {
            try
            {
                await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        await _errors.ConfigureAwait(false);
        _process.Dispose();
    }

    private static string DotnetHost()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.ProcessPath is { } self && Path.GetFileName(self).Equals(name, StringComparison.OrdinalIgnoreCase))
            return self;

        // A test runs from its own executable: the host stands three folders above the runtime that runs it.
        string shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(shared) ? shared : name;
    }
}
