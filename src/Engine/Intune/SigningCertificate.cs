using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Finds the certificate that the application signs in with, and says what is wrong with it before a server has to.</summary>
internal static class SigningCertificate
{
    private const int LargestFile = 1024 * 1024;

    // The value of EphemeralKeySet, which the older contract does not name: the key stays in memory and leaves no file behind.
    private const X509KeyStorageFlags InMemory = (X509KeyStorageFlags)32;

    /// <summary>Loads the certificate.</summary>
    /// <param name="settings">Where it is.</param>
    /// <param name="password">Password of its file; null for none.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <returns>The certificate with its private key; the caller disposes of it.</returns>
    /// <exception cref="ConnectorException">It is missing, cannot be read, has no usable key, or is not valid now.</exception>
    public static X509Certificate2 Load(TenantSettings settings, SecureString? password, DateTimeOffset now)
    {
        var certificate = settings.Method == SignInMethod.CertificateStore
            ? FromStore(settings.CertificateThumbprint)
            : FromFile(settings.CertificatePath, password);
        try
        {
            Check(certificate, now);
            return certificate;
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    private static X509Certificate2 FromStore(string? thumbprint)
    {
        var wanted = Hexadecimal(thumbprint);
        if (wanted.Length != 40)
        {
            throw new ConnectorException(
                ErrorIds.InvalidParameter,
                ErrorKind.InvalidInput,
                "CertificateThumbprint",
                "The thumbprint must have 40 hexadecimal digits.",
                "Copy the thumbprint from the certificate's details.");
        }

        X509Certificate2? keyless = null;
        foreach (var location in (StoreLocation[])[StoreLocation.CurrentUser, StoreLocation.LocalMachine])
        {
            foreach (var found in Find(location, wanted))
            {
                if (found.HasPrivateKey)
                {
                    keyless?.Dispose();
                    return found;
                }

                keyless?.Dispose();
                keyless = found;
            }
        }

        return keyless ?? throw Unusable(
            wanted,
            $"There is no certificate with the thumbprint {wanted} in the personal stores of this user and this computer.",
            "Import the certificate with its private key under the account that runs the connector, or name another one.");
    }

    private static X509Certificate2Collection Find(StoreLocation location, string thumbprint)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        }
        catch (Exception e) when (e is CryptographicException or SecurityException or PlatformNotSupportedException)
        {
            // Not every system has every store; one that is missing holds nothing.
            return [];
        }
    }

    // Copied from a dialog a thumbprint carries blanks and an invisible mark in front.
    private static string Hexadecimal(string? text)
    {
        var digits = new StringBuilder();
        foreach (var character in text ?? string.Empty)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.SpaceSeparator || character == ':') continue;
            if (!Uri.IsHexDigit(character)) return string.Empty;
            digits.Append(char.ToUpperInvariant(character));
        }

        return digits.ToString();
    }

    private static X509Certificate2 FromFile(string? path, SecureString? password)
    {
        var bytes = Read(path);
        var text = IsPem(bytes) ? Encoding.ASCII.GetString(bytes) : null;
        try
        {
            return text is null ? FromPfx(bytes, password) : FromPem(path!, text, password);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable(
                path!,
                $"The certificate file {path} cannot be used: its password is wrong or missing, it holds no private key, or it is neither PFX nor PEM.",
                "Pass the file's password with -CertificatePassword, or export the certificate again together with its private key.");
        }
    }

    private static byte[] Read(string? path)
    {
        try
        {
            using var file = new FileStream(path ?? string.Empty, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > LargestFile) throw Unusable(path!, $"The file {path} is too large to be a certificate.", "Name a PFX or PEM file.");
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException)
        {
            throw Unusable(
                path ?? string.Empty,
                $"The certificate file {path} cannot be read: {e.Message}",
                "Check the path, and that the account which runs the connector may read the file.");
        }
    }

    private static bool IsPem(byte[] bytes) => Encoding.ASCII.GetString(bytes, 0, Math.Min(bytes.Length, 4096)).Contains("-----BEGIN ");

    private static X509Certificate2 FromPfx(byte[] bytes, SecureString? password)
    {
#if NET
        var flags = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : InMemory;
#else
        var flags = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? X509KeyStorageFlags.DefaultKeySet : InMemory;
#endif
        return new X509Certificate2(bytes, password, flags);
    }

#if NET
    private static X509Certificate2 FromPem(string path, string text, SecureString? password)
    {
        _ = path;
        if (!text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)) return X509Certificate2.CreateFromPem(text, text);
        if (password is null) throw new CryptographicException();
        var characters = new char[password.Length];
        var pinned = GCHandle.Alloc(characters, GCHandleType.Pinned);
        var plain = Marshal.SecureStringToGlobalAllocUnicode(password);
        try
        {
            Marshal.Copy(plain, characters, 0, characters.Length);
            return X509Certificate2.CreateFromEncryptedPem(text, text, characters);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(plain);
            Array.Clear(characters, 0, characters.Length);
            pinned.Free();
        }
    }
#else
    private static X509Certificate2 FromPem(string path, string text, SecureString? password)
    {
        _ = (text, password);
        throw Unusable(
            path,
            $"The certificate file {path} is a PEM file, which Windows PowerShell cannot read together with its key.",
            "Convert it to a PFX file, import it into the certificate store, or use PowerShell 7.");
    }
#endif

    private static void Check(X509Certificate2 certificate, DateTimeOffset now)
    {
        var name = certificate.Thumbprint;
        if (new DateTimeOffset(certificate.NotAfter.ToUniversalTime()) is var end && end <= now)
        {
            throw Unusable(name, $"The certificate {name} expired at {Utc(end)}.", "Renew the certificate, upload its public part to the application, and name the new one.");
        }

        if (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()) is var begin && begin > now)
        {
            throw Unusable(name, $"The certificate {name} is valid from {Utc(begin)} only.", "Check this computer's clock, or name a certificate that is valid.");
        }

        if (!certificate.HasPrivateKey)
        {
            throw Unusable(name, $"The certificate {name} has no private key here.", "Import it together with its private key (a PFX file).");
        }

        try
        {
            using var key = certificate.GetRSAPrivateKey();
            if (key is null) throw Unusable(name, $"The certificate {name} has no RSA key, which the login server asks for.", "Name a certificate with an RSA key.");
        }
        catch (CryptographicException)
        {
            throw Unusable(
                name,
                $"The private key of the certificate {name} cannot be opened.",
                "Give the account that runs the connector the right to read the private key.");
        }
    }

    private static string Utc(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static ConnectorException Unusable(string target, string message, string remedy) =>
        new(ErrorIds.CertificateUnusable, ErrorKind.Authentication, target, message, remedy);
}
