using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>Organisations in whose configuration something is looked after: some of it there, some missing, some ours, some an administrator's.</summary>
internal static class ConfigurationGen
{
    private static readonly string[] s_names = ["Default", "Phones", "Executives", "Kiosk"];

    private static readonly Gen<WantedAccessRule> s_rule = Gen.Select(
        Gen.OneOf(RuleCharacteristic.DeviceType, RuleCharacteristic.DeviceModel, RuleCharacteristic.DeviceOS, RuleCharacteristic.UserAgent),
        Gen.Int[0, 6],
        Gen.Enum<ExchangeAccessLevel>(),
        static (characteristic, place, level) => new WantedAccessRule(characteristic, TextOf(characteristic, place), level));

    private static readonly Gen<MailboxPolicySettings> s_settings = Gen.Select(
        Gen.OneOf<bool?>(null, true, false),
        Gen.OneOf<int?>(null, 0, 4, 8),
        Gen.OneOf<bool?>(null, true, false),
        static (password, length, camera) => new MailboxPolicySettings { PasswordEnabled = password, MinPasswordLength = length, AllowCamera = camera });

    private static readonly Gen<ConfigurationSpec> s_spec = Gen.Select(
        s_rule.Array[0, 4],
        Gen.Bool.Array[4],
        Gen.Bool.Array[4],
        s_settings.Array[8],
        Gen.Int[0, 4],
        Gen.OneOf(-1, 0, 1, 2, 3),
        Gen.Int[0, 3].Array[0, 8],
        Gen.Bool.Array[12],
        static (rules, there, wanted, settings, names, targeted, assigned, ours) => new ConfigurationSpec(rules, there, wanted, settings, names, targeted, assigned, ours));

    /// <summary>Any organisation with any such configuration.</summary>
    public static readonly Gen<PlanInput> Any = Gen.Select(OrganizationGen.Any, s_spec, static (input, spec) => With(input, spec));

    /// <summary>The same in full runs only.</summary>
    public static Gen<PlanInput> Full => Any.Select(static input => input with { IncludeSettings = true });

    private static PlanInput With(PlanInput input, ConfigurationSpec spec)
    {
        var rules = input.Exchange.Rules.DistinctBy(static rule => OwnedObject.RuleName(rule.Characteristic, rule.QueryString).ToUpperInvariant()).ToList();
        var policies = new List<ExchangeMailboxPolicy>();
        for (var i = 0; i < s_names.Length; i++)
        {
            if (i == 0 || spec.There[i]) policies.Add(new ExchangeMailboxPolicy { Id = Some.Id(50_000 + i), Name = s_names[i], IsDefault = i == 0, Settings = spec.Settings[i] with { PasswordEnabled = i == 0 } });
        }

        var mailboxes = input.Exchange.Mailboxes.Select((mailbox, i) => mailbox with
        {
            MailboxPolicy = i < spec.Assigned.Length && policies.Find(policy => policy.Name == s_names[spec.Assigned[i]]) is { } own ? own.Name : "Default",
        }).ToList();
        return input with
        {
            Exchange = input.Exchange with { Rules = rules, Policies = policies, Mailboxes = mailboxes },
            Wanted = new WantedConfiguration
            {
                Rules = [.. spec.Rules.DistinctBy(static rule => OwnedObject.RuleName(rule.Characteristic, rule.QueryString).ToUpperInvariant())],
                Policies = [.. s_names.Select((name, i) => new WantedMailboxPolicy
                {
                    Name = i == 1 ? name.ToUpperInvariant() : name,
                    Settings = spec.Settings[4 + i],
                    AssignTo = i == spec.Targeted ? PolicyAssignment.Targeted : PolicyAssignment.None,
                    Mailboxes = [.. mailboxes.Where((_, at) => at % 4 == i && at < spec.Names).Select(static mailbox => mailbox.PrimarySmtpAddress.ToUpperInvariant())],
                }).Where((_, i) => spec.Wanted[i])],
                Organization = new WantedOrganizationSettings { UserMailInsert = spec.Ours[11] ? "Call the help desk." : null },
            },
            Owned =
            [
                .. rules.Where((rule, i) => rule.Characteristic != RuleCharacteristic.Unknown && spec.Ours[i]).Select(static rule => Owned(OwnedKind.AccessRule, OwnedObject.RuleName(rule.Characteristic, rule.QueryString), rule.Id)),
                .. policies.Where((_, i) => spec.Ours[4 + i]).Select(static policy => Owned(OwnedKind.MailboxPolicy, policy.Name, policy.Id)),
                .. spec.Ours[10] ? [Owned(OwnedKind.AccessRule, "DeviceType:Removed", Some.Id(49_000))] : Array.Empty<OwnedObject>(),
            ],
        };
    }

    private static OwnedObject Owned(OwnedKind kind, string name, Guid id) => new() { Kind = kind, Name = name, Id = id, WrittenAt = Some.Now.AddDays(-1), RunId = Some.Run };

    private static string TextOf(RuleCharacteristic characteristic, int place)
    {
        var pool = characteristic switch
        {
            RuleCharacteristic.DeviceModel => OrganizationGen.Models,
            RuleCharacteristic.DeviceOS => OrganizationGen.Systems,
            RuleCharacteristic.UserAgent => OrganizationGen.Agents,
            _ => OrganizationGen.Types,
        };
        return pool[place % pool.Length] is { Length: > 0 } text ? text : "Nothing";
    }

    private sealed record ConfigurationSpec(WantedAccessRule[] Rules, bool[] There, bool[] Wanted, MailboxPolicySettings[] Settings, int Names, int Targeted, int[] Assigned, bool[] Ours);
}
