using System;
using System.IO;

namespace IntuneExchangeConnector.Sandbox.Tour;

/// <summary>Finds the module where the build staged it.</summary>
public static class StagedModule
{
    /// <summary>Full path of the staged manifest.</summary>
    /// <returns>The path.</returns>
    /// <exception cref="FileNotFoundException">No folder above this program holds a staged module.</exception>
    public static string FindManifest()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, "out", "IntuneExchangeConnector", "IntuneExchangeConnector.psd1");
            if (File.Exists(manifest)) return manifest;
        }

        throw new FileNotFoundException("No staged module was found above this program. Build the solution: dotnet build -c Release");
    }
}
