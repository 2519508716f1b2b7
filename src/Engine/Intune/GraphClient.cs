using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Timing;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Sends requests to Graph: token, headers, one renewal of a refused token, and failures that say what to do.</summary>
internal sealed class GraphClient
{
    /// <summary>Asks for the members of enumerations that are newer than the version of Graph; it goes along with every request, inside a batch too.</summary>
    public const string Preference = "include-unknown-enum-members";

    private static readonly ProductInfoHeaderValue s_agent =
        new("IntuneExchangeConnector", typeof(GraphClient).Assembly.GetName().Version!.ToString(3));

    private readonly HttpClient _http;
    private readonly ITokenSource _tokens;
    private readonly GraphRetry _retry;
    private readonly GraphRetryOptions _patience;
    private readonly TimeProvider _time;
    private readonly SeededChance _chance;
    private readonly TenantAdvice? _advice;

    /// <summary>Creates a client.</summary>
    /// <param name="http">What sends.</param>
    /// <param name="tokens">Where tokens come from.</param>
    /// <param name="retry">Repeats failed attempts.</param>
    /// <param name="patience">How long an attempt may be silent, and how long it may last.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">Makes the ids of requests.</param>
    /// <param name="advice">Words refusals by what is known of the tenant; null where nothing is.</param>
    public GraphClient(HttpClient http, ITokenSource tokens, GraphRetry retry, GraphRetryOptions patience, TimeProvider time, SeededChance chance, TenantAdvice? advice = null)
    {
        _http = http;
        _tokens = tokens;
        _retry = retry;
        _patience = patience;
        _time = time;
        _chance = chance;
        _advice = advice;
    }

    /// <summary>Sends a request and reads its answer; both are repeated together, so half an answer leaves nothing behind.</summary>
    /// <typeparam name="T">What the answer is read into.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads a successful answer's body.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">It failed for good.</exception>
    public Task<T> GetAsync<T>(GraphRequest request, Func<GraphBody, Task<T>> read, CancellationToken cancellationToken) =>
        request.IsSentOnce ? OnceAsync(request, read, cancellationToken) : _retry.RunAsync(token => AttemptAsync(request, read, token), cancellationToken);

    /// <summary>Sends a request that is made anew for each attempt.</summary>
    /// <typeparam name="T">What the answer is read into.</typeparam>
    /// <param name="request">Makes the request.</param>
    /// <param name="read">Reads a successful answer's body.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">It failed for good.</exception>
    public Task<T> GetAsync<T>(Func<GraphRequest> request, Func<GraphBody, Task<T>> read, CancellationToken cancellationToken) =>
        _retry.RunAsync(token => AttemptAsync(request(), read, token), cancellationToken);

    /// <summary>Signs in without asking for anything.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The token. It belongs in a request's header and nowhere else.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">It failed for good.</exception>
    public Task<string> SignInAsync(CancellationToken cancellationToken) => _retry.RunAsync(token => _tokens.GetTokenAsync(null, token), cancellationToken);

    /// <summary>Words a refusal by what is known of the tenant, also one that came inside a batch.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="request">The request that was refused.</param>
    /// <param name="status">Its HTTP status.</param>
    /// <param name="fault">What Graph said.</param>
    /// <param name="token">The token that went along.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The failure to tell.</returns>
    public Task<Exception> WordAsync(Exception failure, GraphRequest request, int status, GraphFault fault, string token, CancellationToken cancellationToken) =>
        _advice is null ? Task.FromResult(failure) : _advice.OfAsync(failure, request, status, fault, token, cancellationToken);

    private async Task<T> OnceAsync<T>(GraphRequest request, Func<GraphBody, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await AttemptAsync(request, read, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFailure failure)
        {
            throw failure.Final;
        }
    }

    private async Task<T> AttemptAsync<T>(GraphRequest request, Func<GraphBody, Task<T>> read, CancellationToken cancellationToken)
    {
        string? refused = null;
        while (true)
        {
            // A person may take minutes to sign in, so this stands outside the watch.
            var token = await _tokens.GetTokenAsync(refused, cancellationToken).ConfigureAwait(false);
            var (isRefused, result) = await SendAsync(request, read, token, refused is null, cancellationToken).ConfigureAwait(false);
            if (!isRefused) return result!;
            refused = token;
        }
    }

    private async Task<(bool IsRefused, T? Result)> SendAsync<T>(
        GraphRequest request,
        Func<GraphBody, Task<T>> read,
        string token,
        bool mayRenew,
        CancellationToken cancellationToken)
    {
        // Nothing touches this one, so it ends an answer that trickles on for ever.
        using var whole = new IdleWatch(_time, _patience.AttemptLimit, cancellationToken);
        using var watch = new IdleWatch(_time, _patience.IdleLimit, whole.Token);
        try
        {
            using var message = Message(request, token);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, watch.Token).ConfigureAwait(false);
            watch.Touch();
            if (response.StatusCode == HttpStatusCode.Unauthorized && mayRenew) return (true, default);

            using var body = await GraphBody.OpenAsync(response, watch, token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return (false, await read(body).ConfigureAwait(false));
            var beginning = await body.ReadSomeAsync(GraphFault.LargestBody).ConfigureAwait(false);
            var fault = GraphFault.Read(beginning, response, token);
            var failure = GraphErrors.Of(request, response, fault, _time.GetUtcNow());
            throw await WordAsync(failure, request, (int)response.StatusCode, fault, token, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var failure = whole.Token.IsCancellationRequested ? GraphErrors.Unfinished(request, _patience.AttemptLimit)
                : GraphErrors.Of(request, watch.Token.IsCancellationRequested ? new OperationCanceledException() : e);
            throw _advice?.Of(failure, request, e) ?? failure;
        }
    }

    private static bool IsTransport(Exception exception) =>
        exception is HttpRequestException or IOException or WebException or OperationCanceledException or ObjectDisposedException or JsonException or InvalidDataException;

    private HttpRequestMessage Message(GraphRequest request, string token)
    {
        var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, request.Address);
        if (request.Body is { } json) message.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var headers = message.Headers;
        headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        headers.UserAgent.Add(s_agent);
        headers.Add("client-request-id", _chance.NextId().ToString("D", CultureInfo.InvariantCulture));
        headers.Add("Prefer", Preference);
        if (request.IsEventual) headers.Add("ConsistencyLevel", "eventual");
        return message;
    }
}
