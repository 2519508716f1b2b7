using System;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using Polly;
using Polly.Retry;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>An attempt at a read that came to its end and said that it should be made again.</summary>
internal interface IRepeatable
{
    /// <summary>True when another attempt may see more.</summary>
    bool ShouldRepeat { get; }
}

/// <summary>
/// How reads are tried again: three times, after 2, 4 and 8 seconds. Writes never are: one that broke may have happened, and only a new
/// read can tell.
/// </summary>
internal static class ExchangeRetry
{
    /// <summary>Makes the pipeline.</summary>
    /// <param name="time">The clock that the waits go by.</param>
    /// <returns>The pipeline.</returns>
    public static ResiliencePipeline ForReads(TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(2),
                ShouldHandle = static attempt => new ValueTask<bool>(
                    attempt.Outcome.Exception is ExchangeFaultException { CanRetry: true } || attempt.Outcome.Result is IRepeatable { ShouldRepeat: true }),
            })
            .Build();
}
