using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Sandbox.World;
using IntuneExchangeConnector.Shared;

namespace IntuneExchangeConnector.Scale;

/// <summary>
/// Match, decide and plan, on one core. A fresh organisation gets a change for nearly every mailbox; the second plan, on the organisation
/// that the first one would leave, finds nothing to do. Best of three, after one warm-up on a tenth of the size.
/// </summary>
internal static class PlanBench
{
    private const int Rounds = 3;

    public static void Run(int partnerships)
    {
        Measure(Input(partnerships / 10));
        var fresh = Input(partnerships);
        var (freshSeconds, freshBytes, plan) = Measure(fresh);
        var agreed = Agreed(fresh, plan);
        var (agreedSeconds, agreedBytes, second) = Measure(agreed);

        Console.WriteLine(FormattableString.Invariant($"{partnerships:N0} partnerships, {fresh.Exchange.Mailboxes.Count:N0} mailboxes, {fresh.Tenant.ManagedDevices.Count:N0} managed devices, {fresh.Tenant.Users.Count:N0} users"));
        Console.WriteLine("organisation          seconds   bytes/partnership     changes");
        Row("fresh", freshSeconds, freshBytes, partnerships, plan);
        Row("in agreement", agreedSeconds, agreedBytes, partnerships, second);
        Console.WriteLine(FormattableString.Invariant($"plan_seconds={Math.Max(freshSeconds, agreedSeconds):F2}"));
        Console.WriteLine(FormattableString.Invariant($"bytes_per_partnership={Math.Max(freshBytes, agreedBytes) / partnerships}"));
    }

    private static void Row(string name, double seconds, long bytes, int partnerships, SyncPlan plan) =>
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-18}{1,11:F2}{2,20:N0}{3,12:N0}", name, seconds, bytes / partnerships, plan.Changes.Count));

    private static (double Seconds, long Bytes, SyncPlan Plan) Measure(PlanInput input)
    {
        var best = (Seconds: double.MaxValue, Bytes: long.MaxValue, Plan: default(SyncPlan)!);
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var plan = PlanBuilder.Build(input);
            watch.Stop();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (watch.Elapsed.TotalSeconds < best.Seconds) best = (watch.Elapsed.TotalSeconds, bytes, plan);
        }

        return best;
    }

    private static PlanInput Input(int partnerships)
    {
        var world = WorldGenerator.Generate(new WorldOptions { Seed = 7, Partnerships = Math.Max(10, partnerships) });
        var policy = new AccessPolicy
        {
            Enabled = true,
            IncludedGroups = [world.Groups.Single(static group => group.DisplayName == WorldNames.TargetGroup).Id.ToString()],
            ExcludedGroups = [world.Groups.Single(static group => group.DisplayName == WorldNames.ExemptGroup).Id.ToString()],
        };
        return new PlanInput
        {
            Exchange = WorldSnapshots.Exchange(world),
            Tenant = WorldSnapshots.Tenant(world, policy),
            Policy = policy,
            Ledger = Ledger.Empty,
            Now = world.Options.Now,
        };
    }

    private static PlanInput Agreed(PlanInput input, SyncPlan plan)
    {
        var changes = plan.Changes.OfType<MailboxChange>().ToDictionary(static change => change.MailboxId);
        var entries = new List<LedgerEntry>();
        var mailboxes = new List<Mailbox>(input.Exchange.Mailboxes.Count);
        foreach (var mailbox in input.Exchange.Mailboxes)
        {
            if (!changes.TryGetValue(mailbox.Id, out var change))
            {
                mailboxes.Add(mailbox);
                continue;
            }

            mailboxes.Add(mailbox with
            {
                AllowedDeviceIds = [.. mailbox.AllowedDeviceIds.Except(change.AllowedRemove), .. change.AllowedAdd],
                BlockedDeviceIds = [.. mailbox.BlockedDeviceIds.Except(change.BlockedRemove), .. change.BlockedAdd],
            });
            entries.AddRange(change.AllowedAdd.Select(id => Entry(mailbox, EntryList.Allowed, id, input.Now)));
            entries.AddRange(change.BlockedAdd.Select(id => Entry(mailbox, EntryList.Blocked, id, input.Now)));
        }

        return input with { Exchange = input.Exchange with { Mailboxes = mailboxes }, Ledger = new Ledger(entries) };
    }

    private static LedgerEntry Entry(Mailbox mailbox, EntryList list, string id, DateTimeOffset at) =>
        new() { MailboxId = mailbox.Id, List = list, DeviceId = new EasDeviceId(id), WrittenAt = at, RunId = Guid.Empty };
}
