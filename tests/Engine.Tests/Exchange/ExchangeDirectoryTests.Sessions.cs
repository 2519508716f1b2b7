using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

/// <content>What a session has to be told, and what it tells.</content>
public sealed partial class ExchangeDirectoryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_does_not_see_the_forest_yet_is_told_again_before_anything_is_asked(bool thrown)
    {
        var refusals = 1;
        FakeSession session = new()
        {
            IsOwn = true,
            OnCommand = (command, _, _) => command.Name != "Set-ADServerSettings" || refusals-- <= 0 ? Task.FromResult<ExchangeReply>(null!)
                : thrown ? throw FakeSession.Fault(ExchangeFaultKind.Transient)
                : Task.FromResult(FakeSession.Failed(ExchangeFaultKind.Transient, "later")),
        };
        await using var directory = Own(session);
        await PassTimeAsync(directory.ConnectAsync(s_none));
        Assert.Equal(["Get-Command", "Set-ADServerSettings", "Get-Command", "Set-ADServerSettings", "Get-ExchangeServer"], session.Sent.Take(5).Select(command => command.Name));

        session.Break();
        session.Sent.Clear();
        refusals = 2;
        await PassTimeAsync(directory.ReadMailboxesAsync(null, s_none));
        Assert.Equal(["Set-ADServerSettings", "Set-ADServerSettings", "Set-ADServerSettings", "Get-CASMailbox"], session.Sent.Select(command => command.Name));
    }

    [Fact]
    public async Task A_session_that_may_not_see_the_forest_is_worth_nothing()
    {
        FakeSession session = new()
        {
            IsOwn = true,
            OnCommand = (command, _, _) => Task.FromResult(command.Name == "Set-ADServerSettings" ? FakeSession.Failed(ExchangeFaultKind.AccessDenied, "no") : null!),
        };
        await using var directory = Own(session);
        Assert.Equal(ErrorIds.ExchangeAccessDenied, (await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(s_none))).ErrorId);
        Assert.DoesNotContain(session.Sent, command => command.Name == "Get-ExchangeServer");
    }

    [Theory]
    [InlineData(true, "Continue")]
    [InlineData(false, "SilentlyContinue")]
    public async Task Warnings_of_a_write_are_heard_where_nobody_would_be_shown_them(bool remote, string action)
    {
        FakeSession session = new() { IsRemote = remote };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        await directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none);
        Assert.Equal(action, session.Sent[^1].Parameters["WarningAction"]);
    }

    [Theory]
    [InlineData("The budget is used up.", 15, 30, 60)]
    [InlineData("Locked: True LockRemaining: 00:00:40", 40, 40, 40)]
    [InlineData("Locked: True LockRemaining: 23:00:00", 300, 300, 300)]
    [InlineData("Locked: False LockRemaining: 00:00:00", 15, 30, 60)]
    [InlineData("LockRemaining: 99:99:99", 15, 30, 60)]
    public async Task A_read_waits_as_long_as_a_server_asks_to_slow_down(string text, params int[] waits)
    {
        var began = _time.GetUtcNow();
        List<double> sent = [];
        FakeSession session = new()
        {
            OnCommand = (command, _, _) =>
            {
                if (command.Name != "Get-MobileDevice") return Task.FromResult<ExchangeReply>(null!);
                sent.Add((_time.GetUtcNow() - began).TotalSeconds);
                return Task.FromResult(FakeSession.Failed(ExchangeFaultKind.Throttled, text));
            },
        };
        await using ExchangeDirectory directory = new([session], _time);
        await directory.ConnectAsync(s_none);
        Assert.NotNull((await PassTimeAsync(directory.ReadPartnershipsAsync(null, s_none))).Incomplete);
        Assert.Equal(4, sent.Count);
        for (var i = 0; i < waits.Length; i++) Assert.True(sent[i + 1] - sent[i] >= waits[i], $"{sent[i + 1]} came too soon after {sent[i]}.");
        Assert.Equal(
            waits.Select(static wait => $"The server asks to slow down; it is asked again in {wait} seconds."),
            directory.Notes.Where(static note => note.Text.Contains("asked again", StringComparison.Ordinal)).Select(static note => note.Text));
    }
}
