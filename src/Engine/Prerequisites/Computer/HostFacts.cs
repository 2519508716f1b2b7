using System;
using System.IO;
using System.Runtime.InteropServices;
using IntuneExchangeConnector.Engine.Files;

namespace IntuneExchangeConnector.Engine.Prerequisites.Computer;

/// <summary>This computer.</summary>
internal sealed class HostFacts : IHostFacts
{
    /// <inheritdoc/>
    public bool IsWindows { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <inheritdoc/>
    public string OperatingSystem => RuntimeInformation.OSDescription.Trim();

    /// <inheritdoc/>
    public string Runtime => RuntimeInformation.FrameworkDescription;

    /// <inheritdoc/>
    public Version RuntimeVersion => Environment.Version;

    /// <inheritdoc/>
    public bool IsFramework => RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <inheritdoc/>
#if NET
    // Nothing is known before the first collection.
    public long? Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var bytes ? bytes : null;
#else
    public long? Memory => IsWindows ? WindowsNative.Memory() : null;
#endif

    /// <inheritdoc/>
    public string Account => IsWindows ? $"{Environment.UserDomainName}\\{Environment.UserName}" : Environment.UserName;

    /// <inheritdoc/>
    public DomainMembership? Domain() => WindowsNative.Domain();

    /// <inheritdoc/>
    public DomainTrust Trust(string domain) => WindowsNative.Trust(domain);

    /// <inheritdoc/>
    public WinHttpProxy? Proxy() => WindowsNative.Proxy();

    /// <inheritdoc/>
    public long? FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(Existing(folder)).AvailableFreeSpace;
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause) || cause is ArgumentException)
        {
            // A share has no drive of its own.
            return null;
        }
    }

    /// <inheritdoc/>
    public string? WriteFault(string folder)
    {
        var path = Path.Combine(Existing(folder), Path.GetRandomFileName() + ConnectorFiles.UnfinishedEnding);
        try
        {
            using (var file = PrivateFiles.Open(path, FileMode.CreateNew, FileShare.None)) file.WriteByte(0);
            File.Delete(path);
            return null;
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            PrivateFiles.TryDelete(path);
            return cause.Message;
        }
    }

    // Before the first installation the folder is not there yet, and a check must not be what creates it.
    private static string Existing(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent) existing = parent;
        return existing;
    }
}
