using System;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Threading;

namespace IntuneExchangeConnector.Engine.Tests.Store;

/// <summary>Runs something with the file rights of nobody: root, which builds often run as, may write everything otherwise.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Unprivileged
{
    private const uint Nobody = 65534;

    /// <summary>What everybody, the group of root included, may read and nobody write.</summary>
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Passable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Lets everybody pass through a folder.</summary>
    public static void Open(string folder) => File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Passable);

    /// <summary>Lets everybody read a folder and the files in it, and nobody write.</summary>
    public static void Lock(string folder)
    {
        foreach (var file in Directory.GetFiles(folder)) File.SetUnixFileMode(file, ReadOnly);
        File.SetUnixFileMode(folder, ReadOnly | Passable);
    }

    /// <summary>Lets the owner write a folder again, so that it can be deleted.</summary>
    public static void Unlock(string folder) => File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.UserWrite);

    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        // The rights are the thread's own, and end with it.
        var thread = new Thread(() =>
        {
            _ = setfsuid(Nobody);
            try
            {
                action();
            }
            catch (Exception cause)
            {
                failure = ExceptionDispatchInfo.Capture(cause);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    [DllImport("libc")]
    private static extern int setfsuid(uint user);
}
