using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Files;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>
/// Secrets in files beside the configuration, protected by Windows (DPAPI) under the key of the current user: another account, and this one
/// on another machine, cannot open them. Elsewhere nothing is kept.
/// </summary>
public sealed class ProtectedSecretStore : ISecretStore
{
    private readonly IConfigurationStore _configuration;
    private readonly ISecretProtection _protection;

    /// <summary>Keeps secrets beside the connectors' configurations.</summary>
    /// <param name="configuration">The connectors.</param>
    public ProtectedSecretStore(IConfigurationStore configuration)
        : this(configuration, new DataProtection())
    {
    }

    internal ProtectedSecretStore(IConfigurationStore configuration, ISecretProtection protection) => (_configuration, _protection) = (configuration, protection);

    /// <inheritdoc/>
    public void Store(string connector, SecretPurpose purpose, SecureString secret)
    {
        if (!_protection.IsAvailable)
        {
            throw new ConnectorException(
                ErrorIds.SecretStoreUnavailable,
                ErrorKind.NotSupported,
                purpose.ToString(),
                "This system offers no protected place for a secret.",
                "Pass the secret at each run, for example from a vault of SecretManagement.");
        }

        var path = PathOf(connector, purpose);
        var plain = BytesOf(secret);
        try
        {
            PrivateFiles.Replace(path, _protection.Protect(plain, Purpose(connector, purpose)));
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.NotWritable(path, cause.Message, cause);
        }
        catch (CryptographicException cause)
        {
            throw Unusable(purpose, "could not be protected under this account", cause);
        }
        finally
        {
            Array.Clear(plain, 0, plain.Length);
        }
    }

    /// <inheritdoc/>
    public SecureString? TryRead(string connector, SecretPurpose purpose)
    {
        if (!_protection.IsAvailable) return null;
        var path = PathOf(connector, purpose);
        byte[] plain;
        try
        {
            if (!File.Exists(path)) return null;
            plain = _protection.Unprotect(File.ReadAllBytes(path), Purpose(connector, purpose));
        }
        catch (Exception cause) when (cause is CryptographicException || PrivateFiles.IsFault(cause))
        {
            throw Unusable(purpose, "is kept for another account or on another machine, or its file is damaged", cause);
        }

        try
        {
            return SecretOf(plain);
        }
        finally
        {
            Array.Clear(plain, 0, plain.Length);
        }
    }

    /// <inheritdoc/>
    public void Remove(string connector, SecretPurpose purpose)
    {
        var path = PathOf(connector, purpose);
        try
        {
            if (File.Exists(path)) File.Delete(path);
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.NotWritable(path, cause.Message, cause);
        }
    }

    /// <summary>Full path of the file that holds a secret.</summary>
    internal static string PathIn(string folder, SecretPurpose purpose) => Path.Combine(folder, purpose + ConnectorFiles.SecretEnding);

    // Binds the protected bytes to what they are for: the file of one connector does not open as another's.
    private static byte[] Purpose(string connector, SecretPurpose purpose) =>
        Encoding.UTF8.GetBytes("IntuneExchangeConnector/" + connector.ToUpperInvariant() + "/" + purpose);

    private static byte[] BytesOf(SecureString secret)
    {
        var bytes = new byte[secret.Length * sizeof(char)];
        var memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            Marshal.Copy(memory, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }

    private static SecureString SecretOf(byte[] bytes)
    {
        var secret = new SecureString();
        for (var i = 0; i + 1 < bytes.Length; i += sizeof(char)) secret.AppendChar((char)(bytes[i] | (bytes[i + 1] << 8)));
        secret.MakeReadOnly();
        return secret;
    }

    private static ConnectorException Unusable(SecretPurpose purpose, string what, Exception cause) => new(
        ErrorIds.SecretStoreUnavailable,
        ErrorKind.PermissionDenied,
        purpose.ToString(),
        $"The secret {purpose} {what}.",
        "Store it again with Set-IntuneExchangeConnector as the account that runs the sync, or pass it at each run.",
        cause);

    private string PathOf(string connector, SecretPurpose purpose) =>
        PathIn(Path.GetDirectoryName(_configuration.ConfigurationPath(connector))!, purpose);
}
