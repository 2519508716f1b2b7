using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>Every command that the directory sends, made for what one session offers.</summary>
internal static partial class ExchangeCommands
{
    /// <summary>What is read of a partnership.</summary>
    internal static readonly string[] DeviceProperties =
    [
        "Guid", "Identity", "DistinguishedName", "DeviceId", "DeviceType", "DeviceModel", "DeviceOS", "DeviceUserAgent", "FriendlyName",
        "ClientType", "DeviceAccessState", "DeviceAccessStateReason", "DeviceAccessControlRule", "FirstSyncTime", "WhenChangedUTC",
    ];

    /// <summary>What is read of a mailbox.</summary>
    internal static readonly string[] MailboxProperties =
    [
        "Guid", "Identity", "DistinguishedName", "DisplayName", "PrimarySmtpAddress", "EmailAddresses", "SamAccountName", "ActiveSyncEnabled",
        "ActiveSyncAllowedDeviceIDs", "ActiveSyncBlockedDeviceIDs", "ActiveSyncMailboxPolicy", "WhenChangedUTC",
    ];

    // Who answered is told for one mailbox only: in a list it would be the same few names a hundred thousand times.
    private static readonly string[] s_oneMailbox = [.. MailboxProperties, "OriginatingServer"];

    private static readonly string[] s_server = 
    [
        "Name", "Fqdn", "DistinguishedName", "Identity", "AdminDisplayVersion", "ServerRole", "IsClientAccessServer", "IsMailboxServer", "IsEdgeServer", "Site",
    ];

    private static readonly string[] s_guid = ["Guid"];

    private static readonly string[] s_settings = ["DefaultAccessLevel", "UserMailInsert", "OtaNotificationMailInsert", "AdminMailRecipients"];

    private static readonly string[] s_rule = ["Guid", "Identity", "Name", "Characteristic", "QueryString", "AccessLevel"];

    /// <summary>Asks which of the needed cmdlets the session offers.</summary>
    public static ExchangeCommand ListCommands() => new(ExchangeCatalogue.GetCommand, Names());

    /// <summary>The same in the caller's own shell, where a name that is missing would have every module on disk searched for it.</summary>
    public static ExchangeCommand ListPresentCommands()
    {
        var parameters = Names();
        parameters.Add("ListImported", true);
        return new(ExchangeCatalogue.GetCommand, parameters);
    }

    /// <summary>Makes the session see the recipients of every domain.</summary>
    public static ExchangeCommand ViewEntireForest() =>
        new(ExchangeCatalogue.SetServerSettings, With(("ViewEntireForest", true)));

    /// <summary>Reads the organisation's servers.</summary>
    public static ExchangeCommand Servers(ExchangeVocabulary vocabulary) =>
        new(ExchangeCatalogue.GetServer, Read(), vocabulary.Cut(s_server));

    /// <summary>Reads every partnership.</summary>
    public static ExchangeCommand Devices(ExchangeVocabulary vocabulary) =>
        new(vocabulary.Devices, Read(("ResultSize", "Unlimited")), vocabulary.Cut(DeviceProperties));

    /// <summary>Reads every mailbox.</summary>
    public static ExchangeCommand Mailboxes(ExchangeVocabulary vocabulary) =>
        new(ExchangeCatalogue.GetMailbox, Own(vocabulary, Read(("ResultSize", "Unlimited"))), vocabulary.Cut(MailboxProperties));

    /// <summary>Reads two mailboxes, whichever: who sees two sees more than itself.</summary>
    public static ExchangeCommand TwoMailboxes(ExchangeVocabulary vocabulary) =>
        new(ExchangeCatalogue.GetMailbox, Quiet(Read(("ResultSize", "2"))), vocabulary.Cut(s_guid));

    /// <summary>Reads one mailbox.</summary>
    public static ExchangeCommand Mailbox(ExchangeVocabulary vocabulary, Guid id, string? domainController)
    {
        var parameters = Read(("Identity", id.ToString()));
        if (!Ask(vocabulary, ExchangeCatalogue.GetMailbox, domainController, parameters)) Own(vocabulary, parameters);
        return new(ExchangeCatalogue.GetMailbox, parameters, vocabulary.Cut(s_oneMailbox));
    }

    /// <summary>Reads the organisation's EAS settings.</summary>
    public static ExchangeCommand Settings(ExchangeVocabulary vocabulary) =>
        new(ExchangeCatalogue.GetOrganizationSettings, Read(), vocabulary.Cut(s_settings));

    /// <summary>Reads the device access rules.</summary>
    public static ExchangeCommand Rules(ExchangeVocabulary vocabulary) =>
        new(ExchangeCatalogue.GetRule, Read(), vocabulary.Cut(s_rule));

    /// <summary>Makes the one command of a change.</summary>
    public static ExchangeCommand Write(ExchangeVocabulary vocabulary, PlannedChange change, string? domainController) => change switch
    {
        MailboxChange mailbox => Write(vocabulary, mailbox, domainController),
        DefaultAccessLevelChange level => Write(vocabulary, level.To),
        AccessRuleChange rule => Write(vocabulary, rule),
        MailboxPolicyChange policy => Write(vocabulary, policy),
        OrganizationSettingsChange organization => Write(vocabulary, organization),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name, "No command is known for this change."),
    };

    /// <summary>Adds to and removes from a mailbox's lists; a list that does not change does not travel.</summary>
    private static ExchangeCommand Write(ExchangeVocabulary vocabulary, MailboxChange change, string? domainController)
    {
        var parameters = Write(vocabulary, ExchangeCatalogue.SetMailbox);
        Ask(vocabulary, ExchangeCatalogue.SetMailbox, domainController, parameters);
        parameters.Add("Identity", change.MailboxId.ToString());
        Merge(parameters, "ActiveSyncAllowedDeviceIDs", change.AllowedAdd, change.AllowedRemove);
        Merge(parameters, "ActiveSyncBlockedDeviceIDs", change.BlockedAdd, change.BlockedRemove);
        Assign(parameters, change);
        return new(ExchangeCatalogue.SetMailbox, parameters);
    }

    /// <summary>Sets the default access level.</summary>
    private static ExchangeCommand Write(ExchangeVocabulary vocabulary, ExchangeAccessLevel level)
    {
        var parameters = Write(vocabulary, ExchangeCatalogue.SetOrganizationSettings);
        parameters.Add("DefaultAccessLevel", level.ToString());
        return new(ExchangeCatalogue.SetOrganizationSettings, parameters);
    }

    // A caller's shell may be set to swallow warnings or errors, and with them that an answer was cut or a write refused.
    private static Dictionary<string, object> Read(params (string Name, object Value)[] parameters)
    {
        var read = With(parameters);
        read.Add("WarningAction", "Continue");
        read.Add("ErrorAction", "Continue");
        return read;
    }

    // That there is more is the point of asking for two.
    private static Dictionary<string, object> Quiet(Dictionary<string, object> read)
    {
        read["WarningAction"] = "SilentlyContinue";
        return read;
    }

    private static Dictionary<string, object> Write(ExchangeVocabulary vocabulary, string cmdlet)
    {
        // That a server holds commands back stands in a warning. In the caller's own shell warnings of writes would fill the screen.
        var write = With(("WarningAction", vocabulary.IsRemote ? "Continue" : "SilentlyContinue"), ("ErrorAction", "Continue"));
        if (vocabulary.Offers(cmdlet, "Confirm")) write.Add("Confirm", false);
        return write;
    }

    // A read after a write, and a write after a read, see the same copy of the directory only at the same domain controller.
    private static bool Ask(ExchangeVocabulary vocabulary, string cmdlet, string? domainController, Dictionary<string, object> parameters)
    {
        if (domainController is null || !vocabulary.Offers(cmdlet, "DomainController")) return false;
        parameters.Add("DomainController", domainController);
        return true;
    }

    // With the entire forest in view a global catalogue answers, and that may be old or lack the lists.
    private static Dictionary<string, object> Own(ExchangeVocabulary vocabulary, Dictionary<string, object> parameters)
    {
        if (vocabulary.Offers(ExchangeCatalogue.GetMailbox, "ReadFromDomainController")) parameters.Add("ReadFromDomainController", true);
        return parameters;
    }

    private static void Merge(Dictionary<string, object> parameters, string name, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        if (add.Count == 0 && remove.Count == 0) return;
        Hashtable merge = new();
        if (add.Count > 0) merge.Add("Add", add.ToArray());
        if (remove.Count > 0) merge.Add("Remove", remove.ToArray());
        parameters.Add(name, merge);
    }

    private static Dictionary<string, object> Names() => With(("Name", ExchangeVocabulary.Names), ("ErrorAction", "SilentlyContinue"));

    private static Dictionary<string, object> With(params (string Name, object Value)[] parameters)
    {
        Dictionary<string, object> result = new(parameters.Length + 2, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in parameters) result.Add(name, value);
        return result;
    }
}
