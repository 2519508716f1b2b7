using System.Runtime.InteropServices;

namespace IntuneExchangeConnector.Engine.Prerequisites.Computer;

/// <summary>The registry of Windows. It is called directly: the managed wrapper is a package of its own on Windows PowerShell.</summary>
internal sealed class WindowsRegistry : IRegistry
{
    private const uint LocalMachine = 0x80000002;
    private const int OnlyText = 0x00000002;
    private const int OnlyNumber = 0x00000010;
    private const int Wide = 0x00010000;

    /// <inheritdoc/>
    public string? Text(string key, string name)
    {
        uint size = 0;
        if (RegGetValueW(Root, key, name, OnlyText | Wide, default, default, ref size) != 0 || size < 2) return null;
        var buffer = Marshal.AllocHGlobal((int)size);
        try
        {
            return RegGetValueW(Root, key, name, OnlyText | Wide, default, buffer, ref size) == 0 ? Marshal.PtrToStringUni(buffer) : null;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    /// <inheritdoc/>
    public int? Number(string key, string name)
    {
        uint size = sizeof(int);
        var buffer = Marshal.AllocHGlobal(sizeof(int));
        try
        {
            return RegGetValueW(Root, key, name, OnlyNumber | Wide, default, buffer, ref size) == 0 ? Marshal.ReadInt32(buffer) : null;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    // Predefined handles are negative 32-bit numbers, extended to the width of a pointer.
    private static nint Root => unchecked((int)LocalMachine);

    [DllImport("advapi32.dll", ExactSpelling = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegGetValueW(nint key, string subKey, string value, int flags, nint type, nint data, ref uint size);
}
