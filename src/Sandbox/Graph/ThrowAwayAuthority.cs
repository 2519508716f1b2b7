using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// A certificate authority that lives as long as its process: the private key never leaves memory, so a client that trusts it
/// trusts nothing but the servers of this one run.
/// </summary>
public sealed class ThrowAwayAuthority : IDisposable
{
    private readonly ECDsa _key;
    private readonly X509Certificate2 _signing;
    private readonly TimeProvider _time;

    public ThrowAwayAuthority(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Sandbox throw-away authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _signing = request.CreateSelfSigned(NotBefore, NotBefore.AddDays(31));
        Certificate = X509CertificateLoader.LoadCertificate(_signing.RawData);
    }

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    private DateTimeOffset NotBefore => _time.GetUtcNow().AddDays(-1);

    /// <summary>A certificate with its key for a server on this machine; the caller disposes it.</summary>
    public X509Certificate2 IssueLoopbackCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_signing, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using X509Certificate2 issued = request.Create(_signing, NotBefore, NotBefore.AddDays(30), RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 joined = issued.CopyWithPrivateKey(key);
        // By way of PKCS 12, because the Windows TLS stack refuses keys that live in memory only.
        return X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Writes the public certificate as PEM.</summary>
    public void WritePem(string path) => File.WriteAllText(path, Certificate.ExportCertificatePem() + "\n");

    /// <summary>A handler that trusts this authority and no other.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Certificate);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _signing.Dispose();
        _key.Dispose();
    }
}
