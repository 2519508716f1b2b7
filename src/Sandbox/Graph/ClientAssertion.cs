using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Proves that the sender of a client assertion holds the key of a registered certificate.</summary>
internal static class ClientAssertion
{
    /// <exception cref="LoginError">The assertion proves nothing.</exception>
    public static void Verify(string text, GraphApplication application, IReadOnlyCollection<string> audiences, DateTimeOffset now)
    {
        string client = application.ClientId.ToString();
        if (JsonWebToken.Read(text) is not { } token) throw LoginError.WrongAssertion(client);
        X509Certificate2 certificate = application.Certificates.FirstOrDefault(candidate => IsNamedIn(token, candidate)) ?? throw LoginError.WrongAssertion(client);
        if (!IsSigned(token, certificate)) throw LoginError.WrongAssertion(client);
        if (token.Text("iss") != client || token.Text("sub") != client) throw LoginError.WrongAssertion(client);
        if (!audiences.Contains(token.Text("aud") ?? "", StringComparer.OrdinalIgnoreCase)) throw LoginError.AssertionAudience;

        TimeSpan skew = TimeSpan.FromMinutes(5);
        if (token.Instant("exp") is not { } expires || expires + skew < now || token.Instant("nbf") is { } start && start - skew > now) throw LoginError.AssertionOutOfTime;
    }

    private static bool IsNamedIn(JsonWebToken token, X509Certificate2 certificate) =>
        token.HeaderText("x5t#S256") is { } sha256 ? sha256 == Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256))
        : token.HeaderText("x5t") is { } sha1 ? sha1 == Base64Url.EncodeToString(certificate.GetCertHash())
        : string.Equals(token.HeaderText("kid"), certificate.Thumbprint, StringComparison.OrdinalIgnoreCase);

    private static bool IsSigned(JsonWebToken token, X509Certificate2 certificate)
    {
        byte[] data = Encoding.ASCII.GetBytes(token.SignedPart);
        string? algorithm = token.HeaderText("alg");
        if (algorithm == "ES256")
        {
            using ECDsa? curve = certificate.GetECDsaPublicKey();
            return curve is not null && curve.VerifyData(data, token.Signature, HashAlgorithmName.SHA256);
        }

        RSASignaturePadding? padding = algorithm switch { "PS256" => RSASignaturePadding.Pss, "RS256" => RSASignaturePadding.Pkcs1, _ => null };
        using RSA? key = certificate.GetRSAPublicKey();
        return key is not null && padding is not null && key.VerifyData(data, token.Signature, HashAlgorithmName.SHA256, padding);
    }
}
