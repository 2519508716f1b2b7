using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>
/// What is looked after in the organisation's configuration, in sections of the file of their own. A section that is missing, as in every new
/// file, means that nothing is looked after.
/// </summary>
internal static class WantedSections
{
    public const string Rules = "AccessRules";
    public const string Policies = "MailboxPolicies";
    public const string Organization = "OrganizationSettings";

    private const string Rule = "AccessRule";
    private const string Policy = "MailboxPolicy";
    private const string Mailbox = "Mailbox";
    private const string Recipient = "Recipient";

    /// <summary>Reads the sections.</summary>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    public static WantedConfiguration Read(XElement root)
    {
        var wanted = new WantedConfiguration
        {
            Rules = [.. Items(root, Rules, Rule).Select(ReadRule)],
            Policies = [.. Items(root, Policies, Policy).Select(ReadPolicy)],
            Organization = ReadOrganization(new SettingsSection(root, string.Empty).Section(Organization)),
        };
        Once(root, Rules, wanted.Rules.Select(static rule => OwnedObject.RuleName(rule.Characteristic, rule.QueryString)), "each characteristic and text once only");
        Once(root, Policies, wanted.Policies.Select(static policy => policy.Name), "each name once only");
        if (wanted.Policies.Count(static policy => policy.AssignTo == PolicyAssignment.Targeted) > 1) throw Wrong(root, Policies, $"one policy only with {nameof(WantedMailboxPolicy.AssignTo)} {PolicyAssignment.Targeted}");
        return wanted;
    }

    /// <summary>Writes the sections and leaves unknown elements in them alone.</summary>
    /// <exception cref="SettingException">A value cannot be written.</exception>
    public static void Write(XElement root, WantedConfiguration wanted)
    {
        Write(root, Rules, Rule, wanted.Rules, static rule => OwnedObject.RuleName(rule.Characteristic, rule.QueryString), static element => KeyOf(ReadRule(element)), static (element, rule) =>
        {
            element.Set(nameof(rule.Characteristic), rule.Characteristic);
            element.Set(nameof(rule.QueryString), rule.QueryString);
            element.Set(nameof(rule.AccessLevel), rule.AccessLevel);
        });
        Write(root, Policies, Policy, wanted.Policies, static policy => policy.Name, static element => ReadPolicy(element).Name, WritePolicy);
        WriteOrganization(root, wanted.Organization);
    }

    private static string KeyOf(WantedAccessRule rule) => OwnedObject.RuleName(rule.Characteristic, rule.QueryString);

    private static IEnumerable<XElement> Items(XElement root, string section, string item) =>
        (SettingsSection.Find(root, section)?.Elements() ?? []).Where(element => element.Name.LocalName == item);

    private static WantedAccessRule ReadRule(XElement element)
    {
        var section = new SettingsSection(element, $"{Rules}/{Rule}");
        var characteristic = section.RequiredChoice<RuleCharacteristic>(nameof(WantedAccessRule.Characteristic));
        if (characteristic == RuleCharacteristic.Unknown) throw section.Wrong(nameof(WantedAccessRule.Characteristic), "DeviceType, DeviceModel, DeviceOS, UserAgent");
        return new WantedAccessRule(
            characteristic,
            section.RawText(nameof(WantedAccessRule.QueryString)) ?? throw section.Wrong(nameof(WantedAccessRule.QueryString), "a text; it must not be empty"),
            section.RequiredChoice<ExchangeAccessLevel>(nameof(WantedAccessRule.AccessLevel)));
    }

    private static WantedMailboxPolicy ReadPolicy(XElement element)
    {
        var section = new SettingsSection(element, $"{Policies}/{Policy}");
        var texts = section.Section(nameof(WantedMailboxPolicy.Settings));
        var settings = MailboxPolicySettings.Nothing;
        foreach (var setting in MailboxPolicySetting.All)
        {
            if (texts.Text(setting.Name) is not { } text) continue;
            settings = setting.Read(settings, text) is { } read && setting.IsValid(read) ? read : throw texts.Wrong(setting.Name, setting.Allowed);
        }

        return new WantedMailboxPolicy
        {
            Name = section.RequiredText(nameof(WantedMailboxPolicy.Name)),
            Settings = settings,
            AssignTo = section.Choice(nameof(WantedMailboxPolicy.AssignTo), PolicyAssignment.None),
            Mailboxes = section.List(nameof(WantedMailboxPolicy.Mailboxes), Mailbox),
        };
    }

    private static WantedOrganizationSettings ReadOrganization(SettingsSection section) => new()
    {
        UserMailInsert = TextOrEmpty(section, nameof(WantedOrganizationSettings.UserMailInsert)),
        OtaNotificationMailInsert = TextOrEmpty(section, nameof(WantedOrganizationSettings.OtaNotificationMailInsert)),
        AdminMailRecipients = SettingsSection.Find(section.Element, nameof(WantedOrganizationSettings.AdminMailRecipients)) is null
            ? null
            : section.List(nameof(WantedOrganizationSettings.AdminMailRecipients), Recipient),
    };

    // An element without text is wanted empty; no element is not looked after.
    private static string? TextOrEmpty(SettingsSection section, string name) => SettingsSection.Find(section.Element, name) is { } element ? SettingsSection.TextOf(element) : null;

    private static void WritePolicy(SettingsElement element, WantedMailboxPolicy policy)
    {
        element.Set(nameof(policy.Name), policy.Name);
        element.Set(nameof(policy.AssignTo), policy.AssignTo);
        element.SetList(nameof(policy.Mailboxes), Mailbox, policy.Mailboxes);
        var settings = element.Section(nameof(policy.Settings));
        foreach (var setting in MailboxPolicySetting.All) settings.Set(setting.Name, setting.Text(policy.Settings));
    }

    private static void WriteOrganization(XElement root, WantedOrganizationSettings organization)
    {
        if (organization.IsEmpty && SettingsSection.Find(root, Organization) is null) return;
        var section = new SettingsElement(root).Section(Organization);
        section.Set(nameof(organization.UserMailInsert), organization.UserMailInsert);
        section.Set(nameof(organization.OtaNotificationMailInsert), organization.OtaNotificationMailInsert);
        if (organization.AdminMailRecipients is { } recipients) section.SetList(nameof(organization.AdminMailRecipients), Recipient, recipients);
        else section.Set(nameof(organization.AdminMailRecipients), (string?)null);
    }

    private static void Write<T>(
        XElement root, string section, string item, IReadOnlyList<T> values, Func<T, string> key, Func<XElement, string> keyOf, Action<SettingsElement, T> write)
    {
        if (values.Count == 0 && SettingsSection.Find(root, section) is null) return;
        var parent = new SettingsElement(root).Section(section);
        var known = new Dictionary<string, XElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in Items(root, section, item).ToList())
        {
            var name = keyOf(element);
            if (values.Any(value => string.Equals(key(value), name, StringComparison.OrdinalIgnoreCase))) known[name] = element;
            else SettingsElement.Remove(element);
        }

        foreach (var value in values) write(new SettingsElement(known.TryGetValue(key(value), out var element) ? element : parent.Append(item)), value);
    }

    private static void Once(XElement root, string section, IEnumerable<string> keys, string expected)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!keys.All(seen.Add)) throw Wrong(root, section, expected);
    }

    private static SettingException Wrong(XElement root, string section, string expected) =>
        new(section, ((IXmlLineInfo)SettingsSection.Find(root, section)!).LineNumber, expected);
}
