using System;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>How the tenant knows a mailbox's user.</summary>
internal enum UserKind
{
    ByDistinguishedName,
    ByObjectGuid,
    BySamAccountName,
    BySmtpAddress,
    ByUserPrincipalName,
    TwoByDistinguishedName,
    TwoByAddress,
    AddressesOfTwo,
    Nobody,
}

internal enum IdKind
{
    Own,
    LikeFirst,
    SharedBetweenMailboxes,
    Empty,
    Validate,
}

/// <summary>What a list and the ledger say of an id.</summary>
internal enum EntryKind
{
    None,
    Administrator,
    AdministratorOtherCase,
    Ours,
    OursOtherCase,
    OursMissingForDays,
    OursMissingForLong,
    OursTakenOut,
}

internal enum Place
{
    Here,
    Gone,
    MailboxNotRead,
}

internal enum DeviceOwner
{
    Own,
    Colleague,
    Nobody,
}

internal sealed record ManagedSpec(DeviceOwner Owner, ComplianceState Compliance, string OperatingSystem, bool Activated, int? CheckedInDaysAgo, bool OtherCase);

internal sealed record PhoneSpec(
    IdKind Id,
    string Type,
    string? Model,
    string? OperatingSystem,
    string? UserAgent,
    EntryKind Allowed,
    EntryKind Blocked,
    Place Place,
    ExchangeAccessState State,
    ExchangeAccessReason Reason,
    ManagedSpec[] Managed);

internal sealed record MailboxSpec(
    UserKind User,
    bool WeakerNameOfAnother,
    bool Included,
    bool Excluded,
    bool Licensed,
    bool ActiveSyncEnabled,
    bool WithoutDistinguishedName,
    bool System,
    PhoneSpec[] Phones);

internal sealed record RuleSpec(RuleCharacteristic Characteristic, int Text, ExchangeAccessLevel Level);

internal sealed record OrganizationSpec(
    MailboxSpec First,
    MailboxSpec[] Others,
    RuleSpec[] Rules,
    ExchangeAccessLevel Level,
    AccessPolicy Policy,
    bool Everybody,
    bool Full,
    bool UnreadableRow,
    EntryKind[] LostMailboxes);
