using System.IO;
using System.Linq;
using System.Reflection;

namespace IntuneExchangeConnector.Module.Harness;

/// <summary>Where the build put things.</summary>
public static class Places
{
    /// <summary>Root of the source tree.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The staged module.</summary>
    public static string ModuleFolder { get; } = Path.TrimEndingDirectorySeparator(Metadata("ModuleStage"));

    /// <summary>The staged module's manifest.</summary>
    public static string Manifest { get; } = Path.Combine(ModuleFolder, "IntuneExchangeConnector.psd1");

    private static string Metadata(string key) =>
        Path.GetFullPath(typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!);
}
