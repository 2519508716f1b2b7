using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Sees to it that a run takes mail from nobody on what is only remembered, or only missing from a list: whoever would lose mail, or an entry of
/// ours, is looked up first, once in a run. A list that lacks a few rows passes every count, and a phone that is missing from it looks like one
/// that was never enrolled.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="policy">The access policy.</param>
/// <param name="remembered">What is remembered of the tenant. It tells whom to look up where the read found nobody, and is believed in nothing.</param>
/// <param name="console">Is told.</param>
internal sealed class DenialEvidence(IManagedDeviceSource tenant, AccessPolicy policy, Func<TenantMemory?> remembered, ISyncConsole console)
{
    // Where anything was only remembered, a walk through everything takes fewer requests beyond this.
    private const int MostUsers = 2000;

    private readonly HashSet<Guid> _looked = [];
    private readonly HashSet<Guid> _sought = [];

    /// <summary>Looks at those from whom a plan would take something.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="read">What it was made from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is known now; the same object where it is what the plan was made from.</returns>
    public async Task<TenantRead> ConfirmAsync(SyncPlan plan, TenantRead read, CancellationToken cancellationToken)
    {
        var (users, devices) = Concerned(plan, read.IsWhole);
        if (users.Count == 0) return read;
        if (!read.IsWhole && users.Count > MostUsers)
        {
            _sought.Clear();
            console.Verbose(string.Format(CultureInfo.InvariantCulture, "Before anybody loses mail on a phone the tenant is read whole (users: {0}).", users.Count));
            return await tenant.ReadAsync(policy, null, console, cancellationToken).ConfigureAwait(false);
        }

        _looked.UnionWith(users);
        console.Verbose(string.Format(CultureInfo.InvariantCulture, "Before anybody loses mail on a phone, those users, their managed devices and their groups are read anew (users: {0}).", users.Count));
        var confirmed = await tenant.ConfirmAsync(policy, read, users, devices, console, cancellationToken).ConfigureAwait(false);
        if (read.IsWhole && !ReferenceEquals(confirmed, read)) Tell(read.Tenant, confirmed.Tenant);
        return confirmed;
    }

    private (HashSet<Guid> Users, HashSet<string> Devices) Concerned(SyncPlan plan, bool isWhole)
    {
        var users = new HashSet<Guid>();
        var devices = new HashSet<string>(StringComparer.Ordinal);
        var strangers = new List<Mailbox>();
        var borrowed = new List<DeviceAssessment>();
        var withdrawn = Withdrawn(plan);
        foreach (var assessment in plan.Assessments)
        {
            if (assessment.Mailbox is not { } mailbox) continue;
            if (!assessment.LosesAccess && !withdrawn.Contains((mailbox.Id, assessment.Partnership.DeviceId))) continue;
            if (isWhole && !RestsOnAbsence(assessment)) continue;
            if (assessment.Owner is { } owner)
            {
                if (_looked.Contains(owner.Id)) continue;
                users.Add(owner.Id);
                if (assessment.Device is { } device && device.UserId != owner.Id) devices.Add(device.Id);
                if (assessment.Device is null && policy.UserMismatch == UserMismatch.Ignore) borrowed.Add(assessment);
            }
            else if (assessment.OwnerJoin == UserJoin.None && _sought.Add(mailbox.Id))
            {
                strangers.Add(mailbox);
            }
        }

        if (strangers.Count + borrowed.Count > 0 && remembered() is { } memory) Seek(memory, strangers, borrowed, users, devices);
        return (users, devices);
    }

    // Who the user behind a mailbox was, and which managed device of somebody else had the id, only the last read can tell.
    private void Seek(TenantMemory memory, List<Mailbox> strangers, List<DeviceAssessment> borrowed, HashSet<Guid> users, HashSet<string> devices)
    {
        foreach (var match in new UserMatcher(memory.Users).FindAll(new MailboxIndex(strangers), static _ => true))
        {
            if (match.User is { } user && !_looked.Contains(user.Id)) users.Add(user.Id);
        }

        if (borrowed.Count == 0) return;
        var matcher = new DeviceMatcher(memory.Devices);
        foreach (var assessment in borrowed)
        {
            foreach (var device in matcher.Find(assessment.Partnership.DeviceId, assessment.Owner, anyUser: true).Candidates) devices.Add(device.Id);
        }
    }

    // Partnerships whose entries go by what was not found, although they may keep mail for the time being.
    private static HashSet<(Guid Mailbox, EasDeviceId Device)> Withdrawn(SyncPlan plan)
    {
        var withdrawn = new HashSet<(Guid, EasDeviceId)>();
        foreach (var change in plan.Changes)
        {
            if (change is not MailboxChange mailbox || mailbox.AllowedRemove.Count + mailbox.BlockedRemove.Count == 0) continue;
            foreach (var evidence in mailbox.Evidence)
            {
                if (Absence.Explains(evidence.Reason)) withdrawn.Add((mailbox.MailboxId, evidence.DeviceId));
            }
        }

        return withdrawn;
    }

    // Whoever is missing from an excluded group is decided like everybody else, for whatever reason; and of partnerships with one id another one may have decided.
    private bool RestsOnAbsence(DeviceAssessment assessment) =>
        Absence.Explains(assessment.Reason)
        || assessment.CombinedDecision != assessment.Decision
        || (assessment.Decision == AccessDecision.Block && policy.ExcludedGroups.Count > 0);

    private void Tell(TenantSnapshot listed, TenantSnapshot found)
    {
        var users = New(listed.Users.Select(static user => user.Id), found.Users.Select(static user => user.Id));
        var devices = New(listed.ManagedDevices.Select(static device => device.Id), found.ManagedDevices.Select(static device => device.Id));
        var members = New(listed.IncludedUsers ?? [], found.IncludedUsers ?? []) + New(listed.ExcludedUsers, found.ExcludedUsers);
        if (users + devices + members == 0) return;
        console.Warning(string.Format(
            CultureInfo.InvariantCulture,
            "Graph's lists lack {0} users, {1} managed devices and {2} members of the policy's groups that Graph finds when asked for each. What it finds counts, so nobody loses mail by what the lists lack.",
            users,
            devices,
            members));
    }

    private static int New<T>(IEnumerable<T> before, IEnumerable<T> now)
    {
        var known = new HashSet<T>(before);
        return now.Count(row => !known.Contains(row));
    }
}
