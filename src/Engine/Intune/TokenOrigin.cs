using System;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Settings;

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

    /// <summary>The tenant of a token, where it is not the one that a connector serves.</summary>
    /// <param name="settings">The connector's tenant; one that is configured by its domain is not told from others.</param>
    /// <param name="token">The token.</param>
    /// <returns>The token's tenant; null where it is the connector's, or either is not known.</returns>
    public static Guid? TenantOtherThan(TenantSettings settings, string token) =>
        Guid.TryParse(settings.TenantId, out var wanted) && Guid.TryParse(Read(token).Tenant, out var actual) && actual != wanted ? actual : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
