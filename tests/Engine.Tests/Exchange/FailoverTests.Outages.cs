using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

/// <content>What becomes of those who wait when sessions break, or are not opened.</content>
public sealed partial class FailoverTests
{
    [Theory]
    [InlineData(nameof(ExchangeFaultKind.Unreachable), ErrorIds.ExchangeUnreachable, 8 * 3)]
    [InlineData(nameof(ExchangeFaultKind.Authentication), ErrorIds.ExchangeAuthentication, 8)]
    [InlineData(nameof(ExchangeFaultKind.AccessDenied), ErrorIds.ExchangeAccessDenied, 8)]
    public async Task When_all_lanes_break_and_none_opens_again_everybody_who_waits_is_told(string kind, string errorId, int mostTries)
    {
        await using var directory = Directory(All(), lanes: 8);
        await GrowAsync(directory, 8);
        TaskCompletionSource go = new();
        _hold = go.Task;
        var writes = Enumerable.Range(0, 24).Select(_ => Assert.ThrowsAsync<ConnectorException>(() => directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none))).ToArray();
        foreach (var server in All()) _down[server.Server.Fqdn] = Enum.Parse<ExchangeFaultKind>(kind);
        _breaks = static (_, _) => true;
        _opened.Clear();
        go.SetResult();

        var told = (await Task.WhenAll(writes)).ToLookup(static failure => failure.ErrorId);
        Assert.Equal((8, 16), (told[ErrorIds.ExchangeSessionLost].Count(), told[errorId].Count()));
        Assert.InRange(_opened.Count, 1, mostTries);

        // Who comes later tries again.
        Assert.Equal(errorId, (await Assert.ThrowsAsync<ConnectorException>(() => directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none))).ErrorId);
        (_breaks, _hold) = (null, Task.CompletedTask);
        _down.Clear();
        await directory.WriteAsync(Changes.Of(allowedAdd: ["A"]), null, s_none);
    }

    [Theory]
    [InlineData(nameof(ExchangeFaultKind.Authentication))]
    [InlineData(nameof(ExchangeFaultKind.AccessDenied))]
    public async Task A_sign_in_that_is_refused_beside_lanes_that_work_is_not_tried_over_and_over(string kind)
    {
        var tries = 0;
        await using var directory = Directory(All(), lanes: 8, onOpen: () =>
        {
            if (Interlocked.Increment(ref tries) > 2) throw FakeSession.Fault(Enum.Parse<ExchangeFaultKind>(kind));
        });
        await directory.ConnectAsync(s_none);
        while (tries < 3) await ReadSideBySideAsync(directory);
        for (var round = 0; round < 20; round++) await ReadSideBySideAsync(directory);
        Assert.InRange(tries, 3, 8);
        Assert.Equal(2, directory.Lanes);
        Assert.DoesNotContain(directory.Notes, static note => note.Text.Contains("left to people", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_further_session_that_fails_for_another_reason_than_the_limit_is_opened_later()
    {
        var tries = 0;
        await using var directory = Directory(All(), lanes: 4, onOpen: () =>
        {
            if (Interlocked.Increment(ref tries) == 3) throw FakeSession.Fault(ExchangeFaultKind.Other);
        });
        await GrowAsync(directory, 4);
        Assert.InRange(tries, 5, 8);
        Assert.DoesNotContain(directory.Notes, static note => note.Text.Contains("left to people", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lanes_that_drop_together_are_one_loss_of_a_server_that_is_fine()
    {
        await using var directory = Directory(All(), lanes: 4);
        await GrowAsync(directory, 4);
        TaskCompletionSource go = new();
        _hold = go.Task;
        _condemned = [.. _sessions.Where(static session => !session.Disposed)];
        Assert.Equal(4, _condemned.Count);
        var reads = Enumerable.Range(0, 4).Select(_ => directory.ReadMailboxAsync(Changes.MailboxId, null, s_none)).ToArray();
        go.SetResult();
        await PassTimeAsync(Task.WhenAll(reads));
        Assert.All(_condemned, static session => Assert.True(session.Disposed));
        Assert.DoesNotContain(directory.Notes, static note => note.Kind == RunNoteKind.Failover);
        Assert.Equal("ex1.contoso.com", _saved.Single(static known => known.InUse).Server.Fqdn);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public async Task A_question_to_a_session_outlasts_refusals_that_pass_as_a_read_does(int refusals)
    {
        var tries = 0;
        await using var directory = Directory([], failover: false, time: new BriskTime(), onOpen: () =>
        {
            if (Interlocked.Increment(ref tries) is > 1 and var attempt && attempt - 1 <= refusals) throw FakeSession.Fault(ExchangeFaultKind.Unreachable);
        });
        await directory.ConnectAsync(s_none);
        TaskCompletionSource go = new();
        _hold = go.Task;
        var dropped = 0;
        _breaks = (_, _) => Interlocked.Increment(ref dropped) == 1;
        var mailboxes = directory.ReadMailboxesAsync(null, s_none);
        var policies = directory.ReadPoliciesAsync(s_none);
        go.SetResult();
        if (refusals == 2)
        {
            Assert.Null((await mailboxes).Incomplete);
            Assert.Null(await policies);
            return;
        }

        Assert.Equal(ErrorIds.ExchangeUnreachable, (await Assert.ThrowsAsync<ConnectorException>(() => mailboxes)).ErrorId);
        Assert.Equal(ErrorIds.ExchangeUnreachable, (await Assert.ThrowsAsync<ConnectorException>(() => policies)).ErrorId);
    }

    private static async Task GrowAsync(ExchangeDirectory directory, int lanes)
    {
        await directory.ConnectAsync(s_none);
        while (directory.Lanes < lanes) await ReadSideBySideAsync(directory);
    }

    private static Task ReadSideBySideAsync(ExchangeDirectory directory) =>
        Task.WhenAll(Enumerable.Range(0, 32).Select(_ => directory.ReadMailboxAsync(Changes.MailboxId, null, s_none)));
}
