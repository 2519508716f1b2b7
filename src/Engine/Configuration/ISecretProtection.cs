using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>The system's way to protect bytes for one account.</summary>
internal interface ISecretProtection
{
    /// <summary>False where the system has none.</summary>
    bool IsAvailable { get; }

    /// <summary>Protects bytes; the purpose has to be given again to open them.</summary>
    byte[] Protect(byte[] secret, byte[] purpose);

    /// <summary>Opens protected bytes; fails with <see cref="CryptographicException"/> for another account or purpose.</summary>
    byte[] Unprotect(byte[] blob, byte[] purpose);
}

/// <summary>Windows' data protection under the key of the current user.</summary>
internal sealed class DataProtection : ISecretProtection
{
    public bool IsAvailable => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public byte[] Protect(byte[] secret, byte[] purpose) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ProtectedData.Protect(secret, purpose, DataProtectionScope.CurrentUser) : throw new PlatformNotSupportedException();

    public byte[] Unprotect(byte[] blob, byte[] purpose) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ProtectedData.Unprotect(blob, purpose, DataProtectionScope.CurrentUser) : throw new PlatformNotSupportedException();
}
