using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Matching;

/// <summary>When two ids are one device. Everything speaks for it in the first test; each row after that takes one thing away.</summary>
public sealed class IdChangesTests
{
    private static readonly DateTimeOffset s_appeared = Some.Now.AddDays(-10);

    private static readonly IdTrace s_old = Trace("OLD", 1, Some.Now.AddDays(-400)) with { WhenChanged = Some.Now.AddDays(-20) };

    private static readonly IdTrace s_new = Trace("NEW", 2, s_appeared) with { Join = DeviceJoin.Matched, ManagedDeviceId = "managed-1" };

    [Fact]
    public void A_device_with_a_new_id_is_told_with_what_speaks_for_it()
    {
        var change = Assert.Single(Find(s_old, s_new));

        Assert.Equal((s_old.PartnershipId, s_new.PartnershipId, s_appeared), (change.OldPartnershipId, change.NewPartnershipId, change.Since));
        Assert.Equal(("OLD", "NEW", "OLD -> NEW"), (change.OldDeviceId.Value, change.NewDeviceId.Value, change.ToString()));
        Assert.Equal((SilenceProof.DirectoryObject, "managed-1", Some.Id(1)), (change.Silence, change.ManagedDeviceId, change.MailboxId));
        Assert.Equal(4, change.Evidence.Count);
        Assert.Equal("Both ids are of one mailbox, one type and one model: iPhone, iPhone15C2.", change.Evidence[0]);
        Assert.Equal("The new id first synced 2026-04-24 08:00:00Z, the old one 2025-03-30 08:00:00Z.", change.Evidence[1]);
        Assert.StartsWith("Exchange's object of the old id has not changed since 2026-04-14 08:00:00Z. That is a sign and no proof", change.Evidence[2], StringComparison.Ordinal);
        Assert.Equal("Intune carries the new id on managed device managed-1, and the old one on none.", change.Evidence[3]);
        Assert.Contains("Remove-ConnectorDevice", change.NextStep, StringComparison.Ordinal);
        Assert.DoesNotContain("enrol", change.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_Intune_knows_neither_id_it_has_to_learn_the_new_one_first()
    {
        var change = Assert.Single(Find(s_old, s_new with { Join = DeviceJoin.None, ManagedDeviceId = null }));

        Assert.Null(change.ManagedDeviceId);
        Assert.Equal("Intune carries neither id on any managed device.", change.Evidence[3]);
        Assert.Contains("check in with Intune or enrol it again", change.NextStep, StringComparison.Ordinal);
    }

    public static TheoryData<string> Contradictions() =>
    [
        "another mailbox", "another type", "another model", "another system", "no model and no system", "the same id", "no first sync", "an older first sync",
        "the same first sync", "no id", "Intune carries the old id", "another user has the old id", "another user has the new id", "changed since", "never seen to change",
    ];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void One_contradiction_is_enough(string what)
    {
        var (old, now) = what switch
        {
            "another mailbox" => (s_old with { MailboxId = Some.Id(2) }, s_new),
            "another type" => (s_old with { DeviceType = "iPad" }, s_new),
            "another model" => (s_old with { DeviceModel = "iPhone16C1" }, s_new),
            "another system" => (s_old with { DeviceOS = "Android 13" }, s_new),
            "no model and no system" => (s_old with { DeviceModel = null, DeviceOS = null }, s_new with { DeviceModel = null, DeviceOS = null }),
            "the same id" => (s_old, s_new with { DeviceId = new EasDeviceId("old") }),
            "no first sync" => (s_old, s_new with { FirstSync = null }),
            "an older first sync" => (s_old with { FirstSync = s_appeared.AddTicks(1) }, s_new),
            "the same first sync" => (s_old with { FirstSync = s_appeared }, s_new),
            "no id" => (s_old with { DeviceId = default }, s_new),
            "Intune carries the old id" => (s_old with { Join = DeviceJoin.Matched }, s_new),
            "another user has the old id" => (s_old with { Join = DeviceJoin.OtherUser }, s_new),
            "another user has the new id" => (s_old, s_new with { Join = DeviceJoin.OtherUser }),
            "changed since" => (s_old with { WhenChanged = s_appeared + IdChanges.Overlap + TimeSpan.FromTicks(1) }, s_new),
            "never seen to change" => (s_old with { WhenChanged = null }, s_new),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        Assert.Empty(Find(old, now));
    }

    [Theory]
    [InlineData("iPhone15C2", "iphone15c2", "iOS 16.1", "iOS 18.5 22F76", true)]
    [InlineData("iPhone15C2", "iPhone15C2", null, "iOS 18.5", true)]
    [InlineData(null, null, "Android 12", "android 14", true)]
    [InlineData(null, "", "Android 12", "Android 14", true)]
    [InlineData(null, null, "Android 12", null, false)]
    [InlineData(null, "Pixel 6", "Android 12", "Android 12", false)]
    [InlineData("Outlook for iOS and Android", "Outlook for iOS and Android", "iOS 17.4.1", "Android 13", false)]
    public void An_update_keeps_the_device_and_another_family_does_not(string? before, string? after, string? systemBefore, string? systemAfter, bool one) =>
        Assert.Equal(one, Find(s_old with { DeviceModel = before, DeviceOS = systemBefore }, s_new with { DeviceModel = after, DeviceOS = systemAfter }).Count == 1);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(24, true)]
    [InlineData(24.1, false)]
    [InlineData(240, false)]
    public void Statistics_prove_silence_or_use_whatever_the_directory_says(double hoursAfter, bool silent)
    {
        foreach (var changed in new DateTimeOffset?[] { null, Some.Now.AddDays(-300), Some.Now })
        {
            var changes = Find(s_old with { WhenChanged = changed, HasStatistics = true, LastContact = s_appeared.AddHours(hoursAfter) }, s_new);

            Assert.Equal(silent ? [SilenceProof.Statistics] : [], changes.Select(static change => change.Silence));
        }
    }

    [Fact]
    public void An_attempt_counts_as_use_and_a_device_that_the_mailbox_forgot_proves_nothing()
    {
        var refused = new DeviceStatistics { DeviceId = "OLD", LastSuccessSync = Some.Now.AddDays(-300), LastSyncAttempt = Some.Now };

        Assert.Empty(Find(s_old.With(refused), s_new));
        Assert.Equal(SilenceProof.Statistics, Assert.Single(Find(s_old.With(refused with { LastSyncAttempt = null }), s_new)).Silence);
        Assert.Equal(SilenceProof.Statistics, Assert.Single(Find(s_old.With(refused with { LastSuccessSync = s_appeared, LastSyncAttempt = s_appeared.AddDays(-1) }), s_new)).Silence);
        Assert.Equal("The mailbox remembers no sync under the old id.", Assert.Single(Find(s_old.With(new DeviceStatistics { DeviceId = "OLD" }), s_new)).Evidence[2]);
        Assert.Equal(SilenceProof.DirectoryObject, Assert.Single(Find(s_old.With(null), s_new)).Silence);
    }

    [Fact]
    public void Several_changes_of_one_device_are_a_chain()
    {
        var third = Trace("THIRD", 3, Some.Now.AddDays(-1));

        var changes = Find(s_old, s_new with { Join = DeviceJoin.None, WhenChanged = s_appeared }, third);

        Assert.Equal(["OLD -> NEW", "NEW -> THIRD"], changes.Select(static change => change.ToString()));
    }

    [Fact]
    public void Of_several_silent_ids_the_youngest_is_the_one_that_changed()
    {
        var older = Trace("OLDER", 3, Some.Now.AddDays(-500)) with { WhenChanged = Some.Now.AddDays(-20) };
        // Both were still changed after the other appeared, so neither took the other's place.
        var changes = Find(older, s_old, s_new);

        Assert.Equal(["OLD -> NEW"], changes.Select(static change => change.ToString()));
    }

    [Fact]
    public void What_statistics_could_show_is_possible_whatever_the_directory_says()
    {
        var busy = s_old with { WhenChanged = Some.Now };

        Assert.Empty(Find(busy, s_new));
        Assert.Equal([busy.PartnershipId, s_new.PartnershipId], IdChanges.Possible([s_new, busy, Trace("PAD", 7, s_appeared) with { DeviceType = "iPad" }]).Order());
        Assert.Empty(IdChanges.Possible([busy with { Join = DeviceJoin.Matched }, s_new]));
    }

    private static IReadOnlyList<DeviceIdChange> Find(params IdTrace[] traces)
    {
        var changes = IdChanges.Find(traces);
        Assert.Equal(changes.Select(static change => change.ToString()), IdChanges.Find([.. Enumerable.Reverse<IdTrace>(traces)]).Select(static change => change.ToString()));
        return changes;
    }

    private static IdTrace Trace(string id, int number, DateTimeOffset first) => new()
    {
        PartnershipId = Some.Id(number),
        MailboxId = Some.Id(1),
        DeviceId = new EasDeviceId(id),
        DeviceType = "iPhone",
        DeviceModel = "iPhone15C2",
        DeviceOS = "iOS 17.4",
        FirstSync = first,
        WhenChanged = first,
    };
}
