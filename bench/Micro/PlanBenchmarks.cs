using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Sandbox.World;
using IntuneExchangeConnector.Shared;

namespace IntuneExchangeConnector.Micro;

/// <summary>The pure steps of a run, each over one organisation of 10,000 partnerships.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private PlanInput _input = null!;
    private MailboxIndex _mailboxes = null!;
    private DeviceMatcher _devices = null!;
    private AccessRuleSet _rules = null!;
    private List<AccessCase> _cases = null!;

    [GlobalSetup]
    public void Setup()
    {
        var world = WorldGenerator.Generate(new WorldOptions { Seed = 7, Partnerships = 10_000 });
        var policy = new AccessPolicy { Enabled = true, IncludedGroups = [AccessPolicy.AllUsers] };
        _input = new PlanInput
        {
            Exchange = WorldSnapshots.Exchange(world),
            Tenant = WorldSnapshots.Tenant(world, policy),
            Policy = policy,
            Ledger = Ledger.Empty,
            Now = world.Options.Now,
        };
        _mailboxes = new MailboxIndex(_input.Exchange.Mailboxes);
        _devices = new DeviceMatcher(_input.Tenant.ManagedDevices);
        _rules = new AccessRuleSet(_input.Exchange.Rules);
        var owners = new UserMatcher(_input.Tenant.Users).FindAll(_mailboxes, static _ => true);
        _cases = [.. _input.Exchange.Partnerships
            .Select(partnership => (Partnership: partnership, Place: _mailboxes.OwnerOf(partnership)))
            .Where(static found => found.Place >= 0)
            .Select(found => new AccessCase(
                found.Partnership,
                owners[found.Place],
                _devices.Find(found.Partnership.DeviceId, owners[found.Place].User, anyUser: false),
                true,
                false,
                null))];
    }

    [Benchmark(Baseline = true)]
    public SyncPlan Plan() => PlanBuilder.Build(_input);

    [Benchmark]
    public UserMatch[] MatchUsers() => new UserMatcher(_input.Tenant.Users).FindAll(_mailboxes, static _ => true);

    [Benchmark]
    public int MatchDevices()
    {
        var matcher = new DeviceMatcher(_input.Tenant.ManagedDevices);
        var matched = 0;
        foreach (var subject in _cases) matched += matcher.Find(subject.Partnership.DeviceId, subject.Owner.User, anyUser: false).Join == DeviceJoin.Matched ? 1 : 0;
        return matched;
    }

    [Benchmark]
    public int Decide()
    {
        var allowed = 0;
        foreach (var subject in _cases) allowed += PolicyEvaluator.Evaluate(_input.Policy, subject).Decision == AccessDecision.Allow ? 1 : 0;
        return allowed;
    }

    [Benchmark]
    public int EvaluateAsExchangeDoes()
    {
        var letIn = 0;
        foreach (var partnership in _input.Exchange.Partnerships)
        {
            letIn += ExchangeAccessModel.Evaluate(partnership, true, false, false, _rules, ExchangeAccessLevel.Quarantine).LetsIn ? 1 : 0;
        }

        return letIn;
    }
}
