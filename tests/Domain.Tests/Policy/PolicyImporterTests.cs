using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Policy;

public sealed class PolicyImporterTests
{
    private const string Sales = "5b6f1c7e-1111-2222-3333-444444444444";
    private const string Board = "5b6f1c7e-1111-2222-3333-666666666666";
    private const string Gone = "5b6f1c7e-1111-2222-3333-999999999999";

    private static readonly TenantGroup[] s_groups = [new(new(Sales), "Sales"), new(new(Board), "Board")];

    private static readonly AccessPolicy s_new = new() { Connector = "One" };

    private static readonly LegacyPolicy s_legacy = new(
        new LegacyAccessSettings { Enabled = true, IncludedGroups = [Sales], ExcludedGroups = [Board], OverrideDefaultRule = true },
        new LegacyExchangePolicy
        {
            DefaultAccessLevel = "quarantine",
            NotificationContent = Base64("<p>Enrol & read</p>"),
            Rules = [new("WP8", "family", "block"), new("SM-G991B", "model", "allow")],
        });

    [Fact]
    public void A_new_connector_takes_everything_over_but_the_switch()
    {
        var import = Import(s_new, s_legacy);

        Assert.Equal(
            [
                "NotImported Enabled: False -> True",
                $"Change IncludedGroup: none -> Sales ({Sales})",
                $"Change ExcludedGroup: none -> Board ({Board})",
                "Same OverrideDefaultRule: True -> True",
                "Change DefaultAccessLevel: Unmanaged -> quarantine",
                "Change NotificationContent: none -> <p>Enrol & read</p>",
                "Change AccessRule DeviceType 'WP8': none -> Block",
                "Change AccessRule DeviceModel 'SM-G991B': none -> Allow",
            ],
            Lines(import));
        Assert.Equal(
            (false, true, WantedAccessLevel.Quarantine, "<p>Enrol & read</p>"),
            (import.Policy.Enabled, import.Policy.OverrideDefaultRule, import.Policy.DefaultAccessLevel, import.Policy.NotificationContent));
        Assert.Equal([Sales], import.Policy.IncludedGroups);
        Assert.Equal([Board], import.Policy.ExcludedGroups);
        Assert.Equal(
            [new(RuleCharacteristic.DeviceType, "WP8", ExchangeAccessLevel.Block), new(RuleCharacteristic.DeviceModel, "SM-G991B", ExchangeAccessLevel.Allow)],
            import.Rules);
        Assert.Contains("stays off", Item(import, "Enabled").Effect);
        Assert.Contains("Set-ConnectorAccessPolicy -Enabled $true", Item(import, "Enabled").Effect);
        Assert.All(import.Items, item => Assert.Equal("One", item.Connector));
    }

    [Fact]
    public void What_was_imported_is_the_same_the_second_time()
    {
        var first = Import(s_new, s_legacy, new() { IncludeEnabled = true });
        var second = PolicyImporter.Import(first.Policy, first.Rules, s_legacy, s_groups, new() { IncludeEnabled = true });

        Assert.True(first.HasChanges);
        Assert.True(first.Policy.Enabled);
        Assert.False(second.HasChanges);
        Assert.All(second.Items, item => Assert.Equal(PolicyImportState.Same, item.State));
        Assert.Equal(first.Rules, second.Rules);
    }

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, false, true)]
    [InlineData(false, true, false, false)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, true, true)]
    public void The_switch_moves_only_when_it_is_asked_for(bool now, bool tenant, bool include, bool after)
    {
        var import = Import(s_new with { Enabled = now }, Access(settings => settings with { Enabled = tenant }), new() { IncludeEnabled = include });

        Assert.Equal(after, import.Policy.Enabled);
        Assert.Equal(now == tenant ? PolicyImportState.Same : include ? PolicyImportState.Change : PolicyImportState.NotImported, Item(import, "Enabled").State);
    }

    [Fact]
    public void A_group_that_is_gone_ends_the_import_unless_it_is_skipped()
    {
        var legacy = Access(settings => settings with { IncludedGroups = [Gone, Sales], ExcludedGroups = [Gone] });

        var import = Import(s_new, legacy);
        var skipped = Import(s_new, legacy, new() { SkipMissingGroup = true });

        Assert.Equal([Gone], import.MissingGroups);
        Assert.Contains(import.Items, item => item is { Setting: "IncludedGroup", Imported: Gone, State: PolicyImportState.NotImported });
        Assert.Contains("-SkipMissingGroup", import.Items.First(item => item.Imported == Gone).Effect);
        Assert.Empty(skipped.MissingGroups);
        Assert.Equal([Sales], skipped.Policy.IncludedGroups);
        Assert.Empty(skipped.Policy.ExcludedGroups);
        Assert.Equal(2, skipped.Items.Count(item => item.Imported == Gone));
    }

    [Fact]
    public void Where_all_groups_are_gone_those_of_the_connector_stay()
    {
        var import = Import(s_new with { IncludedGroups = [Board] }, Access(settings => settings with { IncludedGroups = [Gone], ExcludedGroups = [] }), new() { SkipMissingGroup = true });

        Assert.Equal([Board], import.Policy.IncludedGroups);
        Assert.Contains(import.Items, item => item is { Setting: "IncludedGroup", State: PolicyImportState.NotImported, Imported: "none" });
    }

    [Theory]
    [InlineData("no id")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void What_is_no_groups_id_is_named(string text)
    {
        var import = Import(s_new, Access(settings => settings with { IncludedGroups = [text, Sales, Sales.ToUpperInvariant()] }));

        Assert.Equal([Sales], import.Policy.IncludedGroups);
        Assert.Empty(import.MissingGroups);
        Assert.Contains(import.Items, item => item.Imported == text && item.Effect == "This is not a group's id.");
    }

    [Fact]
    public void A_group_on_both_sides_is_excluded_only()
    {
        var import = Import(s_new, Access(settings => settings with { IncludedGroups = [Sales, Board], ExcludedGroups = [Board] }));

        Assert.Equal([Sales], import.Policy.IncludedGroups);
        Assert.Equal([Board], import.Policy.ExcludedGroups);
        Assert.Contains(import.Items, item => item.Setting == "IncludedGroup" && item.Effect.Contains("exclusion wins"));
    }

    [Fact]
    public void What_the_tenant_leaves_empty_stays_as_the_connector_has_it()
    {
        var now = s_new with { IncludedGroups = [Sales], ExcludedGroups = [Board], DefaultAccessLevel = WantedAccessLevel.Block, NotificationContent = "own" };
        WantedAccessRule[] rules = [new(RuleCharacteristic.DeviceOS, "Android 2.1", ExchangeAccessLevel.Block)];

        var import = PolicyImporter.Import(now, rules, new(new() { Enabled = false, OverrideDefaultRule = true }, new()), s_groups, new());

        Assert.False(import.HasChanges);
        Assert.Equal(rules, import.Rules);
        Assert.Equal((now.IncludedGroups, now.ExcludedGroups, now.DefaultAccessLevel, "own"), (import.Policy.IncludedGroups, import.Policy.ExcludedGroups, import.Policy.DefaultAccessLevel, import.Policy.NotificationContent));
        Assert.Equal(
            ["IncludedGroup", "ExcludedGroup", "DefaultAccessLevel", "NotificationContent"],
            import.Items.Where(item => item.State == PolicyImportState.NotImported).Select(item => item.Setting));
    }

    [Fact]
    public void Settings_that_nobody_ever_made_are_no_settings()
    {
        var import = Import(s_new with { Enabled = true }, new(new LegacyAccessSettings(), s_legacy.Exchange), new() { IncludeEnabled = true });

        Assert.True(import.Policy.Enabled);
        Assert.True(import.Policy.OverrideDefaultRule);
        Assert.Equal(PolicyImportState.NotImported, Item(import, "OverrideDefaultRule").State);
        Assert.Equal(PolicyImportState.Change, Item(import, "DefaultAccessLevel").State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Half_a_policy_is_imported_and_the_other_half_named(bool exchange)
    {
        var import = Import(s_new, exchange ? s_legacy with { Access = null } : s_legacy with { Exchange = null });

        Assert.Equal(exchange ? WantedAccessLevel.Quarantine : WantedAccessLevel.Unmanaged, import.Policy.DefaultAccessLevel);
        Assert.Equal(exchange ? [] : [Sales], import.Policy.IncludedGroups);
        var missing = import.Items.Where(item => item.Effect == "The tenant does not hold this setting.").Select(item => item.Setting);
        Assert.Equal(exchange ? ["Enabled", "IncludedGroup", "ExcludedGroup", "OverrideDefaultRule"] : ["DefaultAccessLevel", "NotificationContent"], missing.Order(Comparer<string>.Create(ByTable)));
    }

    [Theory]
    [InlineData(PolicyImportPart.Group, "IncludedGroup", "ExcludedGroup")]
    [InlineData(PolicyImportPart.OverrideDefaultRule, "OverrideDefaultRule")]
    [InlineData(PolicyImportPart.DefaultAccessLevel, "DefaultAccessLevel")]
    [InlineData(PolicyImportPart.NotificationContent, "NotificationContent")]
    [InlineData(PolicyImportPart.AccessRule, "AccessRule DeviceType 'WP8'", "AccessRule DeviceModel 'SM-G991B'")]
    public void A_part_that_is_excluded_stays_and_is_named(PolicyImportPart part, params string[] settings)
    {
        var legacy = Access(access => access with { OverrideDefaultRule = false, IncludedGroups = [Gone] });

        var import = Import(s_new, legacy, new() { Exclude = [part], SkipMissingGroup = true });
        var all = Import(s_new, legacy, new() { SkipMissingGroup = true });

        Assert.Equal(settings, import.Items.Where(item => item.Effect == $"Left out by -Exclude {part}.").Select(item => item.Setting));
        Assert.All(settings, setting => Assert.Equal(PolicyImportState.NotImported, Item(import, setting).State));
        Assert.NotEqual(Lines(all), Lines(import));
        if (part == PolicyImportPart.AccessRule) Assert.Empty(import.Rules);
    }

    [Theory]
    [InlineData("", "family", "block", "no text that a device can present")]
    [InlineData("A\u0007B", "family", "block", "no text that a device can present")]
    [InlineData("WP8", "planet", "block", "'planet' are not known")]
    [InlineData("WP8", "family", "none", "sets no level")]
    [InlineData("WP8", "family", "unknownFutureValue", "not known to this version")]
    public void An_exception_that_cannot_be_a_rule_says_why(string name, string kind, string level, string cause)
    {
        var import = Import(s_new, Exchange(policy => policy with { Rules = [new(name, kind, level)] }));

        Assert.Empty(import.Rules);
        var item = Assert.Single(import.Items, item => item.Setting.StartsWith("AccessRule", StringComparison.Ordinal));
        Assert.Equal(PolicyImportState.NotImported, item.State);
        Assert.Contains(cause, item.Effect);
    }

    [Theory]
    [InlineData("none", "sets no default level")]
    [InlineData("unknownFutureValue", "not known to this version")]
    public void A_default_level_that_means_nothing_here_says_so(string word, string cause)
    {
        var import = Import(s_new, Exchange(policy => policy with { DefaultAccessLevel = word }));

        Assert.Equal(WantedAccessLevel.Unmanaged, import.Policy.DefaultAccessLevel);
        Assert.Equal(word, Item(import, "DefaultAccessLevel").Imported);
        Assert.Contains(cause, Item(import, "DefaultAccessLevel").Effect);
    }

    [Fact]
    public void The_strictest_of_several_exceptions_counts_and_rules_of_the_connector_stay()
    {
        WantedAccessRule[] rules = [new(RuleCharacteristic.DeviceType, "iPad", ExchangeAccessLevel.Allow), new(RuleCharacteristic.DeviceType, "wp8", ExchangeAccessLevel.Allow)];
        var legacy = Exchange(policy => policy with { Rules = [new("WP8", "family", "allow"), new("WP8", "family", "quarantine"), new("wp8", "family", "block")] });

        var import = PolicyImporter.Import(s_new, rules, legacy, s_groups, new());

        Assert.Equal([rules[0], new(RuleCharacteristic.DeviceType, "wp8", ExchangeAccessLevel.Block)], import.Rules);
        Assert.Equal(
            ["Change AccessRule DeviceType 'wp8': Allow -> Block", "NotImported AccessRule DeviceType 'WP8': Block -> Quarantine", "NotImported AccessRule DeviceType 'WP8': Block -> Allow"],
            Lines(import).Where(line => line.Contains("AccessRule")));
    }

    [Fact]
    public void The_effect_of_a_rule_speaks_of_compliant_phones_where_they_go_first()
    {
        Assert.Contains("of the type WP8 is refused", Item(Import(s_new, s_legacy), "AccessRule DeviceType 'WP8'").Effect);
        Assert.Contains("is allowed all the same", Item(Import(s_new, s_legacy), "AccessRule DeviceType 'WP8'").Effect);
        Assert.DoesNotContain("all the same", Item(Import(s_new with { DeviceRulePrecedence = DeviceRulePrecedence.RuleFirst }, s_legacy), "AccessRule DeviceType 'WP8'").Effect);
        Assert.DoesNotContain("all the same", Item(Import(s_new, s_legacy), "AccessRule DeviceModel 'SM-G991B'").Effect);
    }

    [Theory]
    [InlineData("<p>Grüße 📱</p>\r\n<script>x</script>", "<p>Grüße 📱</p>\n<script>x</script>")]
    [InlineData("\uFEFFa\u0000b\u001b[2Jc\td", "ab[2Jc\td")]
    public void A_notice_is_kept_as_text_without_what_a_file_cannot_hold(string text, string kept) =>
        Assert.Equal(kept, Import(s_new, Exchange(policy => policy with { NotificationContent = Base64(text) })).Policy.NotificationContent);

    [Theory]
    [InlineData("not base64!")]
    [InlineData("/w==")]
    public void A_notice_that_cannot_be_read_is_named(string content)
    {
        var import = Import(s_new, Exchange(policy => policy with { NotificationContent = content }));

        Assert.Null(import.Policy.NotificationContent);
        Assert.Contains("not HTML in UTF-8", Item(import, "NotificationContent").Effect);
    }

    [Fact]
    public void A_notice_without_end_is_not_kept()
    {
        var import = Import(s_new, Exchange(policy => policy with { NotificationContent = Base64(new string('x', 100_001)) }));

        Assert.Null(import.Policy.NotificationContent);
        Assert.Contains("longer than", Item(import, "NotificationContent").Effect);
    }

    [Fact]
    public void A_tenant_where_nobody_ever_set_anything_is_blank()
    {
        Assert.True(new LegacyPolicy(null, null).IsBlank);
        Assert.True(new LegacyPolicy(new(), new()).IsBlank);
        Assert.False(new LegacyPolicy(new() { OverrideDefaultRule = true }, null).IsBlank);
        Assert.False(new LegacyPolicy(null, new() { DefaultAccessLevel = "allow" }).IsBlank);
    }

    private static PolicyImport Import(AccessPolicy now, LegacyPolicy legacy, PolicyImportRequest? request = null) => PolicyImporter.Import(now, [], legacy, s_groups, request ?? new());

    private static LegacyPolicy Access(Func<LegacyAccessSettings, LegacyAccessSettings> change) => s_legacy with { Access = change(s_legacy.Access!) };

    private static LegacyPolicy Exchange(Func<LegacyExchangePolicy, LegacyExchangePolicy> change) => s_legacy with { Exchange = change(s_legacy.Exchange!) };

    private static PolicyImportItem Item(PolicyImport import, string setting) => import.Items.First(item => item.Setting == setting);

    private static IEnumerable<string> Lines(PolicyImport import) => import.Items.Select(item => $"{item.State} {item.Setting}: {item.Current} -> {item.Imported}");

    private static int ByTable(string left, string right) => Place(left).CompareTo(Place(right));

    private static int Place(string setting) => AccessPolicySetting.All.TakeWhile(known => known.Name != setting).Count();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
