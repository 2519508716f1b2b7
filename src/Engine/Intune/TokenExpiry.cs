using System;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Reads when a token ends. Only its own word is read, for a message that says when; whether a token is good is Graph's business.
/// </summary>
internal static class TokenExpiry
{
    // The last second of year 9999, above which an instant cannot be written.
    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads the <c>exp</c> of a JSON web token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The instant; null for an opaque token or one that does not say.</returns>
    public static DateTimeOffset? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            using var payload = JsonDocument.Parse(Decode(parts[1]));
            return payload.RootElement.ValueKind == JsonValueKind.Object
                && payload.RootElement.TryGetProperty("exp", out var expires)
                && expires.ValueKind == JsonValueKind.Number
                && expires.TryGetDouble(out var seconds)
                && seconds >= 0
                && seconds <= LastSecond
                    ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                    : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Decodes a part of a token.</summary>
    /// <param name="part">The part, in the alphabet that is safe in addresses.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Decode(string part)
    {
        var text = part.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight(text.Length + ((4 - (text.Length % 4)) % 4), '='));
    }
}
