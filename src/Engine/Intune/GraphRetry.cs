using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using Polly;
using Polly.Retry;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>How patient the connector is with Graph.</summary>
internal sealed record GraphRetryOptions
{
    /// <summary>Further attempts after the first.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>Further attempts while nothing has ever answered: a wrong address should not take minutes to be told.</summary>
    public int FirstContactRetries { get; init; } = 2;

    /// <summary>First wait where the server names none; it doubles each time.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait where the server names none.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What one request may take in all, its attempts and the waits between them; beyond it no further attempt is made.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Silence that ends an attempt.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Longest attempt, however steadily its answer comes: a proxy that passes a byte now and then is never silent.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>
/// Repeats attempts that failed for the moment. A server that names a wait gets at least that wait, because every early attempt counts
/// against the tenant's allowance; otherwise waits double up to a limit. Chance spreads them, so that lists read side by side do not
/// come back together.
/// </summary>
internal sealed class GraphRetry
{
    private static readonly ResiliencePropertyKey<TimeSpan> s_waited = new("waited");
    private static readonly ResiliencePropertyKey<long> s_started = new("started");
    private static readonly ResiliencePropertyKey<TimeSpan> s_next = new("next");

    private readonly GraphRetryOptions _options;
    private readonly TimeProvider _time;
    private readonly SeededChance _chance;
    private readonly ISyncConsole _console;
    private readonly ResiliencePipeline _pipeline;
    private volatile bool _reached;

    /// <summary>Builds the pipeline.</summary>
    /// <param name="options">How patient.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">Spreads waits.</param>
    /// <param name="console">Is told of every wait.</param>
    public GraphRetry(GraphRetryOptions options, TimeProvider time, SeededChance chance, ISyncConsole console)
    {
        _options = options;
        _time = time;
        _chance = chance;
        _console = console;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = arguments => new ValueTask<bool>(Plan(arguments.Context, arguments.Outcome.Exception, arguments.AttemptNumber)),
                DelayGenerator = static arguments => new ValueTask<TimeSpan?>(arguments.Context.Properties.GetValue(s_next, TimeSpan.Zero)),
                OnRetry = arguments =>
                {
                    Tell(arguments.Outcome.Exception!, arguments.RetryDelay, arguments.AttemptNumber + 1);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Runs an attempt until it succeeds, fails for good, or patience ends.</summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="attempt">The attempt.</param>
    /// <param name="cancellationToken">Ends the attempts and the waits between them.</param>
    /// <returns>What it yielded.</returns>
    /// <exception cref="ConnectorException">The last failure.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(s_started, _time.GetTimestamp());
        try
        {
            var result = await _pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken).ConfigureAwait(false),
                context,
                attempt).ConfigureAwait(false);
            _reached = true;
            return result;
        }
        catch (TransientFailure failure)
        {
            throw failure.Final;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool Plan(ResilienceContext context, Exception? exception, int retriesSoFar)
    {
        if (exception is not TransientFailure failure) return false;
        if (!failure.IsUnreachable) _reached = true;
        else if (!_reached && retriesSoFar >= _options.FirstContactRetries) return false;

        var wait = WaitFor(failure, retriesSoFar);
        var waited = context.Properties.GetValue(s_waited, TimeSpan.Zero) + wait;
        var spent = _time.GetElapsedTime(context.Properties.GetValue(s_started, 0L)) + wait;
        if (waited > _options.Budget || spent >= _options.Budget) return false;
        context.Properties.Set(s_waited, waited);
        context.Properties.Set(s_next, wait);
        return true;
    }

    private TimeSpan WaitFor(TransientFailure failure, int retriesSoFar)
    {
        if (failure.RetryAfter is { } asked && asked > TimeSpan.Zero) return asked + Share(_options.BaseDelay, 0, 0.25);
        var doubled = _options.BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(retriesSoFar, 30));
        return Share(TimeSpan.FromMilliseconds(Math.Min(doubled, _options.MaxDelay.TotalMilliseconds)), 0.5, 1);
    }

    private TimeSpan Share(TimeSpan whole, double from, double to) =>
        TimeSpan.FromMilliseconds(whole.TotalMilliseconds * (from + ((to - from) * _chance.NextShare())));

    private void Tell(Exception exception, TimeSpan wait, int retry) => _console.Verbose(string.Format(
        CultureInfo.InvariantCulture,
        "{0} Trying again in {1:0.0} s ({2} of {3}).",
        exception.Message,
        wait.TotalSeconds,
        retry,
        _options.MaxRetries));
}
