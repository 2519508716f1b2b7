using System;
using System.IO;
using System.Linq;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Trust for processes that take their authorities from the file which <c>SSL_CERT_FILE</c> names.</summary>
public static class TrustStore
{
    private static readonly string[] s_bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    /// <summary>
    /// Writes the authority and everything that the machine trusts already into one file, so that other TLS goes on working for
    /// a process which is started with <c>SSL_CERT_FILE</c> set to it.
    /// </summary>
    public static void Write(string path, ThrowAwayAuthority authority)
    {
        string? present = Environment.GetEnvironmentVariable("SSL_CERT_FILE");
        string? bundle = new[] { present }.Concat(s_bundles).FirstOrDefault(candidate => !string.IsNullOrEmpty(candidate) && File.Exists(candidate));
        string own = authority.Certificate.ExportCertificatePem() + "\n";
        // Read before the write: the present bundle may be the very file.
        File.WriteAllText(path, own + (bundle is null ? "" : File.ReadAllText(bundle)));
    }
}
