using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class SigningCertificateTests : IDisposable
{
    private readonly TestCertificates _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("pfx", "word")]
    [InlineData("pfx", null)]
    [InlineData("pem", null)]
    [InlineData("encrypted pem", "wörd")]
    public void Every_form_of_file_is_read_with_its_key(string form, string? password)
    {
        using var certificate = _files.Create();
        var path = form switch
        {
            "pfx" => _files.Pfx(certificate, password),
            "pem" => _files.Pem(certificate),
            _ => _files.EncryptedPem(certificate, password!),
        };

        using var loaded = Load(path, password);

        Assert.Equal(certificate.Thumbprint, loaded.Thumbprint);
        Assert.True(loaded.HasPrivateKey);
    }

    [Fact]
    public void A_wrong_or_missing_password_is_told_and_not_repeated()
    {
        using var certificate = _files.Create();
        var pfx = _files.Pfx(certificate, "word");
        var pem = _files.EncryptedPem(certificate, "word");

        foreach (var failure in (ConnectorException[])[Failure(pfx, "secret-guess"), Failure(pfx, null), Failure(pem, "secret-guess"), Failure(pem, null)])
        {
            Assert.Contains("password", failure.Message);
            Assert.DoesNotContain("secret-guess", failure.ToString());
        }
    }

    [Fact]
    public void A_file_that_is_missing_or_is_something_else_is_named()
    {
        Assert.Contains(_files.Missing(), Failure(_files.Missing(), null).Message);
        Assert.Contains("neither PFX nor PEM", Failure(_files.WriteText("notes.txt", "hello"), null).Message);
        Assert.Contains("neither PFX nor PEM", Failure(_files.WriteText("empty.pfx", ""), null).Message);
        Assert.Contains("PEM", Failure(_files.WriteText("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), null).Message);
        Assert.Contains("too large", Failure(_files.WriteText("large.pfx", new string('x', 2_000_000)), null).Message);
        Assert.Contains("cannot be read", Failure("", null).Message);
    }

    [Fact]
    public void A_certificate_that_has_expired_says_when()
    {
        using var certificate = _files.Create(validFrom: TimeSpan.FromDays(-10), validFor: TimeSpan.FromDays(5));

        var failure = Failure(_files.Pfx(certificate, null), null);

        Assert.Contains($"expired at {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC", failure.Message);
        Assert.Equal(certificate.Thumbprint, failure.Target);
    }

    [Fact]
    public void A_certificate_of_the_future_says_from_when()
    {
        using var certificate = _files.Create(validFrom: TimeSpan.FromDays(5));

        Assert.Contains("valid from", Failure(_files.Pfx(certificate, null), null).Message);
    }

    [Fact]
    public void A_certificate_without_its_key_is_told()
    {
        using var certificate = _files.Create();

        Assert.Contains("no private key", Failure(_files.PublicPfx(certificate), "word").Message);
        Assert.Contains("no private key", Failure(_files.PublicPem(certificate), null).Message);
    }

    [Fact]
    public void A_key_that_the_login_server_does_not_take_is_told()
    {
        using var certificate = _files.CreateWithCurve();

        Assert.Contains("no RSA key", Failure(_files.Pfx(certificate, null), null).Message);
    }

    [Fact]
    public void The_store_is_searched_by_thumbprint_however_it_was_copied()
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(_files.Create().Export(X509ContentType.Pfx), null, X509KeyStorageFlags.PersistKeySet | X509KeyStorageFlags.Exportable);
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(certificate);
        try
        {
            var spaced = "\u200e" + string.Join(" ", certificate.Thumbprint.ToLowerInvariant().Chunk(2).Select(pair => new string(pair)));
            using var loaded = SigningCertificate.Load(Store(spaced), null, TimeProvider.System.GetUtcNow());
            Assert.Equal(certificate.Thumbprint, loaded.Thumbprint);
            Assert.True(loaded.HasPrivateKey);
        }
        finally
        {
            store.Remove(certificate);
        }
    }

    [Fact]
    public void A_thumbprint_that_is_in_no_store_is_named()
    {
        var thumbprint = new string('A', 40);

        var failure = Assert.Throws<ConnectorException>(() => SigningCertificate.Load(Store(thumbprint), null, TimeProvider.System.GetUtcNow()));

        Assert.Equal((ErrorIds.CertificateUnusable, thumbprint), (failure.ErrorId, failure.Target));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABC")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void A_text_that_is_no_thumbprint_is_refused(string? thumbprint) => Assert.Equal(
        ErrorIds.InvalidParameter,
        Assert.Throws<ConnectorException>(() => SigningCertificate.Load(Store(thumbprint), null, TimeProvider.System.GetUtcNow())).ErrorId);

    private static TenantSettings Store(string? thumbprint) => TestTenant.Settings with { Method = SignInMethod.CertificateStore, CertificateThumbprint = thumbprint };

    private static X509Certificate2 Load(string path, string? password) => SigningCertificate.Load(
        TestTenant.Settings with { Method = SignInMethod.CertificateFile, CertificatePath = path },
        password is null ? null : TestTenant.Secure(password),
        TimeProvider.System.GetUtcNow());

    private static ConnectorException Failure(string path, string? password)
    {
        var failure = Assert.Throws<ConnectorException>(() => Load(path, password));
        Assert.Equal((ErrorIds.CertificateUnusable, ErrorKind.Authentication), (failure.ErrorId, failure.Kind));
        return failure;
    }
}
