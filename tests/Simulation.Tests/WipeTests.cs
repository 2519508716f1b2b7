using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Whoever orders wipes learns of each device what became of its order, and no device is wiped twice by mistake.</summary>
public sealed class WipeTests
{
    private static readonly DeviceWipeOrder s_whole = new();

    [Fact]
    public async Task When_the_session_breaks_at_the_second_of_three_the_first_is_told_the_second_is_unclear_and_the_third_was_not_ordered()
    {
        using var connector = await StartAsync();
        var devices = Devices(connector, 3);
        connector.Open = () => new SimulatedDirectory(connector.Organization, new KillSwitch(null)) { RefuseOrder = id => id == devices[1].PartnershipId ? Lost() : null };

        var report = await ClearAsync(connector, devices, s_whole);

        Assert.Equal((devices[0].PartnershipId, DeviceWipeStatus.Requested), Assert.Single(report.Results.Select(static wipe => (wipe.PartnershipId, wipe.Status))));
        Assert.Equal([(ErrorIds.ExchangeSessionLost, Target(devices[1])), (ErrorIds.DeviceCommandFailed, Target(devices[2]))], report.Failures.Select(static failure => (failure.ErrorId, failure.Target)));
        Assert.Contains("-IncludeStatistics", report.Failures[0].Remedy, StringComparison.Ordinal);
        Assert.Contains("was not asked for", report.Failures[1].Message, StringComparison.Ordinal);
        var run = connector.Ask(store => store.ReadRuns(null, report.RunId, includeChanges: true)[0]);
        Assert.Equal((SyncStatus.Failed, ErrorIds.ExchangeSessionLost), (run.Status, run.Result.FailureId));
        Assert.Equal([ChangeOutcome.Applied, ChangeOutcome.Pending], run.Changes.Select(static change => change.Outcome));
    }

    [Fact]
    public async Task A_time_limit_at_one_device_leaves_that_one_unclear_and_the_others_are_ordered()
    {
        using var connector = await StartAsync();
        var devices = Devices(connector, 3);
        connector.Open = () => new SimulatedDirectory(connector.Organization, new KillSwitch(null))
        {
            RefuseOrder = id => id == devices[1].PartnershipId ? new ConnectorException(ErrorIds.ExchangeCommandFailed, ErrorKind.Unreachable, "EX1", "It took too long.", "Run the command again.") : null,
        };

        var report = await ClearAsync(connector, devices, s_whole);

        Assert.Equal([devices[0].PartnershipId, devices[2].PartnershipId], report.Results.Select(static wipe => wipe.PartnershipId));
        Assert.Equal(Target(devices[1]), Assert.Single(report.Failures).Target);
        Assert.Contains("is not known", report.Failures[0].Message, StringComparison.Ordinal);
        Assert.Equal([ChangeOutcome.Applied, ChangeOutcome.Pending, ChangeOutcome.Applied], connector.Ask(store => store.ReadRuns(null, report.RunId, includeChanges: true)[0].Changes.Select(static change => change.Outcome)));
    }

    [Fact]
    public async Task A_session_that_breaks_before_anything_is_ordered_ends_the_command()
    {
        using var connector = await StartAsync();
        var devices = Devices(connector, 2);
        var calls = 0;
        connector.Open = () => new SimulatedDirectory(connector.Organization, new KillSwitch(null)) { Gone = () => ++calls > 1 };

        Assert.Equal(ErrorIds.ExchangeUnreachable, (await Assert.ThrowsAsync<ConnectorException>(() => ClearAsync(connector, devices, s_whole))).ErrorId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_that_answered_its_wipe_and_was_set_up_again_is_wiped_only_by_who_says_so(bool again)
    {
        using var connector = await StartAsync();
        var devices = Devices(connector, 1);
        SimulatedDirectory exchange = new(connector.Organization, new KillSwitch(null))
        {
            Answered = (_, asked) => asked.RequestedAt is { } at ? asked with { SentAt = at.AddMinutes(1), AcknowledgedAt = at.AddMinutes(2) } : asked,
        };
        connector.Open = () => exchange;
        await ClearAsync(connector, devices, s_whole);
        connector.Time.Advance(TimeSpan.FromDays(1));

        var report = await ClearAsync(connector, devices, s_whole with { Again = again });

        Assert.Equal(again ? 2 : 1, exchange.Wipes.Count);
        Assert.Equal(DeviceWipeStatus.Acknowledged, Assert.Single(report.Results).Status);
        Assert.Equal(again ? 0 : 1, connector.Console.Warnings.Count(static warning => warning.Contains("-Force asks again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_answer_to_somebody_elses_wipe_keeps_nobody_from_ordering_one()
    {
        using var connector = await StartAsync();
        var devices = Devices(connector, 1);
        var before = connector.Time.GetUtcNow().AddDays(-30);
        SimulatedDirectory exchange = new(connector.Organization, new KillSwitch(null))
        {
            Answered = (_, asked) => asked.RequestedAt is null ? new WipeProgress { RequestedAt = before, SentAt = before, AcknowledgedAt = before } : asked,
        };
        connector.Open = () => exchange;

        await ClearAsync(connector, devices, s_whole);

        Assert.Single(exchange.Wipes);
    }

    private static async Task<SimulatedConnector> StartAsync()
    {
        SimulatedConnector connector = new(partnerships: 40);
        await connector.InstallAsync();
        connector.Switch(enabled: true);
        await connector.SyncAsync();
        return connector;
    }

    private static List<ConnectorDevice> Devices(SimulatedConnector connector, int count) =>
        [.. connector.Engine.GetDevices(null, new DeviceQuery()).Where(static device => device.MailboxId is not null).GroupBy(static device => device.MailboxId).Select(static own => own.First()).Take(count)];

    private static Task<CommandReport<DeviceWipe>> ClearAsync(SimulatedConnector connector, IReadOnlyList<ConnectorDevice> devices, DeviceWipeOrder order) =>
        connector.Engine.ClearDevicesAsync(null, devices, order, CommandSecrets.None, connector.Shell, connector.Console, TestContext.Current.CancellationToken);

    private static string Target(ConnectorDevice device) => $"{device.Mailbox} {device.DeviceId}";

    private static ConnectorException Lost() => new(ErrorIds.ExchangeSessionLost, ErrorKind.Unreachable, "EX1", "The session broke.", "Open a new one.");
}
