using System;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A request that Graph refuses, in the words of the workload that refuses it.</summary>
internal sealed class GraphProblem(int status, string code, string message, bool isIntune = false) : Exception(message)
{
    // The service writes other alphabets as they are; the default encoder would hide what a client does with them.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status => status;

    public string? RetryAfter { get; init; }

    /// <summary>Where the client should go instead.</summary>
    public string? Location { get; init; }

    public static GraphProblem TokenMissing { get; } = new(401, "InvalidAuthenticationToken", "Access token is empty.");

    public static GraphProblem TokenInvalid { get; } = new(401, "InvalidAuthenticationToken", "Access token validation failure. The token is malformed or its signature is not ours.");

    public static GraphProblem TokenWrongAudience { get; } = new(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");

    public static GraphProblem TokenExpired { get; } = new(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");

    public static GraphProblem Denied(GraphRouteRule rule) => rule.IsIntune
        ? new(403, "Forbidden", $"Application is not authorized to perform this operation. Application must have one of the following scopes: {string.Join(", ", rule.Roles)}", isIntune: true)
        : new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphProblem NoSegment(string segment) => new(400, "BadRequest", $"Resource not found for the segment '{segment}'.");

    public static GraphProblem NoMethod { get; } = new(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");

    public static GraphProblem NoObject(string id) =>
        new(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphProblem NoDevice(string id) => new(404, "ResourceNotFound", $"Resource '{id}' was not found.", isIntune: true);

    public static GraphProblem BadId(string id) => new(400, "Request_BadRequest", $"Invalid object identifier '{id}'.");

    public static GraphProblem BadSkipToken { get; } = new(400, "BadRequest", "Skiptoken is not valid.");

    public static GraphProblem BadPageSize(string text, int maximum) =>
        new(400, "Request_BadRequest", string.Create(CultureInfo.InvariantCulture, $"Invalid page size specified: '{text}'. Must be between 1 and {maximum} inclusive."));

    public static GraphProblem NoProperty(string name, string type, bool isIntune) =>
        new(400, isIntune ? "BadRequest" : "Request_BadRequest", $"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{type}'.", isIntune);

    public static GraphProblem NeedsConsistencyLevel { get; } =
        new(400, "Request_UnsupportedQuery", "The request uses advanced query capabilities; it needs the header 'ConsistencyLevel: eventual' and $count=true.");

    public static GraphProblem UnsupportedFilter(string filter) => new(400, "Request_UnsupportedQuery", $"Unsupported or invalid query filter clause: {filter}");

    public static GraphProblem UnsupportedOption(string option) => new(400, "Request_UnsupportedQuery", $"The query option '{option}' is not supported here.");

    public static GraphProblem TooManyIds(int most) =>
        new(400, "Request_UnsupportedQuery", string.Create(CultureInfo.InvariantCulture, $"Too many object ids in the filter; at most {most} are allowed."));

    /// <summary>The client has to begin again, at the address.</summary>
    public static GraphProblem SyncReset(string code, string address) =>
        new(410, code, "The sync state is invalid or has expired; start again without it.") { Location = address };

    /// <summary>The problem that a status stands for when a fault asks for it.</summary>
    public static GraphProblem OfStatus(int status, string? retryAfter, bool isIntune) => status switch
    {
        401 => new(401, "InvalidAuthenticationToken", "Access token validation failure."),
        403 => new(403, isIntune ? "Forbidden" : "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", isIntune),
        429 => new(429, "TooManyRequests", "Too many requests. Please try again later.", isIntune) { RetryAfter = retryAfter },
        503 => new(503, "serviceNotAvailable", "The service is temporarily unavailable.", isIntune) { RetryAfter = retryAfter },
        504 => new(504, "GatewayTimeout", "The request timed out.", isIntune) { RetryAfter = retryAfter },
        _ => new(status, status >= 500 ? "InternalServerError" : "generalException", "An error has occurred.", isIntune) { RetryAfter = retryAfter },
    };

    public byte[] ToJson(string requestId, string clientRequestId, DateTimeOffset now)
    {
        var error = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = isIntune ? Nested(requestId) : Message,
                ["innerError"] = new JsonObject
                {
                    ["date"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
                    ["request-id"] = requestId,
                    ["client-request-id"] = clientRequestId,
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(error, s_json);
    }

    /// <summary>Intune puts a JSON document into the text of the message.</summary>
    private string Nested(string activityId) => new JsonObject
    {
        ["_version"] = 3,
        ["Message"] = $"{Message} - Operation ID (for customer support): {Guid.Empty} - Activity ID: {activityId} - Url: https://fef.sandbox.manage.microsoft.com/",
        ["CustomApiErrorPhrase"] = "",
        ["RetryAfter"] = RetryAfter,
        ["ErrorSourceService"] = "",
        ["HttpHeaders"] = "{}",
    }.ToJsonString(s_json);
}
