using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IntuneExchangeConnector.Import;

/// <summary>One import in one fresh process, over an engine that has run a command before. Prints milliseconds.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Run(runspace, "Get-Module | Out-Null");
        var watch = Stopwatch.StartNew();
        Run(runspace, $"Import-Module '{args[0].Replace("'", "''", StringComparison.Ordinal)}' -ErrorAction Stop");
        watch.Stop();
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture));
        return 0;
    }

    private static void Run(Runspace runspace, string command)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(command).Invoke();
        if (shell.HadErrors) throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }
}
