using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed partial class FailoverTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentDictionary<string, ExchangeFaultKind> _down = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<FakeSession> _sessions = new();
    private readonly ConcurrentQueue<string> _opened = new();
    private IReadOnlyList<KnownServer> _saved = [];
    private Func<string, string, bool>? _breaks;
    private string? _breaksAtOnce;
    private HashSet<FakeSession> _condemned = [];
    private Task _hold = Task.CompletedTask;
    private ExchangeFaultKind _breakage = ExchangeFaultKind.SessionLost;

    [Fact]
    public async Task The_next_server_takes_over_when_the_first_gives_no_session()
    {
        _down["ex1.contoso.com"] = ExchangeFaultKind.Unreachable;
        await using var directory = Directory(remembered: All());
        Assert.Equal("ex2.contoso.com", (await directory.ConnectAsync(s_none)).Server);
        await directory.ReadMailboxesAsync(null, s_none);
        Assert.Equal(["ex1.contoso.com", "ex2.contoso.com"], _opened);
        Assert.All(directory.Notes, static note => Assert.Equal(RunNoteKind.Failover, note.Kind));
        Assert.Contains(directory.Notes, static note => note.Text.StartsWith("ex1.contoso.com failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_that_broke_goes_on_from_its_start_on_the_next_server()
    {
        await using var directory = Directory(remembered: All());
        await directory.ConnectAsync(s_none);
        _breaks = (server, _) => server == "ex1.contoso.com" && _down.TryAdd(server, ExchangeFaultKind.Unreachable);
        var read = await PassTimeAsync(directory.ReadMailboxesAsync(null, s_none));
        Assert.Null(read.Incomplete);
        Assert.Equal(["ex1.contoso.com", "ex1.contoso.com", "ex2.contoso.com"], _opened.Take(3));
        Assert.Contains(directory.Notes, static note => note.Text == "The work goes on at ex2.contoso.com; it was at ex1.contoso.com.");
        Assert.True(_sessions.First().Disposed);
    }

    [Fact]
    public async Task A_dead_server_is_tried_once_whatever_is_asked_of_it_afterwards()
    {
        _down["ex1.contoso.com"] = ExchangeFaultKind.Unreachable;
        await using var directory = Directory(remembered: All(), lanes: 6);
        await directory.ConnectAsync(s_none);
        for (var i = 0; i < 20; i++) await directory.ReadMailboxAsync(Changes.MailboxId, null, s_none);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => directory.ReadMailboxesAsync(null, s_none))));
        Assert.Single(_opened, static server => server == "ex1.contoso.com");
    }

    [Fact]
    public async Task A_server_that_drops_every_session_is_left()
    {
        await using var directory = Directory(remembered: All());
        await directory.ConnectAsync(s_none);
        _breaks = static (server, _) => server == "ex1.contoso.com";
        Assert.Null((await PassTimeAsync(directory.ReadMailboxesAsync(null, s_none))).Incomplete);
        Assert.Contains(directory.Notes, static note => note.Text == "The work goes on at ex2.contoso.com; it was at ex1.contoso.com.");
    }

    [Fact]
    public async Task A_broken_write_is_told_and_not_sent_a_second_time()
    {
        await using var directory = Directory(remembered: All());
        await directory.ConnectAsync(s_none);
        _breaks = static (_, cmdlet) => cmdlet == "Set-CASMailbox";
        Assert.Equal(ErrorIds.ExchangeSessionLost, (await Assert.ThrowsAsync<ConnectorException>(() => directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none))).ErrorId);
        Assert.Equal(1, _sessions.Sum(static session => session.Sent.Count(static command => command.Name == "Set-CASMailbox")));
        _breaks = null;
        await directory.ReadMailboxAsync(Changes.MailboxId, null, s_none);
    }

    [Fact]
    public async Task A_server_that_is_silent_under_a_command_is_left_at_once()
    {
        await using var directory = Directory(remembered: All());
        await directory.ConnectAsync(s_none);
        _breakage = ExchangeFaultKind.Silent;
        _breaks = (server, _) => server == "ex1.contoso.com" && _down.TryAdd(server, ExchangeFaultKind.Unreachable);
        Assert.Null((await PassTimeAsync(directory.ReadMailboxesAsync(null, s_none))).Incomplete);
        Assert.Equal(["ex1.contoso.com", "ex2.contoso.com"], _opened.Take(2));
        Assert.Contains(directory.Notes, static note => note.Text == "The work goes on at ex2.contoso.com; it was at ex1.contoso.com.");
    }

    [Fact]
    public async Task Where_every_server_is_silent_each_is_waited_for_once()
    {
        await using var directory = Directory(remembered: All());
        await directory.ConnectAsync(s_none);
        _breakage = ExchangeFaultKind.Silent;
        _breaks = (server, _) => _down.TryAdd(server, ExchangeFaultKind.Unreachable) || true;
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => PassTimeAsync(directory.ReadMailboxesAsync(null, s_none)));
        Assert.Equal((ErrorIds.ExchangeSessionLost, ErrorKind.Unreachable), (failure.ErrorId, failure.Kind));
        Assert.Equal(All().Length, _sessions.Sum(static session => session.Sent.Count(static command => command.Name == "Get-CASMailbox" && !FakeSession.IsScopeCheck(command))));
    }

    [Fact]
    public async Task The_work_returns_to_the_first_server_when_it_answers_again()
    {
        _down["ex1.contoso.com"] = ExchangeFaultKind.Unreachable;
        await using var directory = Directory(remembered: All());
        await directory.ConnectAsync(s_none);
        _down.Clear();
        await directory.ReadMailboxesAsync(null, s_none);
        Assert.Equal("ex2.contoso.com", LastServer());
        _time.Advance(ServerRoster.ProbeInterval);
        while (LastServer() != "ex1.contoso.com")
        {
            await directory.ReadMailboxesAsync(null, s_none);
            await Task.Yield();
        }

        Assert.Contains(directory.Notes, static note => note.Text == "The work goes on at ex1.contoso.com; it was at ex2.contoso.com.");

        string LastServer() => _sessions.Last(static session => session.Sent.Any(static command => command.Name == "Get-CASMailbox" && !FakeSession.IsScopeCheck(command))).Server;
    }

    [Fact]
    public async Task The_next_run_begins_where_the_last_one_ended_and_looks_after_the_first_beside_its_work()
    {
        _down["ex1.contoso.com"] = ExchangeFaultKind.Unreachable;
        await using (var directory = Directory(remembered: All())) await directory.ConnectAsync(s_none);
        _opened.Clear();
        _time.Advance(TimeSpan.FromHours(2));
        await using (var directory = Directory(_saved))
        {
            Assert.Equal("ex2.contoso.com", (await directory.ConnectAsync(s_none)).Server);
            Assert.Equal(["ex2.contoso.com"], _opened);
            while (_opened.Count < 2)
            {
                await directory.ReadMailboxesAsync(null, s_none);
                await Task.Yield();
            }
        }

        Assert.Equal(["ex2.contoso.com", "ex1.contoso.com"], _opened);
    }

    [Fact]
    public async Task With_failover_off_the_failure_names_who_would_have_been_tried()
    {
        _down["ex1.contoso.com"] = ExchangeFaultKind.Unreachable;
        await using var directory = Directory(All(), failover: false);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
        Assert.Equal((ErrorIds.ExchangeUnreachable, "ex1.contoso.com"), (failure.ErrorId, failure.Target));
        Assert.Contains("Failover is off; with it ex2.contoso.com, ex3.contoso.com would have been tried.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set-ConnectorFailover -Enabled $true", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_failover_off_a_session_that_breaks_at_its_first_command_names_them_too()
    {
        _breaksAtOnce = "ex1.contoso.com";
        await using var directory = Directory(All(), failover: false);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
        Assert.Equal((ErrorIds.ExchangeSessionLost, "ex1.contoso.com"), (failure.ErrorId, failure.Target));
        Assert.Contains("broke while Get-Command ran", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Failover is off; with it ex2.contoso.com, ex3.contoso.com would have been tried.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_failover_on_the_only_server_that_may_be_tried_is_not_called_untried()
    {
        _down["ex2.contoso.com"] = ExchangeFaultKind.Unreachable;
        await using var directory = Directory(All()[..2], excluded: ["ex1.contoso.com"]);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
        Assert.Equal((ErrorIds.ExchangeUnreachable, "ex2.contoso.com"), (failure.ErrorId, failure.Target));
        Assert.DoesNotContain("Failover is off", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["ex2.contoso.com"], _opened);
    }

    [Fact]
    public async Task When_nobody_answers_each_is_named_with_what_it_said()
    {
        foreach (var server in All()) _down[server.Server.Fqdn] = ExchangeFaultKind.Unreachable;
        await using var directory = Directory(All());
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none));
        Assert.Equal((ErrorIds.ExchangeUnreachable, ErrorKind.Unreachable), (failure.ErrorId, failure.Kind));
        foreach (var server in All()) Assert.Contains($"{server.Server.Fqdn}: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(ExchangeFaultKind.Authentication), ErrorIds.ExchangeAuthentication)]
    [InlineData(nameof(ExchangeFaultKind.AccessDenied), ErrorIds.ExchangeAccessDenied)]
    public async Task A_refused_password_is_not_carried_to_the_next_server(string kind, string errorId)
    {
        _down["ex1.contoso.com"] = Enum.Parse<ExchangeFaultKind>(kind);
        await using var directory = Directory(All());
        Assert.Equal(errorId, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none))).ErrorId);
        Assert.Single(_opened);
    }

    [Fact]
    public async Task A_server_without_room_is_passed_over_and_not_taken_for_dead()
    {
        _down["ex1.contoso.com"] = ExchangeFaultKind.Throttled;
        await using var directory = Directory(All());
        Assert.Equal("ex2.contoso.com", (await directory.ConnectAsync(s_none)).Server);
        Assert.All(_saved, static known => Assert.Null(known.FailedSince));
    }

    [Fact]
    public async Task Lanes_are_opened_as_they_are_wanted_and_a_refused_one_makes_room()
    {
        var open = 0;
        await using var directory = Directory(All(), lanes: 8, onOpen: () =>
        {
            if (Interlocked.Increment(ref open) <= 5) return;
            Interlocked.Decrement(ref open);
            throw FakeSession.Fault(ExchangeFaultKind.Throttled);
        });
        await directory.ConnectAsync(s_none);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await directory.ReadMailboxAsync(Changes.MailboxId, null, s_none);
                await Task.Yield();
            }
        })));
        Assert.InRange(directory.Lanes, 1, 5);
        Assert.Contains(directory.Notes, static note => note.Kind == RunNoteKind.Lanes && note.Text.Contains("others wait", StringComparison.Ordinal));
        Assert.Contains(directory.Notes, static note => note.Text.Contains("a session was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_session_is_removed_at_the_end_even_one_that_was_just_being_opened()
    {
        TaskCompletionSource opening = new(), go = new();
        var count = 0;
        var directory = Directory(All(), lanes: 4, onOpen: null, beforeOpen: async () =>
        {
            if (Interlocked.Increment(ref count) == 1) return;
            opening.TrySetResult();
            await go.Task;
        });
        await directory.ConnectAsync(s_none);
        while (!opening.Task.IsCompleted) await ReadSideBySideAsync(directory);
        var disposing = directory.DisposeAsync().AsTask();
        go.SetResult();
        await disposing;
        Assert.True(_sessions.Count > 1);
        Assert.All(_sessions, static session => Assert.True(session.Disposed));
    }

    private static KnownServer[] All() =>
    [
        Known("ex1", "15.2.2562.17"), Known("ex2", "15.2.1748.10"), Known("ex3", "15.1.2507.6"),
    ];

    private static KnownServer Known(string name, string version) => new()
    {
        Server = new ExchangeServer { Name = name.ToUpperInvariant(), Fqdn = name + ".contoso.com", Version = new ExchangeVersion(new Version(version)), IsMailboxServer = true },
    };

    private ExchangeDirectory Directory(
        IReadOnlyList<KnownServer> remembered, bool failover = true, int lanes = 1, Action? onOpen = null, Func<Task>? beforeOpen = null, string[]? excluded = null, TimeProvider? time = null)
    {
        ServerRoster roster = new(new ServerChoice("ex1.contoso.com", null, excluded ?? [], failover), remembered, saved => _saved = saved, time ?? _time);
        return new ExchangeDirectory(server => Session(server, onOpen, beforeOpen), roster, lanes, time ?? _time);
    }

    private FakeSession Session(string server, Action? onOpen, Func<Task>? beforeOpen)
    {
        FakeSession session = null!;
        session = new FakeSession
        {
            Server = server,
            IsOwn = true,
            Servers = [.. All().Select(static known => known.Server)],
            OnOpen = async () =>
            {
                _opened.Enqueue(server);
                if (beforeOpen is not null) await beforeOpen();
                onOpen?.Invoke();
                if (_down.TryGetValue(server, out var kind)) throw FakeSession.Fault(kind);
            },
            OnCommand = async (command, onRow, _) =>
            {
                if (command.Name == "Get-Command" && server == _breaksAtOnce)
                {
                    session.Break();
                    throw FakeSession.Fault(ExchangeFaultKind.SessionLost);
                }

                if (command.Name is not ("Get-CASMailbox" or "Set-CASMailbox")) return null!;

                // Others get their turn meanwhile, as they do while a server thinks.
                for (var i = 0; i < 10; i++) await Task.Yield();
                await _hold;
                if (_condemned.Contains(session) || _breaks?.Invoke(server, command.Name) == true)
                {
                    session.Break();
                    throw FakeSession.Fault(_breakage);
                }

                if (command.Name == "Get-CASMailbox") onRow(Rows.Mailbox());
                return FakeSession.Done();
            },
        };
        _sessions.Enqueue(session);
        return session;
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
