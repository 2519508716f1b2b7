#if !NET
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace IntuneExchangeConnector.Module.Isolation;

/// <summary>
/// Windows PowerShell has no load contexts. This answers the requests that normal binding could not: the engine, and what the
/// engine's packages ask for. They ask for versions that differ from those shipped beside them, and powershell.exe has no binding
/// redirects for us, so names are compared without version.
/// </summary>
internal static class DesktopResolver
{
    private static readonly string s_folder = Path.Combine(ModuleFiles.Folder, "deps");
    private static readonly Lazy<Dictionary<string, AssemblyName>> s_shipped = new(ReadShipped);
    private static readonly ConcurrentDictionary<string, Assembly?> s_loaded = new(StringComparer.OrdinalIgnoreCase);

    // The runtime raises this on whatever thread needs a type, and an exception here would surface there: it never throws.
    internal static Assembly? OnAssemblyResolve(object? _, ResolveEventArgs request)
    {
        try
        {
            var wanted = new AssemblyName(request.Name);
            if (wanted.Name is not { } name || name.EndsWith(".resources", StringComparison.OrdinalIgnoreCase)) return null;
            if (!s_shipped.Value.TryGetValue(name, out var shipped) || !IsOurs(request.RequestingAssembly)) return null;
            if (wanted.Version is { } version && shipped.Version < version) return null;
            return s_loaded.GetOrAdd(name, Load);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // The requesting assembly may be unknown on .NET Framework; then the name alone decides.
    private static bool IsOurs(Assembly? requesting) =>
        requesting is null
        || (!requesting.IsDynamic && requesting.Location.StartsWith(ModuleFiles.Folder, StringComparison.OrdinalIgnoreCase));

    // LoadFrom, as powershell.exe itself does: LoadFile would make a second copy with types of its own.
    private static Assembly? Load(string name) => Assembly.LoadFrom(Path.Combine(s_folder, name + ".dll"));

    private static Dictionary<string, AssemblyName> ReadShipped()
    {
        var shipped = new Dictionary<string, AssemblyName>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Directory.GetFiles(s_folder, "*.dll"))
        {
            shipped[Path.GetFileNameWithoutExtension(path)] = AssemblyName.GetAssemblyName(path);
        }

        return shipped;
    }
}
#endif
