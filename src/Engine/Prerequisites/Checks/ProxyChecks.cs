using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>WinRM takes no proxy from its caller: it goes by the one that the computer is configured with.</summary>
internal sealed class ProxyChecks(IHostFacts host)
{
    /// <summary>The port of a proxy that was named without one.</summary>
    public const int UsualPort = 8080;

    private const string Target = "WinHTTP";

    public PrerequisiteCheck Run(ExchangeSettings exchange)
    {
        var row = Requirements.WinHttpProxy;
        if (exchange.Entrance != ExchangeEntrance.OwnSession || exchange.Uri is not { } address || address.Scheme == "pipe") return row.Skipped(Target, "The connector opens no session over WinRM.");
        if (!host.IsWindows) return row.Skipped(Target, "Only Windows can tell; this is another system.");
        if (host.Proxy() is not { } proxy) return row.Skipped(Target, "Windows does not tell.", "netsh winhttp show proxy");
        var shown = proxy.Proxy is null ? "No proxy: direct access." : $"{proxy.Proxy}; bypass {proxy.Bypass ?? "(none)"}";
        return exchange.ProxyServer is { } wanted ? Wanted(row, exchange, wanted, proxy, shown) : Unwanted(row, address.Host, proxy, shown);
    }

    private static PrerequisiteCheck Wanted(Requirement row, ExchangeSettings exchange, string server, WinHttpProxy proxy, string shown)
    {
        var wanted = $"{server}:{(exchange.ProxyPort ?? UsualPort).ToString(CultureInfo.InvariantCulture)}";
        var matches = proxy.Proxy?.Split([';', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => part.Substring(part.LastIndexOfAny(['=', '/']) + 1))
            .Any(part => string.Equals(part, wanted, StringComparison.OrdinalIgnoreCase)) ?? false;
        return matches
            ? row.Passed(Target, shown)
            : row.Failed(Target, $"{shown} The connector's proxy is {wanted}.", $"netsh winhttp set proxy proxy-server=\"https={wanted}\" bypass-list=\"<local>\", as an administrator.");
    }

    private static PrerequisiteCheck Unwanted(Requirement row, string server, WinHttpProxy proxy, string shown) =>
        proxy.Proxy is null || IsBypassed(server, proxy.Bypass)
            ? row.Passed(Target, shown)
            : row.Warning(Target, $"{shown} Sessions with {server} would go through it.", $"netsh winhttp set proxy proxy-server=\"{proxy.Proxy}\" bypass-list=\"{(proxy.Bypass is null ? server : proxy.Bypass + ";" + server)}\", as an administrator.");

    private static bool IsBypassed(string server, string? bypass) => bypass?.Split([';', ' '], StringSplitOptions.RemoveEmptyEntries).Any(pattern =>
        pattern.Equals("<local>", StringComparison.OrdinalIgnoreCase)
            ? server.IndexOf('.') < 0
            : Regex.IsMatch(server, "\\A" + Regex.Escape(pattern).Replace("\\*", ".*") + "\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)) ?? false;
}
