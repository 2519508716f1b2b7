using System;
using System.IO;

namespace IntuneExchangeConnector.Engine.Files;

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
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Opens a file for reading and writing.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
#if NET
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        return new FileStream(path, mode, FileAccess.ReadWrite, share);
#endif
    }

    /// <summary>
    /// Writes a file whole or not at all: beside the old one first, onto the disk, and then in its place. The folder is created where it is
    /// missing. Fails as files fail, and the old file is then as it was.
    /// </summary>
    public static void Replace(string path, byte[] content)
    {
        var beside = path + "." + Path.GetRandomFileName() + ConnectorFiles.UnfinishedEnding;
        CreateFolder(Path.GetDirectoryName(path)!);
        try
        {
            using (var file = Open(beside, FileMode.CreateNew, FileShare.None))
            {
                file.Write(content, 0, content.Length);
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(path)) File.Replace(beside, path, destinationBackupFileName: null);
            else File.Move(beside, path);
        }
        catch (Exception cause) when (IsFault(cause))
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>Deletes a file if the system lets us; for what is not worth a failure.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (IsFault(cause))
        {
            // Windows deletes no file that somebody holds.
        }
    }

    /// <summary>True for what the file system throws.</summary>
    public static bool IsFault(Exception cause) => cause is IOException or UnauthorizedAccessException;
}
