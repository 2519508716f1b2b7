using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One mailbox of the simulated Exchange organisation, as Active Directory would hold it.</summary>
public sealed class SandboxMailbox
{
    public required Guid Guid { get; init; }

    /// <summary>Index of the owner in <see cref="SandboxWorld.Users"/>; -1 for a mailbox without a tenant user.</summary>
    public required int UserIndex { get; init; }

    public required string DistinguishedName { get; init; }

    /// <summary>Canonical name, for example <c>contoso.com/Users/Jane Doe</c>.</summary>
    public required string Identity { get; init; }

    public required string DisplayName { get; init; }

    public required string Alias { get; init; }

    public required string SamAccountName { get; init; }

    public required string PrimarySmtpAddress { get; init; }

    /// <summary>Proxy addresses with their prefixes, the primary as <c>SMTP:</c>.</summary>
    public required IReadOnlyList<string> EmailAddresses { get; init; }

    public string RecipientTypeDetails { get; init; } = "UserMailbox";

    public string ServerName { get; init; } = "EX1";

    public bool ActiveSyncEnabled { get; set; } = true;

    public List<string> AllowedDeviceIds { get; } = [];

    public List<string> BlockedDeviceIds { get; } = [];

    /// <summary>Name of the assigned mailbox policy; null means the default policy.</summary>
    public string? MailboxPolicy { get; set; }

    public DateTimeOffset WhenChanged { get; set; }
}

/// <summary>One EAS device partnership: the msExchActiveSyncDevice object below a user.</summary>
public sealed class SandboxPartnership
{
    public required Guid Guid { get; init; }

    public required int MailboxIndex { get; init; }

    /// <summary>Empty for the odd device that sent none.</summary>
    public required string DeviceType { get; init; }

    public required string DeviceId { get; init; }

    public string? DeviceModel { get; set; }

    public string? DeviceOS { get; set; }

    public string? DeviceUserAgent { get; set; }

    public string? FriendlyName { get; set; }

    public string? DeviceImei { get; set; }

    public string ClientType { get; init; } = "EAS";

    public string DeviceActiveSyncVersion { get; init; } = "16.1";

    public DateTimeOffset? FirstSyncTime { get; init; }

    public DateTimeOffset? LastSuccessSync { get; set; }

    public DateTimeOffset WhenChanged { get; set; }

    /// <summary>A transient state that Exchange itself set (an autoblock reason, Upgrade, DeviceDiscovery); null for the evaluated one.</summary>
    public string? TransientState { get; set; }

    public string? TransientReason { get; set; }

    /// <summary>True when the assigned mailbox policy is not met: Exchange blocks with reason Policy.</summary>
    public bool PolicyNotMet { get; set; }
}

/// <summary>One user of the tenant.</summary>
public sealed class SandboxUser
{
    public required Guid Id { get; init; }

    public required string UserPrincipalName { get; init; }

    public required string DisplayName { get; init; }

    public string? Mail { get; init; }

    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];

    /// <summary>Null for a cloud-only user.</summary>
    public string? OnPremisesDistinguishedName { get; init; }

    public string? OnPremisesSamAccountName { get; init; }

    public string? OnPremisesDomainName { get; init; }

    /// <summary>Base64 of the on-premises object Guid's bytes.</summary>
    public string? OnPremisesImmutableId { get; init; }

    public string? OnPremisesSecurityIdentifier { get; init; }

    public bool HasIntuneLicence { get; set; } = true;

    public bool AccountEnabled { get; set; } = true;
}

/// <summary>One managedDevice of the tenant.</summary>
public sealed class SandboxManagedDevice
{
    public required Guid Id { get; init; }

    /// <summary>Index of the owner in <see cref="SandboxWorld.Users"/>; -1 for none.</summary>
    public required int UserIndex { get; init; }

    public string? EasDeviceId { get; set; }

    public bool EasActivated { get; set; }

    public DateTimeOffset? EasActivationDateTime { get; set; }

    public Guid? AzureAdDeviceId { get; init; }

    public required string OperatingSystem { get; init; }

    public string? OsVersion { get; set; }

    public string? Model { get; init; }

    public string? Manufacturer { get; init; }

    public string? SerialNumber { get; init; }

    public required string DeviceName { get; init; }

    /// <summary>Graph's text: compliant, noncompliant, inGracePeriod, unknown, configManager, conflict, error.</summary>
    public required string ComplianceState { get; set; }

    public string ManagementAgent { get; init; } = "mdm";

    public string ManagementState { get; set; } = "managed";

    public string OwnerType { get; init; } = "company";

    public DateTimeOffset EnrolledDateTime { get; init; }

    public DateTimeOffset LastSyncDateTime { get; set; }
}

/// <summary>One group of the tenant; members may be users and further groups.</summary>
public sealed class SandboxGroup
{
    public required Guid Id { get; init; }

    public required string DisplayName { get; init; }

    public List<int> UserIndexes { get; } = [];

    public List<int> GroupIndexes { get; } = [];
}

/// <summary>A device access rule of the organisation.</summary>
public sealed class SandboxAccessRule
{
    public required Guid Guid { get; init; }

    /// <summary>DeviceType, DeviceModel, DeviceOS, UserAgent or XMSWLHeader.</summary>
    public required string Characteristic { get; init; }

    public required string QueryString { get; init; }

    /// <summary>Allow, Block or Quarantine.</summary>
    public required string AccessLevel { get; set; }

    public DateTimeOffset WhenChanged { get; set; }
}

/// <summary>An EAS mailbox policy; only what evaluation and assignment need, further settings as text.</summary>
public sealed class SandboxMailboxPolicy
{
    public required Guid Guid { get; init; }

    public required string Name { get; init; }

    public bool IsDefault { get; set; }

    public SortedDictionary<string, object?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    public DateTimeOffset WhenChanged { get; set; }
}

/// <summary>The organisation's one EAS settings object.</summary>
public sealed class SandboxOrganizationSettings
{
    /// <summary>Allow, Block or Quarantine.</summary>
    public string DefaultAccessLevel { get; set; } = "Allow";

    public string? UserMailInsert { get; set; }

    public string? OtaNotificationMailInsert { get; set; }

    public List<string> AdminMailRecipients { get; } = [];

    public bool AllowAccessForUnSupportedPlatform { get; set; }

    public DateTimeOffset WhenChanged { get; set; }
}

/// <summary>An Exchange server of the organisation.</summary>
public sealed class SandboxServer
{
    public required Guid Guid { get; init; }

    public required string Name { get; init; }

    public required string Fqdn { get; init; }

    /// <summary>As Exchange prints it: <c>Version 15.2 (Build 1748.10)</c>.</summary>
    public required string AdminDisplayVersion { get; init; }

    /// <summary>As printed: <c>Mailbox</c> from 2016 on, a flags list before.</summary>
    public required string ServerRole { get; init; }

    public required bool IsClientAccessServer { get; init; }

    public required bool IsMailboxServer { get; init; }

    public string Edition { get; init; } = "Enterprise";

    public string Site { get; init; } = "Default-First-Site-Name";
}

/// <summary>
/// A whole organisation and its tenant. The same options always give the same world, in every process, so that the
/// Exchange endpoint's processes and the Graph endpoint agree without sharing memory.
/// </summary>
public sealed class SandboxWorld
{
    public required WorldOptions Options { get; init; }

    /// <summary>Distinguished name of the organisation container.</summary>
    public required string OrganizationDistinguishedName { get; init; }

    public required string DomainName { get; init; }

    public required Guid TenantId { get; init; }

    public List<SandboxUser> Users { get; } = [];

    public List<SandboxMailbox> Mailboxes { get; } = [];

    public List<SandboxPartnership> Partnerships { get; } = [];

    public List<SandboxManagedDevice> ManagedDevices { get; } = [];

    public List<SandboxGroup> Groups { get; } = [];

    public SandboxOrganizationSettings OrganizationSettings { get; } = new();

    public List<SandboxAccessRule> AccessRules { get; } = [];

    public List<SandboxMailboxPolicy> MailboxPolicies { get; } = [];

    public List<SandboxServer> Servers { get; } = [];
}
