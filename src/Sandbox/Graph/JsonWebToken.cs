using System;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A signed token taken apart; whether it is genuine is for the caller to ask.</summary>
internal sealed record JsonWebToken(JsonObject Header, JsonObject Claims, string SignedPart, byte[] Signature)
{
    public static string Write(JsonObject header, JsonObject claims, ECDsa key)
    {
        string signed = Encode(header) + "." + Encode(claims);
        return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    /// <summary>Null for what is no token at all.</summary>
    public static JsonWebToken? Read(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(parts[0])) is JsonObject header && JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) is JsonObject claims
                ? new JsonWebToken(header, claims, $"{parts[0]}.{parts[1]}", Base64Url.DecodeFromChars(parts[2]))
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    public string? Text(string claim) => Claims[claim] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public string? HeaderText(string name) => Header[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Seconds since 1970, which some writers put into quotes.</summary>
    public DateTimeOffset? Instant(string claim) =>
        long.TryParse(Claims[claim]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
