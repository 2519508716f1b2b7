using System.IO;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>
/// Files and folders that only their owner may read: they name people and their devices. On Windows the folder's own permissions are
/// inherited, as the connector's predecessor left them.
/// </summary>
internal static class PrivateFiles
{
    /// <summary>Creates a folder and what is missing above it; one that exists is left as it is.</summary>
    public static void CreateFolder(string path)
    {
#if NET
        if (!System.OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Opens a file for writing and creates it where it is missing.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
#if NET
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!System.OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        return new FileStream(path, mode, FileAccess.ReadWrite, share);
#endif
    }
}
