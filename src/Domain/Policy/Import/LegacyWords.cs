using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Policy.Import;

/// <summary>The words of the tenant's old policy, and what is said of those that are not taken over.</summary>
internal static class LegacyWords
{
    public const string NotHeld = "The tenant does not hold this setting.";

    public const string Empty = "The tenant names nothing here; the connector's own stays.";

    private const int ShownLength = 80;

    public static ExchangeAccessLevel? Level(string? word) => word switch
    {
        "allow" => ExchangeAccessLevel.Allow,
        "block" => ExchangeAccessLevel.Block,
        "quarantine" => ExchangeAccessLevel.Quarantine,
        _ => null,
    };

    public static WantedAccessLevel? DefaultLevel(string? word) => Level(word) switch
    {
        ExchangeAccessLevel.Allow => WantedAccessLevel.Allow,
        ExchangeAccessLevel.Block => WantedAccessLevel.Block,
        ExchangeAccessLevel.Quarantine => WantedAccessLevel.Quarantine,
        _ => null,
    };

    public static string WhyNoDefault(string? word) => word switch
    {
        null => NotHeld,
        LegacyExchangePolicy.NoLevel => "The tenant sets no default level; the connector's own stays.",
        _ => UnknownLevel,
    };

    public static string UnknownLevel => "This level is not known to this version of the connector.";

    public static string LeftOut(PolicyImportPart part) => $"Left out by -Exclude {part}.";

    public static string Shown(string? text) => text is null ? string.Empty : text.Length <= ShownLength ? text : text.Substring(0, ShownLength) + "…";
}
