using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One request as it came in. Tokens are never kept.</summary>
public sealed record GraphRequestRecord(GraphRoute Route, string Method, string PathAndQuery)
{
    public string? ClientRequestId { get; init; }

    public string? ConsistencyLevel { get; init; }

    public string? Prefer { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>True for one that came inside a batch.</summary>
    public bool InBatch { get; init; }
}

/// <summary>Counts requests by route and keeps the newest of them.</summary>
public sealed class GraphRequestLog
{
    private const int Kept = 10_000;

    private readonly object _gate = new();
    private readonly Dictionary<GraphRoute, int> _counts = [];
    private readonly Queue<GraphRequestRecord> _records = [];
    private int _sent;
    private readonly List<(GraphRoute Route, int Count, TaskCompletionSource Reached)> _waiting = [];

    public int Total
    {
        get
        {
            lock (_gate) return _counts.Values.Sum();
        }
    }

    /// <summary>Requests that travelled on their own; what came inside a batch travelled with it.</summary>
    public int Sent
    {
        get
        {
            lock (_gate) return _sent;
        }
    }

    public int Count(GraphRoute route)
    {
        lock (_gate) return _counts.GetValueOrDefault(route);
    }

    /// <summary>Completes when that many requests of the route have come in; an answer to the last of them need not be out yet.</summary>
    public Task WhenAsync(GraphRoute route, int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_counts.GetValueOrDefault(route) >= count) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((route, count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The newest requests, oldest first.</summary>
    public IReadOnlyList<GraphRequestRecord> Records()
    {
        lock (_gate) return [.. _records];
    }

    internal void Record(HttpContext http, GraphRoute route, bool inBatch)
    {
        static string? Text(StringValues value) => value.Count == 0 ? null : value.ToString();
        IHeaderDictionary headers = http.Request.Headers;
        var record = new GraphRequestRecord(route, http.Request.Method, http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent())
        {
            ClientRequestId = Text(headers["client-request-id"]),
            ConsistencyLevel = Text(headers["ConsistencyLevel"]),
            Prefer = Text(headers["Prefer"]),
            UserAgent = Text(headers.UserAgent),
            InBatch = inBatch,
        };
        lock (_gate)
        {
            if (!inBatch) _sent++;
            int count = _counts[route] = _counts.GetValueOrDefault(route) + 1;
            _waiting.RemoveAll(wait => wait.Route == route && wait.Count <= count && wait.Reached.TrySetResult());
            if (_records.Count == Kept) _records.Dequeue();
            _records.Enqueue(record);
        }
    }
}
