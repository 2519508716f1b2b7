using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Reads what a token says of itself, for people. Nothing is concluded from it: a permission is proven by using it.</summary>
internal static class TokenClaims
{
    private const int LongestName = 100;
    private const int MostNames = 50;

    /// <summary>Reads the permissions and the end of a JSON web token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>What it says; permissions are null for an opaque token.</returns>
    public static TokenFacts Read(string token)
    {
        var expires = TokenExpiry.Read(token);
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3) return new(null, false, expires);
            using var payload = JsonDocument.Parse(TokenExpiry.Decode(parts[1]));
            if (payload.RootElement.ValueKind != JsonValueKind.Object) return new(null, false, expires);
            List<string> names = [];
            if (payload.RootElement.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array)
            {
                names.AddRange(roles.EnumerateArray().Where(static role => role.ValueKind == JsonValueKind.String).Select(static role => role.GetString()!));
            }

            var isDelegated = payload.RootElement.TryGetProperty("scp", out var scopes) && scopes.ValueKind == JsonValueKind.String;
            if (isDelegated) names.AddRange(scopes.GetString()!.Split([' '], StringSplitOptions.RemoveEmptyEntries));
            return new([.. names.Take(MostNames).Select(static name => ServerText.Clean(name, LongestName)).OrderBy(static name => name, StringComparer.Ordinal)], isDelegated, expires);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return new(null, false, expires);
        }
    }
}
