using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>What a connector looks after in the organisation's configuration, over its whole life.</summary>
public sealed class ConfigurationTests
{
    private static readonly WantedConfiguration s_wanted = new()
    {
        Rules = [new(RuleCharacteristic.DeviceType, "iPhone", ExchangeAccessLevel.Allow), new(RuleCharacteristic.DeviceType, "Toaster", ExchangeAccessLevel.Block)],
        Policies = [new WantedMailboxPolicy { Name = "Phones", Settings = new MailboxPolicySettings { PasswordEnabled = true, MinPasswordLength = 6 }, AssignTo = PolicyAssignment.Targeted }],
        Organization = new WantedOrganizationSettings { UserMailInsert = "Call the help desk." },
    };

    [Fact]
    public async Task A_full_run_brings_it_about_and_the_next_plans_nothing()
    {
        using var simulator = Simulator(11);
        var administrators = simulator.Organization.Rules;

        var first = await simulator.RunAsync();
        var second = await simulator.RunAsync();

        Assert.Equal((SyncStatus.Succeeded, 0), (first.Status, first.Failures));
        Assert.Equal((SyncStatus.Succeeded, 0, 0), (second.Status, second.Changes, second.Failures));
        Assert.Superset(administrators.ToHashSet(), simulator.Organization.Rules.ToHashSet());
        Assert.Contains(simulator.Organization.Rules, static rule => rule is { QueryString: "Toaster", AccessLevel: ExchangeAccessLevel.Block });
        Assert.Contains(simulator.Organization.Mailboxes, static mailbox => mailbox.MailboxPolicy == "Phones");
        Assert.Contains(simulator.Organization.Mailboxes, static mailbox => mailbox.MailboxPolicy != "Phones");
        Assert.Equal("Call the help desk.", simulator.Organization.Settings.UserMailInsert);
        using var store = simulator.OpenStore();
        Assert.Equal(3, store.ReadOwned().Count);
        Assert.All(store.ReadOwned(), static owned => Assert.NotNull(owned.Id));
        Assert.Equal(["Default", "Phones"], store.ReadConfiguration()!.Policies!.Select(static policy => policy.Name));
    }

    [Fact]
    public async Task A_quick_run_touches_none_of_it_and_keeps_what_the_full_one_read()
    {
        using var simulator = Simulator(12);
        await simulator.RunAsync();
        simulator.Wanted = WantedConfiguration.Nothing;
        simulator.Organization.SetRule(RuleCharacteristic.DeviceType, "Toaster", ExchangeAccessLevel.Quarantine);
        await using var directory = new SimulatedDirectory(simulator.Organization, new KillSwitch(null));

        await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Quick }, directory);

        Assert.Empty(directory.Configured);
        Assert.Equal(ConfigurationNeeds.None, directory.Needed);
        using var store = simulator.OpenStore();
        Assert.Equal(2, store.ReadConfiguration()!.Policies!.Count);
        Assert.NotNull(store.ReadConfiguration()!.PoliciesAsOf);
    }

    [Fact]
    public async Task Drift_is_repaired_and_what_an_administrator_made_is_let_go_and_never_removed()
    {
        using var simulator = Simulator(13);
        simulator.Organization.SetRule(RuleCharacteristic.DeviceType, "Toaster", ExchangeAccessLevel.Allow);
        await simulator.RunAsync();
        Assert.Equal(ExchangeAccessLevel.Block, simulator.Organization.Rules.Single(static rule => rule.QueryString == "Toaster").AccessLevel);

        simulator.Wanted = WantedConfiguration.Nothing;
        var last = await simulator.RunAsync();

        Assert.Equal(SyncStatus.Succeeded, last.Status);
        Assert.Contains(simulator.Organization.Rules, static rule => rule.QueryString == "Toaster");
        Assert.DoesNotContain(simulator.Organization.Policies, static policy => policy.Name == "Phones");
        Assert.DoesNotContain(simulator.Organization.Mailboxes, static mailbox => mailbox.MailboxPolicy == "Phones");
        using var store = simulator.OpenStore();
        Assert.Empty(store.ReadOwned());
        Assert.Equal((SyncStatus.Succeeded, 0), ((await simulator.RunAsync()).Status, (await simulator.RunAsync()).Changes));
    }

    [Theory]
    [InlineData(14, "Allow", WantedAccessLevel.Quarantine)]
    [InlineData(15, "Quarantine", WantedAccessLevel.Allow)]
    public async Task Killed_at_any_point_the_next_run_finishes_the_work(int seed, string level, WantedAccessLevel wanted)
    {
        using var undisturbed = Simulator(seed, level, wanted);
        var whole = new KillSwitch(null);
        await undisturbed.RunAsync(whole, new SyncRequest { Kind = SyncKind.Full });
        var expected = undisturbed.Organization.Describe();
        var owned = Owned(undisturbed);

        for (var moment = 0; moment < whole.Moments; moment++)
        {
            using var simulator = Simulator(seed, level, wanted);
            await Assert.ThrowsAsync<KilledException>(() => simulator.RunAsync(new KillSwitch(moment), new SyncRequest { Kind = SyncKind.Full }));
            await simulator.RunAsync(SyncKind.Quick);
            var second = await simulator.RunAsync();
            Assert.Equal((moment, SyncStatus.Succeeded), (moment, second.Status));
            Assert.Equal(expected, simulator.Organization.Describe());
            Assert.Equal(owned, Owned(simulator));
        }
    }

    [Fact]
    public async Task A_rule_that_changed_since_it_was_read_is_skipped_and_named()
    {
        using var simulator = Simulator(16);
        simulator.Organization.SetRule(RuleCharacteristic.DeviceType, "Toaster", ExchangeAccessLevel.Allow);
        await using var directory = new SimulatedDirectory(simulator.Organization, new KillSwitch(null))
        {
            Meanwhile = _ => simulator.Organization.SetRule(RuleCharacteristic.DeviceType, "Toaster", ExchangeAccessLevel.Quarantine),
        };

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, directory);

        Assert.Equal(SyncStatus.SucceededWithErrors, result.Status);
        Assert.Contains(simulator.Console.Warnings, static warning => warning.StartsWith("Toaster (DeviceType): not changed.", StringComparison.Ordinal));
        Assert.Equal(ExchangeAccessLevel.Quarantine, simulator.Organization.Rules.Single(static rule => rule.QueryString == "Toaster").AccessLevel);
    }

    [Fact]
    public async Task A_rule_that_keeps_out_is_not_written_while_an_allow_is_missing()
    {
        using var simulator = Simulator(17, wanted: WantedAccessLevel.Quarantine);
        await using var directory = new SimulatedDirectory(simulator.Organization, new KillSwitch(null))
        {
            Refuse = static change => change.AllowedAdd.Count > 0 ? new ConnectorException(ErrorIds.ExchangeCommandFailed, ErrorKind.ServerFault, change.Target, "Refused.", "Look.") : null,
        };

        // The failures in a row end the run before it comes to the settings, or the settings are skipped: neither is written.
        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, directory);

        Assert.NotEqual(SyncStatus.Succeeded, result.Status);
        Assert.DoesNotContain(simulator.Organization.Rules, static rule => rule.QueryString == "Toaster");
        Assert.Equal(ExchangeAccessLevel.Allow, simulator.Organization.DefaultLevel);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_created_holds_up_no_entry()
    {
        using var simulator = Simulator(18);
        using var plain = Simulator(18);
        plain.Wanted = s_wanted with { Policies = [] };
        await plain.RunAsync();
        await using var directory = new SimulatedDirectory(simulator.Organization, new KillSwitch(null))
        {
            RefuseConfiguration = static change => change is MailboxPolicyChange ? new ConnectorException(ErrorIds.ExchangeCommandFailed, ErrorKind.ServerFault, change.Target, "Refused.", "Look.") : null,
        };

        var result = await simulator.RunAsync(new KillSwitch(null), new SyncRequest { Kind = SyncKind.Full }, directory);

        Assert.Equal(SyncStatus.SucceededWithErrors, result.Status);
        Assert.Equal(plain.Organization.Describe(), simulator.Organization.Describe());
        Assert.Equal(ConfigurationNeeds.Rules | ConfigurationNeeds.Policies | ConfigurationNeeds.Assignments | ConfigurationNeeds.Organization, directory.Needed);
    }

    [Fact]
    public async Task Rules_that_would_shut_out_too_many_hold_the_run()
    {
        using var simulator = Simulator(19);
        await simulator.RunAsync();
        var before = simulator.Organization.Describe();
        simulator.Policy = simulator.Policy with { FuseMinimum = 0, FusePercent = 0 };
        var types = simulator.Organization.Partnerships.Select(static phone => phone.DeviceType).Where(static type => type.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);
        simulator.Wanted = s_wanted with { Rules = [.. types.Select(static type => new WantedAccessRule(RuleCharacteristic.DeviceType, type, ExchangeAccessLevel.Block))] };

        var result = await simulator.RunAsync();

        Assert.Equal(SyncStatus.Held, result.Status);
        Assert.True(result.Denials > 0);
        Assert.Equal(before, simulator.Organization.Describe());
    }

    private static Simulator Simulator(int seed, string level = "Allow", WantedAccessLevel wanted = WantedAccessLevel.Unmanaged)
    {
        var simulator = new Simulator(new SimulatedOrganization(WorldGenerator.Generate(new WorldOptions { Seed = seed, Partnerships = 40, DefaultAccessLevel = level }))) { Wanted = s_wanted };
        simulator.Policy = simulator.Policy with { DefaultAccessLevel = wanted };
        return simulator;
    }

    private static List<string> Owned(Simulator simulator)
    {
        using var store = simulator.OpenStore();
        return [.. store.ReadOwned().Select(static owned => $"{owned.Kind} {owned.Name} {owned.Id is not null}")];
    }
}
