using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>Commands for the organisation's configuration.</summary>
internal static partial class ExchangeCommands
{
    private static readonly string[] s_class = ["Guid", "Identity", "DeviceType", "DeviceModel"];

    /// <summary>Reads the EAS mailbox policies.</summary>
    public static ExchangeCommand Policies(ExchangeVocabulary vocabulary)
    {
        var cmdlet = vocabulary.PolicyCmdlet(ConfigurationCmdlets.GetPolicy);
        var older = cmdlet == ConfigurationCmdlets.GetPolicy.Older;
        return new(cmdlet, Read(), vocabulary.Cut(
        [
            "Guid", "Identity", "Name", "DistinguishedName", older ? "IsDefaultPolicy" : "IsDefault",
            .. MailboxPolicySetting.All.Select(setting => older ? setting.ActiveSyncName : setting.Name),
        ]));
    }

    /// <summary>Reads the device types and models that Exchange ever saw.</summary>
    public static ExchangeCommand DeviceClasses(ExchangeVocabulary vocabulary) =>
        new(ConfigurationCmdlets.GetDeviceClass, Read(), vocabulary.Cut(s_class));

    /// <summary>Creates, changes or removes a device access rule.</summary>
    private static ExchangeCommand Write(ExchangeVocabulary vocabulary, AccessRuleChange change)
    {
        var cmdlet = change.Kind switch
        {
            ObjectAction.Create => ConfigurationCmdlets.NewRule,
            ObjectAction.Set => ConfigurationCmdlets.SetRule,
            _ => ConfigurationCmdlets.RemoveRule,
        };
        var parameters = Write(vocabulary, cmdlet);
        if (change.RuleId is { } id) parameters.Add("Identity", id.ToString());
        if (change.Kind == ObjectAction.Create)
        {
            parameters.Add("Characteristic", change.Characteristic.ToString());
            parameters.Add("QueryString", change.QueryString);
        }

        if (change.To is { } level) parameters.Add("AccessLevel", level.ToString());
        return new(cmdlet, parameters);
    }

    /// <summary>Creates, changes or removes an EAS mailbox policy.</summary>
    private static ExchangeCommand Write(ExchangeVocabulary vocabulary, MailboxPolicyChange change)
    {
        var names = change.Kind switch
        {
            ObjectAction.Create => ConfigurationCmdlets.NewPolicy,
            ObjectAction.Set => ConfigurationCmdlets.SetPolicy,
            _ => ConfigurationCmdlets.RemovePolicy,
        };
        var cmdlet = vocabulary.PolicyCmdlet(names);
        var parameters = Write(vocabulary, cmdlet);
        if (change.PolicyId is { } id) parameters.Add("Identity", id.ToString());
        else parameters.Add("Name", change.Name);
        foreach (var setting in MailboxPolicySetting.All)
        {
            if (setting.Text(change.Settings) is null) continue;
            var value = setting.ExchangeValue(change.Settings);
            // A new policy has no value where none is said.
            if (value is not null || change.Kind == ObjectAction.Set) parameters.Add(cmdlet == names.Older ? setting.ActiveSyncName : setting.Name, value!);
        }

        return new(cmdlet, parameters);
    }

    /// <summary>Writes texts and recipients of the organisation's EAS settings; recipients are added and removed, never assigned.</summary>
    private static ExchangeCommand Write(ExchangeVocabulary vocabulary, OrganizationSettingsChange change)
    {
        var parameters = Write(vocabulary, ExchangeCatalogue.SetOrganizationSettings);
        if (change.To.UserMailInsert is { } user) parameters.Add("UserMailInsert", TextOrNothing(user)!);
        if (change.To.OtaNotificationMailInsert is { } ota) parameters.Add("OtaNotificationMailInsert", TextOrNothing(ota)!);
        if (change.To.AdminMailRecipients is { } recipients)
        {
            var before = change.From.AdminMailRecipients ?? [];
            Merge(
                parameters,
                "AdminMailRecipients",
                [.. recipients.Except(before, System.StringComparer.OrdinalIgnoreCase)],
                [.. before.Except(recipients, System.StringComparer.OrdinalIgnoreCase)]);
        }

        return new(ExchangeCatalogue.SetOrganizationSettings, parameters);
    }

    // Nothing as the value is the documented way to the organisation's default.
    private static void Assign(Dictionary<string, object> parameters, MailboxChange change)
    {
        if (!change.ChangesMailboxPolicy) return;
        parameters.Add("ActiveSyncMailboxPolicy", (change.MailboxPolicyId?.ToString() ?? change.MailboxPolicyTo)!);
    }

    private static string? TextOrNothing(string text) => text.Length == 0 ? null : text;
}
