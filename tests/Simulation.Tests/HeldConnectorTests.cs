using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Whoever has the lease knows the connector as it is now, and keeps everybody else out until the work is done.</summary>
public sealed class HeldConnectorTests
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Who_waited_runs_with_the_policy_of_now_and_not_of_before_the_wait()
    {
        using var connector = new SimulatedConnector();
        await connector.InstallAsync();
        connector.Switch(enabled: true);
        var lists = connector.Organization.Describe();
        var lease = await connector.LeaseAsync();
        var waiting = connector.SyncAsync(wait: true);
        Assert.False(waiting.IsCompleted);

        connector.Switch(enabled: false);
        lease.Dispose();
        connector.Time.Advance(s_pause);

        var result = await waiting;
        Assert.Equal((SyncStatus.Succeeded, 0, 0), (result.Status, result.Changes, result.Blocked));
        Assert.Equal(lists, connector.Organization.Describe());
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("Second")]
    public async Task Who_waited_for_a_connector_that_was_removed_meanwhile_is_told_so_and_leaves_no_state(string name)
    {
        using var connector = new SimulatedConnector();
        await connector.InstallAsync();
        if (name != SimulatedConnector.Name)
        {
            connector.Organization = SimulatedConnector.Generate(32, domain: "fabrikam.example");
            await connector.InstallAsync(name);
        }

        connector.Switch(enabled: true, name);
        await connector.SyncAsync(name: name);
        var state = connector.Configurations.StatePath(name);
        Task<SyncResult>? waiting = null;
        connector.Secrets.OnChange = () => waiting ??= connector.SyncAsync(wait: true, name: name);
        await connector.UninstallAsync(withdrawEntries: true, name);
        Assert.NotNull(waiting);
        connector.Time.Advance(s_pause);

        Assert.Equal(ErrorIds.ConnectorNotFound, (await Assert.ThrowsAsync<ConnectorException>(() => waiting)).ErrorId);
        Assert.False(File.Exists(state));
    }

    [Fact]
    public async Task A_removal_holds_the_lease_until_the_files_are_gone()
    {
        using var connector = new SimulatedConnector();
        await connector.InstallAsync();
        ConnectorException? refused = null;
        connector.Secrets.OnChange = () => refused ??= Assert.ThrowsAsync<ConnectorException>(() => connector.LeaseAsync()).GetAwaiter().GetResult();

        await connector.UninstallAsync(withdrawEntries: false);

        Assert.Equal(ErrorIds.SyncInProgress, refused?.ErrorId);
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("Second")]
    public async Task A_takeover_holds_the_lease_of_the_old_connector_until_the_new_one_stands(string name)
    {
        using var connector = new SimulatedConnector();
        await connector.InstallAsync();
        connector.Switch(enabled: true);
        await connector.SyncAsync();
        var entries = connector.Ask(store => store.ReadLedger().Count);
        ConnectorException? refused = null;
        connector.Secrets.OnChange = () => refused ??= Assert.ThrowsAsync<ConnectorException>(() => connector.LeaseAsync()).GetAwaiter().GetResult();

        await connector.InstallAsync(name, replace: true, new CommandSecrets { ExchangeCredential = new NetworkCredential("svc", "secret") });

        Assert.Equal(ErrorIds.SyncInProgress, refused?.ErrorId);
        Assert.NotEqual(0, entries);
        Assert.Equal(entries, connector.Ask(store => store.ReadLedger().Count, name));
        Assert.Equal([name], connector.Configurations.List());
    }

    [Fact]
    public async Task A_takeover_waits_for_no_run_and_touches_nothing_while_one_is_under_way()
    {
        using var connector = new SimulatedConnector();
        await connector.InstallAsync();
        using var lease = await connector.LeaseAsync();

        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            connector.InstallAsync(replace: true, secrets: new CommandSecrets { ExchangeCredential = new NetworkCredential("svc", "secret") }));

        Assert.Equal(ErrorIds.SyncInProgress, refused.ErrorId);
        Assert.Empty(connector.Secrets.Kept);
    }

    [Fact]
    public async Task A_takeover_under_the_name_of_a_connector_that_serves_another_organisation_is_refused_and_keeps_that_ones_secrets()
    {
        using var connector = new SimulatedConnector();
        var first = new CommandSecrets { ExchangeCredential = new NetworkCredential("svc", "first") };
        await connector.InstallAsync(secrets: first);
        connector.Organization = SimulatedConnector.Generate(32, domain: "fabrikam.example");
        await connector.InstallAsync("Berlin", secrets: first);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            connector.InstallAsync(replace: true, secrets: new CommandSecrets { ExchangeCredential = new NetworkCredential("svc", "second") }));

        Assert.Equal(ErrorIds.ConnectorExists, refused.ErrorId);
        Assert.Contains("'Default'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'Berlin'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("-Name Berlin", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal("first", new NetworkCredential(string.Empty, connector.Secrets.Kept[("Default", SecretPurpose.ExchangeCredential)]).Password);
        Assert.Equal(["Berlin", "Default"], connector.Configurations.List());
    }

    [Fact]
    public async Task A_refresh_over_a_session_of_another_organisation_is_refused_and_what_was_read_stays()
    {
        using var connector = new SimulatedConnector();
        await connector.InstallAsync();
        connector.Switch(enabled: true);
        await connector.SyncAsync();
        var known = connector.Ask(Devices);
        connector.Organization = SimulatedConnector.Generate(32, domain: "fabrikam.example");

        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            connector.Engine.RefreshAsync(null, CommandSecrets.None, connector.Shell, connector.Console, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.ExchangeSessionInvalid, refused.ErrorId);
        Assert.NotEmpty(known);
        Assert.Equal(known, connector.Ask(Devices));

        static string Devices(Engine.Store.IStateStore store) => string.Join('\n', store.ReadDevices(new DeviceQuery()).Select(static device => $"{device.Mailbox} {device.DeviceId} {device.AsOf}"));
    }

    [Fact]
    public async Task Entries_of_a_run_that_was_killed_before_it_confirmed_them_are_given_back_too()
    {
        var found = 0;
        for (var moment = 0; ; moment++)
        {
            using var connector = new SimulatedConnector(partnerships: 40);
            await connector.InstallAsync();
            connector.Switch(enabled: true);
            var before = connector.Organization.Describe();
            var kill = connector.Kill = new KillSwitch(moment);
            connector.Open = () => new SimulatedDirectory(connector.Organization, kill);
            var killed = await Record.ExceptionAsync(() => connector.SyncAsync());
            connector.Kill = new KillSwitch(null);
            connector.Open = () => new SimulatedDirectory(connector.Organization, connector.Kill);
            if (killed is null) break;

            var unsettled = connector.Ask(static store => store.ReadPending().Select(static change => change.MailboxId).Distinct().ToList());
            var entries = connector.Ask(static store => store.ReadLedger().Count);
            if (entries == 0 && unsettled.Count > 0 && connector.Organization.Describe() != before) found++;

            await connector.UninstallAsync(withdrawEntries: true);
            Assert.Equal(before, connector.Organization.Describe());
            Assert.Empty(connector.Configurations.List());
        }

        Assert.NotEqual(0, found);
    }
}
