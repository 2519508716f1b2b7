using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Intune;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class GraphClientTests
{
    private readonly ImpatientTime _time = new(TestTenant.Now);
    private readonly RecordingConsole _console = new();

    [Theory]
    [InlineData("2.128", 2_128)]
    [InlineData("7", 7_000)]
    [InlineData("Mon, 02 Nov 2026 08:00:30 GMT", 30_000)]
    public async Task A_server_that_names_a_wait_gets_at_least_that_wait(string retryAfter, int milliseconds)
    {
        var graph = FailingFirst(1, () => ScriptedGraph.Error(429, "TooManyRequests", "Slow down.", ("Retry-After", retryAfter)));

        await ConnectAsync(graph);

        var wait = Assert.Single(_time.Waits).TotalMilliseconds;
        Assert.InRange(wait, milliseconds, milliseconds + 1000);
        Assert.Contains("429", Assert.Single(_console.Verboses));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Without_a_named_wait_they_double_up_to_a_limit(int status)
    {
        var graph = FailingFirst(8, () => ScriptedGraph.Error(status, "x", "y"));

        await ConnectAsync(graph);

        Assert.Equal(8, _time.Waits.Count);
        double[] limits = [1, 2, 4, 8, 16, 32, 60, 60];
        Assert.All(_time.Waits.Zip(limits), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second / 2, pair.Second));
    }

    [Fact]
    public async Task The_same_seed_waits_the_same()
    {
        await ConnectAsync(FailingFirst(5, () => ScriptedGraph.Error(503, "x", "y")));
        var again = new ImpatientTime(TestTenant.Now);
        using var source = TestTenant.Source(FailingFirst(5, () => ScriptedGraph.Error(503, "x", "y")), again);
        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(_time.Waits, again.Waits);
        Assert.Equal(5, again.Waits.Distinct().Count());
    }

    [Theory]
    [InlineData(429, ErrorIds.GraphThrottled, ErrorKind.Throttled)]
    [InlineData(503, ErrorIds.GraphRequestFailed, ErrorKind.ServerFault)]
    public async Task Patience_ends_after_its_attempts(int status, string errorId, ErrorKind kind)
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Error(status, "busy", "later"));

        var failure = await FailureAsync(graph);

        Assert.Equal((errorId, kind), (failure.ErrorId, failure.Kind));
        Assert.Equal(9, graph.Requests.Count);
    }

    [Fact]
    public async Task A_wait_beyond_patience_is_not_begun()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Error(429, "TooManyRequests", "later", ("Retry-After", "3600")));

        Assert.Equal(ErrorIds.GraphThrottled, (await FailureAsync(graph)).ErrorId);
        Assert.Empty(_time.Waits);
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task All_waits_of_a_request_together_stay_within_its_budget()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Error(429, "TooManyRequests", "later", ("Retry-After", "170")));

        Assert.Equal(ErrorIds.GraphThrottled, (await FailureAsync(graph)).ErrorId);
        Assert.Equal(3, _time.Waits.Count);
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_asked_for_again_and_its_rows_count_once()
    {
        const string Whole = """{"value":[{"id":"a"},{"id":"b"}]}""";
        var graph = new ScriptedGraph((request, number) => request.Url.Contains("users") ? ScriptedGraph.Page("")
            : number <= 2 ? ScriptedGraph.Json(Whole[..25])
            : ScriptedGraph.Json(Whole));
        using var source = TestTenant.Source(graph, _time);

        var snapshot = await source.ReadAsync(new() { IncludedGroups = ["AllUsers"] }, _console, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], snapshot.ManagedDevices.Select(device => device.Id));
        Assert.NotEmpty(_time.Waits);
    }

    [Fact]
    public async Task A_body_that_always_breaks_off_is_an_invalid_answer() =>
        Assert.Equal(ErrorIds.GraphAnswerInvalid, (await FailureAsync(new ScriptedGraph(_ => ScriptedGraph.Json("{\"value\":[")))).ErrorId);

    [Fact]
    public async Task A_page_that_is_none_is_told_at_once()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Json("<html><body>Please sign in to the proxy</body></html>"));

        Assert.Equal(ErrorIds.GraphAnswerInvalid, (await FailureAsync(graph)).ErrorId);
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Json("", HttpStatusCode.Found, ("Location", "https://evil.test/")));

        Assert.Equal(ErrorIds.GraphAnswerInvalid, (await FailureAsync(graph)).ErrorId);
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task A_connection_that_fails_is_tried_again_once_graph_has_been_seen()
    {
        var graph = new ScriptedGraph((_, number) => number is > 1 and < 7 ? throw new HttpRequestException("reset", new IOException()) : ScriptedGraph.Page(""));

        await ConnectAsync(graph);

        Assert.Equal(5, _time.Waits.Count);
    }

    [Fact]
    public async Task A_server_that_never_answered_is_given_up_soon()
    {
        var graph = new ScriptedGraph(_ => throw new HttpRequestException("No such host is known"));

        var failure = await FailureAsync(graph);

        Assert.Equal((ErrorIds.GraphUnreachable, ErrorKind.Unreachable, "graph.test"), (failure.ErrorId, failure.Kind, failure.Target));
        Assert.Contains("No such host is known", failure.Message);
        Assert.Equal(3, graph.Requests.Count);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_told_at_once()
    {
        var graph = new ScriptedGraph(_ => throw new HttpRequestException("TLS", new AuthenticationException("The remote certificate is invalid")));

        var failure = await FailureAsync(graph);

        Assert.Equal(ErrorIds.GraphUnreachable, failure.ErrorId);
        Assert.Contains("not trusted", failure.Message);
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task Silence_ends_an_attempt()
    {
        var clock = new FakeTimeProvider(TestTenant.Now);
        var silent = new SilentGraph();
        using var source = TestTenant.Source(silent, clock, patience: new GraphRetryOptions { FirstContactRetries = 0 });

        var connecting = source.ConnectAsync(TestContext.Current.CancellationToken);
        await silent.Asked;
        Assert.False(connecting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(100));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connecting);
        Assert.Equal(ErrorIds.GraphUnreachable, failure.ErrorId);
        Assert.Contains("stopped answering", failure.Message);
    }

    [Fact]
    public async Task A_server_that_stays_silent_is_given_up_when_its_time_is_over()
    {
        var clock = new FakeTimeProvider(TestTenant.Now);
        var silent = new SilentGraph();
        using var source = TestTenant.Source(silent, clock, patience: new GraphRetryOptions { BaseDelay = TimeSpan.Zero, FirstContactRetries = 8 });

        var connecting = source.ConnectAsync(TestContext.Current.CancellationToken);
        while (await silent.AskedOr(connecting)) clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(ErrorIds.GraphUnreachable, (await Assert.ThrowsAsync<ConnectorException>(() => connecting)).ErrorId);
        Assert.Equal(TimeSpan.FromMinutes(10), clock.GetUtcNow() - TestTenant.Now);
    }

    [Fact]
    public async Task An_answer_that_trickles_is_given_up_though_it_is_never_silent()
    {
        var clock = new FakeTimeProvider(TestTenant.Now);
        var trickling = new TricklingStream(clock);
        var graph = new ScriptedGraph(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(trickling) });
        using var source = TestTenant.Source(graph, clock, patience: new GraphRetryOptions());

        var connecting = source.ConnectAsync(TestContext.Current.CancellationToken);
        for (var bytes = 0; bytes < 100 && await trickling.ReadOr(connecting); bytes++) clock.Advance(TimeSpan.FromSeconds(90));

        Assert.True(clock.GetUtcNow() - TestTenant.Now < TimeSpan.FromMinutes(12));
        Assert.Contains("did not end its answer within 10 minutes", (await Assert.ThrowsAsync<ConnectorException>(() => connecting)).Message);
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task Intunes_folded_message_is_unfolded_and_cleaned()
    {
        const string Inner = """{"_version":3,"Message":"An error has occurred\r\n - Operation ID: 1 - Activity ID: 2","CustomApiErrorPhrase":"","RetryAfter":null}""";
        var graph = new ScriptedGraph(_ => ScriptedGraph.Error(400, "BadRequest", Inner, ("request-id", "77\u0007")));

        var failure = await FailureAsync(graph);

        Assert.Equal(ErrorIds.GraphRequestFailed, failure.ErrorId);
        Assert.EndsWith("(HTTP 400 BadRequest: An error has occurred - Operation ID: 1 - Activity ID: 2 request-id 77).", failure.Message);
    }

    [Theory]
    [InlineData("""{"error":{"code":"x","message":"y","innerError":{"request-id":"i-1"}}}""", "(HTTP 400 x: y request-id i-1)")]
    [InlineData("""{"error":{"code":"x","message":"y","innererror":{"request-id":"i-2"}}}""", "(HTTP 400 x: y request-id i-2)")]
    [InlineData("""{"error":{"code":"x","message":"{not json"}}""", "(HTTP 400 x: {not json)")]
    [InlineData("""{"error":{"code":7,"message":["y"]}}""", "(HTTP 400)")]
    [InlineData("""{"error":"invalid_request","error_description":"z"}""", "(HTTP 400 invalid_request: z)")]
    [InlineData("""{"error":null}""", "(HTTP 400)")]
    [InlineData("[1]", "(HTTP 400)")]
    [InlineData("<html>", "(HTTP 400)")]
    [InlineData("", "(HTTP 400)")]
    public async Task Whatever_an_error_looks_like_it_is_told(string body, string said) =>
        Assert.Contains(said, (await FailureAsync(new ScriptedGraph(_ => ScriptedGraph.Json(body, HttpStatusCode.BadRequest)))).Message);

    [Fact]
    public async Task A_server_that_echoes_the_token_does_not_get_it_into_a_message()
    {
        var jwt = TestTenant.Jwt(TestTenant.Now.AddHours(1));
        var graph = new ScriptedGraph(request => ScriptedGraph.Error(400, "bad", $"You sent {request.Header("Authorization")} and {jwt}"));

        var failure = await FailureAsync(graph);

        Assert.Contains("(token)", failure.Message);
        Assert.DoesNotContain(TestTenant.Token, failure.ToString());
        Assert.DoesNotContain(jwt, failure.ToString());
        Assert.DoesNotContain(_console.Everything, line => line.Contains(TestTenant.Token));
    }

    [Fact]
    public async Task A_very_long_error_is_bounded()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Error(400, new string('c', 5000), new string('m', 50_000)));

        Assert.InRange((await FailureAsync(graph)).Message.Length, 500, 1000);
    }

    [Fact]
    public async Task A_refused_token_that_cannot_be_renewed_has_expired()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Error(401, "InvalidAuthenticationToken", "Access token has expired."));

        Assert.Equal(ErrorIds.AccessTokenExpired, (await FailureAsync(graph)).ErrorId);
        Assert.Single(graph.Requests);
    }

    private static ScriptedGraph FailingFirst(int times, Func<HttpResponseMessage> failure) =>
        new((_, number) => number <= times ? failure() : ScriptedGraph.Page(""));

    private async Task ConnectAsync(ScriptedGraph graph)
    {
        using var source = TestTenant.Source(graph, _time, _console);
        await source.ConnectAsync(TestContext.Current.CancellationToken);
    }

    private async Task<ConnectorException> FailureAsync(ScriptedGraph graph)
    {
        using var source = TestTenant.Source(graph, _time, _console);
        return await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));
    }

    private sealed class SilentGraph : HttpMessageHandler
    {
        private readonly SemaphoreSlim _asked = new(0);

        public Task Asked => _asked.WaitAsync(TestContext.Current.CancellationToken);

        public Task<bool> AskedOr(Task end) => IsBeforeAsync(_asked, end);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _asked.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _asked.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A blank each ninety seconds.</summary>
    private sealed class TricklingStream(TimeProvider clock) : MemoryStream
    {
        private readonly SemaphoreSlim _reads = new(0);

        public Task<bool> ReadOr(Task end) => IsBeforeAsync(_reads, end);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var passing = Task.Delay(TimeSpan.FromSeconds(90), clock, cancellationToken);
            _reads.Release();
            await passing;
            buffer.Span[0] = (byte)' ';
            return 1;
        }
    }

    private static async Task<bool> IsBeforeAsync(SemaphoreSlim sign, Task end)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var seen = sign.WaitAsync(stop.Token);
        var isBefore = await Task.WhenAny(seen, end) == seen;
        if (!isBefore) await stop.CancelAsync();
        return isBefore;
    }
}
