using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The national clouds: their servers, and the marks by which what belongs to one is told from what belongs to another.</summary>
internal static class Clouds
{
    private static readonly (CloudEnvironment Cloud, string Login, string Graph)[] s_known =
    [
        (CloudEnvironment.Global, "login.microsoftonline.com", "graph.microsoft.com"),
        (CloudEnvironment.USGov, "login.microsoftonline.us", "graph.microsoft.us"),
        (CloudEnvironment.USGovDoD, "login.microsoftonline.us", "dod-graph.microsoft.us"),
        (CloudEnvironment.China, "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn"),
    ];

    /// <summary>Name of a cloud's login server.</summary>
    public static string LoginHost(CloudEnvironment cloud) => s_known.First(known => known.Cloud == cloud).Login;

    /// <summary>Name of a cloud's Graph.</summary>
    public static string GraphHost(CloudEnvironment cloud) => s_known.First(known => known.Cloud == cloud).Graph;

    /// <summary>The cloud whose Graph has a name; null for any other name.</summary>
    public static CloudEnvironment? OfGraphHost(string? host) =>
        host is null ? null : s_known.Where(known => Same(known.Graph, host)).Select(static known => (CloudEnvironment?)known.Cloud).FirstOrDefault();

    /// <summary>The cloud that the marks of a region stand for; null where they say nothing.</summary>
    /// <param name="scope">The tenant's region, for example <c>EU</c> or <c>USGov</c>.</param>
    /// <param name="subScope">Its part: <c>DOD</c>, <c>DODCON</c> (GCC High) or <c>GCC</c>.</param>
    public static CloudEnvironment? OfRegion(string? scope, string? subScope)
    {
        if (Same(subScope, "DOD")) return CloudEnvironment.USGovDoD;
        if (Same(subScope, "DODCON") || Same(scope, "USGov") || Same(scope, "USG")) return CloudEnvironment.USGov;
        if (Same(subScope, "GCC")) return CloudEnvironment.Global;
        return Same(scope, "CN") ? CloudEnvironment.China : null;
    }

    /// <summary>The cloud that a token was issued for, as far as it tells; null where it does not. The worldwide cloud's issuer signs for GCC High too, hence it alone tells nothing.</summary>
    public static CloudEnvironment? OfToken(string token)
    {
        var origin = TokenOrigin.Read(token);
        if (OfGraphHost(HostOf(origin.Audience)) is { } named) return named;
        return HostOf(origin.Issuer) switch
        {
            "login.microsoftonline.us" => OfRegion(origin.Region, origin.SubRegion) ?? CloudEnvironment.USGov,
            "sts.chinacloudapi.cn" or "login.chinacloudapi.cn" or "login.partner.microsoftonline.cn" => CloudEnvironment.China,
            "sts.windows.net" or "login.microsoftonline.com" => OfRegion(origin.Region, origin.SubRegion),
            _ => null,
        };
    }

    private static string? HostOf(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host.ToLowerInvariant() : null;

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
