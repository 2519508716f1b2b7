using System;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>How a request goes wrong.</summary>
public enum GraphFaultKind
{
    /// <summary>Answers with the status and an error body.</summary>
    Status,

    /// <summary>Ends the connection before a byte of the answer.</summary>
    Reset,

    /// <summary>Ends the connection in the middle of the body.</summary>
    ResetInBody,

    /// <summary>Ends the answer properly, in the middle of its JSON.</summary>
    TruncatedBody,

    /// <summary>Ends the answer properly, in the middle of its gzip; to a client that takes none, in the middle of its JSON.</summary>
    TruncatedGzip,

    /// <summary>The next link of the page leads to the page itself.</summary>
    RepeatedNextLink,

    /// <summary>The page has no next link though there are more rows.</summary>
    MissingNextLink,

    /// <summary>The list is empty and has no next link.</summary>
    EmptyList,

    /// <summary>The page is empty; its next link leads to the rows.</summary>
    EmptyPage,

    /// <summary>The filter is not taken: the list is everything, as Intune answers filters that it does not know.</summary>
    IgnoredFilter,

    /// <summary>The page of managed devices begins with the row that the page before it ended with.</summary>
    RepeatedRow,

    /// <summary>Answers with status 200, and an error in the body.</summary>
    ErrorBody,

    /// <summary>Answers after a delay, properly.</summary>
    Delay,

    /// <summary>Never answers.</summary>
    Silence,
}

/// <summary>One fault of a schedule.</summary>
public sealed record GraphFault(GraphFaultKind Kind)
{
    public static GraphFault Reset { get; } = new(GraphFaultKind.Reset);

    public static GraphFault ResetInBody { get; } = new(GraphFaultKind.ResetInBody);

    public static GraphFault TruncatedBody { get; } = new(GraphFaultKind.TruncatedBody);

    public static GraphFault TruncatedGzip { get; } = new(GraphFaultKind.TruncatedGzip);

    public static GraphFault RepeatedNextLink { get; } = new(GraphFaultKind.RepeatedNextLink);

    public static GraphFault MissingNextLink { get; } = new(GraphFaultKind.MissingNextLink);

    public static GraphFault EmptyList { get; } = new(GraphFaultKind.EmptyList);

    public static GraphFault EmptyPage { get; } = new(GraphFaultKind.EmptyPage);

    public static GraphFault IgnoredFilter { get; } = new(GraphFaultKind.IgnoredFilter);

    public static GraphFault RepeatedRow { get; } = new(GraphFaultKind.RepeatedRow);

    public static GraphFault ErrorBody { get; } = new(GraphFaultKind.ErrorBody);

    public static GraphFault Silence { get; } = new(GraphFaultKind.Silence);

    public static GraphFault Forbidden { get; } = Status(403);

    public static GraphFault Unauthorized { get; } = Status(401);

    public int StatusCode { get; init; }

    /// <summary>The error's code; null for the usual one of the status.</summary>
    public string? Code { get; init; }

    /// <summary>The header as it is sent: whole or fractional seconds, or a date; null leaves it out.</summary>
    public string? RetryAfter { get; init; }

    public TimeSpan DelayTime { get; init; }

    public static GraphFault Throttled(string? retryAfter = null) => Status(429, retryAfter);

    public static GraphFault Unavailable(string? retryAfter = null) => Status(503, retryAfter);

    public static GraphFault Status(int statusCode, string? retryAfter = null) =>
        new(GraphFaultKind.Status) { StatusCode = statusCode, RetryAfter = retryAfter };

    /// <summary>An error by its code, such as 400 with <c>syncStateNotFound</c>.</summary>
    public static GraphFault Problem(int statusCode, string code) => new(GraphFaultKind.Status) { StatusCode = statusCode, Code = code };

    public static GraphFault Delay(TimeSpan time) => new(GraphFaultKind.Delay) { DelayTime = time };
}
