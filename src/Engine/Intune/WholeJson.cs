using System;
using System.IO;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Parses a body that was read whole. One that breaks off is worth a further attempt, and one that is no JSON is not.</summary>
internal static class WholeJson
{
    /// <summary>Parses it.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The document.</returns>
    /// <exception cref="EndOfStreamException">The body ends before its JSON does.</exception>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            if (!IsWhole(body.Span)) throw new EndOfStreamException();
            throw;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        while (reader.Read())
        {
            if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject or JsonTokenType.EndArray }) return true;
        }

        return false;
    }
}
