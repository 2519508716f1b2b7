using System;
using System.Net.Http;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>What Graph says of a request that it did not fulfil, fit for a message.</summary>
/// <param name="Code">Graph's code, for example <c>Authorization_RequestDenied</c>; empty when it gave none.</param>
/// <param name="Message">What it says; empty when it said nothing readable.</param>
/// <param name="RequestId">The id under which Microsoft finds the request; empty when there is none.</param>
internal sealed record GraphFault(string Code, string Message, string RequestId)
{
    /// <summary>Bytes of a body that are looked at.</summary>
    public const int LargestBody = 64 * 1024;

    private const int LongestMessage = 400;

    private const int LongestWord = 100;

    /// <summary>Reads an answer.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="response">Its headers.</param>
    /// <param name="token">The token of the request, which the answer may echo.</param>
    /// <returns>What it says.</returns>
    public static GraphFault Read(ReadOnlyMemory<byte> body, HttpResponseMessage response, string token)
    {
        var (code, message, id) = Parse(body);
        if (response.Headers.TryGetValues("request-id", out var ids))
        {
            foreach (var header in ids) id = header;
        }

        return Clean(code, message, id, token);
    }

    /// <summary>Reads an answer inside a batch.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="token">The token of the request, which the answer may echo.</param>
    /// <returns>What it says.</returns>
    public static GraphFault Read(JsonElement body, string token)
    {
        var (code, message, id) = Parse(body);
        return Clean(code, message, id, token);
    }

    /// <summary>The fault in one bracket, to end a sentence with.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <returns>For example <c>(HTTP 403 Forbidden: Access is denied. request-id …)</c>.</returns>
    public string Describe(int status)
    {
        var text = FormattableString.Invariant($"HTTP {status}");
        if (Code.Length > 0) text += " " + Code;
        if (Message.Length > 0) text += ": " + Message;
        if (RequestId.Length > 0) text += (Message.Length > 0 ? " " : ", ") + "request-id " + RequestId;
        return "(" + text + ")";
    }

    private static GraphFault Clean(string? code, string? message, string? id, string token) => new(
        ServerText.Clean(code, LongestWord, token),
        ServerText.Clean(Unfold(message), LongestMessage, token),
        ServerText.Clean(id, LongestWord, token));

    private static (string? Code, string? Message, string? RequestId) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Parse(document.RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static (string? Code, string? Message, string? RequestId) Parse(JsonElement body)
    {
        try
        {
            if (Member(body, "error") is not { } error) return default;
            // The login server's form, which some gateways use too: the error is a word and its text stands beside it.
            if (error.ValueKind == JsonValueKind.String) return (error.GetString(), Text(body, "error_description"), null);
            var inner = Member(error, "innerError") ?? Member(error, "innererror");
            return (Text(error, "code"), Text(error, "message"), inner is { } details ? Text(details, "request-id") : null);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    // Intune folds an object of its own into the message, as text.
    private static string? Unfold(string? message)
    {
        if (message is null || !message.TrimStart().StartsWith("{", StringComparison.Ordinal)) return message;
        try
        {
            using var document = JsonDocument.Parse(message);
            return Text(document.RootElement, "Message") ?? message;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return message;
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
