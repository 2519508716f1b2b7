using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;
using Microsoft.Win32.SafeHandles;
using static IntuneExchangeConnector.Engine.Tests.Store.Samples;

namespace IntuneExchangeConnector.Engine.Tests.Store;

/// <summary>
/// A second process that can be killed: these tests themselves, started again with a part to play. It ends with the process that started it.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const string PartVariable = "IEC_TEST_PART";
    private const string PathVariable = "IEC_TEST_PATH";
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ChildProcess Start(string part, string path)
    {
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.Environment[PartVariable] = part;
        start.Environment[PathVariable] = path;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the child has said so many lines.</summary>
    public async Task HearAsync(int lines, CancellationToken cancellationToken)
    {
        for (var i = 0; i < lines; i++)
        {
            if (await _process.StandardOutput.ReadLineAsync(cancellationToken) is null) throw new InvalidOperationException("The second process ended.");
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

#pragma warning disable CA2255 // The assembly is a program, and this is its second entrance.
    [ModuleInitializer]
    internal static void Play()
    {
        if (Environment.GetEnvironmentVariable(PartVariable) is not { } part) return;
        var path = Environment.GetEnvironmentVariable(PathVariable)!;
        new Thread(EndWithParent) { IsBackground = true }.Start();
        if (part == nameof(HoldLease)) HoldLease(path);
        else WriteForever(path);
    }
#pragma warning restore CA2255

    public static void HoldLease(string statePath)
    {
        var holder = LeaseHolder.ThisProcess(Samples.Id(1), Noon);
        var lease = SyncLease.AcquireAsync(statePath, holder, wait: false, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        Say("held");
        using var never = new ManualResetEvent(false);
        never.WaitOne();
        GC.KeepAlive(lease);
    }

    public static void WriteForever(string statePath)
    {
        using var store = SqliteStateStore.Open(statePath);
        for (var run = 1; ; run++)
        {
            store.BeginRun(Run(run));
            store.Announce(Change(run, 1), 1);
            store.Settle(Change(run, 1, ChangeOutcome.Applied), [Entry(run, "FIRST", run: run), Entry(run, "SECOND", EntryList.Blocked, run: run)], []);
            if (run % 5 == 0) store.SaveSnapshot(Many(40, $"R{run}-"));
            Say("wrote");
        }
    }

    private static void Say(string line)
    {
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }

    private static void EndWithParent()
    {
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        while (input.ReadByte() >= 0)
        {
        }

        Environment.Exit(0);
    }
}
