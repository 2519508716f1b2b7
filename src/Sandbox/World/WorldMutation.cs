using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// One change of a world since it was generated. In every record a null leaves the property as it is; an empty text clears it.
/// List members are added and removed, so that the changes of two processes meet without one undoing the other.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MailboxChanged), "mailbox")]
[JsonDerivedType(typeof(OrganizationSettingsChanged), "organizationSettings")]
[JsonDerivedType(typeof(AccessRuleAdded), "accessRuleAdded")]
[JsonDerivedType(typeof(AccessRuleChanged), "accessRuleChanged")]
[JsonDerivedType(typeof(AccessRuleRemoved), "accessRuleRemoved")]
[JsonDerivedType(typeof(MailboxPolicyAdded), "mailboxPolicyAdded")]
[JsonDerivedType(typeof(MailboxPolicyChanged), "mailboxPolicyChanged")]
[JsonDerivedType(typeof(MailboxPolicyRemoved), "mailboxPolicyRemoved")]
[JsonDerivedType(typeof(PartnershipAdded), "partnershipAdded")]
[JsonDerivedType(typeof(PartnershipChanged), "partnershipChanged")]
[JsonDerivedType(typeof(PartnershipRemoved), "partnershipRemoved")]
[JsonDerivedType(typeof(ManagedDeviceAdded), "managedDeviceAdded")]
[JsonDerivedType(typeof(ManagedDeviceChanged), "managedDeviceChanged")]
[JsonDerivedType(typeof(ManagedDeviceRemoved), "managedDeviceRemoved")]
[JsonDerivedType(typeof(DirectoryDeviceChanged), "directoryDevice")]
[JsonDerivedType(typeof(DirectoryDeviceRemoved), "directoryDeviceRemoved")]
[JsonDerivedType(typeof(UserAdded), "userAdded")]
[JsonDerivedType(typeof(UserChanged), "user")]
[JsonDerivedType(typeof(UserRemoved), "userRemoved")]
[JsonDerivedType(typeof(GroupAdded), "groupAdded")]
[JsonDerivedType(typeof(GroupChanged), "group")]
[JsonDerivedType(typeof(GroupRemoved), "groupRemoved")]
public abstract record WorldMutation
{
    /// <summary>When it happened; becomes the object's WhenChanged where it has one.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where directories replicate late: the domain controller that took the change. Null for a change that all know at once.</summary>
    public string? DomainController { get; init; }

    /// <summary>Where directories replicate late: the number of the command that made the change, counted over the organisation from 1.</summary>
    public long Command { get; init; }
}

/// <summary>The lists, EAS switch or policy of a mailbox. <see cref="ClearAllowed"/> and <see cref="ClearBlocked"/> empty a list before additions.</summary>
public sealed record MailboxChanged(Guid Mailbox) : WorldMutation
{
    public IReadOnlyList<string>? AddAllowed { get; init; }

    public IReadOnlyList<string>? RemoveAllowed { get; init; }

    public IReadOnlyList<string>? AddBlocked { get; init; }

    public IReadOnlyList<string>? RemoveBlocked { get; init; }

    public bool ClearAllowed { get; init; }

    public bool ClearBlocked { get; init; }

    public bool? ActiveSyncEnabled { get; init; }

    /// <summary>A policy's name; empty for the default one.</summary>
    public string? MailboxPolicy { get; init; }
}

public sealed record OrganizationSettingsChanged : WorldMutation
{
    public string? DefaultAccessLevel { get; init; }

    public string? UserMailInsert { get; init; }

    public string? OtaNotificationMailInsert { get; init; }

    /// <summary>The whole list, as the cmdlet assigns it.</summary>
    public IReadOnlyList<string>? AdminMailRecipients { get; init; }

    public bool? AllowAccessForUnSupportedPlatform { get; init; }
}

public sealed record AccessRuleAdded(Guid Rule, string Characteristic, string QueryString, string AccessLevel) : WorldMutation;

public sealed record AccessRuleChanged(Guid Rule, string AccessLevel) : WorldMutation;

public sealed record AccessRuleRemoved(Guid Rule) : WorldMutation;

/// <summary>Making a policy the default takes that from the one that was.</summary>
public sealed record MailboxPolicyAdded(Guid Policy, string Name, bool IsDefault) : WorldMutation
{
    /// <summary>Texts, Booleans, whole numbers or nulls.</summary>
    public IReadOnlyDictionary<string, object?>? Settings { get; init; }
}

public sealed record MailboxPolicyChanged(Guid Policy) : WorldMutation
{
    public bool? IsDefault { get; init; }

    /// <summary>The settings that change; a null value stays a null.</summary>
    public IReadOnlyDictionary<string, object?>? Settings { get; init; }
}

public sealed record MailboxPolicyRemoved(Guid Policy) : WorldMutation;

/// <summary>A device that connected for the first time.</summary>
public sealed record PartnershipAdded(Guid Partnership, Guid Mailbox, string DeviceType, string DeviceId) : WorldMutation
{
    public string? DeviceModel { get; init; }

    public string? DeviceOS { get; init; }

    public string? DeviceUserAgent { get; init; }

    public string? FriendlyName { get; init; }

    public string? TransientState { get; init; }

    public string? TransientReason { get; init; }
}

public sealed record PartnershipChanged(Guid Partnership) : WorldMutation
{
    public string? TransientState { get; init; }

    public string? TransientReason { get; init; }

    public bool? PolicyNotMet { get; init; }

    public string? DeviceModel { get; init; }

    public string? DeviceOS { get; init; }

    public string? DeviceUserAgent { get; init; }

    public DateTimeOffset? LastSuccessSync { get; init; }

    public DateTimeOffset? WipeRequestTime { get; init; }

    public DateTimeOffset? WipeSentTime { get; init; }

    public DateTimeOffset? WipeAcknowledgedTime { get; init; }

    public string? WipeRequestor { get; init; }

    public bool? WipeAccountOnly { get; init; }

    /// <summary>A change that the mailbox alone remembers, as a sync and a wipe are; the directory's object keeps its time.</summary>
    public bool InMailboxOnly { get; init; }

    /// <summary>Takes a wipe back before the device hears of it.</summary>
    public bool CancelWipe { get; init; }
}

public sealed record PartnershipRemoved(Guid Partnership) : WorldMutation;

/// <summary>An enrolment. <see cref="User"/> is null for a device without one.</summary>
public sealed record ManagedDeviceAdded(Guid Device, Guid? User, string OperatingSystem, string DeviceName, string ComplianceState) : WorldMutation
{
    public string? EasDeviceId { get; init; }

    public bool EasActivated { get; init; }

    public string? Model { get; init; }

    public string? Manufacturer { get; init; }

    /// <summary>The id that it registered with in the directory; null makes one from <see cref="Device"/>, an empty one leaves it unregistered.</summary>
    public Guid? AzureAdDeviceId { get; init; }
}

public sealed record ManagedDeviceChanged(Guid Device) : WorldMutation
{
    public string? ComplianceState { get; init; }

    public string? EasDeviceId { get; init; }

    public bool? EasActivated { get; init; }

    public string? ManagementState { get; init; }

    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Another owner; an empty id for none.</summary>
    public Guid? User { get; init; }
}

/// <summary>A device that Intune manages no longer. The directory keeps its object.</summary>
public sealed record ManagedDeviceRemoved(Guid Device) : WorldMutation;

/// <summary>The directory's object for a device, by the id that the device registered with.</summary>
public sealed record DirectoryDeviceChanged(Guid Device, bool AccountEnabled) : WorldMutation;

/// <summary>Deletes the directory's object; a device that Intune manages stays managed.</summary>
public sealed record DirectoryDeviceRemoved(Guid Device) : WorldMutation;

public sealed record UserAdded(Guid User, string UserPrincipalName, string DisplayName) : WorldMutation
{
    public string? Mail { get; init; }

    /// <summary>Null for the address of <see cref="Mail"/> alone.</summary>
    public IReadOnlyList<string>? ProxyAddresses { get; init; }

    public string? OnPremisesDistinguishedName { get; init; }

    public string? OnPremisesSamAccountName { get; init; }

    public string? OnPremisesImmutableId { get; init; }

    public bool HasIntuneLicence { get; init; }
}

public sealed record UserChanged(Guid User) : WorldMutation
{
    public bool? HasIntuneLicence { get; init; }

    public bool? AccountEnabled { get; init; }

    public string? DisplayName { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? Mail { get; init; }

    /// <summary>An SMTP address that the user carries from now on, whoever else does.</summary>
    public string? AddAddress { get; init; }

    /// <summary>The whole list.</summary>
    public IReadOnlyList<string>? ProxyAddresses { get; init; }

    public string? OnPremisesDistinguishedName { get; init; }

    public string? OnPremisesSamAccountName { get; init; }

    public string? OnPremisesImmutableId { get; init; }
}

/// <summary>A user who goes; unless it is for good, the tenant keeps the object for a month.</summary>
public sealed record UserRemoved(Guid User) : WorldMutation
{
    public bool Permanently { get; init; }
}

public sealed record GroupAdded(Guid Group, string DisplayName) : WorldMutation;

/// <summary>Members that come and go; what is there already or gone already stays so.</summary>
public sealed record GroupChanged(Guid Group) : WorldMutation
{
    public string? DisplayName { get; init; }

    public IReadOnlyList<Guid>? AddUsers { get; init; }

    public IReadOnlyList<Guid>? RemoveUsers { get; init; }

    public IReadOnlyList<Guid>? AddGroups { get; init; }

    public IReadOnlyList<Guid>? RemoveGroups { get; init; }
}

public sealed record GroupRemoved(Guid Group) : WorldMutation;
