using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Runs;

public sealed class SyncResultTests
{
    [Theory]
    [InlineData(SyncStatus.Succeeded, 0)]
    [InlineData(SyncStatus.Planned, 0)]
    [InlineData(SyncStatus.Failed, 1)]
    [InlineData(SyncStatus.Held, 2)]
    [InlineData(SyncStatus.SucceededWithErrors, 2)]
    public void The_exit_code_tells_a_scheduler_done_failed_or_look_at_it(SyncStatus status, int expected)
    {
        var result = new SyncResult
        {
            RunId = Some.Run,
            Connector = "Default",
            Kind = SyncKind.Full,
            Status = status,
            Started = Some.Now,
            Finished = Some.Now,
        };

        Assert.Equal(expected, result.ExitCode);
    }

    [Fact]
    public void Every_error_id_is_one_word_and_unlike_every_other()
    {
        var ids = typeof(ErrorIds).GetFields().Select(static field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, static id => Assert.Matches("^[A-Z][A-Za-z]+$", id));
    }
}
