using System.Linq;
using IntuneExchangeConnector.Domain.Policy.Import;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Reads the objects of the old policy. Words stay as they were sent, because one of them may be newer than the connector.</summary>
internal static class LegacyPolicyRows
{
    private const int LongestWord = 300;

    /// <summary>The switch and the groups.</summary>
    /// <param name="row">The object.</param>
    /// <returns>The settings.</returns>
    public static LegacyAccessSettings Access(GraphRow row) => new()
    {
        Enabled = row.Flag("enabled"),
        IncludedGroups = [.. row.Texts("includedGroups").Select(Clean)],
        ExcludedGroups = [.. row.Texts("excludedGroups").Select(Clean)],
        OverrideDefaultRule = row.Flag("overrideDefaultRule"),
    };

    /// <summary>Default level, platform exceptions and notice.</summary>
    /// <param name="row">The object.</param>
    /// <returns>The policy.</returns>
    public static LegacyExchangePolicy Exchange(GraphRow row) => new()
    {
        DefaultAccessLevel = Word(row, "defaultAccessLevel"),
        Rules = [.. row.Rows("accessRules").Select(rule => Rule(row, rule))],
        NotificationContent = row.Text("notificationContent"),
    };

    private static LegacyAccessRule Rule(GraphRow policy, GraphRow row)
    {
        var device = row.Row("deviceClass");

        // The name becomes a rule's text and must stay what it is; what no rule may hold is refused later, by name.
        var rule = new LegacyAccessRule(device?.Text("name") ?? string.Empty, Clean(device?.Text("type")), Word(row, "accessLevel"));
        policy.Inherit(row);
        if (device is not null) policy.Inherit(device);
        return rule;
    }

    private static string Word(GraphRow row, string name) => Clean(row.Text(name)) is { Length: > 0 } word ? word : LegacyExchangePolicy.NoLevel;

    private static string Clean(string? text) => ServerText.Clean(text, LongestWord);
}
