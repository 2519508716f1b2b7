using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>What the session offers for the organisation's configuration. It is asked for in every session and demanded only where it is needed.</summary>
internal sealed partial class ExchangeVocabulary
{
    /// <summary>True when mailbox policies can be read.</summary>
    public bool ReadsPolicies => _offered.ContainsKey(PolicyCmdlet(ConfigurationCmdlets.GetPolicy));

    /// <summary>True when device types and models can be read.</summary>
    public bool ReadsDeviceClasses => _offered.ContainsKey(ConfigurationCmdlets.GetDeviceClass);

    /// <summary>The name that the session offers of a mailbox policy cmdlet; the newer one where both are offered, or neither.</summary>
    /// <param name="names">Both names, the newer first.</param>
    /// <returns>The name.</returns>
    public string PolicyCmdlet((string Newer, string Older) names) =>
        !_offered.ContainsKey(names.Newer) && _offered.ContainsKey(names.Older) ? names.Older : names.Newer;

    /// <summary>Checks that a session offers what is needed.</summary>
    /// <param name="needs">What is needed.</param>
    /// <param name="server">The server, for messages.</param>
    /// <exception cref="Domain.Errors.ConnectorException">Something is missing.</exception>
    public void Require(ConfigurationNeeds needs, string server)
    {
        List<(string Cmdlet, string[] Parameters)> needed = [];
        if (needs.HasFlag(ConfigurationNeeds.Rules))
        {
            needed.Add((ConfigurationCmdlets.NewRule, ["Characteristic", "QueryString", "AccessLevel"]));
            needed.Add((ConfigurationCmdlets.SetRule, ["Identity", "AccessLevel"]));
            needed.Add((ConfigurationCmdlets.RemoveRule, ["Identity"]));
        }

        if (needs.HasFlag(ConfigurationNeeds.Policies))
        {
            needed.Add((PolicyCmdlet(ConfigurationCmdlets.GetPolicy), []));
            needed.Add(Writing(ConfigurationCmdlets.NewPolicy, "Name"));
            needed.Add(Writing(ConfigurationCmdlets.SetPolicy, "Identity"));
            needed.Add((PolicyCmdlet(ConfigurationCmdlets.RemovePolicy), ["Identity"]));
        }

        if (needs.HasFlag(ConfigurationNeeds.Assignments)) needed.Add((ExchangeCatalogue.SetMailbox, ["ActiveSyncMailboxPolicy"]));
        if (needs.HasFlag(ConfigurationNeeds.Organization))
        {
            needed.Add((ExchangeCatalogue.SetOrganizationSettings, ["UserMailInsert", "OtaNotificationMailInsert", "AdminMailRecipients"]));
        }

        CheckCmdlets(needed, server);
        CheckParameters(needed, server);
        CheckOrigin(needed);

        (string, string[]) Writing((string Newer, string Older) names, string identity)
        {
            var cmdlet = PolicyCmdlet(names);
            var older = cmdlet == names.Older;
            return (cmdlet, [identity, .. MailboxPolicySetting.All.Select(setting => older ? setting.ActiveSyncName : setting.Name)]);
        }
    }
}

/// <summary>Names of the cmdlets for the organisation's configuration.</summary>
internal static class ConfigurationCmdlets
{
    public const string NewRule = "New-ActiveSyncDeviceAccessRule";
    public const string SetRule = "Set-ActiveSyncDeviceAccessRule";
    public const string RemoveRule = "Remove-ActiveSyncDeviceAccessRule";
    public const string GetDeviceClass = "Get-ActiveSyncDeviceClass";

    /// <summary>Names of Exchange 2013 and later, and of Exchange 2010.</summary>
    public static readonly (string Newer, string Older) GetPolicy = ("Get-MobileDeviceMailboxPolicy", "Get-ActiveSyncMailboxPolicy");
    public static readonly (string Newer, string Older) NewPolicy = ("New-MobileDeviceMailboxPolicy", "New-ActiveSyncMailboxPolicy");
    public static readonly (string Newer, string Older) SetPolicy = ("Set-MobileDeviceMailboxPolicy", "Set-ActiveSyncMailboxPolicy");
    public static readonly (string Newer, string Older) RemovePolicy = ("Remove-MobileDeviceMailboxPolicy", "Remove-ActiveSyncMailboxPolicy");

    /// <summary>All of them.</summary>
    public static readonly string[] All =
    [
        NewRule, SetRule, RemoveRule, GetDeviceClass,
        GetPolicy.Newer, GetPolicy.Older, NewPolicy.Newer, NewPolicy.Older, SetPolicy.Newer, SetPolicy.Older, RemovePolicy.Newer, RemovePolicy.Older,
    ];
}
