using System;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Where a token says that it comes from and where it belongs. Nothing is trusted by it; a message names it, and a token for another cloud is not sent.</summary>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Region">The tenant's region.</param>
/// <param name="SubRegion">The region's part.</param>
internal sealed record TokenOrigin(string? Issuer, string? Audience, string? Tenant, string? Region, string? SubRegion)
{
    private static readonly TokenOrigin s_unknown = new(null, null, null, null, null);

    /// <summary>Reads a JSON web token.</summary>
    /// <param name="token">The token; an opaque one tells nothing.</param>
    public static TokenOrigin Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return s_unknown;
        try
        {
            using var payload = JsonDocument.Parse(TokenExpiry.Decode(parts[1]));
            return payload.RootElement.ValueKind != JsonValueKind.Object ? s_unknown : new(
                Text(payload.RootElement, "iss"),
                Text(payload.RootElement, "aud"),
                Text(payload.RootElement, "tid"),
                Text(payload.RootElement, "tenant_region_scope"),
                Text(payload.RootElement, "tenant_region_sub_scope"));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return s_unknown;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
