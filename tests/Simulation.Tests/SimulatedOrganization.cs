using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Sandbox.World;
using IntuneExchangeConnector.Shared;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>An organisation and its tenant in memory: what the ports read and write.</summary>
internal sealed partial class SimulatedOrganization
{
    private readonly Dictionary<Guid, Mailbox> _mailboxes;

    public SimulatedOrganization(SandboxWorld world)
    {
        World = world;
        var exchange = WorldSnapshots.Exchange(world);
        Partnerships = [.. exchange.Partnerships];
        Rules = exchange.Rules;
        Settings = exchange.Settings;
        _mailboxes = exchange.Mailboxes.ToDictionary(static mailbox => mailbox.Id);
    }

    public SandboxWorld World { get; }

    public List<EasPartnership> Partnerships { get; }

    public IReadOnlyList<DeviceAccessRule> Rules { get; private set; }

    public ExchangeAccessLevel DefaultLevel
    {
        get => Settings.DefaultAccessLevel;
        set => Settings = Settings with { DefaultAccessLevel = value };
    }

    public IReadOnlyList<Mailbox> Mailboxes => [.. _mailboxes.Values];

    public Mailbox? Find(Guid id) => _mailboxes.GetValueOrDefault(id);

    public TenantSnapshot Tenant(AccessPolicy policy) => WorldSnapshots.Tenant(World, policy);

    public AccessPolicy Policy(Func<AccessPolicy, AccessPolicy>? change = null)
    {
        var policy = new AccessPolicy
        {
            Enabled = true,
            IncludedGroups = [Group(WorldNames.TargetGroup)],
            ExcludedGroups = [Group(WorldNames.ExemptGroup)],
            FuseMinimum = int.MaxValue,
            FuseDaily = int.MaxValue,
        };
        return change is null ? policy : change(policy);
    }

    public void Set(Guid id, IEnumerable<string> allowed, IEnumerable<string> blocked) =>
        _mailboxes[id] = _mailboxes[id] with { AllowedDeviceIds = [.. allowed], BlockedDeviceIds = [.. blocked] };

    public void Apply(MailboxChange change)
    {
        var mailbox = _mailboxes[change.MailboxId];
        Set(
            change.MailboxId,
            Merge(mailbox.AllowedDeviceIds, change.AllowedAdd, change.AllowedRemove),
            Merge(mailbox.BlockedDeviceIds, change.BlockedAdd, change.BlockedRemove));
        if (change.ChangesMailboxPolicy) Assign(change);
    }

    /// <summary>Every list of every mailbox and the organisation's configuration, as text that two organisations can be compared by.</summary>
    public string Describe() => string.Join('\n', _mailboxes.Values
        .OrderBy(static mailbox => mailbox.Id)
        .Select(static mailbox => $"{mailbox.Id} +[{Sorted(mailbox.AllowedDeviceIds)}] -[{Sorted(mailbox.BlockedDeviceIds)}]")
        .Append(DescribeConfiguration()));

    private string Group(string name) => World.Groups.Single(group => group.DisplayName == name).Id.ToString();

    private static IEnumerable<string> Merge(IReadOnlyList<string> list, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        list.Where(id => !remove.Contains(id, EasDeviceId.Comparer)).Concat(add.Where(id => !list.Contains(id, EasDeviceId.Comparer)));

    private static string Sorted(IReadOnlyList<string> ids) => string.Join(',', ids.Order(StringComparer.Ordinal));
}
