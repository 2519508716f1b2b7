using System.IO;
using System.Text.Json;

namespace IntuneExchangeConnector.Module.Harness;

internal static class Program
{
    /// <summary>Runs a script file and writes what it said to a file.</summary>
    private static int Main(string[] arguments)
    {
        using var shell = Shell.OpenBare();
        var transcript = shell.Run(
            "param($Manifest, $ModuleFolder) " + File.ReadAllText(arguments[0]),
            new() { ["Manifest"] = Places.Manifest, ["ModuleFolder"] = Places.ModuleFolder });
        File.WriteAllText(arguments[1], JsonSerializer.Serialize(transcript.Records));
        return 0;
    }
}
