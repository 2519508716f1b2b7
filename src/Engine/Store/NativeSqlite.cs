using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// .NET Framework knows nothing of the folders by architecture that the native SQLite lies in, and looks for it beside the managed assembly
/// only. A library that is already loaded is found by its name, so the right one is loaded here by its full path, before first use.
/// </summary>
internal static class NativeSqlite
{
    private const string DesktopFramework = ".NET Framework";
    private static readonly object s_gate = new();
    private static bool s_prepared;

    /// <summary>Loads the native library on .NET Framework; elsewhere the runtime finds it.</summary>
    public static void Prepare()
    {
        lock (s_gate)
        {
            if (s_prepared) return;
            var folder = Path.GetDirectoryName(typeof(NativeSqlite).Assembly.Location) ?? string.Empty;
            if (PathFor(RuntimeInformation.FrameworkDescription, RuntimeInformation.ProcessArchitecture, folder) is { } path && LoadLibraryW(path) == IntPtr.Zero)
            {
                throw new DllNotFoundException($"'{path}' could not be loaded.", new Win32Exception(Marshal.GetLastWin32Error()));
            }

            s_prepared = true;
        }
    }

    /// <summary>The library that has to be loaded by path; null where the runtime needs no help.</summary>
    internal static string? PathFor(string framework, Architecture architecture, string folder)
    {
        if (!framework.StartsWith(DesktopFramework, StringComparison.Ordinal)) return null;
        var runtime = architecture switch
        {
            Architecture.X64 => "win-x64",
            Architecture.X86 => "win-x86",
            Architecture.Arm64 => "win-arm64",
            _ => throw new DllNotFoundException($"There is no native SQLite for the architecture {architecture}."),
        };
        return Path.Combine(folder, "runtimes", runtime, "native", "e_sqlite3.dll");
    }

    [DllImport("kernel32.dll", ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LoadLibraryW(string path);
}
