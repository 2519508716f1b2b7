using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class DeviceCommandTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task A_sync_demands_none_of_the_cmdlets_for_single_devices()
    {
        FakeSession session = new();
        foreach (var name in new[] { "Get-MobileDeviceStatistics", "Clear-MobileDevice", "Remove-MobileDevice" }) session.Offered.Remove(name);
        await using var directory = await ConnectAsync(session);
        await directory.ReadPartnershipsAsync(null, s_none);

        foreach (var (cmdlet, send) in new (string, Func<Task>)[]
        {
            ("Clear-MobileDevice", () => directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder(), s_none)),
            ("Remove-MobileDevice", () => directory.RemoveDeviceAsync(Rows.DeviceGuid, s_none)),
            ("Get-MobileDeviceStatistics", () => directory.ReadStatisticsAsync(Changes.MailboxId, s_none)),
        })
        {
            var refused = await Assert.ThrowsAsync<ConnectorException>(send);
            Assert.Equal((ErrorIds.ExchangeCmdletMissing, cmdlet), (refused.ErrorId, refused.Target));
        }
    }

    [Theory]
    [InlineData("Clear-ActiveSyncDevice", "Remove-ActiveSyncDevice", "Get-ActiveSyncDeviceStatistics")]
    [InlineData("Clear-MobileDevice", "Remove-MobileDevice", "Get-MobileDeviceStatistics")]
    public async Task The_name_is_the_one_that_the_session_offers(string clear, string remove, string statistics)
    {
        FakeSession session = new();
        foreach (var name in new[] { "Get-MobileDeviceStatistics", "Clear-MobileDevice", "Remove-MobileDevice" }) session.Offered.Remove(name);
        session.Offered[clear] = ["Identity", "Cancel", "Confirm"];
        session.Offered[remove] = ["Identity", "Confirm"];
        session.Offered[statistics] = ["Mailbox"];
        await using var directory = await ConnectAsync(session);
        await directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder(), s_none);
        await directory.RemoveDeviceAsync(Rows.DeviceGuid, s_none);
        await directory.ReadStatisticsAsync(Changes.MailboxId, s_none);

        Assert.Equal([clear, remove, statistics], session.Sent.TakeLast(3).Select(command => command.Name));
        Assert.All(session.Sent.TakeLast(3).Take(2), command =>
        {
            Assert.Equal(Rows.DeviceGuid.ToString(), command.Parameters["Identity"]);
            Assert.Equal(false, command.Parameters["Confirm"]);
        });
        Assert.Equal(Changes.MailboxId.ToString(), session.Sent[^1].Parameters["Mailbox"]);
    }

    [Fact]
    public async Task A_wipe_of_the_account_alone_never_becomes_one_of_the_device()
    {
        FakeSession session = new();
        session.Offered["Clear-MobileDevice"] = ["Identity", "Cancel", "NotificationEmailAddresses"];
        await using var directory = await ConnectAsync(session);
        var sent = session.Sent.Count;
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder { AccountOnly = true }, s_none));

        Assert.Equal(ErrorIds.ExchangeParameterMissing, refused.ErrorId);
        Assert.Contains("Exchange 2016", refused.Message, StringComparison.Ordinal);
        Assert.Equal(sent, session.Sent.Count);
    }

    [Fact]
    public async Task An_order_travels_with_what_was_asked_for_and_nothing_else()
    {
        FakeSession session = new();
        await using var directory = await ConnectAsync(session);
        await directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder { AccountOnly = true, NotificationAddresses = ["it@contoso.com"] }, s_none);
        Assert.Equal(["AccountOnly", "ErrorAction", "Identity", "NotificationEmailAddresses", "WarningAction"], session.Sent[^1].Parameters.Keys.Order());
        Assert.Equal(["it@contoso.com"], Assert.IsType<string[]>(session.Sent[^1].Parameters["NotificationEmailAddresses"]));
        await directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder { Cancel = true }, s_none);
        Assert.Equal(["Cancel", "ErrorAction", "Identity", "WarningAction"], session.Sent[^1].Parameters.Keys.Order());
        await directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder(), s_none);
        Assert.Equal(["ErrorAction", "Identity", "WarningAction"], session.Sent[^1].Parameters.Keys.Order());
    }

    [Fact]
    public async Task An_order_that_fails_for_a_passing_reason_is_not_sent_again()
    {
        FakeSession session = new() { OnCommand = (command, _, _) => command.Name == "Clear-MobileDevice" ? throw FakeSession.Fault(ExchangeFaultKind.Transient) : Task.FromResult<ExchangeReply>(null!) };
        await using var directory = await ConnectAsync(session);
        await Assert.ThrowsAsync<ConnectorException>(() => directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder(), s_none));
        Assert.Single(session.Sent, command => command.Name == "Clear-MobileDevice");
    }

    [Fact]
    public async Task A_device_that_is_gone_is_null_and_everything_instead_of_one_is_refused()
    {
        List<PSObject> rows = [];
        ExchangeFaultKind? fault = null;
        FakeSession session = new()
        {
            OnCommand = (command, onRow, _) =>
            {
                if (!command.Parameters.ContainsKey("Identity")) return Task.FromResult<ExchangeReply>(null!);
                rows.ForEach(onRow);
                return Task.FromResult(fault is { } kind ? FakeSession.Failed(kind, "couldn't be found") : FakeSession.Done());
            },
        };
        await using var directory = await ConnectAsync(session);
        Assert.Null(await directory.ReadPartnershipAsync(Rows.DeviceGuid, s_none));
        fault = ExchangeFaultKind.NotFound;
        Assert.Null(await directory.ReadPartnershipAsync(Rows.DeviceGuid, s_none));

        fault = null;
        rows.Add(Rows.Device("AB12"));
        Assert.Equal("AB12", (await directory.ReadPartnershipAsync(Rows.DeviceGuid, s_none))?.DeviceId.Value);
        Assert.Equal(ErrorIds.ExchangeCommandFailed, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadPartnershipAsync(Guid.Parse("11111111-1111-1111-1111-111111111111"), s_none))).ErrorId);
        rows.Add(Rows.Device("CD34"));
        Assert.Equal(ErrorIds.ExchangeCommandFailed, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadPartnershipAsync(Rows.DeviceGuid, s_none))).ErrorId);
        await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadPartnershipAsync(Guid.Empty, s_none));
    }

    [Fact]
    public async Task Cmdlets_of_another_connection_in_the_same_shell_take_no_orders()
    {
        FakeSession session = new()
        {
            OnCommand = (command, onRow, _) =>
            {
                if (command.Name != "Get-Command") return Task.FromResult<ExchangeReply>(null!);
                foreach (var (name, parameters) in new FakeExchange().Functions)
                {
                    onRow(FakeExchange.Row(("Name", name), ("Parameters", parameters), ("ModuleName", name.StartsWith("Clear-", StringComparison.Ordinal) ? "tmp_cloud" : "tmp_premises")));
                }

                return Task.FromResult(FakeSession.Done());
            },
        };
        await using var directory = await ConnectAsync(session);
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ClearDeviceAsync(Rows.DeviceGuid, new DeviceWipeOrder(), s_none))).ErrorId);
    }

    [Fact]
    public void Statistics_are_read_in_the_spellings_of_every_version()
    {
        var asked = new DateTime(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);
        var old = Read(("DeviceId", "AB12"), ("DeviceType", "iPhone"), ("Guid", Rows.DeviceGuid), ("LastSuccessSync", asked), ("LastSyncAttemptTime", asked.AddMinutes(1)),
            ("DeviceWipeStatus", "DeviceWipePending"), ("DeviceWipeRequestTime", asked), ("NumberOfFoldersSynced", "6"), ("DevicePolicyApplicationStatus", 2));
        Assert.Equal(("AB12", 6, "DeviceWipePending", DeviceWipeStatus.Requested), (old.DeviceId, old.NumberOfFolders, old.Status, old.WipeStatus));
        Assert.Equal(new DateTimeOffset(asked), old.LastSuccessSync);
        Assert.Equal(Rows.DeviceGuid, old.PartnershipId);

        var now = Read(("DeviceID", "AB12"), ("Status", "AccountOnlyDeviceWipeSucceeded"), ("DeviceWipeRequestTime", asked), ("AccountOnlyDeviceWipeRequestTime", asked.AddHours(1)),
            ("AccountOnlyDeviceWipeSentTime", asked.AddHours(2)), ("AccountOnlyDeviceWipeAckTime", asked.AddHours(3)), ("LastAccountOnlyDeviceWipeRequestor", "anna"), ("IsRemoteWipeSupported", false));
        Assert.Equal((DeviceWipeStatus.Acknowledged, true, "anna", false), (now.WipeStatus, now.IsAccountOnlyWipe, now.LastWipe.Requestor, now.IsRemoteWipeSupported));
        Assert.Null(now.PartnershipId);

        static DeviceStatistics Read(params (string, object?)[] properties) => StatisticsReader.Read(new ExchangeRow(FakeExchange.Travelled(FakeExchange.Row(properties))), new TextPool());
    }

    [Fact]
    public void An_answer_to_an_earlier_wipe_is_none_to_this_one()
    {
        var asked = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(DeviceWipeStatus.Requested, new WipeProgress { RequestedAt = asked, SentAt = asked.AddDays(-2), AcknowledgedAt = asked.AddDays(-1) }.Status);
        Assert.Equal(DeviceWipeStatus.Sent, new WipeProgress { RequestedAt = asked, SentAt = asked, AcknowledgedAt = asked.AddDays(-1) }.Status);
        Assert.Equal(DeviceWipeStatus.Acknowledged, new WipeProgress { RequestedAt = asked, SentAt = asked, AcknowledgedAt = asked }.Status);
        Assert.Equal(DeviceWipeStatus.None, WipeProgress.None.Status);
    }

    private static async Task<ExchangeDirectory> ConnectAsync(FakeSession session)
    {
        ExchangeDirectory directory = new([session], new FakeTimeProvider());
        await directory.ConnectAsync(s_none);
        return directory;
    }
}
