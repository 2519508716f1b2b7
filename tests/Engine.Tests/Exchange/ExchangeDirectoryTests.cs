using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed partial class ExchangeDirectoryTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public async Task An_own_session_is_told_to_see_the_forest_each_time_it_is_opened_and_counted_whole()
    {
        FakeSession session = new() { IsOwn = true };
        await using var directory = Own(session);
        await directory.ConnectAsync(s_none);
        Assert.Equal(["Get-Command", "Set-ADServerSettings", "Get-ExchangeServer", "Get-CASMailbox"], session.Sent.Select(command => command.Name));
        session.Break();
        await directory.ReadMailboxesAsync(null, s_none);
        Assert.Equal(["Set-ADServerSettings", "Get-CASMailbox"], session.Sent.Skip(4).Select(command => command.Name));
        Assert.Equal(6, directory.CommandsSent);
        Assert.Equal(2, session.Opened);
    }

    [Fact]
    public async Task Rows_are_cut_on_the_server_where_it_offers_to()
    {
        FakeSession session = new();
        session.Offered["Select-Object"] = ["Property", "InputObject"];
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        await directory.ReadPartnershipsAsync(null, s_none);
        Assert.Contains("DeviceAccessStateReason", session.Sent[^1].Selected);
    }

    [Fact]
    public async Task A_server_that_offers_to_cut_rows_and_refuses_is_asked_for_whole_ones()
    {
        FakeSession session = new()
        {
            OnCommand = (command, _, _) => command.Selected.Count > 0 ? throw FakeSession.Fault(ExchangeFaultKind.Other) : Task.FromResult<ExchangeReply>(null!),
        };
        session.Offered["Select-Object"] = ["Property"];
        await using ExchangeDirectory directory = new([session], _time);
        Assert.Equal(FakeExchange.Organization, (await directory.ConnectAsync(s_none)).DistinguishedName);
        await directory.ReadPartnershipsAsync(null, s_none);
        Assert.Empty(session.Sent[^1].Selected);
    }

    [Fact]
    public async Task A_session_that_does_not_tell_parameters_is_taken_at_its_word()
    {
        FakeSession session = new();
        foreach (var name in session.Offered.Keys.ToArray()) session.Offered[name] = null;
        await using ExchangeDirectory directory = new([session], _time);
        Assert.NotNull(await directory.ConnectAsync(s_none));
    }

    [Fact]
    public async Task Cmdlets_of_two_connections_in_one_shell_are_refused()
    {
        FakeSession session = new()
        {
            IsRemote = false,
            OnCommand = (command, onRow, _) =>
            {
                if (command.Name != "Get-Command") return Task.FromResult<ExchangeReply>(null!);
                foreach (var (name, parameters) in new FakeExchange().Functions)
                {
                    onRow(FakeExchange.Row(("Name", name), ("Parameters", parameters), ("ModuleName", name.StartsWith("Get-Mobile", StringComparison.Ordinal) ? "tmp_cloud" : "tmp_premises")));
                }

                return Task.FromResult(FakeSession.Done());
            },
        };
        await using ExchangeDirectory directory = new([session], _time);
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none))).ErrorId);
    }

    [Fact]
    public async Task Servers_that_do_not_tell_their_organisation_fail_the_connection()
    {
        FakeSession session = new() { OnCommand = (command, _, _) => Task.FromResult(command.Name == "Get-ExchangeServer" ? FakeSession.Done() : null!) };
        await using ExchangeDirectory directory = new([session], _time);
        Assert.Equal(ErrorIds.ExchangeOrganizationUnknown, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none))).ErrorId);
    }

    [Fact]
    public async Task Sessions_of_two_organisations_are_not_mixed()
    {
        await using ExchangeDirectory directory = new([new FakeSession(), new FakeSession { Organization = FakeExchange.Organization.Replace("Contoso", "Fabrikam", StringComparison.Ordinal) }], _time);
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none))).ErrorId);
    }

    [Fact]
    public async Task The_two_bulk_reads_run_on_different_sessions_at_the_same_time()
    {
        TaskCompletionSource mailboxesRunning = new(), devicesRunning = new();
        FakeSession Session() => new()
        {
            OnCommand = async (command, _, _) =>
            {
                if (command.Name == "Get-CASMailbox") mailboxesRunning.SetResult();
                if (command.Name == "Get-MobileDevice") devicesRunning.SetResult();
                // Each waits for the other: one after the other would never end.
                if (command.Name is "Get-CASMailbox" or "Get-MobileDevice") await Task.WhenAll(mailboxesRunning.Task, devicesRunning.Task);
                return null!;
            },
        };
        await using ExchangeDirectory directory = new([Session(), Session()], _time);
        await directory.ConnectAsync(s_none);
        await Task.WhenAll(directory.ReadPartnershipsAsync(null, s_none), directory.ReadMailboxesAsync(null, s_none));
    }

    [Fact]
    public async Task A_session_runs_one_command_at_a_time_and_writes_go_round()
    {
        var running = new int[2];
        FakeSession Session(int index) => new()
        {
            OnCommand = async (_, _, _) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running[index]));
                await Task.Yield();
                Interlocked.Decrement(ref running[index]);
                return null!;
            },
        };
        FakeSession[] sessions = [Session(0), Session(1)];
        await using ExchangeDirectory directory = new(sessions, _time);
        await directory.ConnectAsync(s_none);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none))));
        Assert.All(sessions, session => Assert.Contains(session.Sent, command => command.Name == "Set-CASMailbox"));
        Assert.Equal(40, sessions.Sum(session => session.Sent.Count(command => command.Name == "Set-CASMailbox")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_account_that_sees_only_itself_is_refused(int visible)
    {
        await using ExchangeDirectory directory = new([new FakeSession { Visible = visible }], _time);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
        Assert.Equal((ErrorIds.ExchangeScopeTooNarrow, ErrorKind.PermissionDenied), (failure.ErrorId, failure.Kind));
    }

    [Theory]
    [InlineData(nameof(ExchangeFaultKind.Unreachable), ErrorIds.ExchangeUnreachable)]
    [InlineData(nameof(ExchangeFaultKind.Authentication), ErrorIds.ExchangeAuthentication)]
    [InlineData(nameof(ExchangeFaultKind.Throttled), ErrorIds.ExchangeThrottled)]
    [InlineData(nameof(ExchangeFaultKind.AccessDenied), ErrorIds.ExchangeAccessDenied)]
    public async Task A_session_that_does_not_open_fails_at_once(string kind, string errorId)
    {
        var tries = 0;
        FakeSession session = new()
        {
            IsOwn = true,
            OnOpen = () =>
            {
                tries++;
                throw FakeSession.Fault(Enum.Parse<ExchangeFaultKind>(kind));
            },
        };
        await using var directory = Own(session);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
        Assert.Equal((errorId, "ex1.contoso.com", 1), (failure.ErrorId, failure.Target, tries));
    }

    [Fact]
    public async Task A_session_without_get_command_is_none_of_exchange()
    {
        FakeSession session = new() { OnCommand = (_, _, _) => throw FakeSession.Fault(ExchangeFaultKind.CmdletMissing) };
        await using ExchangeDirectory directory = new([session], _time);
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none))).ErrorId);
    }

    [Fact]
    public async Task A_read_is_tried_again_from_its_start_where_the_fault_passes()
    {
        var tries = 0;
        FakeSession session = new()
        {
            OnCommand = (command, onRow, _) =>
            {
                if (command.Name != "Get-MobileDevice") return Task.FromResult<ExchangeReply>(null!);
                onRow(Rows.Device("A"));
                return ++tries switch
                {
                    1 => throw FakeSession.Fault(ExchangeFaultKind.Throttled),
                    2 => Task.FromResult(FakeSession.Failed(ExchangeFaultKind.Transient, "later")),
                    _ => Task.FromResult(FakeSession.Done()),
                };
            },
        };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        var read = await PassTimeAsync(directory.ReadPartnershipsAsync(null, s_none));
        Assert.Single(read.Rows);
        Assert.Null(read.Incomplete);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_read_that_never_gets_better_ends_as_incomplete_or_as_a_failure()
    {
        FakeSession session = new()
        {
            OnCommand = (command, onRow, _) =>
            {
                if (command.Name == "Get-CASMailbox") throw FakeSession.Fault(ExchangeFaultKind.Throttled);
                if (command.Name != "Get-MobileDevice") return Task.FromResult<ExchangeReply>(null!);
                onRow(Rows.Device("A"));
                return Task.FromResult(FakeSession.Failed(ExchangeFaultKind.Transient, "later"));
            },
        };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        Assert.Equal("later", (await PassTimeAsync(directory.ReadPartnershipsAsync(null, s_none))).Incomplete);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => PassTimeAsync(directory.ReadMailboxesAsync(null, s_none)));
        Assert.Equal(ErrorIds.ExchangeThrottled, failure.ErrorId);
        Assert.Equal(4, session.Sent.Count(command => command.Name == "Get-CASMailbox" && !FakeSession.IsScopeCheck(command)));
    }

    [Fact]
    public async Task A_write_is_never_sent_twice()
    {
        FakeSession session = new()
        {
            OnCommand = (command, _, _) => command.Name.StartsWith("Set-", StringComparison.Ordinal) ? throw FakeSession.Fault(ExchangeFaultKind.Transient) : Task.FromResult<ExchangeReply>(null!),
        };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.WriteAsync(Changes.Of(blockedAdd: ["A"]), null, s_none));
        Assert.Equal((ErrorIds.ExchangeCommandFailed, "jane@contoso.com"), (failure.ErrorId, failure.Target));
        Assert.Single(session.Sent, command => command.Name == "Set-CASMailbox");
    }

    [Fact]
    public async Task A_borrowed_session_that_is_lost_leaves_the_work_to_the_others()
    {
        FakeSession dying = null!;
        dying = new FakeSession { OnCommand = (command, _, _) => command.Name == "Get-CASMailbox" ? throw Lost(dying) : Task.FromResult<ExchangeReply>(null!) };
        FakeSession living = new();
        await using ExchangeDirectory directory = new([dying, living], _time);
        await directory.ConnectAsync(s_none);
        await PassTimeAsync(directory.ReadMailboxesAsync(null, s_none));
        Assert.Equal(1, directory.Lanes);
        for (var i = 0; i < 3; i++) await directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none);
        Assert.Equal(3, living.Sent.Count(command => command.Name == "Set-CASMailbox"));
    }

    [Fact]
    public async Task The_last_borrowed_session_that_is_lost_fails_every_command_at_once()
    {
        FakeSession session = null!;
        session = new FakeSession { OnCommand = (command, _, _) => command.Name == "Get-CASMailbox" ? throw Lost(session) : Task.FromResult<ExchangeReply>(null!) };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(ErrorIds.ExchangeSessionLost, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadMailboxesAsync(null, s_none))).ErrorId);
        }
    }

    [Fact]
    public async Task A_mailbox_is_read_anew_or_not_there()
    {
        var answer = "one";
        FakeSession session = new()
        {
            OnCommand = (command, onRow, _) =>
            {
                if (command.Name != "Get-CASMailbox") return Task.FromResult<ExchangeReply>(null!);
                if (answer == "thrown") throw FakeSession.Fault(ExchangeFaultKind.NotFound);
                if (answer == "error") return Task.FromResult(FakeSession.Failed(ExchangeFaultKind.NotFound, "no"));
                if (answer == "denied") return Task.FromResult(FakeSession.Failed(ExchangeFaultKind.AccessDenied, "no"));
                if (answer != "none") onRow(Rows.Mailbox(answer == "other" ? Rows.DeviceGuid : null, ["A"]));
                if (answer == "two") onRow(Rows.Mailbox());
                return Task.FromResult(FakeSession.Done());
            },
        };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        Assert.Equal(["A"], (await directory.ReadMailboxAsync(Changes.MailboxId, null, s_none))!.AllowedDeviceIds);
        Assert.Equal(Changes.MailboxId.ToString(), session.Sent[^1].Parameters["Identity"]);
        foreach (var absent in new[] { "thrown", "error", "none" })
        {
            answer = absent;
            Assert.Null(await directory.ReadMailboxAsync(Changes.MailboxId, null, s_none));
        }

        foreach (var (wrong, errorId) in new[] { ("two", ErrorIds.ExchangeCommandFailed), ("other", ErrorIds.ExchangeCommandFailed), ("denied", ErrorIds.ExchangeAccessDenied) })
        {
            answer = wrong;
            Assert.Equal(errorId, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadMailboxAsync(Changes.MailboxId, null, s_none))).ErrorId);
        }
    }

    [Fact]
    public async Task A_mailbox_without_a_guid_is_refused_before_it_names_everybody()
    {
        await using ExchangeDirectory directory = new([new FakeSession()], _time);
        await directory.ConnectAsync(s_none);
        Assert.Equal(ErrorIds.ExchangeCommandRefused, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadMailboxAsync(Guid.Empty, null, s_none))).ErrorId);
    }

    [Fact]
    public async Task Rules_are_known_whole_or_not_at_all()
    {
        FakeSession session = new()
        {
            OnCommand = (command, onRow, _) =>
            {
                if (command.Name == "Get-ActiveSyncDeviceAccessRule") onRow(FakeExchange.Row(("Guid", Rows.DeviceGuid), ("Name", "odd"), ("Characteristic", "DeviceType"), ("AccessLevel", "Perhaps")));
                return Task.FromResult<ExchangeReply>(null!);
            },
        };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ReadRulesAsync(s_none));
        Assert.Equal(ErrorKind.InvalidData, failure.Kind);
        Assert.Contains("AccessLevel", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_nothing_is_not_sent_and_a_level_is_sent_as_its_word()
    {
        FakeSession session = new();
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        await directory.WriteAsync(Changes.Of(), null, s_none);
        await directory.WriteAsync(new DefaultAccessLevelChange { From = ExchangeAccessLevel.Allow, To = ExchangeAccessLevel.Quarantine }, null, s_none);
        Assert.DoesNotContain(session.Sent, command => command.Name == "Set-CASMailbox");
        Assert.Equal("Quarantine", session.Sent[^1].Parameters["DefaultAccessLevel"]);
    }

    [Fact]
    public async Task Disposing_removes_every_session_even_where_connecting_failed()
    {
        FakeSession[] lent = [new(), new() { OnCommand = (_, _, _) => throw FakeSession.Fault(ExchangeFaultKind.AccessDenied) }];
        FakeSession own = new() { IsOwn = true, OnOpen = () => throw FakeSession.Fault(ExchangeFaultKind.Unreachable) };
        foreach (var directory in new[] { new ExchangeDirectory(lent, _time), Own(own) })
        {
            await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
            await directory.DisposeAsync();
        }

        Assert.All([.. lent, own], session => Assert.True(session.Disposed));
    }

    private ExchangeDirectory Own(FakeSession session) =>
        new(_ => session, new ServerRoster(new ServerChoice(session.Server, null, [], false), [], static _ => { }, _time), 1, _time);

    private static ExchangeFaultException Lost(FakeSession session)
    {
        session.IsLost = true;
        return FakeSession.Fault(ExchangeFaultKind.SessionLost);
    }

    private async Task<T> PassTimeAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await task;
    }
}
