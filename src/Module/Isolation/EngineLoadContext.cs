#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace IntuneExchangeConnector.Module.Isolation;

/// <summary>
/// The private load context of PowerShell 7: the engine and every package it needs live here, so that no version of theirs can
/// meet the one that another module brought.
/// <code>
///   default context                      private context
///     IntuneExchangeConnector.dll  ──►     IntuneExchangeConnector.Engine.dll   the only name that crosses
///     IntuneExchangeConnector.Domain.dll ◄─┘  └─► MSAL, Polly, SQLite (deps/)
/// </code>
/// The engine's deps.json does not list the domain, so a request for it falls through to the default context: types that both
/// sides share have one identity.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string EngineName = "IntuneExchangeConnector.Engine";

    // Native SQLite cannot be unloaded, so neither can the context: one for the life of the process.
    private static readonly Lazy<EngineLoadContext> s_instance = new(() => new EngineLoadContext());

    private readonly string _folder = Path.Combine(ModuleFiles.Folder, "deps");
    private readonly AssemblyDependencyResolver? _resolver;

    private EngineLoadContext()
        : base("IntuneExchangeConnector", isCollectible: false)
    {
        try
        {
            _resolver = new AssemblyDependencyResolver(Path.Combine(_folder, EngineName + ".dll"));
        }
        catch (InvalidOperationException)
        {
            // A host without hostpolicy, or an unreadable deps.json: the folder itself is asked instead.
        }
    }

    // Other modules' requests come through here as well, so every name but ours is somebody else's to answer.
    internal static Assembly? OnResolving(AssemblyLoadContext _, AssemblyName name) =>
        name.Name == EngineName ? s_instance.Value.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = _resolver is null
            ? Existing(Path.Combine(_folder, assemblyName.Name + ".dll"))
            : _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver is null ? FindNative(unmanagedDllName) : _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private string? FindNative(string name)
    {
        var (system, prefix, suffix) =
            OperatingSystem.IsWindows() ? ("win", "", ".dll") :
            OperatingSystem.IsMacOS() ? ("osx", "lib", ".dylib") :
            ("linux", "lib", ".so");
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var native = Path.Combine(_folder, "runtimes", $"{system}-{architecture}", "native");
        return Existing(Path.Combine(native, prefix + name + suffix)) ?? Existing(Path.Combine(native, name + suffix));
    }
}
#endif
