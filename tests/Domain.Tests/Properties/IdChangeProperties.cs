using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>What holds for whatever partnerships a few mailboxes have.</summary>
public sealed class IdChangeProperties
{
    private static readonly Gen<DateTimeOffset?> s_instant = Gen.Int[0, 12].Select(static hours => hours == 0 ? null : (DateTimeOffset?)Some.Now.AddHours(-12 * hours));

    private static readonly Gen<IdTrace> s_trace = Gen.Select(
        Gen.Select(Gen.Int[1, 2], Gen.OneOf("A", "B", "C", "D", "E", "a", ""), Gen.OneOf("iPhone", "IPHONE", "iPad"), Gen.OneOf<string?>(null, "iPhone15C2", "iPhone16C1")),
        Gen.Select(Gen.OneOf<string?>(null, "iOS 16", "iOS 17.4", "Android 13"), s_instant, s_instant, Gen.Enum<DeviceJoin>()),
        Gen.Bool,
        s_instant,
        static (what, when, asked, contact) => new IdTrace
        {
            PartnershipId = Guid.Empty,
            MailboxId = Some.Id(what.Item1),
            DeviceId = new EasDeviceId(what.Item2),
            DeviceType = what.Item3,
            DeviceModel = what.Item4,
            DeviceOS = when.Item1,
            FirstSync = when.Item2,
            WhenChanged = when.Item3,
            Join = when.Item4,
            ManagedDeviceId = when.Item4 == DeviceJoin.None ? null : "managed",
            HasStatistics = asked,
            LastContact = asked ? contact : null,
        });

    private static readonly Gen<IdTrace[]> s_traces = s_trace.Array[0, 12].Select(static traces => traces.Select(static (trace, i) => trace with { PartnershipId = Some.Id(i + 1) }).ToArray());

    [Fact]
    public void Changes_occur_with_either_proof_and_in_chains()
    {
        var (byDirectory, byStatistics, chains) = (0, 0, 0);

        s_traces.Sample(
            traces =>
            {
                var changes = IdChanges.Find(traces);
                byDirectory += changes.Count(static change => change.Silence == SilenceProof.DirectoryObject);
                byStatistics += changes.Count(static change => change.Silence == SilenceProof.Statistics);
                chains += changes.Count(change => changes.Any(next => next.OldPartnershipId == change.NewPartnershipId));
            },
            iter: 20_000,
            threads: 1);

        Assert.True(byDirectory > 20 && byStatistics > 20 && chains > 5, $"{byDirectory} by directory, {byStatistics} by statistics, {chains} chains");
    }

    [Fact]
    public void An_id_that_is_still_used_is_never_proposed() => All(static (old, now, _) =>
    {
        var heard = old.HasStatistics ? old.LastContact ?? old.FirstSync : old.WhenChanged;
        Assert.True(heard <= now.FirstSync + IdChanges.Overlap);
        Assert.True(old.FirstSync < now.FirstSync);
    });

    [Fact]
    public void A_change_never_goes_from_one_mailbox_to_another_nor_to_another_model() => All(static (old, now, change) =>
    {
        Assert.Equal((old.MailboxId, old.MailboxId), (now.MailboxId, change.MailboxId));
        Assert.Equal(old.DeviceType, now.DeviceType, ignoreCase: true);
        Assert.Equal(old.DeviceModel, now.DeviceModel);
        Assert.NotEqual(old.DeviceId, now.DeviceId);
    });

    [Fact]
    public void An_id_that_Intune_carries_is_never_the_old_one_and_another_user_s_never_either() => All(static (old, now, _) =>
    {
        Assert.Equal(DeviceJoin.None, old.Join);
        Assert.NotEqual(DeviceJoin.OtherUser, now.Join);
    });

    [Fact]
    public void An_id_replaces_one_other_at_most_and_is_replaced_by_one_at_most() => s_traces.Sample(static traces =>
    {
        var changes = IdChanges.Find(traces);
        Assert.Equal(changes.Count, changes.Select(static change => change.OldPartnershipId).Distinct().Count());
        Assert.Equal(changes.Count, changes.Select(static change => change.NewPartnershipId).Distinct().Count());
    });

    [Fact]
    public void The_order_of_the_partnerships_does_not_matter() => Gen.Select(s_traces, Gen.Int).Sample(static (traces, seed) =>
    {
        var shuffled = traces.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(Told(IdChanges.Find(traces)), Told(IdChanges.Find(shuffled)));
        Assert.Equal(IdChanges.Possible(traces).Order(), IdChanges.Possible(shuffled).Order());
    });

    [Fact]
    public void What_is_found_is_possible_and_finding_by_mailbox_finds_the_same() => s_traces.Sample(static traces =>
    {
        var changes = IdChanges.Find(traces);
        var possible = IdChanges.Possible(traces);

        Assert.All(changes, change => Assert.True(possible.Contains(change.OldPartnershipId) && possible.Contains(change.NewPartnershipId)));
        Assert.Equal(Told(changes), Told([.. traces.GroupBy(static trace => trace.MailboxId).SelectMany(static group => IdChanges.Find([.. group]))]));
    });

    private static void All(Action<IdTrace, IdTrace, DeviceIdChange> holds) => s_traces.Sample(traces =>
    {
        foreach (var change in IdChanges.Find(traces))
        {
            holds(traces.Single(trace => trace.PartnershipId == change.OldPartnershipId), traces.Single(trace => trace.PartnershipId == change.NewPartnershipId), change);
        }
    });

    private static IEnumerable<string> Told(IReadOnlyList<DeviceIdChange> changes) =>
        changes.Select(static change => $"{change.OldPartnershipId} {change.NewPartnershipId} {change.Silence} {string.Join(" ", change.Evidence)}").Order(StringComparer.Ordinal);
}
