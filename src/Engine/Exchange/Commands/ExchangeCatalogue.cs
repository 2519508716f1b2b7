using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>
/// The closed list of what may be sent to Exchange. The cmdlets are the ones that the connector's predecessor asked for, the names
/// that some of them have had since Exchange 2013, and the one that cuts rows down. A parameter that is not listed does not travel either.
/// </summary>
internal static class ExchangeCatalogue
{
    public const string GetCommand = "Get-Command";
    public const string SelectObject = "Select-Object";
    public const string SetServerSettings = "Set-ADServerSettings";
    public const string GetServer = "Get-ExchangeServer";
    public const string GetMobileDevice = "Get-MobileDevice";
    public const string GetActiveSyncDevice = "Get-ActiveSyncDevice";
    public const string GetMailbox = "Get-CASMailbox";
    public const string SetMailbox = "Set-CASMailbox";
    public const string GetOrganizationSettings = "Get-ActiveSyncOrganizationSettings";
    public const string SetOrganizationSettings = "Set-ActiveSyncOrganizationSettings";
    public const string GetRule = "Get-ActiveSyncDeviceAccessRule";

    public const string GetMobileStatistics = "Get-MobileDeviceStatistics";
    public const string GetActiveSyncStatistics = "Get-ActiveSyncDeviceStatistics";
    public const string ClearMobileDevice = "Clear-MobileDevice";
    public const string ClearActiveSyncDevice = "Clear-ActiveSyncDevice";
    public const string RemoveMobileDevice = "Remove-MobileDevice";
    public const string RemoveActiveSyncDevice = "Remove-ActiveSyncDevice";

    private const string Configuration = "'View-Only Configuration'";
    private const string Recipients = "'Mail Recipients'";
    private const string ClientAccess = "'Organization Client Access'";
    private const string Policies = "'Recipient Policies'";

    private static readonly Dictionary<string, CatalogueEntry> s_entries = Index(
        new(GetCommand, Configuration, false, "Name", "ListImported"),
        new(SelectObject, Configuration, false, "Property"),
        new(SetServerSettings, Configuration, false, "ViewEntireForest"),
        new(GetServer, Configuration, false),
        new(GetMobileDevice, Recipients, false, "Identity", "ResultSize"),
        new(GetActiveSyncDevice, Recipients, false, "Identity", "ResultSize"),
        new(GetMailbox, Recipients, false, "Identity", "ResultSize", "ReadFromDomainController", "DomainController"),
        new(SetMailbox, Recipients, true, "Identity", "ActiveSyncAllowedDeviceIDs", "ActiveSyncBlockedDeviceIDs", "ActiveSyncMailboxPolicy?", "DomainController", "Confirm"),
        new(GetOrganizationSettings, ClientAccess, false),
        new(SetOrganizationSettings, ClientAccess, false, "DefaultAccessLevel", "UserMailInsert?", "OtaNotificationMailInsert?", "AdminMailRecipients", "Confirm"),
        new(GetRule, ClientAccess, false),
        new(ConfigurationCmdlets.SetRule, ClientAccess, true, "Identity", "AccessLevel", "Confirm"),
        new(ConfigurationCmdlets.NewRule, ClientAccess, false, "Characteristic", "QueryString", "AccessLevel", "Confirm"),
        new(ConfigurationCmdlets.RemoveRule, ClientAccess, true, "Identity", "Confirm"),
        new(ConfigurationCmdlets.GetPolicy.Older, Policies, false),
        new(ConfigurationCmdlets.SetPolicy.Older, Policies, true, ["Identity", "Confirm", .. PolicySettings(older: true)]),
        new(ConfigurationCmdlets.NewPolicy.Older, Policies, false, ["Name", "Confirm", .. PolicySettings(older: true)]),
        new(ConfigurationCmdlets.RemovePolicy.Older, Policies, true, "Identity", "Confirm"),
        new(ConfigurationCmdlets.GetPolicy.Newer, Policies, false),
        new(ConfigurationCmdlets.SetPolicy.Newer, Policies, true, ["Identity", "Confirm", .. PolicySettings(older: false)]),
        new(ConfigurationCmdlets.NewPolicy.Newer, Policies, false, ["Name", "Confirm", .. PolicySettings(older: false)]),
        new(ConfigurationCmdlets.RemovePolicy.Newer, Policies, true, "Identity", "Confirm"),
        new(GetActiveSyncStatistics, Recipients, true, "Mailbox"),
        new(GetMobileStatistics, Recipients, true, "Mailbox"),
        new(ConfigurationCmdlets.GetDeviceClass, ClientAccess, false),
        new("Get-Recipient", Recipients, true, "Identity"),
        new(ClearActiveSyncDevice, Recipients, true, "Identity", "Cancel", "NotificationEmailAddresses", "Confirm"),
        new(ClearMobileDevice, Recipients, true, "Identity", "AccountOnly", "Cancel", "NotificationEmailAddresses", "Confirm"),
        new(RemoveActiveSyncDevice, Recipients, true, "Identity", "Confirm"),
        new(RemoveMobileDevice, Recipients, true, "Identity", "Confirm"));

    // The parameters that name the object a command is about.
    private static readonly string[] s_identities = ["Identity", "Mailbox"];

    // They steer how a command reports, not what it does.
    private static readonly HashSet<string> s_common = new(StringComparer.OrdinalIgnoreCase) { "WarningAction", "ErrorAction" };

    /// <summary>Names of the cmdlets that may be sent.</summary>
    public static IReadOnlyCollection<string> Names => s_entries.Keys;

    /// <summary>The cmdlets that may be sent.</summary>
    public static IReadOnlyCollection<CatalogueEntry> Entries => s_entries.Values;

    /// <summary>Parameters that every cmdlet may carry.</summary>
    public static IReadOnlyCollection<string> CommonParameters => s_common;

    /// <summary>The management role that gives a cmdlet, quoted.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <returns>The role.</returns>
    public static string RoleOf(string cmdlet) => s_entries.TryGetValue(cmdlet, out var entry) ? entry.Role : Configuration;

    /// <summary>Lets a command pass or refuses it.</summary>
    /// <param name="name">The cmdlet's name.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <exception cref="ConnectorException">The cmdlet or a parameter is not listed, or the object it acts on is not named.</exception>
    public static void Admit(string name, IReadOnlyDictionary<string, object> parameters)
    {
        if (name is null || !s_entries.TryGetValue(name, out var entry)) throw Refused(name, "is not in the catalogue");
        foreach (var parameter in parameters)
        {
            if (!entry.Parameters.Contains(parameter.Key) && !s_common.Contains(parameter.Key)) throw Refused(name, $"may not be sent with -{parameter.Key}");
            if (parameter.Value is null && !entry.Clearable.Contains(parameter.Key)) throw Refused(name, $"has nothing in -{parameter.Key}");
        }

        // An empty identity names every object, so it is refused for reads as well.
        var named = false;
        foreach (var parameter in s_identities)
        {
            if (!parameters.TryGetValue(parameter, out var identity)) continue;
            named = IsIdentity(identity) ? true : throw Refused(name, "does not name its object by Guid");
        }

        if (entry.NamesObject && !named) throw Refused(name, "does not name its object by Guid");
    }

    // A policy without a least length of its password has nothing there.
    private static IEnumerable<string> PolicySettings(bool older) =>
        MailboxPolicySetting.All.Select(setting => (older ? setting.ActiveSyncName : setting.Name) + (setting.Name == nameof(MailboxPolicySettings.MinPasswordLength) ? "?" : string.Empty));

    private static bool IsIdentity(object value) => value is string text && Guid.TryParse(text, out var id) && id != Guid.Empty;

    private static ConnectorException Refused(string? name, string why) => new(
        ErrorIds.ExchangeCommandRefused, ErrorKind.InvalidInput, name ?? string.Empty,
        $"The command {name} {why}; it was not sent.",
        "This is a defect of the connector: report it.");

    private static Dictionary<string, CatalogueEntry> Index(params CatalogueEntry[] entries)
    {
        Dictionary<string, CatalogueEntry> index = new(entries.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries) index.Add(entry.Name, entry);
        return index;
    }
}
