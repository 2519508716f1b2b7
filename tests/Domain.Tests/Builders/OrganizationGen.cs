using System;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>
/// Whole small organisations of 1 to 28 partnerships in which every branch of matching, decision and planning occurs. The deeper a branch
/// lies, the more often its way is open.
/// </summary>
internal static class OrganizationGen
{
    // Small pools, so that rules and devices meet.
    public static readonly string[] Types = ["iPhone", "iPad", "SamsungDevice", "WindowsMail", "Outlook", "OutlookService", ""];
    public static readonly string?[] Models = ["iPhone15C2", "SM-G991B", "Surface", null];
    public static readonly string?[] Systems = ["iOS 17.4 21E219", "Android 14", "Windows 11", null];
    public static readonly string?[] Agents = ["Apple-iPhone15C2/2105.219", "Android-SAMSUNG/101.14", null];

    private static readonly Gen<bool> s_mostly = Gen.Frequency((7, Gen.Const(true)), (1, Gen.Const(false)));
    private static readonly Gen<bool> s_rarely = Gen.Frequency((7, Gen.Const(false)), (1, Gen.Const(true)));

    private static readonly Gen<ManagedSpec> s_managed = Gen.Select(
        Gen.Frequency((6, Gen.Const(DeviceOwner.Own)), (1, Gen.Const(DeviceOwner.Colleague)), (1, Gen.Const(DeviceOwner.Nobody))),
        Gen.Frequency((4, Gen.Const(ComplianceState.Compliant)), (3, Gen.Enum<ComplianceState>())),
        Gen.OneOf("iOS", "iPadOS", "Android", "Windows", ""),
        s_mostly,
        Gen.Int[0, 3].Select(static days => days == 3 ? (int?)null : days),
        Gen.Bool,
        static (owner, compliance, system, activated, days, otherCase) => new ManagedSpec(owner, compliance, system, activated, days, otherCase));

    private static readonly Gen<EntryKind> s_entry = Gen.Frequency((6, Gen.Const(EntryKind.None)), (5, Gen.Enum<EntryKind>()));

    private static readonly Gen<PhoneSpec> s_phone = Gen.Select(
        Gen.Frequency((7, Gen.Const(IdKind.Own)), (5, Gen.Enum<IdKind>())),
        Gen.Frequency((9, Gen.OneOf(Types)), (1, Gen.OneOf("EASProbeDeviceType", "TestActiveSyncConnectivity"))),
        Gen.OneOf(Models),
        Gen.OneOf(Systems),
        Gen.OneOf(Agents),
        s_entry,
        s_entry,
        Gen.Frequency((7, Gen.Const(Place.Here)), (2, Gen.Const(Place.Gone)), (1, Gen.Const(Place.MailboxNotRead))),
        Gen.Enum<ExchangeAccessState>(),
        Gen.Enum<ExchangeAccessReason>(),
        Gen.Frequency((1, s_managed.Array[0]), (5, s_managed.Array[1]), (2, s_managed.Array[2, 3])),
        static (id, type, model, system, agent, allowed, blocked, place, state, reason, managed) =>
            new PhoneSpec(id, type, model, system, agent, allowed, blocked, place, state, reason, managed));

    private static readonly Gen<RuleSpec> s_rule = Gen.Select(
        Gen.Enum<RuleCharacteristic>(),
        Gen.Int[0, 6],
        Gen.Enum<ExchangeAccessLevel>(),
        static (characteristic, text, level) => new RuleSpec(characteristic, text, level));

    public static readonly Gen<AccessPolicy> Policy = Gen.Select(
        s_mostly,
        s_mostly,
        Gen.Enum<WantedAccessLevel>(),
        Gen.Bool,
        Gen.Enum<MissingCompliancePolicy>(),
        Gen.Enum<DeviceRulePrecedence>(),
        Gen.Enum<UserMismatch>(),
        Gen.Enum<AllowEntry>(),
        Gen.Bool,
        s_mostly,
        Gen.Enum<OutlookServiceAccess>(),
        Gen.OneOf(0.0, 1.0, 7.0, 30.0),
        Gen.Int[0, 40],
        Gen.Double[0, 100],
        Gen.Int[0, 1000],
        static (enabled, overrideRule, level, activation, missing, precedence, mismatch, allow, overrideEntry, licence, outlook, leftover, minimum, percent, daily) => new AccessPolicy
        {
            Enabled = enabled,
            OverrideDefaultRule = overrideRule,
            DefaultAccessLevel = level,
            RequireEasActivation = activation,
            MissingCompliancePolicy = missing,
            DeviceRulePrecedence = precedence,
            UserMismatch = mismatch,
            AllowEntry = allow,
            OverrideAdministratorEntry = overrideEntry,
            RequireLicence = licence,
            OutlookService = outlook,
            LeftoverAfter = TimeSpan.FromDays(leftover),
            FuseMinimum = minimum,
            FusePercent = percent,
            FuseDaily = daily,
        });

    public static readonly Gen<PlanInput> Any = Gen.Select(
        MailboxOf(1),
        MailboxOf(0).Array[0, 6],
        s_rule.Array[0, 3],
        Gen.Enum<ExchangeAccessLevel>(),
        Policy,
        Gen.Bool,
        s_mostly,
        s_rarely,
        s_entry.Array[0, 2],
        static (first, others, rules, level, policy, everybody, full, unreadable, lost) =>
            new OrganizationBuilder(new OrganizationSpec(first, others, rules, level, policy, everybody, full, unreadable, lost)).Build());

    private static Gen<MailboxSpec> MailboxOf(int fewest) => Gen.Select(
        Gen.Frequency((6, Gen.Const(UserKind.ByDistinguishedName)), (7, Gen.Enum<UserKind>())),
        Gen.Bool,
        s_mostly,
        s_rarely,
        s_mostly,
        s_mostly,
        s_rarely,
        Gen.Frequency((19, Gen.Const(false)), (1, Gen.Const(true))),
        s_phone.Array[fewest, 4],
        static (user, weaker, included, excluded, licensed, activeSync, withoutName, system, phones) =>
            new MailboxSpec(user, weaker, included, excluded, licensed, activeSync, withoutName, system, phones));
}
