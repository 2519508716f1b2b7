using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Engine.Exchange.Commands;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>
/// What the connector needs of an Exchange session, made from the catalogue of what it may send: neither can change without the other.
/// </summary>
internal static class CmdletRequirements
{
    // Exchange 2013 gave these another name and kept the old one.
    private static readonly (string Old, string New)[] s_renamed =
    [
        ("ActiveSyncDevice", "MobileDevice"),
        ("ActiveSyncDeviceStatistics", "MobileDeviceStatistics"),
        ("ActiveSyncMailboxPolicy", "MobileDeviceMailboxPolicy"),
    ];

    private static readonly string[] s_whereOffered = ["AccountOnly", "Confirm", "DomainController", "ListImported", "ReadFromDomainController"];

    private static readonly Dictionary<string, string> s_purposes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-Command"] = "what the session offers",
        ["Select-Object"] = "rows cut down on the server; without it they travel whole",
        ["Set-ADServerSettings"] = "recipients of every domain, in sessions that the connector opens",
        ["Get-ExchangeServer"] = "the organisation's identity and its servers",
        ["Get-MobileDevice"] = "every partnership",
        ["Get-CASMailbox"] = "every mailbox's lists, and the re-read before a write",
        ["Set-CASMailbox"] = "entries of mailboxes",
        ["Get-ActiveSyncOrganizationSettings"] = "the default access level",
        ["Set-ActiveSyncOrganizationSettings"] = "the default access level, where the policy looks after it",
        ["Get-ActiveSyncDeviceAccessRule"] = "device access rules",
        ["Set-ActiveSyncDeviceAccessRule"] = "changing device access rules",
        ["New-ActiveSyncDeviceAccessRule"] = "adding device access rules",
        ["Remove-ActiveSyncDeviceAccessRule"] = "removing device access rules",
        ["Get-ActiveSyncDeviceClass"] = "device families and models that were seen",
        ["Get-MobileDeviceMailboxPolicy"] = "EAS mailbox policies",
        ["Set-MobileDeviceMailboxPolicy"] = "changing EAS mailbox policies",
        ["New-MobileDeviceMailboxPolicy"] = "adding EAS mailbox policies",
        ["Remove-MobileDeviceMailboxPolicy"] = "removing EAS mailbox policies",
        ["Get-MobileDeviceStatistics"] = "last synchronisation and state of a wipe",
        ["Get-Recipient"] = "one recipient's names",
        ["Clear-MobileDevice"] = "remote wipe",
        ["Remove-MobileDevice"] = "removing a partnership",
    };

    /// <summary>All of them, sorted by their newer name.</summary>
    public static IReadOnlyList<CmdletRequirement> All { get; } = Make();

    /// <summary>Every name of a cmdlet, the newer one first.</summary>
    /// <param name="cmdlet">One of its names.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> NamesOf(string cmdlet)
    {
        var dash = cmdlet.IndexOf('-');
        var (verb, noun) = (cmdlet.Substring(0, dash + 1), cmdlet.Substring(dash + 1));
        foreach (var (old, latest) in s_renamed)
        {
            if (noun == old || noun == latest) return [verb + latest, verb + old];
        }

        return [cmdlet];
    }

    private static List<CmdletRequirement> Make() =>
        [.. ExchangeCatalogue.Entries.GroupBy(static entry => NamesOf(entry.Name)[0], StringComparer.Ordinal).Select(Make).OrderBy(static cmdlet => cmdlet.Names[0], StringComparer.Ordinal)];

    private static CmdletRequirement Make(IGrouping<string, CatalogueEntry> entries)
    {
        var names = NamesOf(entries.Key).Where(name => entries.Any(entry => entry.Name == name)).ToList();
        var sync = ExchangeVocabulary.Needed.Where(needed => needed.Names.Contains(names[0])).Select(static needed => needed.Parameters).FirstOrDefault();
        var level = names[0] switch
        {
            ExchangeCatalogue.GetCommand => CmdletLevel.Sync,
            ExchangeCatalogue.SelectObject => CmdletLevel.Speed,
            ExchangeCatalogue.SetServerSettings => CmdletLevel.OwnSession,
            _ => sync is null ? CmdletLevel.Command : CmdletLevel.Sync,
        };
        return new(
            [.. names.Select(name => Variant(entries.Single(entry => entry.Name == name), sync))],
            ExchangeCatalogue.RoleOf(names[0]).Trim('\''),
            level,
            s_purposes.TryGetValue(names[0], out var purpose) ? purpose : names[0]);
    }

    private static CmdletVariant Variant(CatalogueEntry entry, string[]? sync)
    {
        var used = entry.Parameters.OrderBy(static name => name, StringComparer.Ordinal).ToList();
        var whereOffered = used.Where(static name => s_whereOffered.Contains(name)).ToList();
        var useful = sync is null ? [] : used.Except(whereOffered).Except(sync).ToList();
        return new(entry.Name, [.. used.Except(whereOffered).Except(useful)], useful, whereOffered);
    }
}
