using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class RemoteSessionTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly FakeExchange _exchange = new();

    [Fact]
    public async Task Rows_arrive_while_the_command_still_runs()
    {
        using SemaphoreSlim taken = new(0);
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = OneByOne(taken, 5) };
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        var rows = 0;
        // The server gives a row only after the one before it was taken: collected answers would never end.
        var reply = await session.InvokeAsync(Devices(), _ => { rows++; taken.Release(); }, s_none);
        Assert.Equal(5, rows);
        Assert.Empty(reply.Errors);
    }

    [Fact]
    public async Task Cancelling_stops_the_command_on_the_server()
    {
        using CancellationTokenSource cancelling = new();
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = Endless() };
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.InvokeAsync(Devices(), _ => cancelling.Cancel(), cancelling.Token));
        Assert.Equal(RunspaceAvailability.Available, runspace.RunspaceAvailability);
    }

    [Fact]
    public async Task A_server_that_does_not_stop_is_not_waited_for()
    {
        using CancellationTokenSource cancelling = new();
        using SemaphoreSlim inside = new(0);
        using ManualResetEventSlim hanging = new(false);
        FakeTimeProvider time = new();
        _exchange.Answers["Get-MobileDevice"] = _ =>
        {
            inside.Release();
            hanging.Wait(TestContext.Current.CancellationToken);
            return new();
        };
        var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", time);
        var running = session.InvokeAsync(Devices(), _ => { }, cancelling.Token);
        await inside.WaitAsync(TestContext.Current.CancellationToken);
        await cancelling.CancelAsync();
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        hanging.Set();
        await RunspaceOpener.CloseAsync(runspace);
    }

    [Fact]
    public async Task A_command_without_a_sign_of_life_is_given_up()
    {
        using SemaphoreSlim inside = new(0);
        using ManualResetEventSlim hanging = new(false);
        FakeTimeProvider time = new();
        _exchange.Answers["Get-MobileDevice"] = _ =>
        {
            inside.Release();
            hanging.Wait(TestContext.Current.CancellationToken);
            return new() { Rows = new[] { FakeExchange.Row(("Guid", new Guid(1, 0, 0, new byte[8]))) } };
        };
        var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", time);
        var rows = 0;
        var running = session.InvokeAsync(Devices(), _ => rows++, s_none);
        await inside.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(Devices().Patience - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var fault = await Assert.ThrowsAsync<ExchangeFaultException>(() => running);
        Assert.Equal((ExchangeFaultKind.Silent, "It gave no sign of life for 10 minutes."), (fault.Fault.Kind, fault.Fault.Text));
        hanging.Set();
        await RunspaceOpener.CloseAsync(runspace);
        Assert.Equal(0, rows);
    }

    [Fact]
    public async Task A_command_that_gives_a_row_now_and_then_may_take_as_long_as_it_likes()
    {
        using SemaphoreSlim taken = new(0);
        FakeTimeProvider time = new();
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = OneByOne(taken, 5) };
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", time);
        var rows = 0;
        void Take(PSObject row)
        {
            rows++;
            time.Advance(Devices().Patience - TimeSpan.FromSeconds(1));
            taken.Release();
        }

        await session.InvokeAsync(Devices(), Take, s_none);
        Assert.Equal(5, rows);
    }

    [Fact]
    public async Task What_taking_a_row_throws_reaches_the_caller_and_ends_the_command()
    {
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = Endless() };
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        await Assert.ThrowsAsync<FormatException>(() => session.InvokeAsync(Devices(), _ => throw new FormatException(), s_none));
        Assert.Equal(RunspaceAvailability.Available, runspace.RunspaceAvailability);
    }

    [Fact]
    public async Task Warnings_and_errors_come_back_with_the_reply()
    {
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Warnings = ["careful"], Errors = [FakeExchange.Error("x", "one"), FakeExchange.Error("x", "two")] };
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        var reply = await session.InvokeAsync(Devices(), _ => { }, s_none);
        Assert.Equal(["careful"], reply.Warnings);
        Assert.Equal(["one", "two"], reply.Errors.Select(error => error.Text));
    }

    [Fact]
    public async Task A_terminating_error_is_a_fault_told_apart()
    {
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Terminating = FakeExchange.Error("[FailureCategory=Cmdlet-ADTransientException] 1", "später") };
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        var fault = await Assert.ThrowsAsync<ExchangeFaultException>(() => session.InvokeAsync(Devices(), _ => { }, s_none));
        Assert.Equal(ExchangeFaultKind.Transient, fault.Fault.Kind);
    }

    [Fact]
    public async Task A_refused_cmdlet_and_a_refused_parameter_are_told_apart()
    {
        _exchange.Functions.Remove("Get-MobileDevice");
        _exchange.Functions["Get-CASMailbox"] = ["Identity"];
        using var runspace = _exchange.Open();
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        var cmdlet = await Assert.ThrowsAsync<ExchangeFaultException>(() => session.InvokeAsync(Devices(), _ => { }, s_none));
        Assert.Equal(ExchangeFaultKind.CmdletMissing, cmdlet.Fault.Kind);
        ExchangeCommand listing = new("Get-CASMailbox", new Dictionary<string, object> { ["ResultSize"] = "Unlimited" });
        var parameter = await Assert.ThrowsAsync<ExchangeFaultException>(() => session.InvokeAsync(listing, _ => { }, s_none));
        Assert.Equal(ExchangeFaultKind.ParameterMissing, parameter.Fault.Kind);
    }

    [Fact]
    public async Task A_borrowed_session_that_was_closed_is_lost_and_stays_the_callers()
    {
        var runspace = _exchange.Open();
        var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        await session.DisposeAsync();
        Assert.Equal(RunspaceState.Opened, runspace.RunspaceStateInfo.State);
        runspace.Dispose();
        Assert.True(session.IsLost);
        var fault = await Assert.ThrowsAsync<ExchangeFaultException>(() => session.InvokeAsync(Devices(), _ => { }, s_none));
        Assert.Equal(ExchangeFaultKind.SessionLost, fault.Fault.Kind);
    }

    [Fact]
    public async Task A_session_that_breaks_under_a_read_is_lost()
    {
        var runspace = _exchange.Open();
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = Endless() };
        await using var session = RemoteSession.Borrow(runspace, "ex1", TimeProvider.System);
        Task? closing = null;
        var fault = await Assert.ThrowsAsync<ExchangeFaultException>(() => session.InvokeAsync(Devices(), _ => closing ??= RunspaceOpener.CloseAsync(runspace), s_none));
        Assert.Equal(ExchangeFaultKind.SessionLost, fault.Fault.Kind);
        await closing!;
    }

    [Fact]
    public async Task An_own_session_is_opened_again_when_it_broke_or_stood_idle_and_removed_at_the_end()
    {
        FakeTimeProvider time = new();
        List<Runspace> opened = [];
        var session = RemoteSession.Own(
            () =>
            {
                opened.Add(RunspaceFactory.CreateRunspace(_exchange.SessionState()));
                return opened[^1];
            },
            "ex1", time);
        Assert.True(await session.OpenAsync(s_none));
        Assert.False(await session.OpenAsync(s_none));
        await RunspaceOpener.CloseAsync(opened[0]);
        Assert.False(session.IsLost);
        Assert.True(await session.OpenAsync(s_none));
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.False(await session.OpenAsync(s_none));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await session.OpenAsync(s_none));
        Assert.Equal(3, opened.Count);
        await session.DisposeAsync();
        Assert.All(opened, runspace => Assert.Equal(RunspaceState.Closed, runspace.RunspaceStateInfo.State));
    }

    [Fact]
    public async Task Hostile_text_passes_through_a_write_unharmed_and_unexecuted()
    {
        using var runspace = _exchange.Open();
        await using ExchangeDirectory directory = new([RemoteSession.Borrow(runspace, "ex1", TimeProvider.System)], TimeProvider.System);
        await directory.ConnectAsync(s_none);
        await directory.WriteAsync(Changes.Of(allowedAdd: Hostile.Texts, blockedRemove: Hostile.Texts), null, s_none);
        var call = Assert.Single(_exchange.CallsOf("Set-CASMailbox"));
        Assert.Equal(Hostile.Texts, Changes.Listed(call, "ActiveSyncAllowedDeviceIDs", "Add"));
        Assert.Equal(Hostile.Texts, Changes.Listed(call, "ActiveSyncBlockedDeviceIDs", "Remove"));
        Assert.Null(runspace.SessionStateProxy.GetVariable("pwned"));
    }

    [Fact]
    public async Task Hostile_text_passes_through_a_read_unharmed_and_unexecuted()
    {
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = Hostile.Texts.Select(text => FakeExchange.Travelled(Rows.Device(text, text, text))).ToArray() };
        using var runspace = _exchange.Open();
        await using ExchangeDirectory directory = new([RemoteSession.Borrow(runspace, "ex1", TimeProvider.System)], TimeProvider.System);
        await directory.ConnectAsync(s_none);
        var read = await directory.ReadPartnershipsAsync(null, s_none);
        Assert.Equal(Hostile.Texts, read.Rows.Select(row => row.DeviceId.Value));
        Assert.Equal(Hostile.Texts, read.Rows.Select(row => row.DeviceModel));
        Assert.All(read.Rows, row => Assert.Equal("contoso.com/Users/Jane Doe", row.OwnerCanonicalName));
        Assert.Null(runspace.SessionStateProxy.GetVariable("pwned"));
    }

    private static ExchangeCommand Devices() => new("Get-MobileDevice", new Dictionary<string, object> { ["ResultSize"] = "Unlimited" });

    private static IEnumerable<object> OneByOne(SemaphoreSlim taken, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0) taken.Wait(TestContext.Current.CancellationToken);
            yield return Rows.Device("A");
        }
    }

    private static IEnumerable<object> Endless()
    {
        while (true) yield return Rows.Device("A");
    }
}
