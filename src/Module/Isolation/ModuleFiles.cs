using System.IO;

namespace IntuneExchangeConnector.Module.Isolation;

/// <summary>Where the module's own files lie.</summary>
internal static class ModuleFiles
{
    /// <summary>Folder of this assembly: <c>bin/core</c> or <c>bin/desktop</c> of the module.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(typeof(ModuleFiles).Assembly.Location)!;
}
