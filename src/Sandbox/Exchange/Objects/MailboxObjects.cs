using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>One mailbox on its way out.</summary>
internal sealed class MailboxRow(ExchangeDirectory directory, int index)
{
    private static readonly string[] s_classes = ["top", "person", "organizationalPerson", "user"];

    private DirectoryColumns.Facts? _facts;

    public SandboxMailbox Mailbox { get; } = directory.World.Mailboxes[index];

    public bool HasPartnership => directory.World.PartnershipsOf(index).Length > 0;

    public SandboxMailboxPolicy? Policy => directory.PolicyOf(Mailbox);

    public string LegacyName => directory.Names.MailboxLegacyName(Mailbox);

    public string ServerLegacyName => directory.Names.ServerLegacyName(Mailbox.ServerName);

    /// <summary>What the directory stores for the policy: nothing where the default applies.</summary>
    public string? PolicyLink => Mailbox.MailboxPolicy is { } policy ? directory.Names.PolicyDistinguishedName(policy) : null;

    public DirectoryColumns.Facts Facts => _facts ??= new DirectoryColumns.Facts(
        Mailbox.DisplayName,
        Mailbox.DistinguishedName,
        Mailbox.Identity,
        Mailbox.Guid,
        directory.Names.ObjectCategory("Person"),
        s_classes,
        Mailbox.WhenChanged,
        Mailbox.WhenChanged,
        directory.DomainController,
        "0.20 (15.0.0.0)");
}

/// <summary>What <c>Get-CASMailbox</c> and <c>Get-Recipient</c> emit.</summary>
internal static class MailboxObjects
{
    private static readonly Column<MailboxRow> s_addresses = new("EmailAddresses", static r => EngineMembers.List(r.Mailbox.EmailAddresses));
    private static readonly Column<MailboxRow> s_primaryAddress = new("PrimarySmtpAddress", static r => r.Mailbox.PrimarySmtpAddress);
    private static readonly Column<MailboxRow> s_account = new("SamAccountName", static r => r.Mailbox.SamAccountName);
    private static readonly Column<MailboxRow> s_server = new("ServerName", static r => r.Mailbox.ServerName);
    private static readonly Column<MailboxRow> s_displayName = new("DisplayName", static r => r.Mailbox.DisplayName);
    private static readonly Column<MailboxRow> s_alias = new("Alias", static r => r.Mailbox.Alias);
    private static readonly Column<MailboxRow> s_hasPartnership = new("HasActiveSyncDevicePartnership", static r => r.HasPartnership);
    private static readonly Column<MailboxRow> s_policy = new("ActiveSyncMailboxPolicy", static r => r.Policy?.Name);
    private static readonly Column<MailboxRow> s_policyIsDefaulted = new("ActiveSyncMailboxPolicyIsDefaulted", static r => r.Mailbox.MailboxPolicy is null);
    private static readonly Column<MailboxRow> s_allowed = new("ActiveSyncAllowedDeviceIDs", static r => EngineMembers.List(r.Mailbox.AllowedDeviceIds));
    private static readonly Column<MailboxRow> s_blocked = new("ActiveSyncBlockedDeviceIDs", static r => EngineMembers.List(r.Mailbox.BlockedDeviceIds));
    private static readonly Column<MailboxRow> s_enabled = new("ActiveSyncEnabled", static r => r.Mailbox.ActiveSyncEnabled);
    private static readonly Column<MailboxRow> s_recipientType = new("RecipientType", static _ => "UserMailbox");
    private static readonly Column<MailboxRow> s_recipientTypeDetails = new("RecipientTypeDetails", static r => r.Mailbox.RecipientTypeDetails);

    private static readonly Column<MailboxRow>[] s_tail = [.. DirectoryColumns.Of<MailboxRow>(static r => r.Facts)];

    public static ObjectShape<MailboxRow> CasMailbox { get; } = new(
        TypeNames.CasMailbox,
        [
            s_addresses,
            new("LegacyExchangeDN", static r => r.LegacyName),
            new("LinkedMasterAccount", static _ => string.Empty),
            s_primaryAddress,
            s_account,
            new("ServerLegacyDN", static r => r.ServerLegacyName),
            s_server,
            s_displayName,
            s_allowed,
            s_blocked,
            s_policy,
            s_policyIsDefaulted,
            new("ActiveSyncDebugLogging", static _ => false),
            s_enabled,
            s_hasPartnership,
            new("ActiveSyncSuppressReadReceipt", static _ => false),
            new("OWAEnabled", static _ => true),
            new("OWAforDevicesEnabled", static _ => true),
            new("ECPEnabled", static _ => true),
            new("PopEnabled", static _ => true),
            new("ImapEnabled", static _ => true),
            new("MAPIEnabled", static _ => true),
            new("EwsEnabled", static _ => null),
            .. s_tail,
        ]);

    public static ObjectShape<MailboxRow> Recipient { get; } = new(
        TypeNames.Recipient,
        [
            s_alias,
            new("ArchiveGuid", static _ => Guid.Empty),
            new("AuthenticationType", static _ => null),
            new("City", static _ => string.Empty),
            new("Notes", static _ => string.Empty),
            new("Company", static _ => string.Empty),
            new("Database", static r => DatabaseOf(r)),
            new("DatabaseName", static r => DatabaseOf(r)),
            new("Department", static _ => string.Empty),
            s_addresses,
            s_displayName,
            new("FirstName", static _ => string.Empty),
            s_hasPartnership,
            s_policy,
            s_policyIsDefaulted,
            s_primaryAddress,
            s_recipientType,
            s_recipientTypeDetails,
            s_account,
            s_server,
            new("WindowsLiveID", static _ => string.Empty),
            .. s_tail,
        ]);

    /// <summary>The properties that <c>-Filter</c> takes. The policy is compared as the directory stores it.</summary>
    public static IReadOnlyDictionary<string, Column<MailboxRow>> Filterable { get; } = FilterableColumns.Of<MailboxRow>(
        [
            s_addresses,
            s_primaryAddress,
            s_account,
            s_server,
            s_displayName,
            s_alias,
            s_hasPartnership,
            new("ActiveSyncMailboxPolicy", static r => r.PolicyLink),
            s_allowed,
            s_blocked,
            s_enabled,
            s_recipientType,
            s_recipientTypeDetails,
            new("Name", static r => r.Mailbox.DisplayName),
            new("DistinguishedName", static r => r.Mailbox.DistinguishedName),
            new("Guid", static r => r.Mailbox.Guid),
            new("WhenChanged", static r => r.Mailbox.WhenChanged.UtcDateTime),
            new("WhenChangedUTC", static r => r.Mailbox.WhenChanged.UtcDateTime),
        ]);

    public static string DatabaseOf(MailboxRow row) => $"{row.Mailbox.ServerName}-DB01";
}
