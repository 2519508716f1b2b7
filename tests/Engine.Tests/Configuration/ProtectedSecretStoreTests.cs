using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Tests.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Configuration.ConfigurationSamples;

namespace IntuneExchangeConnector.Engine.Tests.Configuration;

public sealed class ProtectedSecretStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly XmlConfigurationStore _configuration;
    private readonly ProtectedSecretStore _store;

    public ProtectedSecretStoreTests()
    {
        _configuration = new XmlConfigurationStore(_folder.Path);
        _configuration.Write(Connector("One"));
        _configuration.Write(Connector("Two"));
        _store = new ProtectedSecretStore(_configuration, new AccountKey(1));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hunter2")]
    [InlineData("")]
    [InlineData("pä§📱\u0001\n'\"")]
    public void A_secret_comes_back_and_stands_nowhere_readable(string secret)
    {
        _store.Store("One", SecretPurpose.ExchangeCredential, Secure(secret));
        Assert.Equal(secret, Plain(_store.TryRead("ONE", SecretPurpose.ExchangeCredential)));
        Assert.Null(_store.TryRead("One", SecretPurpose.CertificatePassword));
        Assert.Null(_store.TryRead("Two", SecretPurpose.ExchangeCredential));
        if (secret.Length == 0) return;
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public void A_secret_is_replaced_and_forgotten()
    {
        _store.Store("One", SecretPurpose.CertificatePassword, Secure("first"));
        _store.Store("One", SecretPurpose.CertificatePassword, Secure("second"));
        Assert.Equal("second", Plain(_store.TryRead("One", SecretPurpose.CertificatePassword)));
        _store.Remove("One", SecretPurpose.CertificatePassword);
        _store.Remove("One", SecretPurpose.CertificatePassword);
        Assert.Null(_store.TryRead("One", SecretPurpose.CertificatePassword));
    }

    [Fact]
    public void A_secret_of_another_account_is_told_and_not_taken_for_none()
    {
        _store.Store("One", SecretPurpose.ExchangeCredential, Secure("hunter2"));
        var refused = Assert.Throws<ConnectorException>(() => new ProtectedSecretStore(_configuration, new AccountKey(2)).TryRead("One", SecretPurpose.ExchangeCredential));
        Assert.Equal(ErrorIds.SecretStoreUnavailable, refused.ErrorId);
        Assert.Contains("Store it again", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_of_one_connector_does_not_open_as_anothers()
    {
        _store.Store("Two", SecretPurpose.ExchangeCredential, Secure("hunter2"));
        File.Copy(_folder.File("Two", "ExchangeCredential.secret"), _folder.File("ExchangeCredential.secret"));
        Assert.Equal(ErrorIds.SecretStoreUnavailable, Assert.Throws<ConnectorException>(() => _store.TryRead("One", SecretPurpose.ExchangeCredential)).ErrorId);
    }

    [Fact]
    public void Secrets_go_with_their_connector()
    {
        _store.Store("Two", SecretPurpose.ExchangeCredential, Secure("hunter2"));
        _configuration.Remove("Two");
        Assert.False(Directory.Exists(_folder.File("Two")));
        Assert.Null(_store.TryRead("Two", SecretPurpose.ExchangeCredential));
        Assert.False(Directory.Exists(_folder.File("Two")));
    }

    [Fact]
    public void Where_the_system_protects_nothing_nothing_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows protects.");
        var store = new ProtectedSecretStore(_configuration);
        var refused = Assert.Throws<ConnectorException>(() => store.Store("One", SecretPurpose.ExchangeCredential, Secure("hunter2")));
        Assert.Equal(ErrorIds.SecretStoreUnavailable, refused.ErrorId);
        Assert.Contains("Pass the secret at each run", refused.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
        Assert.Null(store.TryRead("One", SecretPurpose.ExchangeCredential));
        store.Remove("One", SecretPurpose.ExchangeCredential);
    }

    [Fact]
    public void Windows_gives_a_secret_back_to_its_account()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only Windows has this protection.");
        var store = new ProtectedSecretStore(_configuration);
        store.Store("One", SecretPurpose.ExchangeCredential, Secure("hunter2"));
        Assert.Equal("hunter2", Plain(store.TryRead("One", SecretPurpose.ExchangeCredential)));
    }

    private static SecureString Secure(string secret) => new NetworkCredential(string.Empty, secret).SecurePassword;

    private static string? Plain(SecureString? secret) => secret is null ? null : new NetworkCredential(string.Empty, secret).Password;

    /// <summary>Protects as Windows does, by what it promises: a key per account, and the purpose has to agree.</summary>
    private sealed class AccountKey(byte account) : ISecretProtection
    {
        private readonly byte[] _key = Enumerable.Repeat(account, 32).ToArray();

        public bool IsAvailable => true;

        public byte[] Protect(byte[] secret, byte[] purpose)
        {
            using var cipher = new AesGcm(_key, 16);
            var blob = new byte[16 + secret.Length];
            cipher.Encrypt(new byte[12], secret, blob.AsSpan(16), blob.AsSpan(0, 16), purpose);
            return blob;
        }

        public byte[] Unprotect(byte[] blob, byte[] purpose)
        {
            using var cipher = new AesGcm(_key, 16);
            var secret = new byte[blob.Length - 16];
            cipher.Decrypt(new byte[12], blob.AsSpan(16), blob.AsSpan(0, 16), secret, purpose);
            return secret;
        }
    }
}
