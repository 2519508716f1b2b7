using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Organization;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>Reads what there is once, or a few times, in an organisation: settings, rules, servers.</summary>
internal static class OrganizationReader
{
    private const string Container = "CN=Microsoft Exchange,CN=Services,CN=Configuration,";

    /// <summary>Reads a row of <c>Get-ActiveSyncOrganizationSettings</c>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="InvalidDataException">The default access level is none that is known.</exception>
    public static OrganizationAccessSettings ReadSettings(ExchangeRow row) => new()
    {
        DefaultAccessLevel = LevelOf(row, "DefaultAccessLevel"),
        UserMailInsert = row.Text("UserMailInsert"),
        OtaNotificationMailInsert = row.Text("OtaNotificationMailInsert"),
        AdminMailRecipients = row.Has("AdminMailRecipients") ? row.Texts("AdminMailRecipients") : [],
    };

    /// <summary>Reads a row of <c>Get-ActiveSyncDeviceAccessRule</c>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="InvalidDataException">The row lacks what a rule cannot be without.</exception>
    public static DeviceAccessRule ReadRule(ExchangeRow row) => new()
    {
        Id = row.Guid("Guid"),
        Name = row.Text("Name") ?? row.Identity(),
        Characteristic = Enum.TryParse(row.Text("Characteristic"), ignoreCase: true, out RuleCharacteristic characteristic)
            && Enum.IsDefined(typeof(RuleCharacteristic), characteristic) ? characteristic : RuleCharacteristic.Unknown,
        QueryString = row.Text("QueryString") ?? string.Empty,
        AccessLevel = LevelOf(row, "AccessLevel"),
    };

    /// <summary>Reads a row of <c>Get-ExchangeServer</c>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The server; null where the row has no name.</returns>
    public static ExchangeServer? ReadServer(ExchangeRow row) => row.Text("Fqdn", "Name") is not { } fqdn ? null : new()
    {
        Fqdn = fqdn,
        Name = row.Text("Name") ?? fqdn,
        Version = ExchangeVersion.TryParse(VersionOf(row)),
        Role = row.Text("ServerRole") ?? string.Empty,
        IsClientAccessServer = row.Flag("IsClientAccessServer", otherwise: HasRole(row, "ClientAccess")),
        IsMailboxServer = row.Flag("IsMailboxServer", otherwise: HasRole(row, "Mailbox")),
        IsEdgeServer = row.Flag("IsEdgeServer", otherwise: HasRole(row, "Edge")),
        Site = SiteOf(row.Text("Site")),
    };

    /// <summary>Distinguished name of the organisation container that a server lies in.</summary>
    /// <param name="row">A row of <c>Get-ExchangeServer</c>.</param>
    /// <returns>The name; null where the row does not tell.</returns>
    public static string? OrganizationOf(ExchangeRow row)
    {
        for (var name = row.Text("DistinguishedName"); name is not null;)
        {
            var parent = DistinguishedNames.Ancestor(name, 1);
            if (parent is not null && parent.StartsWith(Container, StringComparison.OrdinalIgnoreCase)) return name;
            name = parent;
        }

        return null;
    }

    // A version that kept its depth on the way has its numbers one by one, and may have no text.
    private static string? VersionOf(ExchangeRow row)
    {
        if (row.Value("AdminDisplayVersion") is not { } value) return null;
        ExchangeRow parts = new(PSObject.AsPSObject(value));
        return parts.Has("Major") && parts.Has("Minor") && parts.Has("Build") && parts.Has("Revision")
            ? string.Join(".", parts.Text("Major"), parts.Text("Minor"), parts.Text("Build"), parts.Text("Revision"))
            : ExchangeRow.TextOf(value);
    }

    private static bool HasRole(ExchangeRow row, string role) => row.Text("ServerRole") is { } roles && roles.IndexOf(role, StringComparison.OrdinalIgnoreCase) >= 0;

    // contoso.com/Configuration/Sites/Rome, or the name alone.
    private static string? SiteOf(string? site) => site?.Substring(site.LastIndexOf('/') + 1);

    private static ExchangeAccessLevel LevelOf(ExchangeRow row, string name) => row.Text(name) switch
    {
        { } text when text.Equals("Allow", StringComparison.OrdinalIgnoreCase) => ExchangeAccessLevel.Allow,
        { } text when text.Equals("Block", StringComparison.OrdinalIgnoreCase) => ExchangeAccessLevel.Block,
        { } text when text.Equals("Quarantine", StringComparison.OrdinalIgnoreCase) => ExchangeAccessLevel.Quarantine,
        _ => throw new InvalidDataException($"{name} is none of Allow, Block and Quarantine."),
    };
}
