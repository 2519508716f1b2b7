using System;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What an access token allows.</summary>
internal sealed record TokenGrant(IReadOnlySet<string> Roles, DateTimeOffset NotBefore, DateTimeOffset Expires, string Audience, bool IsDelegated, string ClientId)
{
    public bool HasAny(IReadOnlyList<string> roles)
    {
        foreach (string role in roles)
        {
            if (Roles.Contains(role)) return true;
        }

        return false;
    }
}

/// <summary>Writes and reads the tenant's tokens with a key of its own.</summary>
internal sealed class TokenIssuer(Uri endpoint, Guid tenantId, TimeProvider time) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, TokenGrant> _known = [];
    private DateTimeOffset _revokedBefore = DateTimeOffset.MinValue;

    public string Issuer { get; } = new Uri(endpoint, $"{tenantId}/v2.0").AbsoluteUri;

    public string WriteAccessToken(Guid clientId, IEnumerable<string> roles, TimeSpan lifetime, SignedInUser? user = null)
    {
        var claims = Common(lifetime);
        claims["aud"] = endpoint.AbsoluteUri.TrimEnd('/');
        claims["appid"] = clientId.ToString();
        claims["jti"] = NewId();
        if (user is null)
        {
            claims["idtyp"] = "app";
            claims["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]);
        }
        else
        {
            claims["scp"] = string.Join(' ', roles);
            claims["upn"] = user.UserPrincipalName;
            claims["oid"] = user.Id.ToString();
        }

        return JsonWebToken.Write(Header(), claims, _key);
    }

    public string WriteIdToken(Guid clientId, TimeSpan lifetime, SignedInUser user)
    {
        var claims = Common(lifetime);
        claims["aud"] = clientId.ToString();
        claims["oid"] = user.Id.ToString();
        claims["sub"] = user.Id.ToString("N");
        claims["preferred_username"] = user.UserPrincipalName;
        claims["name"] = user.UserPrincipalName;
        return JsonWebToken.Write(Header(), claims, _key);
    }

    /// <summary>Makes every token that was issued so far invalid.</summary>
    public void RevokeAll()
    {
        _revokedBefore = time.GetUtcNow();
        _known.Clear();
    }

    /// <summary>The grant of a genuine token, whatever its times; null for any other text.</summary>
    public TokenGrant? Read(string token)
    {
        if (_known.TryGetValue(token, out TokenGrant? known)) return known;
        if (JsonWebToken.Read(token) is not { } parsed || parsed.Text("iss") != Issuer) return null;
        if (!_key.VerifyData(Encoding.ASCII.GetBytes(parsed.SignedPart), parsed.Signature, HashAlgorithmName.SHA256)) return null;
        if (IssuedAt(parsed) <= _revokedBefore) return null;

        bool delegated = parsed.Text("scp") is not null;
        IEnumerable<string> roles = delegated
            ? parsed.Text("scp")!.Split(' ')
            : (parsed.Claims["roles"] as JsonArray ?? []).Select(role => role!.GetValue<string>());
        var grant = new TokenGrant(
            roles.ToHashSet(StringComparer.Ordinal), parsed.Instant("nbf") ?? default, parsed.Instant("exp") ?? default, parsed.Text("aud") ?? "", delegated, parsed.Text("appid") ?? "");
        return _known.GetOrAdd(token, grant);
    }

    /// <summary>The public key, for whoever wants to check a signature.</summary>
    public JsonObject KeySet()
    {
        ECParameters parameters = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC", ["use"] = "sig", ["kid"] = "sandbox", ["crv"] = "P-256", ["alg"] = "ES256",
                ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
            }),
        };
    }

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public void Dispose() => _key.Dispose();

    private static DateTimeOffset IssuedAt(JsonWebToken token) =>
        token.Claims["iat_ticks"] is JsonValue value && value.TryGetValue(out long ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;

    private static JsonObject Header() => new() { ["typ"] = "JWT", ["alg"] = "ES256", ["kid"] = "sandbox" };

    private JsonObject Common(TimeSpan lifetime)
    {
        DateTimeOffset now = time.GetUtcNow();
        // A token that is born expired still has a start before its end.
        DateTimeOffset start = lifetime < TimeSpan.Zero ? now + lifetime - TimeSpan.FromHours(1) : now;
        return new JsonObject
        {
            ["iss"] = Issuer,
            ["tid"] = tenantId.ToString(),
            ["iat"] = start.ToUnixTimeSeconds(),
            // Whole seconds cannot tell a token from before a revocation from one after it.
            ["iat_ticks"] = now.UtcTicks,
            ["nbf"] = start.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["ver"] = "2.0",
        };
    }
}
