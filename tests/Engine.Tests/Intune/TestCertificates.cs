using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>Certificates of one test, and a folder for their files that goes with it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly string _folder = Directory.CreateTempSubdirectory("certificates-").FullName;

    public X509Certificate2 Create(TimeSpan? validFrom = null, TimeSpan? validFor = null)
    {
        var begin = TimeProvider.System.GetUtcNow() + (validFrom ?? TimeSpan.FromDays(-1));
        return Request().CreateSelfSigned(begin, begin + (validFor ?? TimeSpan.FromDays(365)));
    }

    public X509Certificate2 CreateWithCurve()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=curve", curve, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public string Pfx(X509Certificate2 certificate, string? password) => Write("app.pfx", certificate.Export(X509ContentType.Pfx, password));

    public string PublicPfx(X509Certificate2 certificate)
    {
        using var bare = X509CertificateLoader.LoadCertificate(certificate.RawData);
        return Write("public.pfx", bare.Export(X509ContentType.Pfx, "word"));
    }

    public string Pem(X509Certificate2 certificate) => WriteText("app.pem", certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem());

    public string EncryptedPem(X509Certificate2 certificate, string password) => WriteText(
        "encrypted.pem",
        _key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)) + "\n" + certificate.ExportCertificatePem());

    public string PublicPem(X509Certificate2 certificate) => WriteText("public.pem", certificate.ExportCertificatePem());

    public string WriteText(string name, string text) => Write(name, System.Text.Encoding.ASCII.GetBytes(text));

    public string Missing() => Path.Combine(_folder, "missing.pfx");

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private CertificateRequest Request() => new("CN=" + TestContext.Current.Test!.UniqueID, _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
