using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using CsCheck;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class WorldGeneratorTests
{
    private static readonly Lazy<SandboxWorld> s_tenThousand = new(() => WorldGenerator.Generate(new WorldOptions { Partnerships = 10_000 }));

    [Fact]
    public void The_same_options_give_the_same_world_on_every_machine()
    {
        string fingerprint = WorldFingerprint.Of(WorldGenerator.Generate(new WorldOptions { Partnerships = 500, HostileText = true }));

        // Pinned: another process, on another day, must find the same world behind the same options.
        Assert.StartsWith("A3C5332B54F5F028330453BE408DAEBF", fingerprint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("it-IT")]
    public void The_language_of_the_server_does_not_matter(string culture)
    {
        string expected = WorldFingerprint.Of(WorldGenerator.Generate(new WorldOptions { Partnerships = 700 }));
        string actual = "";
        var thread = new Thread(() => actual = WorldFingerprint.Of(WorldGenerator.Generate(new WorldOptions { Partnerships = 700 })))
        {
            CurrentCulture = CultureInfo.GetCultureInfo(culture),
        };
        thread.Start();
        thread.Join();

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_option_changes_the_world()
    {
        var options = new WorldOptions { Partnerships = 400 };
        WorldOptions[] variants =
        [
            options, options with { Seed = 2 }, options with { Partnerships = 401 }, options with { Now = options.Now.AddDays(1) },
            options with { DomainName = "fabrikam.co.uk" }, options with { DefaultAccessLevel = "Quarantine" }, options with { EnrolledShare = 0.1 },
            options with { NonCompliantShare = 0.6 }, options with { AdministratorEntryShare = 0.5 }, options with { UnlicensedShare = 0.5 },
            options with { DifferentUpnShare = 0.6 }, options with { HostileText = true },
        ];

        Assert.Equal(variants.Length, variants.Select(variant => WorldFingerprint.Of(WorldGenerator.Generate(variant))).Distinct().Count());
    }

    [Fact]
    public void Any_size_and_seed_gives_a_world_whose_parts_fit_together() =>
        Gen.Select(Gen.Int[10, 3_000], Gen.Int, Gen.Bool).Sample((partnerships, seed, hostile) =>
        {
            SandboxWorld world = WorldGenerator.Generate(new WorldOptions { Partnerships = partnerships, Seed = seed, HostileText = hostile });
            Assert.Equal(partnerships, world.Partnerships.Count);
            AssertConsistent(world);
        }, iter: 30);

    [Fact]
    public void Ten_thousand_partnerships_fit_together() => AssertConsistent(s_tenThousand.Value);

    [Fact]
    public void Ten_thousand_partnerships_hold_every_case()
    {
        SandboxWorld world = s_tenThousand.Value;
        ILookup<string, SandboxPartnership> byId = world.Partnerships.ToLookup(p => p.DeviceId, StringComparer.OrdinalIgnoreCase);
        ILookup<string, SandboxManagedDevice> managed = world.ManagedDevices.Where(d => d.EasDeviceId is not null).ToLookup(d => d.EasDeviceId!, StringComparer.OrdinalIgnoreCase);
        var cases = new Dictionary<string, int>
        {
            ["id in two mailboxes"] = byId.Count(group => group.Key != "validate" && group.Select(p => p.MailboxIndex).Distinct().Count() > 1),
            ["id under two types"] = world.Partnerships.GroupBy(p => (p.MailboxIndex, p.DeviceId)).Count(group => group.Count() > 1),
            ["mailbox without partnership"] = world.Mailboxes.Count - world.Partnerships.Select(p => p.MailboxIndex).Distinct().Count(),
            ["mailbox without user"] = world.Mailboxes.Count(m => m.UserIndex < 0 && m.RecipientTypeDetails == "UserMailbox"),
            ["administrator's allow"] = world.Mailboxes.Count(m => m.AllowedDeviceIds.Count > 0),
            ["administrator's block"] = world.Mailboxes.Count(m => m.BlockedDeviceIds.Count > 0),
            ["leftover entry"] = world.Mailboxes.Select((m, i) => m.AllowedDeviceIds.Any(id => !byId[id].Any(p => p.MailboxIndex == i)) ? 1 : 0).Sum(),
            ["EAS disabled"] = world.Mailboxes.Count(m => !m.ActiveSyncEnabled),
            ["other policy"] = world.Mailboxes.Count(m => m.MailboxPolicy == WorldNames.ExecutivePolicy),
            ["shared mailbox"] = world.Mailboxes.Count(m => m.RecipientTypeDetails == "SharedMailbox"),
            ["linked mailbox"] = world.Mailboxes.Count(m => m.RecipientTypeDetails == "LinkedMailbox"),
            ["health mailbox"] = world.Mailboxes.Count(m => m.RecipientTypeDetails == "MonitoringMailbox"),
            ["test mailbox"] = world.Mailboxes.Count(m => m.Alias.StartsWith("extest_", StringComparison.Ordinal)),
            ["old test mailbox"] = world.Mailboxes.Count(m => m.DisplayName.StartsWith("CAS_{", StringComparison.Ordinal)),
            ["probe"] = world.Partnerships.Count(p => p.DeviceType == "EASProbeDeviceType"),
            ["connectivity test"] = world.Partnerships.Count(p => p.DeviceType == "TestActiveSyncConnectivity"),
            ["validate"] = world.Partnerships.Count(p => p.DeviceId == "validate" && p.DeviceType.Length == 0),
            ["Outlook service"] = world.Partnerships.Count(p => p.DeviceType == "OutlookService"),
            ["REST Outlook"] = world.Partnerships.Count(p => p.ClientType == "REST"),
            ["no model"] = world.Partnerships.Count(p => p.DeviceModel is null),
            ["autoblock"] = world.Partnerships.Count(p => p.TransientReason == "CommandFrequency"),
            ["upgrade"] = world.Partnerships.Count(p => p.TransientReason == "Upgrade"),
            ["discovery"] = world.Partnerships.Count(p => p.TransientState == "DeviceDiscovery"),
            ["policy not met"] = world.Partnerships.Count(p => p.PolicyNotMet),
            ["never synced"] = world.Partnerships.Count(p => p.LastSuccessSync is null),
            ["stale"] = world.Partnerships.Count(p => p.LastSuccessSync < world.Options.Now.AddDays(-90)),
            ["not enrolled"] = world.Partnerships.Count(p => p.DeviceType == "iPhone" && !managed[p.DeviceId].Any()),
            ["id in another case"] = world.Partnerships.Count(p => managed[p.DeviceId].Any(d => d.EasDeviceId != p.DeviceId)),
            ["another user's device"] = world.Partnerships.Count(p => managed[p.DeviceId].Any(d => d.UserIndex != world.Mailboxes[p.MailboxIndex].UserIndex)),
            ["two managed devices with one id"] = managed.Count(group => group.Count() > 1),
            ["id though not activated"] = world.ManagedDevices.Count(d => d.EasDeviceId is not null && !d.EasActivated),
            ["phone without EAS id"] = world.ManagedDevices.Count(d => d.EasDeviceId is null && d.OperatingSystem == "iOS"),
            ["computer"] = world.ManagedDevices.Count(d => d.OperatingSystem is "Windows" or "macOS"),
            ["without user"] = world.ManagedDevices.Count(d => d.UserIndex < 0),
            ["unlicensed"] = world.Users.Count(u => !u.HasIntuneLicence),
            ["cloud only"] = world.Users.Count(u => u.OnPremisesImmutableId is null),
            ["other UPN"] = world.Users.Count(u => u.Mail is not null && u.Mail != u.UserPrincipalName),
            ["no distinguished name"] = world.Users.Count(u => u.OnPremisesImmutableId is not null && u.OnPremisesDistinguishedName is null),
            ["comma in the name"] = world.Mailboxes.Count(m => m.DistinguishedName.Contains("\\,", StringComparison.Ordinal)),
            ["quote in the name"] = world.Mailboxes.Count(m => m.DistinguishedName.Contains("\\\"", StringComparison.Ordinal)),
            ["slash in the name"] = world.Mailboxes.Count(m => m.Identity.Contains("\\/", StringComparison.Ordinal)),
        };
        foreach (string state in (string[])["compliant", "noncompliant", "inGracePeriod", "unknown", "configManager", "conflict", "error"])
            cases[state] = world.ManagedDevices.Count(d => d.ComplianceState == state);

        Assert.Empty(cases.Where(pair => pair.Value <= 0).Select(pair => pair.Key));
        Assert.Equal(100, world.Partnerships.CountBy(p => p.MailboxIndex).Max(pair => pair.Value));
    }

    [Fact]
    public void The_cast_is_whole_from_three_hundred_partnerships_on_and_plays_its_parts()
    {
        SandboxWorld world = WorldGenerator.Generate(new WorldOptions { Partnerships = 320 });
        string[] aliases = [.. typeof(WorldNames).GetFields().Select(field => (string)field.GetValue(null)!)];
        string[] expected = [.. aliases.Where(name => name.Contains('.', StringComparison.Ordinal)), WorldNames.SharedDevice, WorldNames.HundredDevices, WorldNames.HealthMailbox, WorldNames.TestMailbox, WorldNames.OldTestMailbox];

        Assert.Empty(expected.Except(world.Mailboxes.Select(m => m.Alias)));
        Assert.Equal(["compliant", "noncompliant"], ManagedOf(world, WorldNames.TwoManagedDevices).Select(d => d.ComplianceState));
        Assert.Equal(["noncompliant"], ManagedOf(world, WorldNames.NotCompliant).Select(d => d.ComplianceState));
        Assert.Empty(ManagedOf(world, WorldNames.NotEnrolled));
        Assert.Equal(PartnershipsOf(world, WorldNames.Ordinary)[0].DeviceId, PartnershipsOf(world, WorldNames.SharedDevice)[0].DeviceId);
        Assert.Equal(100, PartnershipsOf(world, WorldNames.HundredDevices).Length);
        Assert.Single(PartnershipsOf(world, WorldNames.TwoTypes).Select(p => p.DeviceId).Distinct());
        Assert.Equal(world.AccessRules[1].QueryString, PartnershipsOf(world, WorldNames.RuleBlocked)[0].DeviceOS);
        Assert.Equal("CN=Müller\\, Jürgen \\\"JJ\\\" (Ext) \\\\ Werk\\+2,CN=Users,DC=contoso,DC=com", MailboxOf(world, WorldNames.AwkwardName).DistinguishedName);
    }

    [Fact]
    public void The_target_group_holds_nine_in_ten_and_three_in_ten_only_through_nested_groups()
    {
        SandboxWorld world = s_tenThousand.Value;
        SandboxGroup target = world.Groups[0];
        HashSet<int> all = [];
        Collect(target, all);

        Assert.Equal(WorldNames.TargetGroup, target.DisplayName);
        Assert.InRange(all.Count / (double)world.Users.Count, 0.87, 0.93);
        Assert.InRange(all.Except(target.UserIndexes).Count() / (double)world.Users.Count, 0.25, 0.35);
        Assert.Empty(world.Groups.Single(group => group.DisplayName == WorldNames.EmptyGroup).UserIndexes);
        Assert.Contains(UserOf(world, WorldNames.Exempt), world.Groups.Single(group => group.DisplayName == WorldNames.ExemptGroup).UserIndexes);
        Assert.Contains(UserOf(world, WorldNames.Exempt), all);
        Assert.DoesNotContain(UserOf(world, WorldNames.NotTargeted), all);

        void Collect(SandboxGroup group, HashSet<int> found)
        {
            found.UnionWith(group.UserIndexes);
            foreach (int nested in group.GroupIndexes) Collect(world.Groups[nested], found);
        }
    }

    [Fact]
    public void The_shares_of_the_options_are_kept()
    {
        var options = new WorldOptions { Partnerships = 20_000, EnrolledShare = 0.5, NonCompliantShare = 0.3, UnlicensedShare = 0.2, DifferentUpnShare = 0.4 };
        SandboxWorld world = WorldGenerator.Generate(options);
        SandboxPartnership[] phones = [.. world.Partnerships.Where(p => p.DeviceType is "iPhone" or "iPad")];
        HashSet<string> managed = [.. world.ManagedDevices.Select(d => d.EasDeviceId ?? "")];

        Assert.InRange(phones.Count(p => managed.Contains(p.DeviceId)) / (double)phones.Length, 0.45, 0.52);
        Assert.InRange(world.ManagedDevices.Count(d => d.ComplianceState is "noncompliant" or "conflict" or "error") / (double)world.ManagedDevices.Count, 0.27, 0.33);
        Assert.InRange(world.Users.Count(u => u.OnPremisesImmutableId is not null && !u.HasIntuneLicence) / (double)world.Users.Count, 0.17, 0.22);
        Assert.InRange(world.Users.Count(u => u.Mail is not null && u.OnPremisesImmutableId is not null && u.Mail != u.UserPrincipalName) / (double)world.Users.Count, 0.36, 0.43);
    }

    [Fact]
    public void Hostile_texts_are_there_only_when_asked_for()
    {
        Assert.DoesNotContain(WorldGenerator.Generate(new WorldOptions()).Mailboxes, m => m.Alias == WorldNames.HostileMailbox);
        SandboxWorld world = WorldGenerator.Generate(new WorldOptions { HostileText = true });
        string[] texts = [.. PartnershipsOf(world, WorldNames.HostileMailbox).ToArray().Select(p => p.DeviceModel!)];

        Assert.Contains(texts, text => text.Contains("$(", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains('\n', StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains('§', StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Length == 300);
        Assert.Contains(world.ManagedDevices, device => device.Model is { Length: 300 });
    }

    [Theory]
    [InlineData(9, 0.5, "Allow")]
    [InlineData(1_000_001, 0.5, "Allow")]
    [InlineData(100, 1.5, "Allow")]
    [InlineData(100, double.NaN, "Allow")]
    [InlineData(100, 0.5, "Maybe")]
    public void Impossible_options_are_refused(int partnerships, double share, string level) =>
        Assert.ThrowsAny<ArgumentException>(() => WorldGenerator.Generate(new WorldOptions { Partnerships = partnerships, EnrolledShare = share, DefaultAccessLevel = level }));

    private static void AssertConsistent(SandboxWorld world)
    {
        AssertUnique(world.Partnerships.Select(p => p.Guid));
        AssertUnique(world.Partnerships.Select(p => (p.MailboxIndex, p.DeviceType, p.DeviceId)));
        AssertUnique(world.Mailboxes.Select(m => m.Guid));
        AssertUnique(world.Mailboxes.Select(m => m.DistinguishedName.ToUpperInvariant()));
        AssertUnique(world.Mailboxes.Select(m => m.Identity.ToUpperInvariant()));
        AssertUnique(world.Mailboxes.Select(m => m.SamAccountName.ToUpperInvariant()));
        AssertUnique(world.Mailboxes.SelectMany(m => m.EmailAddresses).Select(address => address.ToUpperInvariant()));
        AssertUnique(world.Users.Select(u => u.Id));
        AssertUnique(world.Users.Select(u => u.UserPrincipalName.ToUpperInvariant()));
        AssertUnique(world.ManagedDevices.Select(d => d.Id));
        Assert.All(world.Mailboxes, m => Assert.InRange(m.SamAccountName.Length, 1, 20));
        Assert.All(world.Mailboxes.Where(m => m.UserIndex >= 0), m => Assert.Equal(m.DisplayName, world.Users[m.UserIndex].DisplayName));
        Assert.All(world.Partnerships, p => Assert.True(p.FirstSyncTime <= p.LastSuccessSync || p.FirstSyncTime is null));
        Assert.Equal(world.Partnerships.Select(p => p.MailboxIndex).Order(), world.Partnerships.Select(p => p.MailboxIndex));
        Assert.InRange(world.Partnerships.Max(p => p.MailboxIndex), 0, world.Mailboxes.Count - 1);
        Assert.All(world.ManagedDevices, d => Assert.InRange(d.UserIndex, -1, world.Users.Count - 1));
        if (!world.Options.HostileText) Assert.All(world.Partnerships, p => Assert.InRange(p.DeviceId.Length, 1, 32));
    }

    private static void AssertUnique<T>(IEnumerable<T> values)
    {
        var seen = new HashSet<T>();
        Assert.All(values, value => Assert.True(seen.Add(value), $"{value} is there twice."));
    }

    private static SandboxMailbox MailboxOf(SandboxWorld world, string alias) => world.Mailboxes.Single(m => m.Alias == alias);

    private static int UserOf(SandboxWorld world, string alias) => MailboxOf(world, alias).UserIndex;

    private static SandboxPartnership[] PartnershipsOf(SandboxWorld world, string alias) =>
        [.. world.PartnershipsOf(world.Mailboxes.FindIndex(m => m.Alias == alias))];

    private static SandboxManagedDevice[] ManagedOf(SandboxWorld world, string alias) =>
        [.. world.ManagedDevices.Where(d => d.UserIndex == UserOf(world, alias))];
}
