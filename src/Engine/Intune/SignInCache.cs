using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Files;
using Microsoft.Identity.Client;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Where a person's sign-in is kept, so that the person is not asked at every command.</summary>
internal interface ISignInCache
{
    /// <summary>Lets the library read what is kept and keep what is new.</summary>
    /// <param name="cache">The library's cache.</param>
    /// <param name="settings">Whose sign-in it is.</param>
    void Attach(ITokenCache cache, TenantSettings settings);

    /// <summary>Forgets a sign-in.</summary>
    /// <param name="settings">Whose.</param>
    void Forget(TenantSettings settings);
}

/// <summary>Keeps nothing beyond the memory of the process.</summary>
internal sealed class MemorySignInCache : ISignInCache
{
    /// <summary>The one of it.</summary>
    public static MemorySignInCache Instance { get; } = new();

    /// <inheritdoc/>
    public void Attach(ITokenCache cache, TenantSettings settings)
    {
    }

    /// <inheritdoc/>
    public void Forget(TenantSettings settings)
    {
    }
}

/// <summary>
/// Keeps it in a file that the system protects for the current account. Where the system protects nothing there is no file, and a person is
/// asked again by the next process.
/// </summary>
/// <param name="folder">Folder of the files.</param>
/// <param name="protection">The system's protection.</param>
internal sealed class ProtectedSignInCache(string folder, ISecretProtection protection) : ISignInCache
{
    private const string Ending = ".signin";

    /// <inheritdoc/>
    public void Attach(ITokenCache cache, TenantSettings settings)
    {
        if (!protection.IsAvailable) return;
        var path = PathOf(settings);
        var purpose = Purpose(settings);
        cache.SetBeforeAccess(arguments => arguments.TokenCache.DeserializeMsalV3(Read(path, purpose), shouldClearExistingCache: true));
        cache.SetAfterAccess(arguments =>
        {
            if (arguments.HasStateChanged) Write(path, arguments.TokenCache.SerializeMsalV3(), purpose);
        });
    }

    /// <inheritdoc/>
    public void Forget(TenantSettings settings) => PrivateFiles.TryDelete(PathOf(settings));

    // A file of another account, or a damaged one, holds nothing for this one: the person signs in again.
    private byte[]? Read(string path, byte[] purpose)
    {
        try
        {
            return File.Exists(path) ? protection.Unprotect(File.ReadAllBytes(path), purpose) : null;
        }
        catch (Exception e) when (e is CryptographicException || PrivateFiles.IsFault(e))
        {
            return null;
        }
    }

    private void Write(string path, byte[] plain, byte[] purpose)
    {
        try
        {
            PrivateFiles.Replace(path, protection.Protect(plain, purpose));
        }
        catch (Exception e) when (e is CryptographicException || PrivateFiles.IsFault(e))
        {
            // The sign-in serves this process, and the next one asks again.
        }
        finally
        {
            Array.Clear(plain, 0, plain.Length);
        }
    }

    private static byte[] Purpose(TenantSettings settings) => Encoding.UTF8.GetBytes("IntuneExchangeConnector/SignIn/" + Key(settings));

    // One file for each person's account on the machine: the key of one does not open what another wrote.
    private static string Key(TenantSettings settings) => string.Join(
        "|", settings.Environment, settings.LoginEndpoint?.Authority, settings.TenantId.ToUpperInvariant(), settings.ClientId.ToUpperInvariant(), Environment.UserDomainName, Environment.UserName);

    private string PathOf(TenantSettings settings)
    {
        using var hash = SHA256.Create();
        var digest = hash.ComputeHash(Encoding.UTF8.GetBytes(Key(settings)));
        return Path.Combine(folder, BitConverter.ToString(digest, 0, 8).Replace("-", string.Empty) + Ending);
    }
}
