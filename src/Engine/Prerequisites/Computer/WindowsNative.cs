using System.Runtime.InteropServices;

namespace IntuneExchangeConnector.Engine.Prerequisites.Computer;

/// <summary>What Windows alone can tell, by its documented functions. Nothing here is called on another system.</summary>
internal static class WindowsNative
{
    private const int DomainMember = 3;
    private const int QueryTrust = 6;
    private const int InfoLevel2 = 2;

    /// <summary>The membership of this computer.</summary>
    public static DomainMembership? Domain()
    {
        if (NetGetJoinInformation(null, out var name, out var status) != 0) return null;
        try
        {
            return new(status == DomainMember, Marshal.PtrToStringUni(name) ?? string.Empty);
        }
        finally
        {
            NetApiBufferFree(name);
        }
    }

    /// <summary>Asks the local logon service for the state of its channel to a domain; needs administrative rights.</summary>
    public static DomainTrust Trust(string domain)
    {
        var code = I_NetLogonControl2(null, QueryTrust, InfoLevel2, ref domain, out var buffer);
        if (code != 0) return new(code, null);
        try
        {
            var info = Marshal.PtrToStructure<NetLogonInfo2>(buffer);
            return new(info.TrustedChannelStatus, Marshal.PtrToStringUni(info.TrustedDomainController));
        }
        finally
        {
            NetApiBufferFree(buffer);
        }
    }

    /// <summary>The proxy that the computer is configured with.</summary>
    public static WinHttpProxy? Proxy()
    {
        if (!WinHttpGetDefaultProxyConfiguration(out var info)) return null;
        try
        {
            return new(Marshal.PtrToStringUni(info.Proxy), Marshal.PtrToStringUni(info.Bypass));
        }
        finally
        {
            GlobalFree(info.Proxy);
            GlobalFree(info.Bypass);
        }
    }

    /// <summary>Installed memory that Windows may use, in bytes.</summary>
    public static long? Memory()
    {
        var status = new MemoryStatus { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        return GlobalMemoryStatusEx(ref status) ? (long)status.TotalPhysical : null;
    }

    [DllImport("netapi32.dll", ExactSpelling = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int NetGetJoinInformation(string? server, out nint name, out int status);

    [DllImport("netapi32.dll", ExactSpelling = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int I_NetLogonControl2(string? server, int function, int level, ref string data, out nint buffer);

    [DllImport("netapi32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int NetApiBufferFree(nint buffer);

    [DllImport("winhttp.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WinHttpGetDefaultProxyConfiguration(out ProxyInfo info);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GlobalFree(nint memory);

    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GlobalMemoryStatusEx(ref MemoryStatus status);

    [StructLayout(LayoutKind.Sequential)]
    private struct NetLogonInfo2
    {
        public int Flags;
        public int DomainControllerStatus;
        public nint TrustedDomainController;
        public int TrustedChannelStatus;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ProxyInfo
    {
        public int AccessType;
        public nint Proxy;
        public nint Bypass;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong TotalPageFile;
        public ulong AvailablePageFile;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }
}
