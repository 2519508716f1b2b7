using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Tour;

namespace IntuneExchangeConnector.Scale;

/// <summary>Module import in a fresh process each time; the median of nine, and the import of an empty module in the same way to compare with.</summary>
internal static class ImportBench
{
    private const int Rounds = 9;

    public static void Run()
    {
        var program = typeof(ImportBench).Assembly.Location.Replace(
            "IntuneExchangeConnector.Scale", "IntuneExchangeConnector.Import", StringComparison.Ordinal).Replace(
            $"{Path.DirectorySeparatorChar}Scale{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Import{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("iec-import-").FullName;
        try
        {
            var empty = Path.Combine(folder, "Empty.psm1");
            File.WriteAllText(empty, "# nothing");
            var ours = Median(program, StagedModule.FindManifest());
            var nothing = Median(program, empty);
            Console.WriteLine("module                     ms, median of 9 fresh processes");
            Console.WriteLine(FormattableString.Invariant($"an empty script module     {nothing,8:F1}"));
            Console.WriteLine(FormattableString.Invariant($"IntuneExchangeConnector    {ours,8:F1}"));
            Console.WriteLine(FormattableString.Invariant($"import_ms={ours:F0}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(string program, string module)
    {
        var all = Enumerable.Range(0, Rounds).Select(_ => Once(program, module)).Order().ToArray();
        return all[Rounds / 2];
    }

    private static double Once(string program, string module)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet") { ArgumentList = { program, module }, RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
