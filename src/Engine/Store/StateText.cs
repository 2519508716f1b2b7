using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>How texts, lists of texts and journal values lie in the state: independent of the server's language.</summary>
internal static class StateText
{
    private const string NoTexts = "[]";

    /// <summary>The form of a text in which two that differ only in case are one.</summary>
    public static string Key(string text) => text.ToUpperInvariant();

    public static string Of(Guid id) => id.ToString("D");

    /// <summary>A JSON array of texts.</summary>
    public static string OfList(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return NoTexts;
        return Write(writer => WriteList(writer, texts));
    }

    public static IReadOnlyList<string> ReadList(string json)
    {
        if (json == NoTexts) return [];
        using var document = JsonDocument.Parse(json);
        return ReadList(document.RootElement);
    }

    /// <summary>A JSON object of arrays: the journal's values from before or after a change.</summary>
    public static string OfValues(IReadOnlyDictionary<string, IReadOnlyList<string>> values) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var pair in values)
        {
            writer.WritePropertyName(pair.Key);
            WriteList(writer, pair.Value);
        }

        writer.WriteEndObject();
    });

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadValues(string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var property in Expect(document.RootElement, JsonValueKind.Object).EnumerateObject()) values[property.Name] = ReadList(property.Value);
        return values;
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream(128);
        using (var writer = new Utf8JsonWriter(buffer)) content(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static string[] ReadList(JsonElement array)
    {
        var texts = new string[Expect(array, JsonValueKind.Array).GetArrayLength()];
        var i = 0;
        foreach (var element in array.EnumerateArray()) texts[i++] = Expect(element, JsonValueKind.String).GetString()!;
        return texts;
    }

    private static JsonElement Expect(JsonElement element, JsonValueKind kind) =>
        element.ValueKind == kind ? element : throw new FormatException($"Found {element.ValueKind} where {kind} was stored.");
}
